"""What the card shows of masks and translation: what to look at while reading, what may still be done afterwards."""

from typing import Any

from app.desk.accounts.models import User
from app.desk.moderation import marks, pointing
from app.desk.moderation.codebook import codes
from app.desk.moderation.opening import CannotRead, Opened
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.reopening import aside, remasking
from app.desk.moderation.tagging import Chosen
from app.desk.moderation.translating import translations


def panel(item: AnyRow, opened: Opened | None, statement: AnyRow | None, me: User) -> dict[str, Any]:
    """Names for `_words.html`, `_masks.html` and `_translation.html`."""
    if opened:
        return _while_reading(item, opened)
    if statement is None or me.role != "moderator":
        return {}
    return {
        "open_pieces": remasking.pieces(statement.text),
        "seen_now": remasking.seen_now(statement.text),
        "chosen_types": marks.CHOSEN,
        "translation": statement.translation,
        "is_foreign": item.lang != translations.OWN,
    }


def _while_reading(item: AnyRow, opened: Opened) -> dict[str, Any]:
    return {
        "pointers": opened.pointers,
        "runs": pointing.runs,
        "chosen_types": marks.CHOSEN,
        "translation": _translation(item),
        "is_foreign": item.lang != translations.OWN or item.reason == "needs_language",
        **_codes_kept_aside(item),
    }


def _translation(item: AnyRow) -> str | None:
    try:
        return translations.waiting(item)
    except CannotRead:
        return None


def _codes_kept_aside(item: AnyRow) -> dict[str, Any]:
    """The codes of an earlier approval come back ticked; whoever reads the text again decides."""
    before = aside.codes(item.answer_id)
    if not before:
        return {}
    types = before & {one.key for one in codes.book().types}
    chosen = Chosen(codes=before - types, type=next(iter(sorted(types)), None))
    return {"was_approved": True, "kept": {"asked": frozenset(), "chosen": chosen, "reason": "", "note": ""}}
