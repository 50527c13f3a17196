"""What is stored of answers from tablets."""

from sqlalchemy import func, select

from app.core import db
from app.privacy import sealing
from app.privacy.models import KioskSeen, Receipt
from app.surveys.models import Answer, Response


def responses() -> list[Response]:
    """Every response."""
    db.db.session.rollback()
    db.db.session.expire_all()
    found = list(db.db.session.scalars(select(Response)))
    db.db.session.rollback()
    return found


def the_one() -> Response:
    """The only response there is."""
    [found] = responses()
    return found


def answers(response: Response) -> dict[str, tuple[str, str | None]]:
    """Question → kind and value, or the words again."""
    found = list(db.db.session.scalars(select(Answer).where(Answer.response_id == response.id)))
    said = {one.question: (one.kind, one.value or _words(one)) for one in found}
    db.db.session.rollback()
    return said


def urgent() -> list[bool]:
    """Which answers with words the desk reads first."""
    found = list(db.db.session.scalars(select(Answer.is_urgent).where(Answer.kind == "words")))
    db.db.session.rollback()
    return found


def receipts() -> int:
    """How many receipts there are."""
    return _count(Receipt)


def remembered() -> int:
    """How many sealed answers are remembered."""
    return _count(KioskSeen)


def seen() -> list[KioskSeen]:
    """What is remembered of sealed answers."""
    found = list(db.db.session.scalars(select(KioskSeen)))
    db.db.session.rollback()
    return found


def _words(answer: Answer) -> str | None:
    return sealing.unseal(answer.sealed, answer_id=answer.id, month=answer.month) if answer.sealed else None


def _count(model: type[KioskSeen] | type[Receipt]) -> int:
    found = db.db.session.scalars(select(func.count()).select_from(model)).one()
    db.db.session.rollback()
    return found
