"""What tests of the codebook need: changes that are published, texts with codes, and every row there is."""

import os

from app.core import db
from app.core.folding import fold
from app.desk.accounts.models import User
from app.desk.moderation import tagging
from app.desk.moderation.codebook import changes, drafting, publishing
from app.desk.moderation.codebook.changes import Change
from app.desk.moderation.codebook.lines import Line
from app.desk.moderation.codebook.models import CodeEvent
from app.desk.moderation.models import Statement
from tests import kept
from tests.desk.moderation import factories

REASON = "fordi det er klarere"
NEW = {
    "name_da": "Kaffe og te",
    "parent_key": "BAS",
    "definition_da": "Kaffe, te og suppe.",
    "example_da": "Kaffen er slut klokken ti.",
}


def shipped() -> None:
    """The codebook that ships with the product."""
    kept.once("codebook", factories.the_codebook)


def line(key: str) -> Line:
    """The published line of a key."""
    found = drafting.standing().by_key(key)
    assert found is not None
    return found


def guid(key: str) -> str:
    """The identity of a code."""
    found = drafting.drafted().by_key(key)
    assert found is not None
    return found.guid


def waiting() -> list[CodeEvent]:
    """The changes of the draft, read and let go, so that a page may write."""
    found = list(drafting.events())
    db.db.session.commit()
    return found


def drafted(key: str) -> Line | None:
    """A line as the draft has it, read and let go."""
    found = drafting.drafted().by_key(key)
    db.db.session.commit()
    return found


def a_new_code(**fields: object) -> Change:
    """A code somebody wants to add."""
    return Change("add", changes.new_guid(), NEW | fields)


def merge(key: str, into: str) -> Change:
    """One code into another."""
    return Change("merge", guid(key), {"into": guid(into)})


def split(key: str, *into: str) -> Change:
    """One code into several."""
    return Change("split", guid(key), {"into": [guid(one) for one in into]})


def propose(*proposed: Change, by: User | None = None) -> User:
    """Put changes into the draft; who did."""
    by = by or factories.a_moderator()
    drafting.propose(proposed, REASON, by)
    db.db.session.commit()
    return by


def agree(by: User | None = None) -> User:
    """Agree to the whole draft; who did."""
    by = by or factories.a_moderator()
    publishing.agree(by, publishing.fingerprint(drafting.events()))
    db.db.session.commit()
    return by


def publish(*proposed: Change) -> int:
    """Propose and agree; the number of the version."""
    propose(*proposed)
    agree()
    return drafting.number() - 1


def a_statement(said: str, *keys: str, by: User | None = None, site_code: str = "GH1") -> bytes:
    """A readable text with these codes whose response is gone, as after its months; the id of its statement."""
    by = by or factories.a_moderator()
    words = {"text": said, "folded": fold(said), "lang": "da", "week": factories.WEEK, "site_code": site_code}
    statement = Statement(**words, voice=os.urandom(16), approved_by=by.id)
    db.db.session.add(statement)
    db.db.session.flush()
    for key in keys:
        tagging.tag(statement.id, key, by)
    db.db.session.commit()
    return statement.id


def approved(said: str, *keys: str, by: User) -> bytes:
    """A text that was read and approved with these codes, its response behind it; the id of its statement."""
    text_id = factories.a_text(said)
    factories.approve(text_id, by, *keys)
    found = factories.queries.statement(text_id, by)
    assert found is not None
    db.db.session.commit()
    return bytes(found.id)
