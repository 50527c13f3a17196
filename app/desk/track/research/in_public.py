"""What the public reads of research: who made it, what it says, how it stands to our findings, or that none came."""

from collections.abc import Iterator
from datetime import date

from app.desk.track import cell_references
from app.desk.track.research import queries
from app.desk.track.research.models import Research
from app.publication import track
from app.publication.track import Entry, Link


def show(research: Research, today: date) -> None:
    """Put what holds today before the public; the caller commits."""
    track.show(entry(research, today))


def entry(research: Research, today: date) -> Entry:
    """The public copy. The file stays at the desk: the public gets the link of those who made it."""
    assert research.published_on is not None  # noqa: S101 - only what is published is shown
    return Entry(
        code=research.code,
        kind="research",
        state=research.state,
        phase=research.phase_key or "",
        themes=tuple(research.themes),
        initiatives=tuple(research.initiatives),
        first_on=research.published_on,
        changed_on=today,
        title={"da": research.title},
        parts={
            "institution": research.institution,
            "kind": research.kind,
            "dated": research.dated.isoformat() if research.dated else None,
            "link": research.link,
            "says": cell_references.shown(research.says, "da"),
            "asked_on": research.asked_on.isoformat() if research.asked_on else None,
            "file_sha256": research.file_sha256,
            "withdrawn_because": cell_references.shown(research.withdrawn_because, "da"),
        },
        links=tuple(Link(one.relation, one.finding.code) for one in research.relations),
    )


def entries(today: date) -> Iterator[Entry]:
    """Everything that was published, as it is read today."""
    for research in queries.all_in(("published", "withdrawn")):
        yield entry(research, today)
