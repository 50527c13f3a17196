"""The pages around the survey: the way in, help, the promise, accessibility."""

from flask import Response, make_response, render_template, request

from app.channels.web import places, screens, wording
from app.channels.web.see_other import see_other
from app.core import config, db, i18n
from app.core.access import PUBLIC, access
from app.publication import dealt
from app.publication.formats.wording import period
from app.surveys import queries, sites

QUARTERS = 4
"""So many are shown of how texts were dealt with."""


@access(PUBLIC)
def front() -> Response:
    """Languages, the code of a poster, places, receipts, results."""
    db.begin_reading()
    typed = request.args.get("kode")
    if typed is None:
        listed = queries.sites()
        page = render_template("web/front.html", regions=places.by_region(listed), languages=places.languages(listed))
        return make_response(page)
    site = sites.by_code(typed)
    return see_other(wording.to(f"/s/{site.code}")) if site else screens.unknown_place(typed)


@access(PUBLIC)
def help_page() -> Response:
    """112, somebody on the spot, and the nearest lines."""
    db.begin_reading()
    wording.only_read()
    site = sites.by_code(request.args.get("sted", ""))
    lines = places.help_for(site)
    near, more = lines[: places.NEAREST], lines[places.NEAREST :]
    return make_response(render_template("web/help.html", site=site, near=near, more=more))


@access(PUBLIC)
def privacy() -> Response:
    """The promise, and who gets what."""
    wording.only_read()
    return make_response(render_template("web/privacy.html", deletes_copies=config.settings().deletes_copies))


@access(PUBLIC)
def moderation() -> Response:
    """How texts are read, why one may be left out, and how many were, quarter by quarter."""
    db.begin_reading()
    found = dealt.quarters()[:QUARTERS]
    periods = {one.period: period(one.period, i18n.current()) for one in found}
    return make_response(render_template("web/moderation.html", quarters=found, periods=periods))


@access(PUBLIC)
def accessibility() -> Response:
    """What works for whom, what does not, and how to tell us."""
    return make_response(render_template("web/accessibility.html"))


@access(PUBLIC)
def accessibility_statement() -> Response:
    """To the authority's statement; ours until it has one."""
    return make_response(b"", 302, {"Location": config.settings().was_url or wording.to("/tilgaengelighed")})
