"""The periods whose guarded figures the desk may look at: what is published, and what was worked out as a preview."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.desk.track.presence import queries
from app.publication.models import Release
from app.publication.periods import parse
from app.publication.presence import voices
from app.publication.presence.voices import Voices

KINDS = ("quarter", "half", "year")


@dataclass(frozen=True)
class KnownPeriod:
    """A period with figures, and whether they are out."""

    key: str
    is_published: bool


def known(releases: Sequence[Release]) -> Sequence[KnownPeriod]:
    """Releases and previews, the latest first; of two that end together the longer one first."""
    out = {one.period: True for one in releases}
    waiting = {one: False for one in queries.previewed() if parse(one).kind in KINDS}
    order = sorted(waiting | out, key=lambda one: (parse(one).months[-1], len(parse(one).months)), reverse=True)
    return [KnownPeriod(one, one in out) for one in order]


def voices_of(one: KnownPeriod, releases: Sequence[Release]) -> Voices | None:
    """The figures of one of them."""
    if one.is_published:
        return next(voices.of_release(release) for release in releases if release.period == one.key)
    document = queries.preview(one.key)
    return voices.read(document) if document else None
