"""The main job, end to end: a text becomes a decision on the public page, and the receipt tells of it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from app import jobs
from app.core import clock, db
from app.desk.accounts import users
from app.desk.moderation import voices
from app.desk.moderation.codebook import codes
from app.desk.moderation.measures import pace
from app.publication import releases, tallies
from tests.channels.sms import factories as sms
from tests.journeys.person import Person

WORDS = (
    "Døren er låst når vi kommer om morgenen", "Maden er kold og der er for lidt af den", "Køen er alt for lang",
    "I lukker alt for tidligt om aftenen", "Der mangler suppe om aftenen", "Der er lukket i weekenden",
)  # fmt: skip
PASSWORD = "et-kodeord-til-demo"


@pytest.fixture
def desk(app: Flask, content: None) -> Callable[[str], Person]:
    """The demo's people, signing in by name."""
    codes.load()
    users.add_demo()
    db.db.session.commit()
    db.db.session.remove()

    def sign_in(name: str) -> Person:
        person = Person(app).open("/desk/login")
        return person.press("Log ind", {"name": name, "password": PASSWORD})

    return sign_in


def test_a_text_becomes_a_decision_and_comes_back(app: Flask, desk: Callable[[str], Person]) -> None:
    receipt = _people_text(app)
    _work("batch")
    mona, malik, carl = desk("mona"), desk("malik"), desk("carl")

    _read_everything(mona)
    _publish_quarter(mona, carl)
    _listen(carl)
    _find(mona)
    clock.clock().set(datetime(2026, 5, 12, 10, tzinfo=UTC))
    mona, malik, carl = desk("mona"), desk("malik"), desk("carl")
    _publish_finding(mona, malik, carl)
    _propose(carl)
    _decide(carl, mona)
    _answer(carl)
    _act(carl, mona)

    _work("clocks")
    _work("night")
    _work("receipts")
    public = Person(app).open("/resultater")
    assert "Huset lukker for tidligt" in public.text
    assert "Huset har nu længere åbent" in public.text
    release = Person(app).open("/resultater/2026-Q1")
    assert release.status == 200
    assert "Adgang og åbningstider 12 af 18 67 %" in release.text
    assert "Huset har nu længere åbent" in release.text
    told = Person(app).open("/kvittering").press("Se mit svar", {"kode": receipt.lower()})
    assert "Adgang og åbningstider" in told.text
    assert "Huset har nu længere åbent" in told.text
    assert WORDS[0] not in told.text
    assert "Der er et svar nu. Tema: Adgang og åbningstider." in sms.text(app, f"NYT {receipt}")
    assert "I sagde: Huset lukker for tidligt. Vi gjorde: Huset har nu længere åbent" in sms.text(app, "NYT")
    for code, words in (("F1", "Svaret er ja"), ("A1", "Tiderne står på døren."), ("U1", "Mange kommer forgæves")):
        assert words in Person(app).open(f"/resultater/spor/{code}").text, code


def _people_text(app: Flask) -> str:
    """Eighteen people at three places answer; the first takes a receipt."""
    receipt = ""
    for number in range(18):
        sender, place = sms.a_number(), ("GH1", "MUE2", "SIR1")[number % 3]
        for text in (place, str(1 + number % 5), "ja", WORDS[number % len(WORDS)]):
            sms.text(app, text, sender=sender)
        reply = sms.text(app, "ja" if number == 0 else "nej", sender=sender)
        if number == 0:
            receipt = re.search(r"kode: ([A-ZÆØÅ ]+)\.", reply)[1]  # type: ignore[index]
    return receipt


def _work(name: str) -> None:
    job = jobs.by_name(name)
    assert job
    jobs.run(job, clock.now())


def _read_everything(moderator: Person) -> None:
    for _ in range(18):
        _read_one(moderator)
    assert moderator.open("/desk/queue").links("/desk/statements/") == []


def _read_one(moderator: Person) -> None:
    """The text on top of the queue is approved."""
    moderator.open("/desk/queue").open(moderator.links("/desk/statements/")[0])
    is_food = any(word in moderator.text for word in ("Maden er kold", "mangler suppe"))
    moderator.press(
        "Godkend, næste Enter",
        {
            "type": "KRITIK",
            "code": "BAS.MAD" if is_food else "ADG.AAB",
            "asked": ["rare", "group", "date", "staff", "wording"],
        },
    )
    assert moderator.status == 200


def _publish_quarter(mona: Person, carl: Person) -> None:
    clock.clock().set(datetime(2026, 4, 20, 10, tzinfo=UTC))
    for person, name in ((mona, "mona"), (carl, "carl")):
        person.open("/desk/login").press("Log ind", {"name": name, "password": PASSWORD})
    carl.open("/desk/releases/2026-Q1").press("Udgiv perioden")
    mona.open("/desk/releases/2026-Q1").press("Skriv også under")
    db.db.session.remove()
    tallies.freeze("2026-Q1", voices.voices, pace.outcomes, today=clock.today())
    db.db.session.commit()
    releases.publish_signed(clock.now())
    db.db.session.commit()


def _find(mona: Person) -> None:
    mona.open("/desk/track/findings/new?theme=ADG&period=2026-Q1").press(
        "Gem kladden",
        {
            "claim": "Mange kommer forgæves, fordi der er lukket.",
            "body": "[[2026-Q1 T5 DK ADG]] nævner åbningstider og kø.",
            "counter_evidence": "Vi ledte efter ros til åbningstiden og fandt intet.",
            "who_is_missing": "Vi har hørt få, der sover ude.",
        },
    )
    assert "U1" in mona.text
    mona.open("/desk/track/findings/U1").press("Spørg peers")


def _publish_finding(mona: Person, malik: Person, carl: Person) -> None:
    mona.open("/desk/track/findings/U1").press("Peers har svaret. Gå videre")
    malik.open("/desk/track/findings/U1").press("Jeg har læst det hele. Skriv under")
    carl.open("/desk/track/findings/U1").press("Udgiv fundet")
    assert carl.status == 200


def _propose(carl: Person) -> None:
    carl.open("/desk/track/proposals/new").press(
        "Gem kladden",
        {"finding": "U1", "ask": "Hold åbent længere om aftenen.", "recipient": "municipality",
         "recipient_name": "Helsingør Kommune"},
    )  # fmt: skip
    assert "F1" in carl.text, carl.text
    carl.open("/desk/track/proposals/F1").press("Send forslaget")


def _listen(carl: Person) -> None:
    """The days of the first phase are promised, and it opens."""
    days = {"opens_on": "2026-01-01", "closes_on": "2026-04-30", "decide_by": "2026-06-30", "result_by": "2026-07-31"}
    carl.open("/desk/track/phases/listen_first").press("Gem dagene", days).press("Åbn fasen")
    assert carl.status == 200, carl.text


def _decide(carl: Person, mona: Person) -> None:
    carl.open("/desk/track/phases/listen_first").press("Luk fasen").follow("Skriv en beslutning").press(
        "Gem beslutningen",
        {
            "proposal": "F1", "list-U1": "considered", "title": "Længere åbent om aftenen", "outcome": "adjust",
            "body": "Huset holder længere åbent tirsdag og torsdag.",
            "reason": "Fundet er klart, og kommunen har fundet penge til længere åbent om aftenen.",
        },
    )  # fmt: skip
    assert "B1" in carl.text, carl.text
    mona.open("/desk/track/decisions/B1").press("Jeg har læst det hele. Bekræft")
    _tell(carl, mona)
    carl.open("/desk/track/decisions/B1").press("Udgiv beslutningen")
    assert carl.status == 200


def _answer(carl: Person) -> None:
    carl.open("/desk/track/proposals/F1").press(
        "Udgiv svaret", {"answer": "accepted", "answered_by": "Helsingør Kommune", "answered_on": "2026-05-12"}
    )
    assert carl.status == 200, carl.text


def _act(carl: Person, mona: Person) -> None:
    """Planned, begun, shown, and seen by somebody else."""
    carl.open("/desk/track/actions/new").press(
        "Gem handlingen",
        {"ground": "B1", "title": "Huset holder åbent om aftenen.", "owner": "Gadens Hus", "owner_kind": "site_owner",
         "due": "2026-06-30"},
    ).press("Det er begyndt")  # fmt: skip
    carl.press("Tilføj det", {"shows": "Tiderne står på døren."}).press("Gem, hvor langt det er", {"progress": "100"})
    assert "100 procent" in carl.text, carl.text
    mona.open("/desk/track/actions/A1").press("Jeg har set det. Det er gjort")
    assert mona.status == 200, mona.text


def _tell(carl: Person, mona: Person) -> None:
    words = {
        "da": ("Huset lukker for tidligt.", "Huset har nu længere åbent. Kom ind til os om aftenen."),
        "en": ("The house closes too early.", "The house is now open longer. Come and see us in the evening."),
    }
    filled = {
        f"{name}.{channel}.{lang}": text
        for channel in ("web", "poster", "kiosk", "sms")
        for lang, texts in words.items()
        for name, text in zip(("said", "body"), texts, strict=True)
    }
    carl.open("/desk/track/telling/B1/edit").press("Gem kladderne", {"outcome": "did", **filled})
    assert carl.status == 200, carl.text
    mona.open("/desk/track/telling/B1").press("Godkend")
    assert "godkendt" in mona.text
