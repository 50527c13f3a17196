"""The pages that are printed: posters and cards of a place, and the paper form of a survey; each also as PDF."""

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request

from app.core import clock, config, db, i18n, pdf
from app.core.access import access
from app.desk.accounts import session
from app.desk.admin import paper_forms, posters
from app.desk.admin.posters import Product
from app.publication import poster, tree
from app.publication.formats import page as printed
from app.publication.formats import wording
from app.surveys import pictures, sites, speaking, versions
from app.surveys.models import Site
from app.surveys.questions import Survey, asked_at
from app.surveys.sms_languages import spoken

pages = Blueprint("printing", __name__)
READERS = ("staff", "moderator", "council", "analyst", "admin")
BOTH_SIDES = 2


@pages.get("/sites/<code>/print")
@access(*READERS)
def choose(code: str) -> Response:
    """Everything that can be printed for a place, in the language of `in`."""
    db.begin_reading()
    site = _site(code)
    offered = posters.languages(site, is_production=_is_production())
    page = render_template(
        "desk/admin/print.html",
        site=site,
        products=[one for one in posters.PRODUCTS if _is_there(one, site)],
        offered=offered,
        chosen=request.args.get("in") if request.args.get("in") in offered else offered[0],
        form=versions.open_one(site.paper_survey),
    )
    return make_response(page)


@pages.get("/sites/<code>/print/<name>")
@access(*READERS)
def show_sheet(code: str, name: str) -> Response:
    """One sheet as a page of the browser."""
    db.begin_reading()
    return make_response(_sheet(_site(code), _product(name), is_file=False))


@pages.get("/sites/<code>/print/<name>.pdf")
@access(*READERS)
def sheet_file(code: str, name: str) -> Response:
    """The same sheet as a tagged PDF."""
    db.begin_reading()
    site, product = _site(code), _product(name)
    html = _sheet(site, product, is_file=True)
    return _file(html, f"{site.code}-{product.name}-{i18n.current()}", most_pages=1)


@pages.get("/surveys/<survey_id>/paper")
@access(*READERS)
def show_form(survey_id: str) -> Response:
    """The paper form of a survey for a place as a page of the browser."""
    db.begin_reading()
    site = _site(request.args.get("site", ""))
    return make_response(_form(site, _survey(survey_id), is_file=False))


@pages.get("/surveys/<survey_id>/paper.pdf")
@access(*READERS)
def form_file(survey_id: str) -> Response:
    """The paper form as a tagged PDF: one sheet, both sides at most."""
    db.begin_reading()
    site, survey = _site(request.args.get("site", "")), _survey(survey_id)
    html = _form(site, survey, is_file=True)
    return _file(html, f"{site.code}-{survey.id}-{survey.version}-{i18n.current()}", most_pages=BOTH_SIDES)


def _site(code: str) -> Site:
    """The place, 404 where there is none or where staff of another place may not look."""
    site, me = sites.by_code(code), session.user()
    if site is None or (me.role == "staff" and site.code != me.site_code):
        abort(404)
    return site


def _product(name: str) -> Product:
    return posters.named(name) or abort(404)


def _survey(survey_id: str) -> Survey:
    survey = versions.open_one(survey_id)
    if survey is None or "paper" not in survey.channels:
        abort(404)
    return survey


def _is_there(product: Product, site: Site) -> bool:
    if product.name == "told":
        return poster.newest() is not None
    return product.name != "sms" or posters.takes_texts(site, config.settings())


def _sheet(site: Site, product: Product, *, is_file: bool) -> str:
    if not _is_there(product, site):
        abort(404)
    lang = _use_language(site)
    content = posters.sheet(product, site, lang, config.settings())
    return render_template(
        f"print/{product.name}.html",
        **_names(is_file=is_file),
        sheet=content,
        name=site.name,
        product=product,
        native=i18n.NATIVE_NAMES,
        direction=i18n.direction,
        **(_told(site, lang) if product.name == "told" else {}),
        texts_in=spoken(lang),
        reserved=posters.reserved_words(spoken(lang)),
    )


def _told(site: Site, lang: str) -> dict[str, Any]:
    newest = poster.newest(tree.above(site, clock.today().year))
    assert newest is not None  # noqa: S101 - the product is not there otherwise
    return {
        "told": newest,
        "period": wording.period(newest.period, lang),
        "deeds": [printed.told(deed, lang) for deed in newest.deeds],
        "results": f"{posters.host(config.settings())}/resultater",
    }


def _form(site: Site, survey: Survey, *, is_file: bool) -> str:
    _use_language(site)
    form = paper_forms.form(asked_at(survey, site.kind))
    return render_template("print/paper.html", **_names(is_file=is_file), form=form, survey=survey, site=site)


def _use_language(site: Site) -> str:
    lang = request.args.get("lang", "da")
    if lang not in posters.languages(site, is_production=_is_production()):
        abort(404)
    i18n.use(lang)
    return lang


def _names(*, is_file: bool) -> dict[str, Any]:
    """What templates of printed pages can say; a file carries its own sheet of style."""
    style = Path(str(current_app.static_folder)) / "print.css"
    return {
        "gettext": speaking.say,
        "ngettext": speaking.say_number,
        "worded": speaking.worded,
        "printed_on": wording.day(clock.today(), i18n.current()),
        "picture": pictures.get,
        "unreviewed": speaking.unreviewed(),
        "style": style.read_text("utf-8") if is_file else None,
    }


def _file(html: str, name: str, *, most_pages: int) -> Response:
    db.db.session.rollback()  # nothing is open while the writer works
    i18n.use(i18n.choose(None, request.accept_languages.best_match(i18n.LANGUAGES)))  # a no is for who asked
    content = pdf.write(html, most_pages=most_pages)
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _is_production() -> bool:
    return config.settings().env == "production"
