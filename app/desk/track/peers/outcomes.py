"""What a peer's verdicts led to: the answer in words, and what stands on the finding in public."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.desk.accounts.models import User
from app.desk.track.findings.models import Finding
from app.desk.track.peers import queries
from app.desk.track.peers.models import PeerVerdict
from app.publication import track
from app.publication.track import Entry

ONWARDS = frozenset({"stands_on", "considered", "set_aside", "answers", "carries_out"})
"""Links that lead on from a finding."""


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
    onwards: dict[str, list[Entry]] = defaultdict(list)
    for entry in track.entries():
        for link in entry.links:
            if link.relation in ONWARDS:
                onwards[link.code].append(entry)
    return [
        Outcome(given, finding, list(_following(finding.code, onwards, set())))
        for given, finding in queries.given_by(peer)
    ]


def _following(code: str, onwards: Mapping[str, list[Entry]], seen: set[str]) -> Iterator[Entry]:
    """Everything public that stands on this object, and what stands on that, each once."""
    for entry in onwards.get(code, ()):
        if entry.code not in seen:
            seen.add(entry.code)
            yield entry
            yield from _following(entry.code, onwards, seen)
