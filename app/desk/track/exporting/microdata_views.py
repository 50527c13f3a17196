"""Microdata for researchers with an agreement: which file, for whom, what for."""

from flask import Blueprint, Response, make_response, render_template, request
from flask_babel import gettext as _

from app.core import clock, db
from app.core.access import access
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.moderation import voices
from app.desk.moderation.codebook import lines
from app.desk.moderation.exchange import reasons
from app.desk.track.exporting import outgoing, queries
from app.desk.track.exporting.outgoing import READERS
from app.publication import periods
from app.publication.microdata import files, groups
from app.publication.microdata.columns import FILES
from app.publication.periods import Period

pages = Blueprint("microdata", __name__, url_prefix="/microdata")
FORM = "export.microdata"
ABOUT = {
    "A": N_("Where, how it was, and what it was about."),
    "B": N_("How it was, by age band."),
    "C": N_("How it was, by language."),
}
SHORTEST, LONGEST = 5, 120


class NoAgreement(Refusal):
    """Microdata go to named researchers under an agreement, and to nobody else."""


@pages.get("")
@access(*READERS)
def choose() -> Response:
    """Which file, for whom and what for; and what stands in each."""
    db.begin_reading()
    return _form(None)


@pages.post("")
@access(*READERS)
def export() -> Response:
    """The packed file, made while it is sent."""
    try:
        why = outgoing.reason(FORM)
        who = _who()
        asked = files.asked(request.form.get("file", ""), request.form.get("half", ""), who, clock.today())
        sites = queries.sites()
    except Refusal as refusal:
        db.db.session.rollback()
        db.begin_reading()
        return _form(refusal)
    parts = files.parts(asked, voices.drawn(asked.half.months), sites)
    detail = f"{asked.file} {asked.half.code}, {who}: {why}"
    response = outgoing.sent_packed(parts, f"{asked.name}.zip", act=FORM, detail=detail)
    db.db.session.commit()
    return response


def _who() -> str:
    """The researchers and their agreement, in one line."""
    told = [" ".join(lines.plain(request.form.get(name, "")).split()) for name in ("researchers", "agreement")]
    if not all(SHORTEST <= len(one) <= LONGEST for one in told) or not request.form.get("is_signed"):
        raise NoAgreement(_("Name the researchers and the agreement, and say that it is signed."))
    return f"{told[0]} ({told[1]})"


def _form(refusal: Refusal | None) -> Response:
    halves = _halves()
    example = halves[0] if halves else Period(clock.today().year, "H", 1)
    page = render_template(
        "desk/track/exporting/microdata.html",
        refusal=refusal and str(refusal),
        halves=[half.code for half in halves],
        given=request.form,
        about=ABOUT,
        columns={file: files.columns_of(file, example) for file in FILES},
        fewest=groups.FEWEST,
        shortest=reasons.SHORTEST,
        longest=reasons.LONGEST,
        longest_name=LONGEST,
        form_id=FORM,
    )
    return make_response(page, 422 if refusal else 200)


def _halves() -> list[Period]:
    """The half-years that are counted for good, newest first."""
    counted = queries.months_with_themes()
    years = sorted({int(month[:4]) for month in counted}, reverse=True)
    found = [one for year in years for one in periods.of_year(year) if one.kind == "half"]
    return sorted((one for one in found if set(one.months) <= counted), key=lambda one: one.code, reverse=True)
