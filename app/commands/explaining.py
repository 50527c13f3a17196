"""`stemme explain`: why a text was understood as it was. JSON lines in, JSON lines out."""

import json
import sys
from collections.abc import Callable
from typing import Any

import click

from app.channels.sms import keywords, segments
from app.core.errors import Refusal
from app.desk.moderation import suggestions
from app.privacy import masking
from app.surveys.question_types import Skip, Unreadable, by_name
from app.surveys.questions import Option, Question

Line = dict[str, Any]


def _segments(line: Line) -> Line:
    found = segments.segments(line["text"])
    return {
        "encoding": found.encoding, "units": found.units, "segments": found.segments, "offender": found.offender,
    }  # fmt: skip


def _mask(line: Line) -> Line:
    return {"spans": [{"type": s.type, "start": s.start, "end": s.end} for s in masking.spans(line["text"])]}


def _themes(line: Line) -> Line:
    ranked = suggestions.rank(line["text"])
    return {"suggestions": [{"code": s.code, "score": round(s.score, 4), "why": list(s.why)} for s in ranked]}


def _keyword(line: Line) -> Line:
    found = keywords.reserved(
        line["text"],
        session=line.get("session"),
        site_codes=frozenset(line.get("site_codes", ())),
        languages_offered=bool(line.get("languages_offered")),
    )
    return {"word": found.word if found else None}


def _answer(line: Line) -> Line:
    question = _question(line)
    lang = str(line.get("lang", "da"))
    kind = by_name(question.type)
    reading = kind.read(line["text"], question, lang)
    if isinstance(reading, Unreadable):
        return {"refused": kind.hint(question, lang)}
    return {"value": None if isinstance(reading, Skip) else reading.value}


def _question(line: Line) -> Question:
    options = tuple(
        Option(id=str(option["id"]), words=option.get("words") or {k: v for k, v in option.items() if len(k) == 2})
        for option in line.get("options", ())
    )
    return Question(
        id="asked", type=str(line.get("type", "text")), text={}, options=options,
        **{key: line.get(key) for key in ("max", "top", "low", "high")},
    )  # fmt: skip


KINDS: dict[str, Callable[[Line], Line]] = {
    "segments": _segments, "mask": _mask, "themes": _themes, "keyword": _keyword, "answer": _answer,
}  # fmt: skip


@click.command()
@click.argument("kind", type=click.Choice(tuple(KINDS)))
def explain(kind: str) -> None:
    """Read JSON lines {"text": ..., "lang": ...} on stdin and write one JSON object a line for KIND."""
    for number, raw in enumerate(sys.stdin, 1):
        if raw.strip():
            click.echo(json.dumps(KINDS[kind](_line(raw, number)), ensure_ascii=False))


def _line(raw: str, number: int) -> Line:
    try:
        line = json.loads(raw)
    except ValueError:
        line = None
    if not isinstance(line, dict) or not isinstance(line.get("text"), str):
        raise Refusal(f'line {number}: expected a JSON object with "text".')
    return line
