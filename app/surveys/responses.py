"""Storing what a person said: words are sealed at once, nothing says who, when or in which order."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from app.core import weeks
from app.privacy import sealing
from app.privacy.sealing import Month
from app.surveys import queries


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing to store: a value, a skip, or words (sealed before they reach the database)."""

    question: str
    kind: str
    value: str | None = None
    words: str | None = None
    is_urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Where and how a response is given."""

    channel: str
    lang: str
    week: str
    site_code: str | None = None
    survey_id: str | None = None
    version: int | None = None
    helped: str = "none"
    quote_ok: bool = False
    is_test: bool = False
    is_burst: bool | None = None
    is_partial: bool | None = None
    is_held: bool = False


def new_id() -> bytes:
    """16 random bytes: an id that says nothing of when, or after whom."""
    return os.urandom(16)


def begin(setting: Setting) -> bytes:
    """Store a new response; its id."""
    response_id = new_id()
    queries.ADD_RESPONSES.run([response_row(setting, response_id)])
    return response_id


def add(response_id: bytes, said: Sequence[Said], *, week: str) -> None:
    """Store answers of a response. Words are sealed to the month of the week; empty words are not kept."""
    queries.ADD_ANSWERS.run(answer_rows(response_id, said, sealing.month(weeks.month_of_week(week))))


def response_row(setting: Setting, response_id: bytes, *, nights_left: int = 0) -> dict[str, object]:
    """A new response as it is stored; `nights_left` keeps one that still grows out of the batch."""
    return {
        "id": response_id,
        "site_code": setting.site_code,
        "survey_id": setting.survey_id,
        "version": setting.version,
        "channel": setting.channel,
        "lang": setting.lang,
        "week": setting.week,
        "helped": setting.helped,
        "quote_ok": setting.quote_ok,
        "is_test": setting.is_test,
        "is_burst": setting.is_burst,
        "is_partial": setting.is_partial,
        "nights_left": nights_left,
        "is_due": False,
        "is_released": False,
        "is_held": setting.is_held or None,
        "counted_month": None,
        "is_in_sample": None,
    }


def answer_rows(response_id: bytes, said: Sequence[Said], month: Month) -> list[dict[str, object]]:
    """Answers as they are stored: words sealed to the month, empty words left out."""
    return [_row(response_id, one, month) for one in said if one.kind != "words" or sealing.cleaned(one.words or "")]


def delete(response_id: bytes) -> None:
    """Take a response back with its answers, statements, taggings and receipt; a number for the quarter is left."""
    week = queries.week_of_response(response_id)
    queries.delete_response(response_id)
    if week:
        queries.count_withdrawal(weeks.quarter_of_week(week))


def _row(response_id: bytes, said: Said, month: Month) -> dict[str, object]:
    answer_id = new_id()
    return {
        "id": answer_id,
        "response_id": response_id,
        "question": said.question,
        "kind": said.kind,
        "value": said.value,
        "sealed": month.seal(said.words or "", answer_id) if said.kind == "words" else None,
        "month": month.name,
        "is_urgent": said.is_urgent,
    }
