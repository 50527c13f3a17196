"""Every page a citizen can meet, as it leaves the server with the demo in it: for tests that look at all of them."""

import itertools
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from flask import Flask, template_rendered
from jinja2 import Template
from sqlalchemy import select, update
from werkzeug.exceptions import TooManyRequests
from werkzeug.test import TestResponse

from app.core import db
from app.core.i18n import LANGUAGES
from app.privacy import queries
from app.privacy.models import Receipt
from app.publication.models import ReceiptAnswer
from app.surveys import versions
from app.surveys.models import Response
from tests.channels.web import factories
from tests.channels.web.visitor import Page, Visitor, keeps_form_rules
from tests.demo import loading

Album = dict[str, Page]
"""The pages by what they show. A name that ends in "wrong" is a page that says what was wrong."""

RELEASE = "2026-Q3"
STILL = {
    "front": "/", "unknown code, wrong": "/?kode=XY77", "unknown place, wrong": "/s/XX9", "closed": "/s/SIR2",
    "start": "/s/GH1", "deleted all": "/s/GH1?slettet=1", "receipt": "/kvittering", "help": "/hjaelp",
    "help of a place": "/hjaelp?sted=GH1", "help of another": "/hjaelp?sted=MUE2", "promise": "/privatliv",
    "how we read": "/moderation",
    "accessibility": "/tilgaengelighed", "statement": "/was", "results": "/resultater",
    "release": f"/resultater/{RELEASE}", "table of answers": f"/resultater/{RELEASE}/T1",
    "table": f"/resultater/{RELEASE}/T2", "map": "/resultater/kort",
    "no PDF yet": f"/api/v1/releases/{RELEASE}.pdf",
    "track": "/resultater/spor", "track phase": "/resultater/spor/listen_first", "track list": "/resultater/spor/fund",
    "track finding": "/resultater/spor/U1", "track research": "/resultater/spor/R1",
    "track proposal": "/resultater/spor/F1", "track decision": "/resultater/spor/B1",
    "track action": "/resultater/spor/A1",
}  # fmt: skip
ANSWERS: dict[str, list[str | list[str]]] = {
    "smiley_5": ["5"], "smiley_3": ["1"], "yes_no": ["yes"], "choice": ["b"], "picture": ["c"],
    "pick": [["a", "c"]], "rank": ["b", "a", "c"], "scale": ["10"], "number": ["31"], "place": ["a"],
}  # fmt: skip
"""The types of one question each that are asked at GH2, and what is answered on each of their pages."""
ARABIC = "\N{ARABIC LETTER SEEN}"


class Photographer(Visitor):
    """A visitor who keeps every page and the template it was made from."""

    def __init__(self, app: Flask, lang: str) -> None:
        super().__init__(app.test_client(), lang if lang == "da" else "de")  # so every link names the language
        self.app, self.album, self.templates = app, Album(), set[str]()
        self.query = "" if lang == "da" else f"lang={lang}"

    def see(self, address: str) -> Visitor:
        """Visit in the language of this album."""
        return self.visit(f"{address}{'&' if '?' in address else '?'}{self.query}".rstrip("?&"))

    def keep(self, name: str) -> None:
        assert name not in self.album
        self.album[name] = self.page

    def _ask(self, method: str, address: str, sent: dict[str, str | list[str]] | None = None) -> TestResponse:
        if sent is not None:
            keeps_form_rules(address, sent)
        return super()._ask(method, address, sent)


@cache
def demo() -> Flask:
    """An app with the demo in it, a survey of every type of question at GH2, and one place that is closed."""
    folder = Path(tempfile.mkdtemp(prefix="stemme-album-"))
    with elsewhere():
        app = loading.load(f"sqlite:///{folder / 'album.sqlite3'}", folder)
        with app.app_context():
            factories.publish_every_type("GH2")
            factories.site("SIR2", is_open=False)
            for code in ("GH1", "GH2"):
                factories.site(code, languages=list(LANGUAGES))
    return app


@cache
def of(lang: str) -> Album:
    """Every page in this language."""
    return _taken(lang)[0]


@cache
def templates() -> frozenset[str]:
    """The templates the Danish pages were made from."""
    return frozenset(_taken("da")[1])


@cache
def headers_of_errors() -> dict[int, TestResponse]:
    """What a browser gets instead of the front page when something is wrong, by status."""
    app = demo()
    ask: dict[int, Callable[[], TestResponse]] = {
        403: lambda: app.test_client().post("/s/GH1", headers={"Sec-Fetch-Site": "cross-site"}),
        404: lambda: app.test_client().get("/findes-ikke"),
        405: lambda: app.test_client().put("/s/GH1"),
        413: lambda: app.test_client().post("/s/GH1", data={"words-tx": "x" * 70_000}),
    }
    with elsewhere():
        found = {status: request() for status, request in ask.items()}
        for error in (TooManyRequests(), ZeroDivisionError(), db.Busy()):
            with _failing(app, error):
                response = app.test_client().get("/", headers={"Accept-Language": "da"})
            found[response.status_code] = response
    return found


@contextmanager
def elsewhere() -> Iterator[None]:
    """The surveys of one database are not those of another."""
    versions.forget()
    yield
    versions.forget()


@cache
def _taken(lang: str) -> tuple[Album, set[str]]:
    visitor = Photographer(demo(), lang)

    def made(_: Flask, template: Template, **__: object) -> None:
        visitor.templates.add(template.name or "")

    with elsewhere(), template_rendered.connected_to(made, demo()):
        for name, address in STILL.items():
            visitor.see(address)
            visitor.keep(name)
        _errors(visitor)
        _short_run(visitor)
        _long_run(visitor)
        _receipts(visitor)
    return visitor.album, visitor.templates


def _errors(visitor: Photographer) -> None:
    for error in (TooManyRequests(), ZeroDivisionError(), db.Busy()):
        with _failing(visitor.app, error):
            visitor.see("/")
        visitor.keep(f"error {visitor.page.status}")
    visitor.see("/findes-ikke")
    visitor.keep("error 404")


def _short_run(visitor: Photographer) -> None:
    """The survey of the demo, passed over and sent without a word."""
    visitor.see("/s/GH1").press("start")
    for number in itertools.count(1):
        if list(visitor.page.all("textarea")):
            break
        visitor.keep(f"five taps {number}")
        visitor.press("skip")
    visitor.keep("last page, all skipped")
    last = visitor.page
    visitor.press("send", t="old", **{"words-change": "Flere senge"})
    visitor.keep("page too old for its choices, wrong")
    visitor.page = last
    visitor.press("send", t="old")
    visitor.keep("page too old")
    visitor.page = last
    visitor.press("send")
    visitor.keep("thanks without a code")


def _long_run(visitor: Photographer) -> None:
    """A question of every type, each also with nothing chosen; words that cannot be kept; thanks."""
    visitor.see("/s/GH2").press("start", helped="peer")
    for kind, pages in ANSWERS.items():
        for number, answer in enumerate(pages):
            visitor.keep(f"{kind} {number}")
            visitor.press("next")
            visitor.keep(f"{kind} {number}, wrong")
            visitor.press("next", answer=answer)
    visitor.keep("last page")
    visitor.press("send", **{"words-tx": ARABIC * 2000, "words-nt": "...", "code": "1"})
    visitor.keep("words that say nothing, wrong")
    visitor.press("send", **{"words-tx": "x" * 2001, "words-nt": "", "code": "1"})
    visitor.keep("too many words, wrong")
    visitor.press("send", **{"words-tx": "Ord", "words-nt": "", "code": "1"})
    visitor.keep("thanks")


def _receipts(visitor: Photographer) -> None:
    words = visitor.page.code
    _look_up(visitor, "")
    visitor.keep("no code, wrong")
    _look_up(visitor, "hudd kat")
    visitor.keep("unknown receipt, wrong")
    _look_up(visitor, words)
    visitor.keep("received")
    _was_read()
    _look_up(visitor, words)
    visitor.keep("answered")
    visitor.visit(next(link.get("href", "") for link in visitor.page.all("a") if link.get("class") == "b n"))
    visitor.keep("delete")
    confirm = visitor.page
    visitor.press("delete")
    visitor.keep("deleted")
    visitor.page = confirm
    visitor.press("delete", t="old")
    visitor.keep("page of deleting too old, wrong")


def _look_up(visitor: Photographer, words: str) -> None:
    visitor.see("/kvittering").press("", kode=words)


def _was_read() -> None:
    with demo().app_context():
        last = db.db.session.scalars(
            select(Response.id).where(Response.survey_id == "every_type", Response.helped == "peer")
        )
        for response_id in last:
            queries.mark_receipt(response_id, "BOL.NAT,ADG,TRY")
        # Written in the weeks that the demo's decisions answer.
        answered = select(ReceiptAnswer.last_week).order_by(ReceiptAnswer.last_week).limit(1).scalar_subquery()
        db.connection().execute(update(Receipt).values(week=answered))
        db.db.session.commit()


@contextmanager
def _failing(app: Flask, error: Exception) -> Iterator[None]:
    """The front page fails meanwhile."""
    view = app.view_functions["web.front"]

    def fail() -> None:
        raise error

    fail.access = view.access  # type: ignore[attr-defined]
    app.view_functions["web.front"] = fail  # type: ignore[assignment]
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield
    app.config["PROPAGATE_EXCEPTIONS"] = None
    app.view_functions["web.front"] = view
