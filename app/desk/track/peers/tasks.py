"""What waits among peers and what they say, and the clocks that run for it."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from app.desk.accounts.models import User
from app.desk.track import cell_references, clocks, links
from app.desk.track import queries as track
from app.desk.track.clocks import Clock
from app.desk.track.peers import queries, rounds, texts, verdicts
from app.desk.track.task import Task


def tasks(reader: User, today: date) -> Iterator[Task]:
    """Findings to answer for a peer; for those who write, peers to answer and findings to take on."""
    if reader.role == "peer":
        yield from _for_peer(reader)
    if reader.role in ("moderator", "analyst"):
        yield from _to_answer(today)
        yield from _to_take_on(today)


def running(_today: date) -> Iterator[Clock]:
    """How long peers have to read a finding, and how long one has waited for words."""
    for finding in track.findings(("with_peers",)):
        until = rounds.answers_until(finding)  # no word of the finding: everybody on the track sees the clocks
        yield Clock("peers", finding.code, "", until, finding.peers_asked_on)
    for given, finding in queries.unanswered():
        yield Clock("verdict", finding.code, "", verdicts.answer_by(given), given.given_on)


def _for_peer(reader: User) -> Iterator[Task]:
    for finding in track.findings(("with_peers",)):
        if queries.own(finding, reader) is None:
            address = url_for("track.peers.finding", code=finding.code)
            yield Task(_("Is it heard right?"), cell_references.shown(finding.claim), address)
    if texts.count(reader):
        yield Task(_("Code together"), _("Texts wait for a second reader."), url_for("track.peer_coding.show"))


def _to_answer(today: date) -> Iterator[Task]:
    for given, finding in queries.unanswered():
        stands = clocks.stands(verdicts.answer_by(given), today)
        yield Task(_("Answer a peer on %(code)s", code=finding.code), stands, links.to(finding.code))


def _to_take_on(today: date) -> Iterator[Task]:
    for finding in track.findings(("with_peers",)):
        if today >= rounds.answers_until(finding) or len(rounds.that_count(finding)) >= queries.ENOUGH:
            sentence = _("Peers have read %(code)s. Take it on", code=finding.code)
            yield Task(sentence, cell_references.shown(finding.claim), links.to(finding.code))
