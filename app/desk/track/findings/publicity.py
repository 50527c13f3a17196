"""A finding as the public reads it: every figure in words, what speaks against as large, what peers say beside it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from app.desk.track import cell_references
from app.desk.track.findings import findings, places, queries
from app.desk.track.findings.models import Finding
from app.desk.track.peers import queries as peers
from app.publication import quotes, track
from app.publication.models import Quote
from app.publication.track import Entry, Link

MOST_QUOTES = 3


def show(finding: Finding, today: date) -> None:
    """Copy it to where citizens read, or say there what holds now. The caller commits."""
    assert finding.published_on is not None  # noqa: S101 - only what is or was out has a copy
    track.show(
        Entry(
            code=finding.code,
            kind="finding",
            state=finding.state,
            phase=finding.phase or "",
            themes=finding.themes,
            initiatives=tuple(finding.initiatives),
            places=places.named(finding),
            first_on=finding.published_on,
            changed_on=today,
            title={"da": cell_references.shown(finding.claim, "da")},
            parts=_parts(finding),
            links=(Link("corrects", f"U{older.number}"),) if (older := queries.replaced_by(finding)) else (),
        )
    )


def show_again(finding: Finding, today: date) -> None:
    """After a change that the public sees; nothing where it is not out."""
    if finding.published_on is not None:
        show(finding, today)


def keep_true(today: date) -> None:
    """The hourly job: a quote that was taken down leaves the findings too."""
    for finding in queries.public():
        entry = track.entry(finding.code)
        if entry and entry.parts.get("quotes") != _quotes(finding):
            show(finding, today)


def quotes_of(finding: Finding) -> Sequence[Quote]:
    """Words that people let out on its themes, at most three."""
    return quotes.released(finding.themes)[:MOST_QUOTES]


def note(finding: Finding) -> str:
    """What must be said of how peers read it; '' where nothing must."""
    if finding.is_disputed:
        sentence: str = _("Peers and we do not agree on this. Their words stand beside ours.")
        return sentence
    if finding.peers_answered is not None and finding.peers_answered < peers.ENOUGH:
        few: str = (
            ngettext("Only %(num)s peer answered.", "Only %(num)s peers answered.", finding.peers_answered)
            if finding.peers_answered
            else _("No peer answered in time.")
        )
        return few
    return ""


def _parts(finding: Finding) -> dict[str, Any]:
    with force_locale("da"):
        noted = note(finding)
    return {
        "body": cell_references.shown(finding.body, "da"),
        "counter_evidence": cell_references.shown(finding.counter_evidence, "da"),
        "who_is_missing": cell_references.shown(finding.who_is_missing, "da"),
        "provenance": finding.provenance,
        "period": finding.period,
        "principles": list(finding.principles),
        "is_signal": findings.is_signal(finding),
        "is_disputed": finding.is_disputed,
        "note": noted,
        "peers": [{"verdict": one.verdict, "words": one.words} for one in peers.shown(finding.number, finding.version)],
        "quotes": _quotes(finding),
        "figures": _figures(finding),
        "n": _n(finding),
        "superseded_by": f"U{finding.superseded_by}" if finding.superseded_by else None,
    }


def _quotes(finding: Finding) -> list[str]:
    return [quote.text for quote in quotes_of(finding)]


def _n(finding: Finding) -> int | None:
    """How many answered where the first printed figure of the finding was counted; None where it has none."""
    found = (cell_references.figure(reference) for reference in cell_references.of(*finding.texts))
    return next((one.n or one.value for one in found if one is not None and one.value is not None), None)


def _figures(finding: Finding) -> list[str]:
    found = dict.fromkeys(map(str, cell_references.of(*finding.texts)))
    return [cell_references.shown(f"[[{reference}]]", "da") for reference in found]
