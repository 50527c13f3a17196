"""Pages of working exports: an analyst says what for and takes coded statements along, in the format of a tool."""

from collections.abc import Iterator

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request
from flask_babel import ngettext

from app.core import clock, db, weeks
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import audit, session
from app.desk.moderation.codebook import codes, drafting
from app.desk.moderation.exchange import about, queries, reasons, statements, working
from app.desk.moderation.exchange.streaming import streamed
from app.desk.moderation.exchange.working import FORMATS, Format
from app.publication import periods, records

pages = Blueprint("export", __name__, url_prefix="/desk/export")
FORM = "export.statements"


@pages.get("")
@access("analyst")
def choose() -> Response:
    """What is exported, to what, and why."""
    db.begin_reading()
    return _form(FORMATS[0].name, None)


@pages.get("/<name>")
@access("analyst")
def choose_format(name: str) -> Response:
    """The same with a format chosen."""
    db.begin_reading()
    return _form(_format(name).name, None)


@pages.post("/<name>")
@access("analyst")
def export(name: str) -> Response:
    """The file. Who, why and how many stand in the audit trail before its first byte leaves."""
    one, me = _format(name), session.user()
    try:
        session.check_form(FORM)
        period, within = _period(request.form.get("period", ""))
        reason = reasons.given(request.form.get("reason", ""))
        count = 0 if one.is_empty else queries.count_statements(me, within)
        if one.most is not None and count > one.most:
            raise reasons.ExportRefused(_too_many(one.most))
    except Refusal as refusal:
        db.db.session.rollback()
        return _form(one.name, refusal)
    head = about.of(
        drafting.standing(),
        codes.book().version,
        statements.code_memos(),
        by=me.display_name,
        day=clock.today(),
        period=period,
    )
    audit.record(FORM, head.mark, count=count, detail=f"{one.name} {period or 'alt'}: {reason}")
    db.db.session.commit()
    found: Iterator[list[statements.Statement]] = iter(())
    if not one.is_empty:
        found = statements.found(me, within, head.parents)
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy is empty after the request
    response = Response(streamed(app, one.write(head, found)), content_type=one.mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="udsagn.{one.ending}"'
    return response


def _format(name: str) -> Format:
    one = working.named(name)
    if one is None:
        abort(404)
    return one


def _form(name: str, refusal: Refusal | None) -> Response:
    page = render_template(
        "desk/moderation/exchange/export.html",
        refusal=refusal and str(refusal),
        formats=FORMATS,
        chosen=name,
        periods=_periods(),
        period=request.form.get("period", ""),
        reason=request.form.get("reason", ""),
        shortest=reasons.SHORTEST,
        longest=reasons.LONGEST,
        fewest=records.FEWEST,
        fewest_of_a_site=records.FEWEST_OF_A_SITE,
        form_id=FORM,
    )
    return make_response(page, 422 if refusal else 200)


def _periods() -> list[str]:
    """The years, halves and quarters something was said in, newest first, the longer before those inside it."""
    span = queries.weeks_with_statements()
    if span is None:
        return []
    first, last = (weeks.thursday(week).year for week in span)
    quarters = {records.quarter_of(week) for week in span}
    found = [one for year in range(last, first - 1, -1) for one in periods.of_year(year) if one.kind != "month"]
    return [one.code for one in found if _touches(one, min(quarters), max(quarters))]


def _touches(period: periods.Period, first: str, last: str) -> bool:
    quarters = sorted({records.quarter_of(week) for week in period.weeks})
    return quarters[0] <= last and quarters[-1] >= first


def _period(code: str) -> tuple[str, tuple[str, ...]]:
    """The period and its weeks; '' is everything there is."""
    if code:
        return code, statements.weeks_of(code)
    return "", tuple(week for one in _periods() if "-" not in one for week in periods.parse(one).weeks)


def _too_many(most: int) -> str:
    return ngettext(
        "This format takes at most %(num)s statement. Choose a shorter time, or CSV.",
        "This format takes at most %(num)s statements. Choose a shorter time, or CSV.",
        most,
    )
