"""Asking peers whether a finding is heard right, and taking it on when they have answered or had their time."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from app.core import i18n
from app.core.errors import Refusal
from app.desk.track import clocks, states
from app.desk.track.findings import findings, places
from app.desk.track.findings.findings import FindingRefused
from app.desk.track.findings.models import Finding
from app.desk.track.peers import homes, queries
from app.desk.track.peers.models import PeerVerdict
from app.publication.formats import wording

NOT_OURS = "not_our_words"


class PeersHaveTime(Refusal):
    """Peers still have days left to answer."""


def ask(finding: Finding, today: date) -> None:
    """Show it to the peers: from now on nobody changes it without asking them again."""
    states.allow(finding, states.FINDING, "with_peers")
    if not finding.counter_evidence.strip():
        raise FindingRefused(_("Write first what speaks against the finding, or that you looked and found nothing."))
    if not finding.who_is_missing.strip():
        raise FindingRefused(_("Write first who we have not heard."))
    if findings.is_signal(finding):
        places.check_signal(finding)
    places.check_figures(finding, is_public=False)
    finding.peers_asked_on = today
    states.move(finding, states.FINDING, "with_peers")


def take_on(finding: Finding, today: date) -> None:
    """On to the signature; the first time most peers say "not our words" it goes back to its author instead."""
    states.allow(finding, states.FINDING, "peer_checked")
    counted = that_count(finding)
    if len(counted) < queries.ENOUGH and today < answers_until(finding):
        raise PeersHaveTime(
            _(
                "Two peers without ties must answer, or their days must be over. They have until %(day)s.",
                day=wording.day(answers_until(finding), i18n.current()),
            )
        )
    is_disputed = 2 * sum(one.verdict == NOT_OURS for one in counted) > len(counted)
    if is_disputed and not finding.was_sent_back:
        findings.take_back(finding)
        finding.was_sent_back = True
        return
    finding.peers_answered, finding.is_disputed = len(counted), is_disputed
    states.move(finding, states.FINDING, "peer_checked")


def that_count(finding: Finding, given: Sequence[PeerVerdict] | None = None) -> Sequence[PeerVerdict]:
    """The verdicts of peers without ties to a place that gives more than half of what the finding stands on."""
    if given is None:
        given = queries.verdicts(finding.number, finding.version)
    heaviest = places.heaviest(finding) if given else None
    if heaviest is None:
        return given
    tied = {peer.id for peer in queries.givers(given) if heaviest in homes.sites_of(peer)}
    return [one for one in given if one.peer_id not in tied]


def answers_until(finding: Finding) -> date:
    """The first day on which it goes on without more answers."""
    assert finding.peers_asked_on is not None  # noqa: S101 - the database holds it for every finding with peers
    return finding.peers_asked_on + clocks.PEERS
