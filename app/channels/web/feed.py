"""The Atom feed (RFC 4287): releases, findings, answers, decisions, actions, and answers that did not come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from flask import Response, make_response, render_template

from app.channels.web import sending
from app.core import clock, config, db, i18n, xml_out
from app.core.access import PUBLIC, access
from app.publication import published, told, track
from app.publication.formats import wording
from app.publication.models import Release
from app.publication.track import lateness, rates
from app.publication.track.entries import Entry

LANG = "da"
NEWEST = 50
TOLD = "I sagde – vi gjorde"
SINCE = 2026
"""The year in which the name of our pages was ours, for `tag:` ids (RFC 4151): it never changes."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry of the feed. Its id is its kind and its code, for good."""

    kind: str
    code: str
    title: str
    summary: str
    first_on: date
    changed_on: date
    path: str
    json: str = ""


@access(PUBLIC)
def feed() -> Response:
    """The newest fifty things that became public, in Danish."""
    sending.refuse_questions()
    db.begin_reading()
    i18n.use(LANG)
    public = track.entries()
    found = [*_releases(published.published(), public), *_of_track(public, clock.today())]
    found.sort(key=lambda one: (one.changed_on, one.first_on, one.kind, one.code), reverse=True)
    base = config.settings().public_base_url
    content = render_template(
        "web/results_feed.xml",
        base=base,
        tag=f"tag:{urlsplit(base).hostname},{SINCE}:",
        updated=max((one.changed_on for one in found), default=date(SINCE, 1, 1)),
        entries=found[:NEWEST],
    )
    response = make_response(xml_out.clean(content).encode())
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    return sending.cached(response)


def _releases(releases: Iterable[Release], public: Iterable[Entry]) -> Iterator[Item]:
    claims = {one.parts.get("period"): one.title[LANG] for one in public if one.kind == "finding"}
    for one in releases:
        title = wording.period(one.period, LANG)
        day = one.published_on or date.min
        yield Item(
            kind="release",
            code=one.id,
            title=title,
            summary=claims.get(one.period, title),
            first_on=day,
            changed_on=day,
            path=f"/resultater/{one.id}",
            json=f"/api/v1/releases/{one.id}.json",
        )


def _of_track(public: Iterable[Entry], today: date) -> Iterator[Item]:
    told_of = {item.code: told.lines(item, "web")[LANG] for item in told.live()}
    for one in public:
        if one.kind == "finding":
            yield _item(one, "Fund", one.parts.get("counter_evidence", ""))
        elif one.kind == "decision":
            yield _item(one, "Beslutning", told_of.get(one.code) or one.parts.get("reason", ""))
        elif one.kind == "action":
            yield _item(one, TOLD if one.code in told_of else "Handling", told_of.get(one.code, ""))
        elif one.kind == "proposal":
            yield from _of_proposal(one, today)


def _of_proposal(one: Entry, today: date) -> Iterator[Item]:
    answer = one.parts.get("answer") or {}
    if rates.is_answered(one):
        on = lateness.day_of(answer.get("on")) or one.changed_on
        yield _item(one, "Svar på forslag", answer.get("words", ""), kind="answer", first_on=on)
    since = lateness.late_since(one, today)
    if since:
        yield _item(one, "Svar kom ikke i tide", "", kind="late", first_on=since, changed_on=since)


def _item(
    one: Entry, name: str, summary: str, *, kind: str = "", first_on: date | None = None, changed_on: date | None = None
) -> Item:
    first = first_on or one.first_on
    return Item(
        kind=kind or one.kind,
        code=one.code,
        title=f"{name if name == TOLD else f'{name} {one.code}'}: {one.title[LANG]}",
        summary=summary or one.title[LANG],
        first_on=first,
        changed_on=max(changed_on or one.changed_on, first),
        path=f"/resultater/spor/{one.code}",
        json=f"/api/v1/actions/{one.code}/outcome.json" if one.kind == "action" else "",
    )
