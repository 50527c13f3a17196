"""Pages of missing voices: everything stands on figures the public may see, or would."""

from flask import Blueprint, Response, make_response, render_template, request

from app.core import db, i18n
from app.core.access import access
from app.core.i18n import N_
from app.desk.track.presence import editions
from app.publication.presence import missing, outreach, ratios, showing, target_sets, tiles, voices

pages = Blueprint("presence", __name__, url_prefix="/track/presence")
READERS = ("council", "moderator", "analyst")
COUNTRY_TABLES = {"T8": N_("How answers came"), "T10": N_("Language")}
"""The tables of the whole country, and what they are called where a period has none."""
EXPERIENCE = ("T15-rating", "T15-bridge", "T15-told_again", "T15-refused_home")
pages.add_app_template_filter(showing.decimal, "decimal")


@pages.get("")
@access(*READERS)
def show() -> Response:
    """Who is missing in one period, beside one target group."""
    db.begin_reading()
    releases = voices.releases(*editions.KINDS)
    known = editions.known(releases)
    chosen = next((one for one in known if one.key == request.args.get("period")), known[0] if known else None)
    group_keys = target_sets.known()
    targets = target_sets.chosen(group_keys, request.args.get("group", ""))
    figures = editions.voices_of(chosen, releases) if chosen else None
    page = render_template(
        "desk/track/presence/presence.html",
        known=known,
        chosen=chosen,
        group_keys=group_keys,
        found=missing.of(figures, targets, releases, i18n.current()) if figures else None,
        targets=targets,
        names=figures.names(i18n.current()) if figures else None,
        tables=COUNTRY_TABLES,
        experience=EXPERIENCE,
        word_of=ratios.WORDS,
        fewest=ratios.FEWEST,
        by_subject=outreach.by_subject,
        map_size=tiles.size(),
    )
    return make_response(page)
