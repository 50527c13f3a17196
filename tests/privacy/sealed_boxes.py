"""What must be true of sealed words, as one list of faults: empty for our sealing, and for no wrong one."""

import secrets
from collections.abc import Iterator

import sqlalchemy as sa

from app.core import db
from app.privacy import sealing
from app.privacy.boxes import CannotOpen
from app.surveys import responses
from app.surveys.responses import Said, Setting
from tests.privacy import thief

WEEK, MONTH = "2026-W10", "2026-03"
WORDS = "Flere senge"


def faults(*taken: bytes) -> Iterator[str]:
    """What is wrong with how words are stored here, for somebody who has taken these keys."""
    one, other = _sealed("Flere senge"), _sealed("Færre regler")
    if _opens(one[1], other[0]) or _opens(one[1], secrets.token_bytes(16)):
        yield "a box opens in the row of another answer"
    if _opens(one[1], one[0], month="2026-04"):
        yield "a box opens as one of another month"
    if {len(_sealed(text)[1]) % 512 for text in ("a", "b" * 200, "Døren er låst", "y" * 1500)} != {49}:
        yield "the size of a box says how much was written"
    response_id = responses.begin(Setting(channel="web", lang="da", week=WEEK))
    responses.add(response_id, [Said(question="change", kind="words", words=WORDS)], week=WEEK)
    db.db.session.flush()
    opened = thief.opened(db.connection(), taken)
    yield from (f"without the desk's key somebody reads: {text}" for text in sorted(opened))
    db.connection().execute(sa.text("DELETE FROM answer"))
    db.connection().execute(sa.text("DELETE FROM response"))


def _sealed(text: str) -> tuple[bytes, bytes]:
    answer_id = secrets.token_bytes(16)
    return answer_id, sealing.month(MONTH).seal(text, answer_id)


def _opens(box: bytes, answer_id: bytes, month: str = MONTH) -> bool:
    try:
        sealing.unseal(box, answer_id=answer_id, month=month)
    except CannotOpen:
        return False
    return True
