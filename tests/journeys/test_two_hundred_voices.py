"""The main job in Chromium: from 200 voices over all channels to a decision and back by receipt, by each role."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app.core import clock, db
from app.desk.accounts import users
from app.desk.moderation.codebook import codes
from app.surveys.models import Response
from tests.browser.conftest import served
from tests.channels.kiosk.tablet import Tablet
from tests.channels.sms import factories as sms
from tests.channels.web.visitor import Visitor
from tests.databases import Databases
from tests.journeys import test_voice_to_decision as steps
from tests.journeys.at_screen import AtScreen, Seat
from tests.journeys.person import Person

pytestmark = pytest.mark.browser
BY_TEXT, BY_WEB, BY_TABLET = 80, 40, 80
WORRY = "Jeg vil ikke leve mere"


@pytest.fixture(scope="module")
def own_databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """SQLite is enough: what a browser shows does not depend on the database, and HTTP alone goes this way on both."""
    return Databases("sqlite", tmp_path_factory.mktemp("journey"), None)


@pytest.fixture
def database_url(own_databases: Databases) -> Iterator[str]:
    url = own_databases.fresh()
    yield url
    own_databases.forget(url)


@pytest.fixture
def at_screen(app: Flask, content: None, chromium: Browser) -> Iterator[Callable[[], AtScreen]]:
    """Somebody before a browser without script who has signed in nowhere yet."""
    codes.load()
    users.add_demo()
    db.db.session.commit()
    db.db.session.remove()

    with served(app) as address:
        context = chromium.new_context(base_url=address, locale="da", java_script_enabled=False)
        seat = Seat(context.new_page())
        seat.screen.set_default_timeout(20_000)
        yield lambda: AtScreen(seat)
        context.close()


def test_from_two_hundred_voices_to_a_decision_and_back(app: Flask, at_screen: Callable[[], AtScreen]) -> None:
    people = {name: at_screen() for name in ("anna", "mona", "malik", "carl", "stine", "pia", "sofie", "aksel")}
    sign_in(people, "anna", "mona", "sofie")
    receipt = two_hundred_speak(app, people["anna"])
    steps._work("batch")

    somebody_is_worried_about(people["mona"], people["sofie"])
    two_are_read(people["mona"])
    the_rest_is_read(app)
    steps._publish_quarter(people["mona"], people["carl"])
    sign_in(people, "aksel", "pia")
    steps._listen(people["carl"])
    steps._find(people["aksel"])
    a_peer_has_heard_it(people["pia"])
    clock.clock().set(datetime(2026, 5, 12, 10, tzinfo=UTC))
    sign_in(people, "mona", "malik", "carl", "stine")
    steps._publish_finding(people["mona"], people["malik"], people["carl"])
    steps._propose(people["carl"])
    steps._decide(people["carl"], people["mona"])
    steps._answer(people["carl"])
    steps._act(people["carl"], people["mona"])
    for job in ("clocks", "night", "receipts"):
        steps._work(job)

    assert "Stine" in people["stine"].open("/desk").text
    assert "Huset har nu længere åbent" in people["stine"].open("/resultater").text
    assert "Vi siger det selv sådan" in people["mona"].open("/desk/track/findings/U1").text
    citizen = at_screen().open("/resultater/2026-Q1")
    assert "Huset har nu længere åbent" in citizen.text
    assert "Mange kommer forgæves" in citizen.open("/resultater/spor/U1").text
    told = citizen.open("/kvittering").press("Se mit svar", {"kode": receipt.lower()})
    assert "Adgang og åbningstider" in told.text
    assert "Huset har nu længere åbent" in told.text


def sign_in(people: dict[str, AtScreen], *names: str) -> None:
    for name in names:
        people[name].open("/desk/login").press("Log ind", {"name": name, "password": steps.PASSWORD})
        assert people[name].status == 200, name


def two_hundred_speak(app: Flask, anna: AtScreen) -> str:
    """Anna connects a tablet. 80 write a text, 18 of them in words and one in need; 40 on the web, 80 on the tablet."""
    receipt = steps._people_text(app)
    sender = sms.a_number()
    for text in ("GH1", "2", "ja", WORRY, "nej"):
        sms.text(app, text, sender=sender)
    for number in range(BY_TEXT - 19):
        sender = sms.a_number()
        for text in (("GH1", "MUE2", "SIR1")[number % 3], str(1 + number % 5), "ja", "SPRING", "nej"):
            sms.text(app, text, sender=sender)
    for number in range(BY_WEB):
        visitor = Visitor(app.test_client()).visit("/s/GH1").press("start")
        for answer in (str(1 + number % 5), ["staff"], "yes", "yes"):
            visitor.press("next", answer=answer)
        visitor.press("send")
    tablet = _connected(app, anna)
    for _ in range(BY_TABLET):
        assert tablet.says(words={}).status_code == 201
    assert db.db.session.query(Response).count() == BY_TEXT + BY_WEB + BY_TABLET == 200
    db.db.session.remove()
    return receipt


def _connected(app: Flask, anna: AtScreen) -> Tablet:
    anna.open("/desk/kiosks").press("Tilføj den, og vis koden", {"site": "GH1", "label": "Ved døren"})
    return Tablet.with_code(app, anna.screen.locator("#code").inner_text())


def somebody_is_worried_about(mona: AtScreen, sofie: AtScreen) -> None:
    mona.open("/desk/queue?tray=urgent").open(mona.links("/desk/statements/")[0])
    assert WORRY in mona.text
    mona.press("Giv den til beskyttelse, næste", {"concern": "own_life"})
    sofie.open("/desk/cases").open(sofie.links("/desk/cases/")[0])
    sofie.press("Gem vurderingen", {"sensitivity": "sensitive", "criticality": "action"})
    sofie.press("Gem beslutningen", {"status": "internally"})
    sofie.press("Luk sagen", {"outcome": "site_informed", "afterwards": "use"})
    assert "Sagen er lukket" in sofie.text


def two_are_read(mona: AtScreen) -> None:
    for _ in range(2):
        steps._read_one(mona)


def the_rest_is_read(app: Flask) -> None:
    """By the same forms over HTTP alone: what a browser adds was seen with the first."""
    mona = Person(app).open("/desk/login").press("Log ind", {"name": "mona", "password": steps.PASSWORD})
    while mona.open("/desk/queue").links("/desk/statements/"):
        steps._read_one(mona)


def a_peer_has_heard_it(pia: AtScreen) -> None:
    pia.open("/desk/track/peers/home").press("Gem", {"municipality": ["Helsingør"]})
    pia.open("/desk/track/peers/heard").follow("Mange kommer")
    pia.press("Send mit svar", {"verdict": "agree", "words": "Vi siger det selv sådan: de lukker os ude.",
                                "may_be_shown": "on"})  # fmt: skip
    assert "Dit svar er gemt" in pia.text
