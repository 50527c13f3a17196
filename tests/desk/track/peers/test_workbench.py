"""The peers' workbench, as a peer meets it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.core import db
from app.core.clock import Clock
from app.desk.accounts.models import User
from app.desk.moderation.models import Statement, Tagging, TextItem
from app.desk.track.findings import publishing, sounds
from app.desk.track.findings.sounds import SoundRefused
from app.desk.track.peers import homes, queries, rounds, texts, verdicts
from app.desk.track.peers.verdicts import Answer
from tests.desk.accounts.factories import a_user, browser_of, form
from tests.desk.moderation import factories as moderation
from tests.desk.track import factories
from tests.desk.track.factories import TODAY

Browse = Callable[[User], FlaskClient]
AT = "/desk/track/peers"
MP3 = b"\xff\xfb\x90\x00" + bytes(400)


@pytest.fixture
def browse(app: Flask, quarter: None) -> Browse:
    """A browser in which this person is signed in."""
    return lambda user: browser_of(app, user)


def post(client: FlaskClient, address: str, form_id: str, **fields: object) -> TestResponse:
    return client.post(address, data=form(client, form_id) | fields)


def drawn(text: str, *, site: str | None = "GH1", themes: str = "ADG.AAB", week: str = "2026-W05") -> bytes:
    """A statement that was drawn for a second coding; its id."""
    answer = moderation.a_text(text, week=week, site_code=site)
    moderation.approve(answer, moderation.a_moderator(), themes)
    item = db.db.session.get(TextItem, answer)
    assert item
    item.second_due = True
    db.db.session.commit()
    return bytes(db.db.session.scalars(select(Statement.id).where(Statement.answer_id == answer)).one())


def test_a_peer_reads_a_finding_and_says_what_they_think_of_it(browse: Browse) -> None:
    factories.a_finding("with_peers")
    pia = browse(a_user("peer"))
    page = pia.get(f"{AT}/heard/U1").text
    assert "41 af 96" in page
    assert factories.words().counter_evidence in page

    said = {"verdict": "something_missing", "words": "De fulde navne: Birgit Sørensen.", "may_be_shown": "on"}
    stale = post(pia, f"{AT}/heard/U1", "verdict", version=7, **said)
    empty = post(pia, f"{AT}/heard/U1", "verdict", version=1)
    kept = post(pia, f"{AT}/heard/U1", "verdict", version=1, **said)

    assert (stale.status_code, empty.status_code, kept.status_code) == (422, 422, 303)
    assert "Birgit" in stale.text  # what they wrote comes back to them
    (given,) = queries.verdicts(1, 1)
    assert "Birgit" not in given.words
    assert "Mangler noget" in pia.get(f"{AT}/heard").text
    db.db.session.rollback()
    assert post(pia, f"{AT}/heard/U1/withdraw", "verdict.withdraw").status_code == 303
    assert queries.verdicts(1, 1) == []


def test_a_peer_reads_no_draft_and_no_others_words(browse: Browse) -> None:
    factories.a_finding("draft")
    asked = factories.a_finding("with_peers")
    verdicts.give(asked, verdicts.Said("agree", "En andens ord."), a_user("peer"), TODAY)
    db.db.session.commit()
    pia = browse(a_user("peer"))

    assert pia.get(f"{AT}/heard/U1").status_code == 404
    assert "En andens ord." not in pia.get(f"{AT}/heard/U2").text + pia.get(f"{AT}/outcome").text


def test_what_came_of_it_is_told_to_the_one_who_said_it(browse: Browse) -> None:
    peer, finding = a_user("peer"), factories.a_finding("with_peers")
    given = verdicts.give(finding, verdicts.Said("agree", "Ja.", may_be_shown=True), peer, TODAY)
    db.db.session.commit()
    pia = browse(peer)
    assert "15. juni 2026" in pia.get(f"{AT}/outcome").text  # 14 days

    verdicts.answer(given, finding, Answer("Vi skrev det ind.", is_shown=True), a_user("moderator"), TODAY)
    rounds.take_on(finding, TODAY)
    publishing.sign(finding, a_user("moderator"))
    publishing.publish(finding, TODAY)
    factories.a_proposal("submitted", on=finding)
    db.db.session.commit()

    page = pia.get(f"{AT}/outcome").text
    assert "Vi skrev det ind." in page
    assert "Dine ord står ved siden af fundet." in page
    assert "F1: " in page


def test_a_peer_codes_what_stands_behind_a_finding_and_nothing_of_their_own_place(browse: Browse) -> None:
    moderation.the_codebook()
    factories.a_finding("with_peers", more_themes=["MOD"])
    behind = {drawn("Døren er låst.", site="GH2"), drawn("De hilser pænt.", site="GH3", themes="MOD")}
    drawn("Fra mit eget hus.")
    drawn("Fra bussen, der holder i Kalundborg.", site="MUE1")
    drawn("Om noget andet.", site="GH2", themes="OKO")
    drawn("Fra en anden tid.", site="GH2", week="2025-W40")
    drawn("Ingen ved hvor.", site=None)
    peer = a_user("peer")
    pia = browse(peer)

    assert pia.get(f"{AT}/code").headers["Location"].endswith("/home")
    assert post(pia, f"{AT}/home", "peer.home", municipality=["Helsingør", "Kalundborg"]).status_code == 303
    seen = set()
    for done in range(3):
        page = pia.get(f"{AT}/code?done={done}").text
        found = [one for one in behind if one.hex() in page]
        if found:
            assert "2026-W05" not in page
            assert not {"Horsens", "Sønderborg", "Møllen", "Fyret"} & set(page.split())
            said = {"statement": found[0].hex(), "code": "ADG.AAB", "done": done}
            assert post(pia, f"{AT}/code", "peer.code", **said).status_code == 303
            seen.add(found[0])

    assert seen == behind
    assert "ingen tekster" in pia.get(f"{AT}/code").text
    rows = db.db.session.execute(
        select(Tagging.statement_id).where(Tagging.coder == peer.id, Tagging.round == "second")
    )
    assert {bytes(one) for one in rows.scalars()} == behind


def test_a_text_from_an_own_municipality_is_not_there_whatever_is_posted(browse: Browse) -> None:
    moderation.the_codebook()
    factories.a_finding("with_peers")
    own, other = drawn("Fra mit eget hus."), drawn("Fra et andet hus.", site="GH2")
    peer = a_user("peer", "GH1")
    homes.name(peer, [])
    db.db.session.commit()
    pia = browse(peer)

    codes = {one: post(pia, f"{AT}/code", "peer.code", statement=one.hex(), code="ADG") for one in (own, other)}

    assert (codes[own].status_code, codes[other].status_code) == (404, 303)
    assert texts.count(peer) == 0


def test_after_twenty_there_is_a_rest(browse: Browse) -> None:
    moderation.the_codebook()
    factories.a_finding("with_peers")
    drawn("Døren er låst.")
    peer = a_user("peer")
    homes.name(peer, [])
    db.db.session.commit()

    page = browse(peer).get(f"{AT}/code?done=20").text

    assert "Døren er låst." not in page
    assert "Hold en pause" in page


def test_a_peer_is_signed_out_after_fifteen_minutes_and_others_are_not(browse: Browse, clock: Clock) -> None:
    pia, mona = browse(a_user("peer")), browse(a_user("moderator"))
    assert pia.get(AT).headers["Refresh"] == "900; url=/desk/login"

    clock.set(factories.SUMMER + timedelta(minutes=14))
    assert pia.get(AT).status_code == 200  # and the quarter of an hour begins anew
    clock.set(factories.SUMMER + timedelta(minutes=28))
    assert pia.get(AT).status_code == 200
    clock.set(factories.SUMMER + timedelta(minutes=44))

    assert pia.get(AT).status_code == 302
    assert mona.get("/desk/track/findings").status_code == 302  # half an hour for everybody else
    clock.set(factories.SUMMER + timedelta(minutes=29))
    assert mona.get("/desk/track/findings").status_code == 200


def test_a_finding_can_be_heard_while_peers_are_asked(browse: Browse) -> None:
    finding = factories.a_finding("with_peers")
    for sound in (b"no sound", b"\xff" * (sounds.MOST_BYTES + 1)):
        with pytest.raises(SoundRefused):
            sounds.keep(finding, sound)
    sounds.keep(finding, MP3)
    db.db.session.commit()
    pia = browse(a_user("peer"))

    assert "/desk/track/findings/U1/sound/1.mp3" in pia.get(f"{AT}/heard/U1").text
    assert pia.get("/desk/track/findings/U1/sound/1.mp3").data == MP3
    assert pia.get("/desk/track/findings/U1/sound/2.mp3").status_code == 404
    rounds.take_on(finding, TODAY)
    db.db.session.commit()
    assert pia.get("/desk/track/findings/U1/sound/1.mp3").status_code == 404


def test_the_finding_page_answers_peers_and_keeps_old_versions(browse: Browse) -> None:
    finding = factories.a_finding("with_peers")
    given = verdicts.give(finding, verdicts.Said("agree", "Vi er 7.", may_be_shown=True), a_user("peer"), TODAY)
    db.db.session.commit()
    address, mona = f"/desk/track/findings/U1/verdicts/{given.id.hex()}", browse(a_user("moderator"))

    counted = post(mona, address, "verdict.answer", answer="Tak for det.", shown="on")
    wrong = post(mona, address[:-1] + "x", "verdict.answer", answer="Tak.")
    answered = post(mona, address, "verdict.answer", answer="Tak for det.", shown="on", no_count="on")

    assert (counted.status_code, wrong.status_code, answered.status_code) == (422, 404, 303)
    assert "Tak for det." in counted.text  # what was written comes back
    assert post(mona, "/desk/track/findings/U1/back", "finding.back", version=1).status_code == 303
    page = mona.get("/desk/track/findings/U1").text
    assert "1 tidligere udgave" in page
    assert "Vi er 7." in page
    assert "Spørg peers" in page
