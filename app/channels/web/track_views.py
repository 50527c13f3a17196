"""The track for everybody: where each thing stands today, and for each of them its way up and down the chain."""

from datetime import date
from functools import lru_cache

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

State = tuple[object, ...]
"""Everything a page is made from, but the day and the language, in so few words that it can be compared."""
MOST_KEPT = 128
"""Pages, of about 20 kB each, that a process keeps until something changes."""


@access(PUBLIC)
def overview() -> Response:
    """Phases and delays, the newest of each kind, and how much led to something."""
    return _sent("")


@access(PUBLIC)
def one(code: str) -> Response:
    """One object, or every object of a kind."""
    return _sent(code)


def _sent(code: str) -> Response:
    sending.refuse_questions("lang")
    db.begin_reading()
    lang = sending.page_language()
    content = _content(code, lang, clock.today(), _state(code))
    return sending.page(content, lang) if content is not None else abort(404)


def _state(code: str) -> State:
    item = told.of(code) if code else None
    deed = str(told.deed(item)) if item else ""
    counted = tuple((kept.period, rate) for kept, rate in rates.published()[:1])
    return (chain.stamps(), deed, tuple(release.id for release in published.published()), counted)


@lru_cache(maxsize=MOST_KEPT)
def _content(code: str, lang: str, today: date, _state: State) -> bytes | None:
    page = TrackPage(chain.public(), today, lang)
    entry = page.chain.get(code)
    if entry is None:
        return _list(page, code) if code else _overview(page)
    return _object(page, entry)


def _overview(page: TrackPage) -> bytes:
    kinds = {kind: page.newest(kind) for kind in LISTS.values()}
    counts = {kind: len(page.chain.of(kind)) for kind in kinds}
    counted = [(wording.period(kept.period, page.lang), rate) for kept, rate in rates.published()[:1]]
    return _made("track", page, phases=page.phases(), kinds=kinds, counts=counts, counted=counted)


def _list(page: TrackPage, name: str) -> bytes | None:
    kind = LISTS.get(name.partition("-")[0])
    addresses = page.addresses(kind) if kind else []
    address = f"/resultater/spor/{name}"
    if kind is None or address not in addresses:
        return None
    listed = page.listed(kind, addresses.index(address) + 1)
    return _made("track_list", page, kind=kind, listed=listed, address=address, addresses=addresses)


def _object(page: TrackPage, entry: Entry) -> bytes:
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


def _made(template: str, page: TrackPage, **context: object) -> bytes:
    content = render_template(
        f"web/{template}.html", **pages.names_of(page.lang), page=page, words=words, address_of=ADDRESS_OF, **context
    )
    return content.encode()
