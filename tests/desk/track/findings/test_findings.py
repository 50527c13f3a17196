"""Findings: two people, counter-evidence, frozen figures."""

from datetime import date

import pytest

from app.core.errors import Refusal
from app.desk.track import states
from app.desk.track.cell_references import ReferenceRefused
from app.desk.track.findings import findings
from app.desk.track.findings.findings import FindingRefused
from app.desk.track.public_words import NumbersTyped
from tests.desk.accounts.factories import a_user
from tests.desk.track import factories
from tests.desk.track.factories import FIGURE


def test_findings_are_called_u1_u2(quarter: None) -> None:
    assert [factories.a_finding().code, factories.a_finding().code] == ["U1", "U2"]


@pytest.mark.parametrize("field", ["claim", "body", "counter_evidence"])
def test_a_typed_number_is_refused_in_every_text(quarter: None, field: str) -> None:
    with pytest.raises(NumbersTyped):
        findings.draft(factories.words(**{field: "41 af dem siger det."}), a_user("analyst"))


def test_a_claim_is_one_sentence_of_200_characters(quarter: None) -> None:
    findings.draft(factories.words(claim="x" * 200), a_user("analyst"))

    for claim in ("", "x" * 201):
        with pytest.raises(FindingRefused):
            findings.draft(factories.words(claim=claim), a_user("analyst"))


@pytest.mark.parametrize("changes", [{"period": "2026-W10"}, {"theme": "XXX"}, {"theme": ""}, {"period": ""}])
def test_a_finding_is_about_a_known_theme_and_period(quarter: None, changes: dict[str, str]) -> None:
    with pytest.raises(Refusal):
        findings.draft(factories.words(**changes), a_user("analyst"))


def test_the_author_cannot_sign(quarter: None) -> None:
    author = a_user("moderator")
    finding = factories.a_finding(author=author)

    with pytest.raises(states.OnePersonTwice):
        findings.sign(finding, author)


def test_whoever_changes_the_words_cannot_sign_them(quarter: None) -> None:
    second = a_user("moderator")
    finding = factories.a_finding()
    findings.edit(finding, factories.words(body="Det er mine ord nu."), second)

    with pytest.raises(states.OnePersonTwice):
        findings.sign(finding, second)


def test_nothing_is_signed_without_counter_evidence(quarter: None) -> None:
    finding = factories.a_finding(counter_evidence="")

    with pytest.raises(FindingRefused):
        findings.sign(finding, a_user("moderator"))


def test_whoever_works_at_a_named_place_cannot_sign(quarter: None) -> None:
    finding = factories.a_finding(body="[[2026-H1 T5 GH1 ADG]] siger det.")

    with pytest.raises(FindingRefused):
        findings.sign(finding, a_user("moderator", "GH1"))
    findings.sign(finding, a_user("moderator", "GH2"))


def test_taking_back_a_signed_finding_voids_the_signature(quarter: None) -> None:
    finding = factories.a_finding("signed")
    before = finding.version

    findings.take_back(finding)

    assert (finding.signer_id, finding.version) == (None, before + 1)


def test_a_signed_finding_is_not_edited(quarter: None) -> None:
    with pytest.raises(states.StepRefused):
        findings.edit(factories.a_finding("signed"), factories.words(), a_user("moderator"))


def test_a_finding_is_public_only_with_the_release_that_holds_its_cells(quarter: None) -> None:
    early = factories.a_finding("signed", body="[[2026-Q2 T5 DK ADG]] siger det samme.")

    with pytest.raises(ReferenceRefused):
        findings.publish(early, date(2027, 1, 1))


def test_a_finding_without_figures_waits_for_the_release_of_its_period_too(quarter: None) -> None:
    signal = factories.a_finding("signed", claim="Vi har hørt, at døren er låst.", period="2026-Q2")

    with pytest.raises(FindingRefused):
        findings.publish(signal, date(2027, 1, 1))


def test_a_finding_is_public_only_when_nobody_can_take_words_back(quarter: None) -> None:
    finding = factories.a_finding("signed")

    with pytest.raises(FindingRefused):
        findings.publish(finding, date(2026, 5, 3))
    findings.publish(finding, date(2026, 5, 4))

    assert finding.published_on == date(2026, 5, 4)


def test_dropping_takes_a_reason(quarter: None) -> None:
    with pytest.raises(FindingRefused):
        findings.drop(factories.a_finding(), "  ")


def test_a_finding_without_figures_is_a_signal(quarter: None) -> None:
    assert findings.is_signal(factories.a_finding(claim="Vi har hørt, at døren er låst."))
    assert not findings.is_signal(factories.a_finding(claim=f"{FIGURE} siger, at døren er låst."))
