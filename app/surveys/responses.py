"""Storing what a person said: words are sealed at once, nothing says who, when or in which order."""

import os
from collections.abc import Sequence
from dataclasses import dataclass

from app.core import weeks
from app.privacy import sealing
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


def new_id() -> bytes:
    """16 random bytes: an id that says nothing of when, or after whom."""
    return os.urandom(16)


def begin(setting: Setting, *, response_id: bytes | None = None, nights_left: int = 0) -> bytes:
    """A new response; `nights_left` keeps one that still grows out of the batch. Returns its id."""
    response_id = response_id or new_id()
    queries.add_response(
        {
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
            "nights_left": nights_left,
            "is_due": False,
            "is_released": False,
            "counted_month": None,
        }
    )
    return response_id


def add(response_id: bytes, said: Sequence[Said], *, week: str) -> None:
    """Add answers to a response. Words are sealed to the month of the week; empty words are not kept."""
    month = weeks.month_of_week(week)
    rows = [_row(response_id, one, month) for one in said if one.kind != "words" or sealing.cleaned(one.words or "")]
    if rows:
        queries.add_answers(rows)


def place(response_id: bytes, site_code: str) -> None:
    """Say which place a response is about."""
    queries.place_response(response_id, site_code)


def finish(response_id: bytes) -> None:
    """Nothing more will come: the response may leave with the next batch."""
    queries.finish_response(response_id)


def delete(response_id: bytes) -> None:
    """Take a response back with its answers, statements, taggings and receipt."""
    queries.delete_response(response_id)


def _row(response_id: bytes, said: Said, month: str) -> dict[str, object]:
    answer_id = new_id()
    sealed = sealing.seal(said.words or "", answer_id=answer_id, month=month) if said.kind == "words" else None
    return {
        "id": answer_id,
        "response_id": response_id,
        "question": said.question,
        "kind": said.kind,
        "value": said.value,
        "sealed": sealed,
        "month": month,
        "is_urgent": said.is_urgent,
    }
