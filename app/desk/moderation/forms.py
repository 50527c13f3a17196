"""What comes in from the pages of moderation: read strictly, nothing guessed."""

import re
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from app.core import numbers
from app.desk.moderation.reading import Decision
from app.desk.moderation.suggesting.showing import Answered, Shown
from app.desk.moderation.suggesting.suggestions import MOST_CHIPS
from app.desk.moderation.tagging import Chosen

_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_RANGE = re.compile(r"(\d{1,4})-(\d{1,4})", re.ASCII)
_PLACE = re.compile(r"(\d{1,4})-(\d{1,4})-([a-z]{1,10})", re.ASCII)
_SHOWN = re.compile(r"([A-Z]{1,8}(?:\.[A-Z]{1,8})?) ([0-2]) ([a-z]{1,8}-\d{1,5})", re.ASCII)
_CODE = re.compile(r"[A-Z]{1,8}(?:\.[A-Z]{1,8})?", re.ASCII)

Form = MultiDict[str, str]


def answer_id(text: str) -> bytes | None:
    """The id of a text from its address."""
    return bytes.fromhex(text) if _ID.fullmatch(text) else None


def version(form: Form) -> int:
    """Which version of the text the form was made for; 0 fits none."""
    return form.get("version", 0, type=numbers.whole)


def decision(form: Form) -> Decision:
    """An approval."""
    asked = frozenset(form.getlist("asked"))
    return Decision(
        version=version(form),
        asked=asked,
        chosen=chosen(form),
        chips=answered(form),
        translation=form.get("translation"),
    )


def answered(form: Form) -> Answered:
    """The chips that stood on the page, and those with a no."""
    found = [_SHOWN.fullmatch(sent) for sent in form.getlist("shown")[:MOST_CHIPS]]
    shown = tuple(Shown(one[1], int(one[2]), one[3]) for one in found if one)
    return Answered(shown, _codes(form, "refused"))


def chosen(form: Form) -> Chosen:
    """The ticked codes; a code that is both suggested and ticked in the codebook is one."""
    accepted = _codes(form, "suggested") - _codes(form, "refused")  # a no beside a yes is a no
    return Chosen(codes=_codes(form, "code"), accepted=accepted, type=next(iter(_codes(form, "type")), None))


def words(form: Form) -> list[tuple[int, int]]:
    """The ticked words, as ranges of code points."""
    found = (_RANGE.fullmatch(sent) for sent in form.getlist("word"))
    return [(int(one[1]), int(one[2])) for one in found if one]


def place(form: Form) -> tuple[int, int, str]:
    """The mark a button belongs to; (0, 0, '') is none."""
    found = _PLACE.fullmatch(form.get("mark", ""))
    return (int(found[1]), int(found[2]), found[3]) if found else (0, 0, "")


def kept(form: Form) -> Mapping[str, Any]:
    """What the person had filled in, for a page that comes back."""
    return {
        "asked": frozenset(form.getlist("asked")),
        "chosen": chosen(form),
        "refused": _codes(form, "refused"),
        "reason": form.get("reason", ""),
        "note": form.get("note", "")[:200],
        "translation": form.get("translation"),
        "words": frozenset(form.getlist("word")),
        "mask_type": form.get("type", ""),
        "wording": form.get("wording", "")[:40],
    }


def _codes(form: Form, name: str) -> frozenset[str]:
    return frozenset(code for code in form.getlist(name) if _CODE.fullmatch(code))
