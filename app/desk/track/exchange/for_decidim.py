"""What is public of the track, as Decidim's files take it: nothing that only the desk knows can get into them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.desk.track.exchange.decidim import LANGUAGES, LONGEST_TITLE, STATES, Idea, Reply, Result
from app.publication import queries, told
from app.publication.track import Entry

ACTION_STATES = ("planned", "started", "paused", "done", "dropped")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])")
"""A new sentence begins with a capital: “kl. 02” goes on."""


def ideas(proposals: Sequence[Entry], taxonomies: Mapping[str, Sequence[int]], scope: str) -> list[Idea]:
    """Proposals with the numbers of Decidim's taxonomies somebody wrote beside them (by code)."""
    return [
        Idea(
            code=one.code,
            title=titles(one),
            body={lang: " ".join(text.split()) for lang, text in one.title.items() if lang in LANGUAGES},
            taxonomies=taxonomies.get(one.code, ()),
            scope=scope,
        )
        for one in proposals
    ]


def replies(proposals: Sequence[Entry], numbers: Mapping[str, int]) -> list[Reply]:
    """The answers to proposals Decidim has numbered, and those that are being considered."""
    return [
        Reply(id=numbers[one.code], state=one.state, answer={"da": _answer(one)})
        for one in proposals
        if one.code in numbers and one.state in STATES
    ]


def results(actions: Sequence[Entry], numbers: Mapping[str, int], statuses: Mapping[str, str]) -> list[Result]:
    """Actions with what is told of them; `statuses`: our state → the number of Decidim's status."""
    return [
        Result(
            id=numbers.get(one.code),
            title=titles(one),
            description=_told(one),
            start_date=_day(one.parts.get("started_on")),
            end_date=_day(one.parts.get("done_on")) or _day(one.parts.get("due")),
            status=statuses.get(one.state, ""),
            progress=one.parts.get("progress") or 0,
        )
        for one in actions
    ]


def titles(one: Entry) -> dict[str, str]:
    """Its first sentence in each language, a capital first, cut at a word where it is longer than a title may be."""
    return {lang: _headline(text) for lang, text in one.title.items() if lang in LANGUAGES and text}


def _headline(text: str) -> str:
    first = _SENTENCE.split(" ".join(text.split()))[0].rstrip(".")
    if len(first) > LONGEST_TITLE:
        first = first[: LONGEST_TITLE - 1].rpartition(" ")[0].rstrip(",;: ") + "…"
    return first[:1].upper() + first[1:]


def _answer(one: Entry) -> str:
    answer: Mapping[str, Any] = one.parts.get("answer") or {}
    return " ".join(str(answer.get("words") or "").split())


def _told(one: Entry) -> Mapping[str, str]:
    item = queries.told_item(one.code)
    return told.lines(item, "web") if item else one.title


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
