"""`stemme explain`: why a text was understood as it was. JSON lines in, JSON lines out."""

import json
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

import click

from app.channels.sms import keywords, segments
from app.core.errors import Refusal
from app.desk.moderation.suggesting import hints, language, learning, suggestions, textblob_danish, training
from app.desk.moderation.suggesting.learning import Model
from app.desk.moderation.suggesting.tone import Tone
from app.privacy import masking
from app.surveys import sketch
from app.surveys.question_types import Skip, Unreadable, by_name, is_known
from app.surveys.questions import Question

Line = dict[str, Any]

YES_NO = ("yes", "partly", "no")
BOUNDS = {"max": "max", "top": "top", "low": "lo", "high": "hi"}
"""What a question type may be bounded by, and the short spelling of it."""


def _segments(line: Line) -> Line:
    found = segments.segments(line["text"])
    return {
        "encoding": found.encoding, "units": found.units, "segments": found.segments, "offender": found.offender,
    }  # fmt: skip


def _mask(line: Line) -> Line:
    return {"spans": [{"type": s.type, "start": s.start, "end": s.end} for s in masking.spans(line["text"])]}


def _themes(line: Line) -> Line:
    ranked = suggestions.rank(line["text"], model=_learned()) if _is_danish(line) else []
    return {"suggestions": [{"code": s.code, "score": round(s.score, 4), "why": list(s.why)} for s in ranked]}


def _tone(line: Line) -> Line:
    return {"tone": textblob_danish.tone_of(line["text"]) if _is_danish(line) else Tone.UNKNOWN.value}


def _language(line: Line) -> Line:
    return {"lang": language.of(line["text"])}


@cache
def _learned() -> Model:
    """What a new desk knows: the hints and the texts that ship with them."""
    return learning.bayes(training.examples(hints.shipped()))


def _is_danish(line: Line) -> bool:
    """Hints, models and tone know Danish only; a text is taken for it unless the line says otherwise."""
    return str(line.get("lang") or "da").lower() == "da"


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
    kind = str(line.get("type", "text"))
    if not is_known(kind):
        raise Refusal(f"there is no question type {kind}.")
    options = line.get("options") or (YES_NO if kind == "yes_no" else ())
    if isinstance(options, str):
        raise Refusal("options is a list of ids, or of objects with id and words.")
    bounds = {key: line.get(key, line.get(short)) for key, short in BOUNDS.items()}
    return sketch.question(kind, options, **bounds)


KINDS: dict[str, Callable[[Line], Line]] = {
    "segments": _segments, "mask": _mask, "themes": _themes, "tone": _tone, "language": _language,
    "keyword": _keyword, "answer": _answer,
}  # fmt: skip


@click.command()
@click.argument("kind", type=click.Choice(tuple(KINDS)))
def explain(kind: str) -> None:
    """Read JSON lines {"text": ..., "lang": ...} on stdin and write one JSON object a line for KIND."""
    for number, raw in enumerate(sys.stdin, 1):
        if raw.strip():
            click.echo(json.dumps(_explained(kind, raw, number), ensure_ascii=False))


def _explained(kind: str, raw: str, number: int) -> Line:
    try:
        return KINDS[kind](_line(raw))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refusal(f"line {number}: not understood ({type(error).__name__}: {error}).") from error
    except Refusal as refusal:
        raise Refusal(f"line {number}: {refusal}") from refusal


def _line(raw: str) -> Line:
    try:
        line = json.loads(raw)
    except ValueError:
        line = None
    if not isinstance(line, dict) or not isinstance(line.get("text"), str):
        raise Refusal('expected a JSON object with "text".')
    return line
