"""The track for everybody: where each thing stands today, and for each of them its way up and down the chain."""

from flask import Response, abort, render_template

from app.channels.web import sending
from app.channels.web.track_page import ADDRESS_OF, LISTS, MOST_LINES, TrackPage
from app.core import clock, db
from app.core.access import PUBLIC, access
from app.publication import published, told, track
from app.publication.formats import page as pages
from app.publication.formats import wording
from app.publication.track import rates, words
from app.publication.track.entries import Entry


@access(PUBLIC)
def overview() -> Response:
    """Phases and delays, the newest of each kind, and how much led to something."""
    page = _begun()
    kinds = {kind: page.newest(kind) for kind in LISTS.values()}
    counts = {kind: len(page.chain.of(kind)) for kind in kinds}
    counted = [(wording.period(kept.period, page.lang), rate) for kept, rate in rates.published()[:1]]
    return _made("track", page, phases=page.phases(), kinds=kinds, counts=counts, counted=counted)


@access(PUBLIC)
def one(code: str) -> Response:
    """One object, or every object of a kind."""
    page = _begun()
    if code in LISTS:
        kind = LISTS[code]
        found = page.chain.of(kind)
        return _made("track_list", page, kind=kind, listed=page.all(found[:MOST_LINES]), count=len(found))
    entry = page.chain.get(code)
    return _of(page, entry) if entry else abort(404)


def _of(page: TrackPage, entry: Entry) -> Response:
    release = published.get(str(entry.parts.get("period") or ""))
    return _made(
        "track_object",
        page,
        one=page.shown(entry),
        above=page.all(page.chain.above(entry.code)),
        below=page.all(page.chain.below(entry.code)),
        corrects=page.corrected(entry),
        corrected_by=page.all(page.chain.saying(entry.code, "corrects")),
        research=page.research(entry),
        weighed=page.weighed(entry),
        weighed_by=page.weighed_by(entry),
        of_phase=page.of_phase(entry.code) if entry.kind == "phase" else [],
        phase=next((phase for phase in page.phases() if phase.code == entry.phase), None),
        release=release.id if release else "",
        release_name=wording.period(release.period, page.lang) if release else "",
        deeds=[pages.told(told.deed(item), page.lang) for item in told.live() if item.code == entry.code],
    )


def _begun() -> TrackPage:
    sending.refuse_questions("lang")
    db.begin_reading()
    return TrackPage(track.entries(), clock.today(), sending.page_language())


def _made(template: str, page: TrackPage, **context: object) -> Response:
    content = render_template(
        f"web/{template}.html", **pages.names_of(page.lang), page=page, words=words, address_of=ADDRESS_OF, **context
    )
    return sending.page(content.encode(), page.lang)
