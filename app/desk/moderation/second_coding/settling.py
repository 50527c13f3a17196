"""Where two coders differ, a person looks at both and writes what counts; all three rounds stay."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import tagging, undoing
from app.desk.moderation.codebook import queries as code_queries
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.second_coding import agreement, coding, queries
from app.desk.moderation.second_coding.agreement import NOTHING, Pair
from app.desk.moderation.second_coding.queries import Rounds
from app.desk.moderation.tagging import Chosen

AGREED = "agreed"
MOST = 200
"""So many are listed; the rest come when these are settled."""


class Settled(Refusal):
    """The two agree, or somebody settled it meanwhile."""


@dataclass(frozen=True)
class Disagreement:
    """One statement, and what only one of the two said."""

    statement: AnyRow
    rounds: Rounds

    @property
    def only(self) -> tuple[list[str], list[str]]:
        """What only the first and what only the second said, kinds too."""
        return agreement.only(pair(self.rounds))


@dataclass(frozen=True)
class Group:
    """Statements on which the same two codes stand against each other; '' where the other said nothing instead."""

    first: str
    second: str
    found: tuple[Disagreement, ...]


def pair(rounds: Rounds) -> Pair:
    """What each of the two said, themes and kinds; kinds count where both named one."""
    (first, second), kinds = themes_of(rounds), types_of(rounds)
    return (first | kinds[0], second | kinds[1]) if all(kinds) else (first, second)


def themes_of(rounds: Rounds) -> Pair:
    """The themes and sub-codes of each; that none fits stands as none."""
    return frozenset(rounds.codes["first"] - {NOTHING}), frozenset(rounds.codes["second"] - {NOTHING})


def types_of(rounds: Rounds) -> Pair:
    """The kind each of the two named."""
    return frozenset(rounds.types["first"]), frozenset(rounds.types["second"])


def groups(me: User) -> list[Group]:
    """What is not settled, by the pair of codes that differ, the most frequent pair first."""
    by_pair: dict[tuple[str, str], list[Disagreement]] = defaultdict(list)
    for one in unsettled(me):
        first, second = one.only
        for codes in product(first or [""], second or [""]):
            by_pair[codes].append(one)
    ordered = sorted(by_pair.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Group(*codes, tuple(found)) for codes, found in ordered]


def unsettled(me: User) -> list[Disagreement]:
    """The statements on which two differ, within the wall."""
    rows = queries.disagreements(me, most=MOST)
    rounds = queries.rounds(row.id for row in rows)
    return [one for row in rows if any((one := Disagreement(row, rounds[row.id])).only)]


def disagreement(statement: AnyRow) -> Disagreement | None:
    """This statement, if it waits to be settled."""
    one = Disagreement(statement, queries.rounds([statement.id])[statement.id])
    is_open = "second" in one.rounds.coders and AGREED not in one.rounds.coders
    return one if is_open and any(one.only) else None


def settle(statement: AnyRow, chosen: Chosen, by: User) -> None:
    """Write the agreed round: from now on it is what counts. Raises Settled, NotChosen."""
    code_queries.hold(statement.id)
    found = disagreement(statement)
    if found is None:
        raise Settled(_("This one is settled already."))
    guids = {code.guid: "manual" for code in coding.checked(chosen)}
    with undoing.remembering(by, "agree", statement.answer_id):
        coding.write(statement.id, guids | _flags(found.rounds), by, round_=AGREED)
        tagging.tell_receipt(statement.response_id)
    audit.record("text.agree", count=1)


def settled_share(rounds: Iterable[Rounds]) -> tuple[int, int]:
    """(settled, all) of the statements two people did not code alike."""
    differ = [one for one in rounds if any(agreement.only(pair(one)))]
    return sum(AGREED in one.coders for one in differ), len(differ)


def _flags(rounds: Rounds) -> dict[str, str]:
    """Flags stay as the first round had them: no second coder sees or sets them."""
    return dict.fromkeys(queries.guids(sorted(rounds.flags["first"])), "manual")
