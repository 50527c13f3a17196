"""A translation typed by a person: sealed while its text waits, beside the statement once it is approved."""

from flask_babel import gettext as _

from app.core.folding import fold
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import changing, masks, opening, queries, states, undoing
from app.desk.moderation.opening import Opened
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.reopening import queries as rewriting
from app.privacy import sealing
from app.privacy.boxes import CannotOpen

OWN = "da"
"""The language of those who read."""
LONGEST = 2_000


@undoing.remembered("translate")
def save(item: AnyRow, version: int, words: str, by: User) -> None:
    """Keep a translation, or none if it is empty. A text set aside for its language goes back to the queue."""
    if item.version != version:
        raise changing.moved_on()
    text = masked(words)
    if item.state in states.READABLE:
        _save_beside_statement(item, text, by)
    elif item.state in states.UNDECIDED:
        _save_for_later(item, text, by)
    else:
        raise states.NotAllowed(_("That is not possible any more: the text has already been dealt with."))
    audit.record("text.translate", count=1)


def masked(words: str) -> str:
    """What may be kept of what somebody typed: a translation passes the masker like the text itself."""
    lines = sealing.cleaned(words.replace("\r\n", "\n"))[:LONGEST].split("\n")
    return "\n".join(masks.without_names(line) for line in lines).strip()


def waiting(item: AnyRow) -> str | None:
    """The translation of a text that is not approved yet; None if there is none."""
    if item.translation is None:
        return None
    try:
        return sealing.unseal_record(item.translation, record=_record(item), month=item.month).decode()
    except CannotOpen as error:
        raise opening.cannot_read() from error


def of(item: AnyRow, typed: str | None, by: User) -> tuple[str | None, bytes | None]:
    """What an approval stores, and whose it is: what was typed on the form, else what was kept before."""
    before = waiting(item)
    text = before if typed is None else masked(typed) or None
    return text, (item.translated_by if text == before else by.id) if text else None


def seal(item: AnyRow, text: str) -> bytes:
    """The box of a translation: it can be opened as long as its text can, and as nothing else."""
    return sealing.month(item.month).seal_record(text.encode(), _record(item))


def danish_of(item: AnyRow, opened: Opened | None, statement: AnyRow | None) -> str | None:
    """The masked words in Danish: the text's own, else a person's translation, else nothing."""
    if item.lang == OWN:
        return opened.masked if opened else statement.text if statement else None
    if statement is not None:
        found: str | None = statement.translation
        return found
    return waiting(item) if opened else None


def _save_for_later(item: AnyRow, text: str, by: User) -> None:
    values = {"translation": seal(item, text) if text else None, "translated_by": by.id if text else None}
    if text and item.state == states.HELD and item.reason == "needs_language":
        nobody = dict.fromkeys(("reason", "note", "decided_by", "agreed_by"))
        changing.change(item, item.version, state=states.WAITING, **nobody, **values)
    else:
        changing.change(item, item.version, **values)


def _save_beside_statement(item: AnyRow, text: str, by: User) -> None:
    statement = queries.statement(item.answer_id, by)
    if statement is None:
        raise changing.moved_on()
    changing.change(item, item.version)
    folded = fold("\n".join(filter(None, (statement.text, text))))
    rewriting.rewrite(statement.id, translation=text or None, translator=by.id if text else None, folded=folded)


def _record(item: AnyRow) -> bytes:
    return b"translation" + bytes(item.answer_id)
