"""What one peer says of a finding: given, changed, withdrawn while peers are asked, and answered in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core import db
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.accounts.models import User
from app.desk.moderation import masks
from app.desk.track import cell_references, clocks, public_words, states
from app.desk.track.findings import publicity
from app.desk.track.findings.models import Finding
from app.desk.track.peers import queries
from app.desk.track.peers.models import LONGEST_WORDS, VERDICTS, PeerVerdict

NAMES: Mapping[str, str] = {
    "agree": N_("I agree"),
    "not_our_words": N_("Not in our words"),
    "something_missing": N_("Something missing"),
}
LONGEST_ANSWER = 600


class VerdictRefused(Refusal):
    """What a verdict or its answer lacks, or that it is too late."""


@dataclass(frozen=True)
class Said:
    """What a peer says."""

    verdict: str
    words: str = ""
    may_be_shown: bool = False


def give(finding: Finding, said: Said, by: User, today: date) -> PeerVerdict:
    """One verdict a peer and version; another one takes its place until the peers have been heard."""
    _check_open(finding)
    if said.verdict not in VERDICTS:
        raise VerdictRefused(_("Choose one of the three answers."))
    words = masks.without_names(said.words)
    if len(words) > LONGEST_WORDS:
        raise VerdictRefused(_("Use at most %(most)s characters.", most=LONGEST_WORDS))
    found = queries.own(finding, by) or PeerVerdict(
        finding=finding.number, version=finding.version, peer_id=by.id, given_on=today
    )
    if (found.verdict, found.words, found.may_be_shown) == (said.verdict, words, said.may_be_shown):
        return found
    found.verdict, found.words, found.may_be_shown, found.given_on = said.verdict, words, said.may_be_shown, today
    found.is_shown, found.answer, found.answered_by_id, found.answered_on = False, "", None, None
    db.db.session.add(found)
    db.db.session.flush()
    return found


def withdraw(finding: Finding, by: User) -> None:
    """Taken back by the one who gave it."""
    _check_open(finding)
    found = queries.own(finding, by)
    if found is not None:
        db.db.session.delete(found)


@dataclass(frozen=True)
class Answer:
    """What a peer is told, and whether the words are shown beside the finding."""

    words: str
    is_shown: bool
    holds_no_count: bool = False
    """Whoever shows the words has looked at the numbers in them: they are no counts."""


def answer(given: PeerVerdict, finding: Finding, written: Answer, by: User, today: date) -> None:
    """Every verdict is answered in words, shown or not. A public finding shows it at once."""
    if not written.words or len(written.words) > LONGEST_ANSWER:
        raise VerdictRefused(_("Write an answer of at most %(most)s characters.", most=LONGEST_ANSWER))
    if given.peer_id == by.id:
        raise states.OnePersonTwice(_("You gave this verdict. Another person must answer it."))
    if written.is_shown and not given.may_be_shown:
        raise VerdictRefused(_("The peer has not said yes to showing the words."))
    if written.is_shown and public_words.counts(given.words) and not written.holds_no_count:
        raise VerdictRefused(_("There is a number in the peer's words. Say that it is no count, or do not show them."))
    cell_references.of(written.words)
    given.answer, given.is_shown, given.answered_by_id, given.answered_on = (
        written.words,
        written.is_shown,
        by.id,
        today,
    )
    db.db.session.flush()
    if given.version == finding.version:
        publicity.show_again(finding, today)


def answer_by(given: PeerVerdict) -> date:
    """The day an answer is due."""
    return given.given_on + clocks.PEERS


def _check_open(finding: Finding) -> None:
    if finding.state != "with_peers":
        raise VerdictRefused(_("Peers are not asked about %(code)s now.", code=finding.code))
