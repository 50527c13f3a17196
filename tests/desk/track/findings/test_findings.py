"""Findings while they are written: one plain sentence, no typed numbers, every version kept."""

from typing import Any

import pytest

from app.core.errors import Refusal
from app.desk.track import states
from app.desk.track.findings import findings, queries
from app.desk.track.findings.findings import FindingRefused
from app.desk.track.public_words import NumbersTyped
from tests.desk.accounts.factories import a_user
from tests.desk.track import factories
from tests.desk.track.factories import FIGURE


def test_findings_are_called_u1_u2(quarter: None) -> None:
    assert [factories.a_finding().code, factories.a_finding().code] == ["U1", "U2"]


def test_a_typed_number_is_refused_in_every_text_and_a_date_is_not(quarter: None) -> None:
    author = a_user("analyst")
    for field in ("claim", "body", "counter_evidence", "who_is_missing"):
        for typed in ("41 af dem siger det", "Næsten alle siger det", "Kun mænd siger det"):
            with pytest.raises(NumbersTyped):
                findings.draft(factories.words(**{field: typed}), author)

    findings.draft(factories.words(body="Det var værst [ikke et antal: den 1. marts]."), author)


REFUSED: tuple[dict[str, Any], ...] = (
    {"claim": ""},
    {"claim": "Vi er her " * 21},
    {"claim": "Huset lukker. Det er for tidligt."},
    {"claim": "Borgerinddragelsesprocessernes utilstrækkelighed vanskeliggør samarbejdet."},
    {"period": "2026-W10"},
    {"period": ""},
    {"theme": "XXX"},
    {"more_themes": ["XXX"]},
    {"more_themes": ["ADG"]},
    {"principles": [11]},
    {"initiatives": ["moon"]},
    {"phase": "tea"},
)


def test_a_finding_is_one_plain_sentence_about_what_we_know(quarter: None) -> None:
    author = a_user("analyst")

    for changes in REFUSED:
        with pytest.raises(Refusal):
            findings.draft(factories.words(**changes), author)
    findings.draft(factories.words(more_themes=["BAS"], principles=[3], initiatives=["street_house"]), author)


def test_figures_and_what_follows_a_colon_make_no_sentence_longer() -> None:
    claim = f"Mange savner, at huset har åbent om aftenen: {FIGURE} siger det [ikke et antal: kl. 22]."

    assert findings.lix(claim) < findings.HIGHEST_LIX


def test_every_version_of_the_words_is_kept(quarter: None) -> None:
    finding = factories.a_finding()
    first = finding.claim
    findings.edit(finding, factories.words(claim=f"Døren er låst om aftenen: {FIGURE}."), a_user("moderator"))

    kept = queries.versions(finding.number)

    assert [(one.version, one.claim) for one in kept] == [(2, finding.claim), (1, first)]


def test_taking_back_a_signed_finding_voids_the_signature(quarter: None) -> None:
    finding = factories.a_finding("signed")
    before = finding.version

    findings.take_back(finding)

    assert (finding.signer_id, finding.version, finding.peers_asked_on) == (None, before + 1, None)


def test_only_a_draft_is_edited(quarter: None) -> None:
    for state in ("with_peers", "signed", "published"):
        with pytest.raises(states.StepRefused):
            findings.edit(factories.a_finding(state), factories.words(), a_user("moderator"))


def test_dropping_takes_a_reason(quarter: None) -> None:
    with pytest.raises(FindingRefused):
        findings.drop(factories.a_finding(), "  ")


def test_a_finding_without_figures_is_a_signal(quarter: None) -> None:
    assert findings.is_signal(factories.a_finding(claim="Vi har hørt, at døren er låst."))
    assert not findings.is_signal(factories.a_finding(claim=f"{FIGURE} siger, at døren er låst."))
