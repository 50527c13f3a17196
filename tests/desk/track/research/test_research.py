"""Research: what was received, what was asked for in vain, and how it stands to our findings."""

import hashlib
from datetime import date
from typing import Any

import pytest

from app.core import db
from app.core.errors import Refusal
from app.desk.track.research import pdf_files, queries, research
from app.desk.track.research.models import ResearchFile
from app.publication import track
from tests.desk.accounts.factories import a_user
from tests.desk.track import factories
from tests.desk.track.factories import TODAY

PDF = research.File("rapport.pdf", b"%PDF-1.7 et dokument %%EOF")


def test_what_is_not_said_of_research_is_asked_for(quarter: None) -> None:
    lacking: tuple[dict[str, Any], ...] = (
        {"kind": "rumour"}, {"title": ""}, {"institution": ""}, {"dated": None}, {"asked_on": TODAY}, {"says": ""},
        {"says": "x" * 601}, {"themes": ("XXX",)}, {"initiatives": ("x",)}, {"link": "javascript:alert(1)"},
        {"says": "59 af dem fik det bedre."}, {"kind": "none"}, {"kind": "none", "asked_on": TODAY},
    )  # fmt: skip

    for changes in lacking:
        with pytest.raises(Refusal):
            factories.a_research(**changes)
    assert queries.all_in(("registered",)) == []


def test_silence_is_recorded_and_public(quarter: None) -> None:
    silent = factories.a_research("published", kind="none", dated=None, asked_on=date(2026, 4, 1), says="", link="")

    entry = track.entry(silent.code)
    assert entry is not None
    assert (entry.parts["kind"], entry.parts["asked_on"], entry.parts["dated"]) == ("none", "2026-04-01", None)


def test_a_file_is_a_pdf_that_somebody_allowed_us_to_keep(quarter: None) -> None:
    by, words = a_user("analyst"), factories.studied(permission="Instituttet, i et brev")
    refused = (
        (factories.studied(), PDF),
        (words, research.File("ark.xlsx", b"PK not a pdf")),
        (words, research.File("stor.pdf", b"%PDF-" + bytes(pdf_files.LARGEST))),
        (factories.studied(kind="none", dated=None, asked_on=TODAY, permission="ja"), PDF),
    )

    for lacking, file in refused:
        with pytest.raises(Refusal):
            research.register(lacking, None, by, file=file)
    kept = research.register(words, None, by, file=PDF)
    db.db.session.commit()

    assert kept.file_sha256 == hashlib.sha256(PDF.content).hexdigest()
    assert queries.file(kept.number) == PDF.content
    db.db.session.delete(kept)
    db.db.session.commit()
    assert db.db.session.query(ResearchFile).count() == 0


def test_research_stands_beside_findings_also_after_it_is_out(quarter: None) -> None:
    finding, found = factories.a_finding("signed"), factories.a_research("published")

    research.relate(found, {finding: "contradicts"}, TODAY)
    first = track.linked_to(finding.code)
    research.relate(found, {finding: "supports"}, TODAY)
    db.db.session.commit()

    assert [(one.relation, one.code) for one in first] == [("contradicts", found.code)]
    assert [(one.relation, one.code) for one in track.linked_to(finding.code)] == [("supports", found.code)]
    assert found.state == "published"
    with pytest.raises(research.ResearchRefused):
        research.relate(found, {finding: "proves"}, TODAY)


def test_the_reason_of_a_withdrawal_stays_public(quarter: None) -> None:
    with pytest.raises(research.ResearchRefused):
        research.withdraw(factories.a_research("published"), "", TODAY)
    withdrawn = factories.a_research("withdrawn")

    entry = track.entry(withdrawn.code)
    assert entry is not None
    assert (entry.state, entry.parts["withdrawn_because"]) == ("withdrawn", "Forskerne har fundet en fejl.")
