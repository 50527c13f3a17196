"""What lay beside the objects of a phase when it was decided: versions, verdicts, figures, quotes, who was missing."""

import hashlib
import unicodedata
from collections.abc import Iterator
from datetime import date
from json import dumps
from typing import Any

from app.desk.moderation.codebook import queries as codebook
from app.desk.track import cell_references
from app.desk.track.findings import queries as findings
from app.desk.track.gates import points
from app.desk.track.peers import queries as peers
from app.desk.track.phases.models import Phase
from app.desk.track.telling import queries as tellings
from app.publication import published, quotes, themes
from app.publication.presence import coverage, supply, target_sets, voices
from app.publication.presence import queries as places
from app.surveys import queries as surveys

DASH = "–"
_TOLD = ("approved", "live")


def beside(phase: Phase, today: date) -> dict[str, Any]:
    """Everything that is no object of the track, by the name it has in the document."""
    gathered = points.Gathered(phase, today)
    codes = {finding.theme for finding in gathered.findings}
    return {
        "releases": list(_releases(gathered)),
        "quotes": list(_quotes(codes)),
        "told": [
            words for decision in gathered.decisions if decision.state == "published" for words in _told(decision.code)
        ],
        "presence": _presence(points.presence_period(gathered)),
        "codebook": {"version": themes.version(), "sha256": _codebook()},
        "surveys": [
            {"id": one.survey_id, "version": one.version, "sha256": one.sha256}
            for one in surveys.survey_versions()
            if one.survey_id in phase.surveys and one.state != "draft"
        ],
    }


def of_finding(code: str) -> dict[str, Any]:
    """The versions peers have read, and what they said of each; no name, and words only where they may be shown."""
    number = int(code[1:])
    said = peers.all_verdicts(number)
    read = {one.version for one in said}
    versions = [one for one in findings.versions(number) if one.version in read]
    return {
        "versions": [
            {"version": one.version, "claim": _shown(one.claim), "body": _shown(one.body),
             "counter_evidence": _shown(one.counter_evidence), "who_is_missing": _shown(one.who_is_missing)}
            for one in versions
        ],
        "verdicts": sorted(
            ({"version": one.version, "verdict": one.verdict, "words": one.words if one.is_shown else ""}
             for one in said),
            key=lambda one: (one["version"], one["verdict"], one["words"]),
        ),
    }  # fmt: skip


def release_ids(gathered: points.Gathered) -> list[str]:
    """The published releases of the phase: those of its periods, and those its findings are about."""
    wanted = {period.code for period in gathered.periods} | {finding.period for finding in gathered.findings}
    return sorted(one.id for one in published.published() if one.id in wanted)


def _releases(gathered: points.Gathered) -> Iterator[dict[str, Any]]:
    for release_id in release_ids(gathered):
        release = published.get(release_id)
        if release and release.published_on:
            yield {"id": release.id, "published_on": release.published_on.isoformat(), "hash": release.hash}


def pinned(words: str) -> dict[str, str]:
    """A dash for somebody's words, and the hash by which whoever still reads them can tell that they are the same."""
    return {"words": DASH, "sha256": hashlib.sha256(unicodedata.normalize("NFC", words).encode()).hexdigest()}


def _quotes(codes: set[str]) -> Iterator[dict[str, str]]:
    """Whose words were shown beside the findings: a kind of place, a region, a season, and a dash."""
    for one in quotes.released(sorted(codes)):
        place = {"theme": one.theme, "kind": one.place_kind, "region": one.region, "season": one.season}
        yield {**place, **pinned(one.text)}


def _told(code: str) -> Iterator[dict[str, str]]:
    for one in sorted(tellings.of(code, _TOLD), key=lambda one: (one.channel, one.lang, one.state)):
        words = {"said": cell_references.shown(one.said, one.lang), "body": cell_references.shown(one.body, one.lang)}
        yield {"about": code, "channel": one.channel, "lang": one.lang, "outcome": one.outcome, **words}


def _presence(period: str | None) -> dict[str, Any] | None:
    """Answers for each hundred of the target group by area and municipality, where they may be shown."""
    release, targets = published.get(period or ""), target_sets.usual()
    if release is None or targets is None:
        return None
    areas = coverage.by_area(voices.of_release(release), targets, supply.reach(places.sites()))
    rows = [_row(row) for area in areas for row in (area.whole, *area.municipalities)]
    return {"period": period, "group": targets.name, "year": targets.year, "source": targets.source, "rows": rows}


def _row(row: coverage.Row) -> dict[str, Any]:
    ratio = {name: getattr(row.ratio, name) for name in ("value", "low", "high")} if row.ratio else None
    return {"place": row.place, "name": row.name, "reach": row.reach, "answers": row.answers, "ratio": ratio}


def _codebook() -> str:
    """Over what every code is called and means, in the order of their lasting ids."""
    told = ("guid", "key", "kind", "parent_key", "state", "version", "name_da", "definition_da", "exclusion_da")
    rows = sorted([[str(getattr(code, name)) for name in told] for code in codebook.codes()])
    return hashlib.sha256(dumps(rows, ensure_ascii=False).encode()).hexdigest()


def _shown(text: str) -> str:
    return cell_references.shown(text, "da")
