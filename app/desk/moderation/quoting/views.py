"""Pages of quotes: what waits for whom, and one quote beside the text it is made from."""

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core import clock, db, i18n
from app.core.access import access
from app.core.errors import Refusal
from app.desk.accounts import queries as accounts
from app.desk.accounts import session
from app.desk.moderation import changing, forms, labels
from app.desk.moderation.dealing import counting
from app.desk.moderation.memos import queries as memos
from app.desk.moderation.quoting import proposing, queries, wording
from app.publication import quotes, themes, tree
from app.publication.formats import wording as public
from app.publication.models import Quote
from app.publication.quotes import Wording

pages = Blueprint("quotes", __name__, url_prefix="/desk/quotes")
FORM = "quote"
SEEN = {"moderator": ("draft", "first_signed", "approved", "released"), "council": ("approved", "released")}
"""The council meets words that two people have signed, and never the text behind them."""


@pages.get("")
@access("moderator", "council")
def index() -> Response:
    """Quotes by how far they are."""
    db.begin_reading()
    me = session.user()
    found = queries.quotes(SEEN[me.role], me)
    by_state = {state: [one for one in found if one.state == state] for state in SEEN[me.role]}
    return make_response(render_template("desk/moderation/quoting/quotes.html", by_state=by_state, **_names()))


@pages.get("/new/<text_id>")
@access("moderator")
def new(text_id: str) -> Response:
    """A form beside the text: the person's own words if they said yes to it, else an empty field."""
    db.begin_reading()
    return _form(text_id)


@pages.post("/new/<text_id>")
@access("moderator")
def create(text_id: str) -> AnyResponse:
    """A quote nobody has signed yet."""
    statement = _statement(text_id)
    session.check_form(FORM)
    quote = proposing.write(proposing.source(statement), _words())
    db.db.session.commit()
    counting.forget()
    return _to(quote, "drafted")


@pages.get("/<quote_id>")
@access("moderator", "council")
def show(quote_id: str) -> Response:
    """One quote."""
    db.begin_reading()
    return _page(_quote(quote_id))


@pages.post("/<quote_id>/words")
@access("moderator")
def reword(quote_id: str) -> AnyResponse:
    """Other words; signatures go."""
    quote = _to_change(quote_id)
    proposing.write(_source(quote), _words(), quote)
    db.db.session.commit()
    counting.forget()
    return _to(quote, "reworded")


@pages.post("/<quote_id>/sign")
@access("moderator")
def sign(quote_id: str) -> AnyResponse:
    """The first or the second signature."""
    quote = _to_change(quote_id)
    proposing.sign(quote, _source(quote), request.form.getlist("asked"), session.user(), clock.today())
    db.db.session.commit()
    counting.forget()
    return _to(quote, "signed")


@pages.post("/<quote_id>/release")
@access("council")
def release(quote_id: str) -> AnyResponse:
    """Shown from the next printing on."""
    quote = _to_change(quote_id)
    proposing.release(quote, _source(quote))
    db.db.session.commit()
    counting.forget()
    return _to(quote, "released")


@pages.post("/<quote_id>/down")
@access("moderator", "council")
def down(quote_id: str) -> AnyResponse:
    """Taken down, or thrown away."""
    quote = _to_change(quote_id)
    proposing.drop(quote, request.form.get("reason", ""))
    db.db.session.commit()
    counting.forget()
    return redirect(url_for("quotes.index", said="down"), 303)


@pages.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """An expected no, on the page it was asked on, with everything that was written."""
    db.db.session.rollback()
    db.begin_reading()
    given, status = request.view_args or {}, 409 if isinstance(refusal, changing.Changed) else 422
    if "text_id" in given:
        return _form(str(given["text_id"]), status, refusal)
    return _page(_quote(str(given["quote_id"])), status, refusal)


def _statement(text_id: str) -> queries.AnyRow:
    """The approved text of this address; 404 alike for one that is unknown, not approved or behind the wall."""
    answer_id = forms.answer_id(text_id)
    statement = queries.statement_of(answer_id, session.user()) if answer_id else None
    if statement is None:
        abort(404)
    return statement


def _quote(quote_id: str, *, to_change: bool = False) -> Quote:
    me, known = session.user(), forms.answer_id(quote_id)
    quote = queries.quote(known, me, to_change=to_change) if known else None
    if quote is None or quote.state not in SEEN[me.role]:
        abort(404)
    return quote


def _to_change(quote_id: str) -> Quote:
    quote = _quote(quote_id, to_change=True)
    session.check_form(FORM)
    if forms.version(request.form) != quote.version:
        raise changing.Changed(_("Somebody changed this quote meanwhile. Look at it once more."))
    return quote


def _source(quote: Quote) -> quotes.Source:
    return proposing.source(queries.statement(quote.statement_id, session.user()), quote)


def _words() -> Wording:
    form = request.form
    return Wording(text=form.get("text", "").strip(), kind=form.get("kind", ""), theme=form.get("theme", ""))


def _form(text_id: str, status: int = 200, refusal: Refusal | None = None) -> Response:
    statement = _statement(text_id)
    said, stops = None, []
    try:
        said = proposing.source(statement)
        stops = list(quotes.source_faults(said))
    except quotes.NotQuotable as found:
        stops = [str(found)]
    page = render_template(
        "desk/moderation/quoting/new.html",
        statement=statement, text_id=text_id, source=said, stops=stops, refusal=refusal, **_names(),
    )  # fmt: skip
    return make_response(page, status)


def _page(quote: Quote, status: int = 200, refusal: Refusal | None = None) -> Response:
    me = session.user()
    said, faults, waits = _in_the_way(quote)
    page = render_template(
        "desk/moderation/quoting/quote.html",
        quote=quote,
        quote_id=quote.id.hex(),
        source=said if me.role == "moderator" else None,
        stops=[*faults, *waits],
        stops_now=faults if quote.state == quotes.UNSIGNED else [*faults, *waits],
        signers=[_called(one) for one in (quote.first_by, quote.second_by) if one],
        memos=memos.of_quote(quote.id) if me.role == "moderator" else (),
        me_id=me.id,
        is_mine=quote.first_by == me.id.hex(),
        refusal=refusal,
        **_names(),
    )
    return make_response(page, status)


def _in_the_way(quote: Quote) -> tuple[quotes.Source | None, list[str], list[str]]:
    """What an unshown quote is made from, what is wrong with it, and what it waits for."""
    if quote.state not in quotes.WITHHELD:
        return None, [], []
    try:
        said = _source(quote)
    except quotes.NotQuotable as found:
        return None, [str(found)], []
    return said, quotes.faults(quote, said), quotes.waits(quote, clock.today())


def _called(signer: str) -> str:
    """The name of who signed; a signature from the command line is a name already."""
    known = forms.answer_id(signer)
    user = accounts.user(known) if known else None
    return user.display_name if user else signer


def _to(quote: Quote, said: str) -> AnyResponse:
    return redirect(url_for("quotes.show", quote_id=quote.id.hex(), said=said), 303)


def _names() -> dict[str, Any]:
    lang = i18n.current()
    return {
        "wording": wording,
        "labels": labels,
        "form_id": FORM,
        "theme_name": lambda code: themes.name(themes.main(code), lang),
        "main_themes": lambda codes: dict.fromkeys(map(themes.main, codes)),
        "where": _where,
        "just": wording.SAID.get(request.args.get("said", "")),
    }


def _where(quote: Quote) -> str:
    """All that is ever said of where and when, in the words of the public page."""
    lang = i18n.current()
    region = tree.region_names().get(quote.region, quote.region)
    return ", ".join((public.one_of_kind(quote.place_kind, lang), region, public.season(quote.season, lang)))
