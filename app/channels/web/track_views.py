"""The track for everybody: where each thing stands today, and for each of them its way up and down the chain."""

from flask import Response, abort, render_template

from app.channels.web import sending
from app.channels.web.track_page import ADDRESS_OF, LISTS, TrackPage
from app.core import clock, db
from app.core.access import PUBLIC, access
from app.publication import published, told
from app.publication.formats import page as pages
from app.publication.formats import wording
from app.publication.track import chain, rates, words
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
    entry = page.chain.get(code)
    return _of(page, entry) if entry else _list(page, code)


def _list(page: TrackPage, name: str) -> Response:
    kind = LISTS.get(name.partition("-")[0])
    addresses = page.addresses(kind) if kind else []
    address = f"/resultater/spor/{name}"
    if kind is None or address not in addresses:
        abort(404)
    listed = page.listed(kind, addresses.index(address) + 1)
    return _made("track_list", page, kind=kind, listed=listed, address=address, addresses=addresses)


def _of(page: TrackPage, entry: Entry) -> Response:
    item = told.of(entry.code)
    release = published.get(str(entry.parts.get("period") or ""))
    return _made(
        "track_object",
        page,
        one=page.shown(entry),
        above=page.all(page.chain.above(entry.code)),
        is_cut=page.is_cut(entry),
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
        deeds=[pages.told(told.deed(item), page.lang)] if item else [],
    )


def _begun() -> TrackPage:
    sending.refuse_questions("lang")
    db.begin_reading()
    return TrackPage(chain.public(), clock.today(), sending.page_language())


def _made(template: str, page: TrackPage, **context: object) -> Response:
    content = render_template(
        f"web/{template}.html", **pages.names_of(page.lang), page=page, words=words, address_of=ADDRESS_OF, **context
    )
    return sending.page(content.encode(), page.lang)
