"""The pages about tablets: how they are doing, and what is done with them."""

from itertools import groupby

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, config, db, i18n, qr
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import session
from app.desk.admin import kiosk_pages, places, tablet_acts, tablets
from app.surveys import kiosks
from app.surveys import queries as surveys
from app.surveys.models import Kiosk

pages = Blueprint("kiosks", __name__, url_prefix="/kiosks")
QR_SIDE = 50
"""Millimetres on paper; on a screen it is as large in CSS terms, and a camera reads it from an arm's length."""


@pages.get("")
@access(*places.READERS)
def index() -> Response:
    """Every tablet by place; staff see those of their own."""
    db.begin_reading()
    return _index()


@pages.post("")
@access("admin")
def create() -> AnyResponse:
    """A new tablet; its code is on the page that answers, and nowhere else."""
    form = request.form
    try:
        session.check_form("kiosk.create")
        device, code = tablet_acts.add(form.get("site", ""), form.get("label", ""), clock.now())
    except Refusal as refusal:
        db.db.session.rollback()
        return _index(refusal)
    db.db.session.commit()
    return _code_page(device, code)


@pages.get("/<device>")
@access(*places.READERS)
def show(device: str) -> Response:
    """One tablet: how it is doing, and what can be done."""
    db.begin_reading()
    return kiosk_pages.page(kiosk_pages.found(device))


@pages.post("/<device>/code")
@access("admin")
def new_code(device: str) -> Response:
    """Another one-time code, shown once."""
    tablet = kiosk_pages.found(device)
    try:
        session.check_form("kiosk.code")
        code = tablet_acts.new_code(tablet, clock.now())
    except Refusal as refusal:
        db.db.session.rollback()
        return kiosk_pages.page(kiosk_pages.found(device), refusal)
    db.db.session.commit()
    return _code_page(tablet, code)


@pages.get("/<device>/revoke")
@access("admin")
def ask_revoke(device: str) -> Response:
    """What closing means, and whether it is meant."""
    db.begin_reading()
    return make_response(render_template("desk/admin/kiosk_revoke.html", tablet=_shown(kiosk_pages.found(device))))


@pages.post("/<device>/revoke")
@access("admin")
def revoke(device: str) -> AnyResponse:
    """Close a tablet."""
    session.check_form("kiosk.revoke")
    tablet_acts.revoke(kiosk_pages.found(device))
    db.db.session.commit()
    return redirect(url_for("admin.kiosks.show", device=device), 303)


def _index(refusal: Refusal | None = None) -> Response:
    me = session.user()
    visible = kiosks.listed(me.site_code if me.role == "staff" else None)
    shown = tablets.shown(visible, now=clock.now(), today=clock.today(), lang=i18n.current())
    sites = {site.code: site for site in surveys.sites()}
    in_use = [one for one in shown if one.state != "revoked"]
    page = render_template(
        "desk/admin/kiosks.html",
        by_site=[(sites[code], list(found)) for code, found in groupby(in_use, lambda one: one.site_code)],
        revoked=[one for one in shown if one.state == "revoked"],
        sites=sites.values(),
        refusal=refusal and str(refusal),
        refused_field=getattr(refusal, "field", ""),
    )
    return make_response(page, 422 if refusal else 200)


def _code_page(device: Kiosk, code: str) -> Response:
    address = f"{config.settings().public_base_url}/kiosk"
    page = render_template(
        "desk/admin/kiosk_code.html",
        tablet=_shown(device),
        code=f"{code[:4]}-{code[4:]}",
        address=address,
        qr=qr.data_uri(f"{address}?code={code}", millimetres=QR_SIDE),
    )
    return make_response(page)


def _shown(device: Kiosk) -> tablets.Tablet:
    return tablets.shown([device], now=clock.now(), today=clock.today(), lang=i18n.current())[0]
