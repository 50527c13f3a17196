"""Two places where the same was said in their own words, and where on the desk a person meets which of them.

The wall is held if whoever has ties to the one place meets the other's word wherever people without ties do, and
their own place's word nowhere: so no page passes because it shows nothing.
"""

import html
import io
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from app.core import access, db
from app.desk.accounts.models import User
from app.desk.moderation.dealing.trays import TRAYS
from app.desk.moderation.exchange import working
from app.desk.moderation.quoting import proposing
from app.desk.moderation.quoting import queries as quotes
from app.desk.moderation.translating import translations
from app.publication.models import Cell, Release
from app.publication.quotes import Wording
from tests.architecture import test_access
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.safeguarding import raising
from tests.desk.moderation.second_coding import factories as second
from tests.desk.paper import factories as paper
from tests.requirements import IN_FULL

PLACE = test_access.PLACE
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
TABLES = [one.name for one in working.FORMATS if one.name != "sps"] if IN_FULL else ["csv"]
"""What an analyst takes along; the syntax holds no words."""
FIGURE = (
    "state = 'approved', first_by = 'x', second_by = 'y', signed_text = text, approved_week = free_week, "
    "release_id = '2026-Q1', cell_table = 'T5', cell_place = region || '/' || place_kind, cell_period = '2026-Q1', "
    "cell_split = 'theme', voices = 7"
)
"""What two signatures leave behind on a quote."""


@dataclass(frozen=True)
class Place:
    """One place, the word only people there say, and what an address about it may hold."""

    code: str
    word: str
    things: dict[str, list[str]] = field(default_factory=dict)


def a_place(app: Flask, code: str, word: str) -> Place:
    """Texts of a place in every tray, a statement coded and quoted, a case, a memo, a pile of paper."""
    mona, malik = factories.a_moderator(), factories.a_moderator()
    her_browser = accounts.browser_of(app, mona)

    def said(what: str, **about: str) -> bytes:
        return factories.a_text(f"{what} {word}", site_code=code, quote_ok=True, **about)

    waiting, held, foreign, translated, worry, approved = (
        said("Køen er lang ved"), said("Det er koldt ved"), said("Kolejka", lang="pl"), said("Kolejka", lang="pl"),
        said("Jeg kan ikke mere ved"), said("Badet er koldt ved"),
    )  # fmt: skip
    for _ in range(4):
        factories.a_response(site_code=code, values={"today": "2"})
    press(her_browser, held, "hold", reason="unclear")
    press(her_browser, worry, "escalate", concern="own_life")
    row = factories.item(translated, mona)
    translations.save(row, row.version, f"Køen ved {word}", mona)
    for text_id in (approved, foreign, translated):
        factories.approve(text_id, malik, "ADG.KOE", type_="KRITIK")
    press_memo(her_browser, waiting, f"Spørg om {word}")
    disputed = second.coded_first(mona, "ADG", said=f"Uenige om {word}", site_code=code, again=(malik, ("TRY",)))
    second.coded_first(mona, "ADG", said=f"Set af en, ikke af to: {word}", site_code=code)
    batch = paper.keyed(mona, 1, site_code=code, label=f"Mappe {code}")
    things = {
        "text_id": [one.hex() for one in (waiting, held, worry, approved, translated)],
        "quote_id": [a_quote(approved, mona, f"Badet er koldt ved {word}").hex()],
        "case_id": [case_of(worry)],
        "statement_id": [disputed.hex()],
        "batch_id": [batch.id.hex()],
    }
    return Place(code, word, things)


def press(client: FlaskClient, text_id: bytes, act: str, **fields: str) -> None:
    """Press a button of a text nobody has touched."""
    answer = factories.post(client, text_id, act, version="1", **fields)
    assert answer.status_code == 303, (act, answer.text)


def press_memo(client: FlaskClient, text_id: bytes, memo: str) -> None:
    """Keep a memo on a text."""
    fields = {"about": "text", "of": text_id.hex(), "memo": memo}
    assert client.post("/desk/memos", data=accounts.form(client, "memo") | fields).status_code == 303


def a_quote(text_id: bytes, by: User, words: str) -> bytes:
    """A quote with two signatures, which waits for the council."""
    said = proposing.source(quotes.statement_of(text_id, by))
    quote = proposing.write(said, Wording(text=words, kind="verbatim", theme="ADG"))
    if not db.db.session.get(Release, "2026-Q1"):
        db.db.session.add(Release(id="2026-Q1", catalogue="2026", period="2026-Q1", state="ready"))
        db.db.session.flush()
    at = f"{quote.region}/{quote.place_kind}"
    db.db.session.add(
        Cell(release_id="2026-Q1", table="T5", place=at, period="2026-Q1", split="theme", category="ADG", position=0,
             value=7)
    )  # fmt: skip
    quote_id = quote.id
    db.db.session.flush()
    db.connection().execute(text(f"UPDATE quote SET {FIGURE} WHERE state = 'draft'"))
    db.db.session.commit()
    return quote_id


def case_of(text_id: bytes) -> str:
    """The case of somebody who is worried about this text."""
    given = raising.literal(text_id)
    ((case_id,),) = factories.rows(f"SELECT id FROM safeguarding_case WHERE item_id = {given}")
    return bytes(case_id).hex()


def met(app: Flask, reader: User, places: Collection[Place]) -> dict[str, set[str]]:
    """For each place's word, the addresses and forms at which this person meets it, told without ids."""
    client = accounts.browser_of(app, reader)
    found: dict[str, set[str]] = {place.word: set() for place in places}
    for name, answer in everything(app, client, reader, places):
        said = unpacked(answer)
        for word, where in found.items():
            if word in said:
                where.add(name)
    return found


def everything(
    app: Flask, client: FlaskClient, reader: User, places: Collection[Place]
) -> Iterator[tuple[str, TestResponse]]:
    """What this person gets at every address they may open, about each place; then by forms that only show.

    Not in full: only at addresses about something of a place, and where words are known to be.
    """
    for rule in app.url_map.iter_rules():
        name = PLACE.sub(r"<\3>", rule.rule)
        is_asked = IN_FULL or name in SHOWN.get(reader.role, ()) or any(f"<{one}>" in name for one in THINGS)
        if is_asked and "GET" in (rule.methods or ()) and reader.role in access.declared(app, rule.endpoint):
            for address in addresses(rule.rule, places):
                yield name, client.get(address)
    yield from pages_of_a_role(client, reader)


def addresses(rule: str, places: Collection[Place]) -> set[str]:
    """This address about each of the things of each place, or about something of the demo."""
    names = {name for _converter, _choice, name in PLACE.findall(rule)}
    things = {(name, one) for place in places for name in names & set(place.things) for one in place.things[name]}
    return {_about(rule, name, one) for name, one in things} or {PLACE.sub(test_access.sample, rule)}


def pages_of_a_role(client: FlaskClient, reader: User) -> Iterator[tuple[str, TestResponse]]:
    """Other trays and choices of a page, a search, and everything that may be taken out."""
    if reader.role == "moderator":
        for tray in TRAYS:
            yield f"tray {tray.key}", client.get(f"/desk/queue?tray={tray.key}")
        for given in ("words=ved", "theme=ADG", "unread=1"):
            yield f"filter {given}", client.get(f"/desk/queue?tray=read&{given}")
        yield "many at once", client.get("/desk/bulk?theme=ADG.KOE&act=add&code=TRY")
        token = TOKEN.search(client.get("/desk/search").text.split('action="/desk/search"')[1])
        assert token
        for words in ("køen", "koldt ved", "uenige"):
            yield f"search {words}", client.post("/desk/search", data={"form_token": token[1], "words": words})
    if reader.role == "analyst":
        for name in TABLES:
            fields = accounts.form(client, "export.statements", reason="Til rapporten om foråret", period="2026")
            yield f"export {name}", client.post(f"/desk/export/{name}", data=fields)


def unpacked(answer: TestResponse) -> str:
    """All that an answer says, also in an archive."""
    content = answer.data
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(archive.read(part) for part in archive.namelist())
    return html.unescape(content.decode("utf-8", "replace"))


SHOWN: dict[str, frozenset[str]] = {
    "moderator": frozenset(
        {
            "/desk/disagreements", "/desk/disagreements/<statement_id>", "/desk/memos", "/desk/quotes",
            "/desk/quotes/<quote_id>", "/desk/quotes/new/<text_id>", "/desk/second", "/desk/statements/<text_id>",
            "/desk/translations", "filter theme=ADG",
            "filter unread=1", "filter words=ved", "search koldt ved", "search køen", "search uenige", "tray read",
        }
    ),
    "analyst": frozenset({"/desk/statements/<text_id>", *(f"export {one}" for one in TABLES)}),
    "safeguarding": frozenset({"/desk/cases/<case_id>"}),
    "council": frozenset({"/desk/quotes", "/desk/quotes/<quote_id>"}),
}  # fmt: skip
"""Where each role meets what was said; the other roles nowhere."""
THINGS = ("text_id", "quote_id", "case_id", "statement_id", "batch_id")
ONE_AT_A_TIME = frozenset({"/desk/second"})


def complaints(app: Flask, role: str, own: Place, other: Place) -> list[str]:
    """What is wrong with the wall between the first place and somebody of this role who has ties to it."""
    tied = met(app, accounts.a_user(role, own.code), (own, other))
    missing = SHOWN.get(role, frozenset()) ^ tied[other.word]
    return [
        *(f"{role} with ties to {own.code} meets its words: {where}" for where in sorted(tied[own.word])),
        *(f"{role}: the words of {other.code} say nothing about {where}" for where in sorted(missing)),
    ]


def as_if_unknown(app: Flask, reader: User, place: Place) -> dict[str, bool]:
    """For each address about a thing of this place, whether it answers this person as it does about nothing:
    the same status 404, and the same bytes.
    """
    client = accounts.browser_of(app, reader)
    found = {}
    for rule in app.url_map.iter_rules():
        name = next((name for _converter, _choice, name in PLACE.findall(rule.rule) if name in place.things), "")
        if name and "GET" in (rule.methods or ()) and reader.role in access.declared(app, rule.endpoint):
            for thing in place.things[name]:
                walled, unknown = (client.get(_about(rule.rule, name, one)) for one in (thing, "0" * len(thing)))
                is_alike = walled.status_code == unknown.status_code == 404
                found[f"{rule.rule} {thing}"] = is_alike and _plain(walled, thing) == _plain(unknown, thing)
    return found


def _about(rule: str, name: str, thing: str) -> str:
    return PLACE.sub(lambda found: thing if found[3] == name else test_access.sample(found), rule)


def _plain(answer: TestResponse, thing: str) -> str:
    """The page without what names the address or changes with each look."""
    return re.sub(r'value="[^"]*"', "", answer.text.replace(thing, "").replace("0" * len(thing), ""))
