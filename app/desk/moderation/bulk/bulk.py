"""A set of statements, a code to set or take off: what it would do, and doing it to exactly that set. Views commit."""

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import tagging
from app.desk.moderation.bulk import queries
from app.desk.moderation.codebook import codes
from app.desk.moderation.filters import facets
from app.desk.moderation.filters.facets import Facets
from app.desk.moderation.models import Code
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.undoing import masses

MOST = 10_000
EXAMPLES = 20


class TooMany(Refusal):
    """More statements than one act may change."""


class SetChanged(Refusal):
    """Texts came or went between the look and the press."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a bulk act would do."""

    facets: Facets
    code: Code
    is_off: bool
    rows: Sequence[AnyRow]

    @property
    def changing(self) -> list[bytes]:
        """The statements that would change: those that lack the code, or those that have it."""
        return [row.id for row in self.rows if bool(row.has_code) == self.is_off]

    @property
    def voices(self) -> int:
        """How many voices spoke in the whole set."""
        return len({row.voice for row in self.rows})

    @property
    def having(self) -> int:
        """How many of the set have the code already."""
        return sum(bool(row.has_code) for row in self.rows)

    @property
    def token(self) -> str:
        """Stands for exactly this code and exactly these statements, and which of them have it."""
        said = hashlib.sha256(f"{self.code.guid} {self.is_off} ".encode())
        for row in self.rows:
            said.update(row.id + bytes([bool(row.has_code)]))
        return said.hexdigest()


def plan(given: Mapping[str, str], by: User) -> Plan | None:
    """What the fields of the form ask for; None while no code is chosen. Raises TooMany, UnknownCode."""
    key = given.get("put", "")
    if not key:
        return None
    chosen, code = approved(given), tagging.code(key)
    rows = queries.chosen(chosen, code.guid, by, most=MOST + 1)
    if len(rows) > MOST:
        raise TooMany(_("That is more than 10,000 texts. Choose fewer."))
    return Plan(facets=chosen, code=code, is_off=given.get("set") == "off", rows=rows)


def approved(given: Mapping[str, str]) -> Facets:
    """The facets of the form; a bulk act is about approved texts only, whatever queue one came from."""
    return facets.parse({**given, "tray": "read", "order": ""})


def examples(of: Plan, by: User) -> Sequence[AnyRow]:
    """Twenty of the statements that would change, by chance."""
    chance = random.SystemRandom()
    return queries.examples(chance.sample(of.changing, min(EXAMPLES, len(of.changing))), by)


def carry_out(of: Plan, token: str, by: User) -> int:
    """Do it, if the set is still the one that was looked at; how many statements changed. One line in the audit."""
    if token != of.token:
        raise SetChanged(_("Texts have come or gone since you looked. Look at the new set before you press."))
    if of.is_off:
        changed = masses.remove(by, "bulk_untag", of.changing, of.code)
    else:
        book = codes.book()
        types = [one.guid for one in book.types if one.key != of.code.key] if of.code.kind == "type" else []
        changed = masses.add(
            by, "bulk_tag", of.changing, of.code, instead_of=types, source="bulk", version=book.version
        )
    if changed:
        audit.record("text.bulk", count=changed)
    return changed
