"""The second coder reads the masked words and the codebook, and nothing of what anybody else thought."""

import hashlib

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import undoing
from app.desk.moderation.codebook import codes
from app.desk.moderation.codebook import queries as code_queries
from app.desk.moderation.models import Code
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.second_coding import queries
from app.desk.moderation.second_coding.agreement import NOTHING
from app.desk.moderation.tagging import Chosen

SECOND = "second"


class NotYours(Refusal):
    """A text that this person may not code, or that somebody else has coded meanwhile."""


class NotChosen(Refusal):
    """Neither a theme nor that none fits, or both."""


def next_due(me: User) -> bytes | None:
    """What this person codes next. Everybody begins at a place of their own, so that two seldom meet."""
    return queries.next_due(me, after=hashlib.sha256(me.id).digest()[:16])


def code(statement: AnyRow, chosen: Chosen, by: User) -> None:
    """Write the second round of a statement. Raises NotYours, NotChosen."""
    code_queries.hold(statement.id)
    if not queries.may_code(statement.id, by):
        raise NotYours(_("Somebody has coded this text meanwhile, or you read it the first time. Take the next one."))
    guids = _guids(chosen)
    with undoing.remembering(by, "second", statement.answer_id):
        write(statement.id, guids, by, round_=SECOND)
    audit.record("text.second", count=1)


def write(statement_id: bytes, guids: dict[str, str], by: User, *, round_: str) -> None:
    """One round of a statement, {guid: source}."""
    version = codes.book().version
    for guid, source in sorted(guids.items()):
        code_queries.add_tagging(
            {
                "statement_id": statement_id,
                "code_guid": guid,
                "coder": by.id,
                "round": round_,
                "source": source,
                "codebook_version": version,
            }
        )


def _guids(chosen: Chosen) -> dict[str, str]:
    return {code.guid: "manual" for code in checked(chosen)}


def checked(chosen: Chosen) -> list[Code]:
    """The codes a person chose for a round: themes or that none fits, and at most one kind."""
    book = codes.book()
    found = [(key, book.code(key)) for key in sorted(chosen.keys)]
    themes = [code for _key, code in found if code and code.kind in ("theme", "sub")]
    nothing = [code for key, code in found if code and key == NOTHING]
    kinds = [code for key, code in found if code and code.kind == "type" and key == chosen.type]
    if len(themes) + len(nothing) + len(kinds) < len(found):
        raise NotChosen(_("That code is not in the codebook."))
    if not themes and not nothing:
        raise NotChosen(_("Choose at least one theme, or say that no theme fits."))
    if themes and nothing:
        raise NotChosen(_("Either a theme fits or none does. Choose one of the two."))
    return [*themes, *nothing, *kinds]
