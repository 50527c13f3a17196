"""Findings on their way out: two people, frozen figures, time for those who may take words back and for staff."""

from datetime import date

import pytest
from flask import Flask

from app.core import db
from app.core.clock import Clock
from app.desk.track import states
from app.desk.track.cell_references import ReferenceRefused
from app.desk.track.findings import findings, places, publicity, publishing, tasks
from app.desk.track.findings.findings import FindingRefused
from app.desk.track.findings.models import Finding
from app.desk.track.findings.places import TooFew
from app.desk.track.findings.publishing import NotYetPublic
from app.publication import track
from app.surveys.models import Site
from tests.desk.accounts.factories import a_user, browser_of, form
from tests.desk.track import factories
from tests.desk.track.factories import FIGURE, TODAY

HALF = "2026-H1"
COUNTRY = f"[[{HALF} T5 DK ADG]]"
AT_GH1 = f"[[{HALF} T5 GH1 ADG]] siger det samme."
LATE = date(2026, 12, 1)
"""A Tuesday, when nobody can take back words of the half-year any more."""


def test_the_author_and_whoever_has_ties_cannot_sign(quarter: None) -> None:
    author = a_user("moderator")
    finding = factories.a_finding("peer_checked", author=author, body=AT_GH1)
    named = factories.a_finding("peer_checked", period="2026-H1", body="Gadens Hus Møllen lukker for tidligt.")

    with pytest.raises(states.OnePersonTwice):
        publishing.sign(finding, author)
    with pytest.raises(FindingRefused):
        publishing.sign(finding, a_user("moderator", "GH1"))
    with pytest.raises(FindingRefused):
        publishing.sign(named, a_user("moderator", "GH2"))
    publishing.sign(finding, a_user("moderator", "GH2"))


def test_a_place_named_in_words_alone_needs_its_own_row_and_twenty_answers_too(content: None, clock: Clock) -> None:
    clock.set(factories.SUMMER)
    spoken_of = {"period": HALF, "claim": "Mange savner, at der er åbent.", "body": f"På Gadens Hus Møllen: {COUNTRY}"}
    early = factories.a_finding("signed", **spoken_of)
    factories.a_release(HALF, {("T1", "DK", ""): 96, ("T5", "DK", "ADG"): 41, ("T1", "GH2", ""): 19})

    assert places.named_sites(early) == ("GH2",), "its staff are told before the public"
    publishing.tell_staff(early, TODAY)
    with pytest.raises(TooFew, match="T1 GH2"):
        publishing.publish(early, LATE)
    with pytest.raises(TooFew, match="T1 GH2"):
        factories.a_finding("with_peers", **spoken_of)


def test_whoever_changes_the_words_cannot_sign_them(quarter: None) -> None:
    second = a_user("moderator")
    finding = factories.a_finding("draft")
    findings.edit(finding, factories.words(body="Det er mine ord nu."), second)
    factories.go_on(finding, "peer_checked")

    with pytest.raises(states.OnePersonTwice):
        publishing.sign(finding, second)


def test_a_finding_is_public_only_with_the_release_that_holds_its_cells(quarter: None) -> None:
    early = factories.a_finding("signed", body="[[2026-Q2 T5 DK ADG]] siger det samme.")
    signal = factories.a_finding("signed", claim="Vi har hørt, at døren er låst.", period="2026-Q2")

    with pytest.raises(ReferenceRefused):
        publishing.publish(early, date(2027, 1, 1))
    with pytest.raises(NotYetPublic):
        publishing.publish(signal, date(2027, 1, 1))


def test_a_finding_is_public_only_when_nobody_can_take_words_back(quarter: None) -> None:
    finding = factories.a_finding("signed")

    with pytest.raises(NotYetPublic):
        publishing.publish(finding, date(2026, 5, 3))
    publishing.publish(finding, date(2026, 5, 4))

    assert finding.published_on == date(2026, 5, 4)


def test_a_finding_of_a_phase_that_is_decided_waits_for_another_phase(quarter: None) -> None:
    phase = factories.a_phase()
    finding = factories.a_finding("signed")
    assert finding.phase == phase.key
    phase.state, phase.decided_on, phase.gate_stood = "decided", TODAY, []
    db.db.session.flush()

    with pytest.raises(FindingRefused, match="afgjort"):
        publishing.publish(finding, TODAY)


def test_a_figure_over_fewer_than_ten_answers_is_a_signal(content: None) -> None:
    factories.a_release(printed={("T1", "DK", ""): 9, ("T5", "DK", "ADG"): 6})

    with pytest.raises(TooFew):
        factories.a_finding("with_peers")


def test_one_place_takes_a_row_of_its_own_and_twenty_answers(content: None) -> None:
    factories.a_release(HALF, printed={("T1", "GH1", ""): 19, ("T1", "DK", ""): 40, ("T5", "DK", "ADG"): 20})
    _a_small_site("GH9")

    with pytest.raises(TooFew):
        factories.a_finding("with_peers", period=HALF, body=f"[[{HALF} T1 GH1]] har svaret.")
    with pytest.raises(TooFew):
        factories.a_finding("with_peers", period=HALF, body=f"[[{HALF} T1 GH9]] har svaret.")
    factories.a_finding("with_peers", period=HALF, claim=f"Døren er låst: [[{HALF} T5 DK ADG]].")


def test_staff_of_a_named_place_read_it_two_weekdays_before_the_public(content: None) -> None:
    finding = _about_gh1()
    own, other = a_user("staff", "GH1"), a_user("staff", "GH2")
    with pytest.raises(NotYetPublic):
        publishing.publish(finding, LATE)

    publishing.tell_staff(finding, LATE)  # a Tuesday

    assert (publishing.may_read_early(finding, own), publishing.may_read_early(finding, other)) == (True, False)
    with pytest.raises(NotYetPublic):
        publishing.publish(finding, date(2026, 12, 2))
    publishing.comment(finding, "Vi har faste tider nu, siger Birgit Sørensen.", own)
    publishing.publish(finding, date(2026, 12, 3))
    assert finding.state == "published"


def test_the_page_opens_for_the_staff_who_were_told(app: Flask, content: None) -> None:
    finding = _about_gh1()
    own, other = (browser_of(app, a_user("staff", code)) for code in ("GH1", "GH2"))
    address = f"/desk/track/findings/{finding.code}"
    assert own.get(address).status_code == 404

    publishing.tell_staff(finding, LATE)
    db.db.session.commit()

    page = own.get(address).text
    said = form(own, "finding.comment") | {"version": finding.version, "words": "Vi har åbent nu."}
    assert "Det nævner dit sted" in page
    assert finding.code in own.get("/desk/track/findings").text
    assert own.post(f"{address}/comment", data=said).status_code == 303
    assert other.get(address).status_code == 404
    assert "Vi har åbent nu." in browser_of(app, a_user("analyst")).get(address).text


@pytest.mark.parametrize(
    ("told", "until", "days"),
    [
        (date(2026, 11, 30), date(2026, 12, 2), 2),  # Monday to Wednesday
        (date(2026, 12, 4), date(2026, 12, 7), 1),  # Friday to Monday
        (date(2026, 12, 4), date(2026, 12, 8), 2),
        (date(2026, 12, 5), date(2026, 12, 6), 0),  # a weekend
        (date(2026, 12, 31), date(2027, 1, 4), 2),  # over New Year
        (date(2026, 12, 1), date(2026, 12, 1), 0),
    ],
)
def test_weekdays_are_counted_from_the_day_after(told: date, until: date, days: int) -> None:
    assert places.weekdays_between(told, until) == days


def test_a_public_finding_stands_in_the_copy_with_every_figure_in_words(quarter: None) -> None:
    finding = factories.a_finding("published", initiatives=["street_house"], more_themes=["BAS"])

    entry = track.entry(finding.code)

    assert entry is not None
    assert (entry.state, entry.themes, entry.initiatives) == ("published", ("ADG", "BAS"), ("street_house",))
    assert "41 af 96" in entry.title["da"]
    assert entry.parts["figures"]
    assert entry.parts["n"] is not None
    assert "[[" not in str(entry)
    assert entry.parts["counter_evidence"] == factories.words().counter_evidence
    assert entry.parts["note"] == "Ingen nåede at svare."


def test_what_is_replaced_says_by_what_and_stays(quarter: None) -> None:
    finding = factories.a_finding("superseded")

    older, newer = track.entry(finding.code), track.entry(f"U{finding.superseded_by}")

    assert older is not None
    assert newer is not None
    assert (older.state, older.parts["superseded_by"]) == ("superseded", newer.code)
    assert [(link.relation, link.code) for link in newer.links] == [("corrects", older.code)]
    with pytest.raises(states.StepRefused):
        publishing.supersede(finding, finding, TODAY)


def test_a_quote_that_is_taken_down_leaves_the_copy_within_the_hour(quarter: None, app: Flask) -> None:
    finding = factories.a_finding("published")
    entry = track.entry(finding.code)
    assert entry is not None
    track.show(type(entry)(**{**vars(entry), "parts": {**entry.parts, "quotes": ["Ord, der er taget ned."]}}))

    publicity.keep_true(TODAY)

    assert (found := track.entry(finding.code)) is not None
    assert found.parts["quotes"] == []


def _a_small_site(code: str) -> None:
    """A place the council has given no row of its own."""
    small = {"kind": "street_house", "name": "Gadens Hus Broen", "municipality": "Helsingør", "region": "hovedstaden"}
    db.db.session.add(Site(code=code, **small, languages=[], local_help={}, hours="always"))
    db.db.session.commit()


def _about_gh1() -> Finding:
    printed = {("T1", "GH1", ""): 20, ("T1", "DK", ""): 96, ("T5", "DK", "ADG"): 41}
    factories.a_release(HALF, printed=printed)
    claim = f"Døren er låst om aftenen: {FIGURE.replace(factories.PERIOD, HALF)}."
    return factories.a_finding("signed", period=HALF, claim=claim, body=f"Der er [[{HALF} T1 GH1]] fra huset.")


def test_who_wrote_an_earlier_version_does_not_sign_the_one_another_made_of_it(quarter: None) -> None:
    first, second = a_user("moderator"), a_user("moderator")
    finding = factories.a_finding(author=first)
    findings.edit(finding, factories.words(body="Det siger flere."), second)
    factories.go_on(finding, "peer_checked")

    for writer in (first, second):
        with pytest.raises(states.OnePersonTwice):
            publishing.sign(finding, writer)
    assert not [one for one in tasks.tasks(first, TODAY) if finding.code in one.sentence]
    publishing.sign(finding, a_user("moderator"))
