"""Which texts a peer may code: those behind a finding, drawn for a second coding, and never from an own municipality.

Which finding a text stands behind is not said: its theme would be the first coder's.
"""

from collections.abc import Iterator, Sequence

from app.desk.accounts.models import User
from app.desk.moderation.queries import AnyRow, AnySelect
from app.desk.moderation.second_coding import coding
from app.desk.moderation.second_coding import queries as second
from app.desk.moderation.tagging import Chosen
from app.desk.track import queries as track
from app.desk.track.peers import homes, queries
from app.publication import periods

AT_A_TIME = 20
BEHIND = ("with_peers", "peer_checked", "signed", "published")
"""States of a finding whose texts peers code; a draft may still change its theme."""


def following(me: User, *, after: bytes) -> AnyRow | None:
    """The next text in the order of random ids."""
    found = queries.next_to_code(_waiting(me), after=after)
    return second.statement(found, me) if found else None


def text(statement_id: bytes, me: User) -> AnyRow | None:
    """One text that waits for this peer, or that they have just coded."""
    is_theirs = queries.is_among(_waiting(me), statement_id) or me.id in _second_coders(statement_id)
    return second.statement(statement_id, me) if is_theirs else None


def count(me: User) -> int:
    """How many wait, counted no further than one sitting."""
    return queries.count(_waiting(me), most=AT_A_TIME)


def code(statement: AnyRow, chosen: Chosen, me: User) -> None:
    """A second round by a peer; pressing twice writes once. Raises NotYours, NotChosen."""
    if second.is_same(statement.id, me, coding.SECOND, chosen.keys):
        return
    coding.code(statement, chosen, me)


def _second_coders(statement_id: bytes) -> Sequence[bytes]:
    return tuple(second.rounds([statement_id])[statement_id].coders[coding.SECOND])


def _waiting(me: User) -> AnySelect:
    return queries.to_code(me, homes.sites_of(me), tuple(_subjects()))


def _subjects() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Theme and weeks of each finding."""
    for finding in track.findings(BEHIND):
        for theme in finding.themes:
            yield theme, periods.parse(finding.period).weeks
