"""Asking peers: who counts, when it is enough, and what happens when these are not their words."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core import db
from app.desk.accounts.models import User
from app.desk.track import clocks
from app.desk.track.findings import findings, publicity, publishing
from app.desk.track.findings.findings import FindingRefused
from app.desk.track.findings.models import Finding
from app.desk.track.findings.places import TooFew
from app.desk.track.findings.publishing import NotYetPublic
from app.desk.track.peers import homes, queries, rounds, verdicts
from app.desk.track.peers.models import PeerVerdict
from app.desk.track.peers.rounds import PeersHaveTime
from app.desk.track.peers.verdicts import Answer, Said, VerdictRefused
from app.publication import track
from tests.desk.accounts.factories import a_user
from tests.desk.moderation import factories as moderation
from tests.desk.track import factories
from tests.desk.track.factories import TODAY

ASKED = TODAY - timedelta(days=1)


@pytest.fixture
def asked(quarter: None) -> Finding:
    """A finding that peers were asked about yesterday."""
    finding = factories.a_finding()
    rounds.ask(finding, ASKED)
    db.db.session.commit()
    return finding


def say(finding: Finding, *said: str, words: str = "") -> list[PeerVerdict]:
    """So many peers say it."""
    return [verdicts.give(finding, Said(one, words, may_be_shown=True), a_user("peer"), TODAY) for one in said]


UNFINISHED: tuple[tuple[dict[str, str], type[Exception]], ...] = (
    ({"counter_evidence": " "}, FindingRefused),
    ({"who_is_missing": ""}, FindingRefused),
    ({"claim": "Døren er låst om aftenen."}, TooFew),  # a signal says that it is one
    ({"claim": "Vi har hørt, at døren i Helsingør er låst."}, TooFew),
    ({"claim": "Vi har hørt, at Gadens Hus Ankeret lukker tidligt."}, TooFew),
    ({"claim": "Vi har hørt, at døren er låst.", "counter_evidence": factories.FIGURE}, TooFew),
)


def test_peers_are_asked_about_a_finding_that_is_whole(quarter: None) -> None:
    for changes, refusal in UNFINISHED:
        with pytest.raises(refusal):
            rounds.ask(factories.a_finding(**changes), TODAY)


def test_two_verdicts_take_it_on_and_one_waits_fourteen_days(asked: Finding) -> None:
    say(asked, "agree")
    with pytest.raises(PeersHaveTime):
        rounds.take_on(asked, ASKED + timedelta(days=13))

    say(asked, "not_our_words")  # half of them are not most of them
    rounds.take_on(asked, TODAY)

    assert (asked.state, asked.peers_answered, asked.is_disputed, publicity.note(asked)) == (
        "peer_checked", 2, False, "",
    )  # fmt: skip


def test_after_fourteen_days_it_says_how_few_answered(asked: Finding) -> None:
    say(asked, "agree")

    rounds.take_on(asked, ASKED + clocks.PEERS)

    assert asked.peers_answered == 1
    assert publicity.note(asked) == "Kun 1 svarede."


def test_most_not_our_words_sends_it_back_once_and_then_it_is_disputed(asked: Finding) -> None:
    first = say(asked, "not_our_words", "not_our_words", "agree")
    rounds.take_on(asked, TODAY)
    assert (asked.state, asked.version, asked.was_sent_back, asked.peers_asked_on) == ("draft", 2, True, None)

    findings.edit(asked, factories.words(body="Andre ord."), a_user("moderator"))
    rounds.ask(asked, TODAY)
    assert queries.verdicts(asked.number, asked.version) == []  # void, and kept
    assert {one.id for one in queries.all_verdicts(asked.number)} == {one.id for one in first}
    second = say(asked, "not_our_words", "not_our_words", words="Sådan siger vi det ikke.")
    verdicts.answer(second[0], asked, Answer("Vi lader det stå.", is_shown=True), a_user("analyst"), TODAY)
    rounds.take_on(asked, TODAY)
    publishing.sign(asked, a_user("moderator"))
    with pytest.raises(NotYetPublic):
        publishing.publish(asked, TODAY)
    for one in second[1:]:
        verdicts.answer(one, asked, Answer("Vi lader det stå.", is_shown=True), a_user("analyst"), TODAY)
    publishing.publish(asked, TODAY)

    entry = track.entry(asked.code)
    assert entry is not None
    assert asked.is_disputed
    assert entry.parts["is_disputed"]
    assert entry.parts["note"].startswith("Omtvistet")
    assert entry.parts["peers"] == [{"verdict": "not_our_words", "words": "Sådan siger vi det ikke."}] * 2


def test_whoever_has_ties_to_the_place_most_voices_come_from_does_not_count(asked: Finding) -> None:
    _heard_at("GH1", 2)
    _heard_at("GH2", 1)
    works_there, lives_there = a_user("peer", "GH1"), a_user("peer")
    homes.name(lives_there, ["Helsingør"])
    for peer in (works_there, lives_there, a_user("peer", "GH2")):
        verdicts.give(asked, Said("agree"), peer, TODAY)

    assert len(rounds.that_count(asked)) == 1
    works_there.is_active = False
    assert len(rounds.that_count(asked)) == 1, "ties stay when a peer leaves"
    _heard_at("GH2", 1)  # now each gives half
    assert len(rounds.that_count(asked)) == 3


def test_a_verdict_is_one_a_peer_changeable_and_withdrawn_until_the_finding_goes_on(asked: Finding) -> None:
    peer = a_user("peer")
    for said in ("agree", "agree", "not_our_words"):
        verdicts.give(asked, Said(said), peer, TODAY)
    assert [one.verdict for one in queries.verdicts(asked.number, asked.version)] == ["not_our_words"]

    verdicts.withdraw(asked, peer)
    assert queries.verdicts(asked.number, asked.version) == []

    verdicts.give(asked, Said("agree"), peer, TODAY)
    rounds.take_on(asked, ASKED + clocks.PEERS)
    for late in (lambda: verdicts.give(asked, Said("agree"), peer, TODAY), lambda: verdicts.withdraw(asked, peer)):
        with pytest.raises(VerdictRefused):
            late()


def test_names_are_covered_before_a_peers_words_are_kept_and_too_much_is_refused(asked: Finding) -> None:
    (given,) = say(asked, "agree", words="Spørg Birgit Sørensen på 20 12 34 56.")
    assert "Birgit" not in given.words
    assert "12 34" not in given.words

    for said in (Said(""), Said("maybe"), Said("agree", "a" * 301)):
        with pytest.raises(VerdictRefused):
            verdicts.give(asked, said, a_user("peer"), TODAY)
    verdicts.give(asked, Said("agree", "a " * 150), a_user("peer"), TODAY)


def test_every_verdict_is_answered_in_words_and_shown_only_with_a_yes(asked: Finding) -> None:
    shy = verdicts.give(asked, Said("agree", "Mit."), a_user("peer"), TODAY)
    (counting,) = say(asked, "agree", words="Vi er 7, der siger det.")
    me = a_user("moderator")

    refused: list[Callable[[], None]] = [
        lambda: verdicts.answer(shy, asked, Answer("", is_shown=False), me, TODAY),
        lambda: verdicts.answer(shy, asked, Answer("Tak.", is_shown=True), me, TODAY),
        lambda: verdicts.answer(counting, asked, Answer("Tak.", is_shown=True), me, TODAY),
    ]
    for refusing in refused:
        with pytest.raises(VerdictRefused):
            refusing()
    verdicts.answer(shy, asked, Answer("Tak.", is_shown=False), me, TODAY)
    verdicts.answer(counting, asked, Answer("Tak.", is_shown=True, holds_no_count=True), me, TODAY)

    assert [one.words for one in queries.shown(asked.number, asked.version)] == [counting.words]
    assert queries.unanswered() == []


def test_an_answer_to_a_public_finding_shows_at_once(asked: Finding) -> None:
    (given,) = say(asked, "agree", words="Ja, sådan er det.")
    rounds.take_on(asked, ASKED + clocks.PEERS)
    publishing.sign(asked, a_user("moderator"))
    publishing.publish(asked, TODAY)

    verdicts.answer(given, asked, Answer("Tak.", is_shown=True), a_user("moderator"), date(2026, 7, 1))

    entry = track.entry(asked.code)
    assert entry is not None
    assert (entry.parts["peers"][0]["words"], entry.changed_on) == ("Ja, sådan er det.", date(2026, 7, 1))


FORBIDDEN = {
    "a verdict nobody knows": "UPDATE peer_verdict SET verdict = 'maybe'",
    "shown without a yes": "UPDATE peer_verdict SET may_be_shown = NOT may_be_shown, is_shown = may_be_shown",
    "shown without an answer": "UPDATE peer_verdict SET is_shown = may_be_shown",
    "answered without words": "UPDATE peer_verdict SET answered_on = '2026-06-01', answered_by_id = "
    '(SELECT id FROM "user" WHERE id <> peer_id LIMIT 1)',
    "answered by the peer": "UPDATE peer_verdict SET answered_on = '2026-06-01', answer = 'x', "
    "answered_by_id = peer_id",
    "two of one peer": "INSERT INTO peer_verdict SELECT finding_version.author_id, finding, version, peer_id, verdict, "
    "words, may_be_shown, given_on, is_shown, answer, answered_by_id, answered_on FROM peer_verdict "
    "JOIN finding_version USING (finding, version)",
}


def test_the_database_refuses(asked: Finding) -> None:
    say(asked, "agree")
    db.db.session.commit()

    for what, statement in FORBIDDEN.items():
        with pytest.raises(IntegrityError):
            db.db.session.execute(text(statement))
        db.db.session.rollback()
        assert what


def _heard_at(site: str, many: int) -> None:
    moderation.the_codebook()
    reader: User = moderation.a_moderator()
    for _ in range(many):
        answer = moderation.a_text("Døren er låst om aftenen.", week="2026-W05", site_code=site)
        moderation.approve(answer, reader, "ADG.AAB")
