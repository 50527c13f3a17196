"""What a peer's verdicts led to: the answer in words, and what stands on the finding in public."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.desk.accounts.models import User
from app.desk.track.findings.models import Finding
from app.desk.track.peers import queries
from app.desk.track.peers.models import PeerVerdict
from app.publication import track
from app.publication.track import Entry


@dataclass(frozen=True)
class Outcome:
    """One verdict, its finding as it stands now, and what followed."""

    given: PeerVerdict
    finding: Finding
    followed: list[Entry]

    @property
    def is_void(self) -> bool:
        """The finding was written anew since: the verdict was about other words."""
        return self.given.version != self.finding.version


def of(peer: User) -> list[Outcome]:
    """One for each verdict of a peer, the newest finding first."""
    return [Outcome(given, finding, list(_following(finding.code, set()))) for given, finding in queries.given_by(peer)]


def _following(code: str, seen: set[str]) -> Iterator[Entry]:
    """Everything public that stands on this object, and what stands on that."""
    for link in track.linked_to(code):
        entry = None if link.code in seen else track.entry(link.code)
        if entry is None or link.relation == "corrects":
            continue
        seen.add(link.code)
        yield entry
        yield from _following(link.code, seen)
