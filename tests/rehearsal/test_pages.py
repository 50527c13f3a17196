"""The simulator's pages: whose a rehearsal is, what its buttons do, and that the house hears nothing of it."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app, jobs
from app.core import clock, db
from app.core.config import Settings
from app.core.db import Model
from app.desk.accounts.models import BOTH, StaffSession
from app.surveys import versions
from tests.content import demo_surveys
from tests.desk.accounts import factories

SignIn = Callable[..., FlaskClient]


class Simulator:
    """The page as somebody uses it."""

    def __init__(self, client: FlaskClient, place: str = "GH1", survey: str = "") -> None:
        self.client = client
        begun = self.post("/desk/simulator", place=place, survey=survey)
        assert begun.status_code == 303, begun.get_data(as_text=True)
        self.address = begun.headers["Location"]

    def post(self, address: str, **fields: str) -> TestResponse:
        form = factories.form(self.client, "simulator", **fields)
        return self.client.post(address, data=form, headers={"Sec-Fetch-Site": "same-origin"})

    def do(self, act: str, **fields: str) -> TestResponse:
        return self.post(f"{self.address}/{act}", **fields)

    def say(self, text: str, phone: str = "A", **fields: str) -> str:
        done = self.do("say", phone=phone, text=text, **fields)
        assert done.status_code == 303
        return self.page()

    def page(self, **query: str) -> str:
        shown = self.client.get(self.address, query_string={"lang": "en", **query})
        assert shown.status_code == 200
        return shown.get_data(as_text=True)


def bubbles(page: str) -> list[str]:
    return re.findall(r'<span class="bubble" dir="auto">(.*?)</span>', page, re.DOTALL)


@pytest.fixture
def simulator(sign_in: SignIn) -> Simulator:
    return Simulator(sign_in("moderator"))


def test_a_text_is_answered_and_its_price_is_said(simulator: Simulator) -> None:
    page = simulator.say("GH1")

    assert bubbles(page)[0] == "GH1"
    assert bubbles(page)[1].startswith("Gadens Stemme. Vi gemmer ikke dit nummer.")
    assert re.search(r"1 segment · 1\d\d units · GSM-7 · DKK 0.48 · USD 0.0592", page)


def test_the_page_says_what_lies_in_the_database_and_that_the_number_does_not(simulator: Simulator) -> None:
    simulator.say("GH1")
    page = simulator.say("2 alt for meget støj om natten")

    assert "words, sealed, 561 bytes" in page
    assert "<code>sms_session</code></dt><dd>1 box · 540 bytes" in page
    assert "The number is nowhere" in page


def test_a_number_in_the_database_is_found_and_said(simulator: Simulator, settings: Settings) -> None:
    folder = settings.instance_dir / "rehearsals" / simulator.address.rsplit("/", 1)[1]
    number = re.search(r"\+4500\d{6}", simulator.page())
    assert number
    (folder / "stemme.sqlite3-leak").write_bytes(b"..." + number[0].encode() + b"...")

    page = simulator.page()

    assert "The number is nowhere" not in page
    assert "A number stands in the database." in page


def test_several_telephones_do_not_mix(simulator: Simulator) -> None:
    simulator.do("phone")
    simulator.say("GH1", "A")
    page = simulator.say("GH1 EN", "B")

    assert "2 numbers are nowhere" in page
    assert "We do not keep your number" in bubbles(page)[3]


def test_time_passes_and_keys_die(simulator: Simulator) -> None:
    simulator.say("GH1")
    simulator.do("hours")
    assert "<code>sms_session</code></dt><dd>1 box" in simulator.page()

    simulator.do("day")
    page = simulator.page()

    assert "Day 3, 00.00 (UTC)" in page
    assert "<code>sms_session</code></dt><dd>0</dd>" in page


def test_the_timed_tasks_bring_a_response_to_the_desk_of_the_rehearsal(simulator: Simulator) -> None:
    assert "not yet at the desk" in simulator.say("Der er altid kø til badet")

    simulator.do("tasks")

    assert "at the desk" in (page := simulator.page())
    assert "not yet at the desk" not in page


def test_a_second_delivery_is_shown_with_the_same_reply(simulator: Simulator) -> None:
    simulator.say("GH1")
    simulator.do("again", phone="A")
    page = simulator.page()

    said = bubbles(page)
    assert "Delivered again" in page
    assert said[1] == said[3]
    assert "<code>seen</code></dt><dd>1 box" in page


def test_a_picture_and_a_switch_of_language(simulator: Simulator) -> None:
    assert "billeder" in bubbles(simulator.say("", picture="1"))[-1]
    assert "EN English" in bubbles(simulator.say("ignored", say="SPROG"))[-1]


@pytest.mark.parametrize("text", ["", "   ", "x" * 2000, "😀" * 900, "<script>alert(1)</script>", "\x01", "a\r\nb"])
def test_any_text_can_be_tried(simulator: Simulator, text: str) -> None:
    page = simulator.say(text)

    assert "<script>alert" not in page
    assert len(bubbles(page)) in (1, 2)  # a lone emoji gets no reply
    assert "The number is nowhere" in page


def test_nothing_of_it_is_in_the_house(app: Flask, simulator: Simulator) -> None:
    def rows() -> dict[str, int]:
        tables = Model.metadata.tables.values()
        return {
            t.name: db.connection().exec_driver_sql(f'SELECT count(*) FROM "{t.name}"').scalar_one() for t in tables
        }

    before = rows()
    db.db.session.rollback()
    for text in ("GH1", "4", "ja", "Flere senge om natten", "ja"):
        simulator.say(text)
    simulator.do("day")

    assert rows() == before


def test_a_rehearsal_is_saved_as_a_script(simulator: Simulator) -> None:
    simulator.say("GH1")
    simulator.do("hours")

    saved = simulator.client.get(f"{simulator.address}/script")

    assert saved.get_data(as_text=True).splitlines() == ["# GH1", "> GH1", "< {opening} {q1}", "@time +20h"]
    assert saved.headers["Content-Disposition"] == 'attachment; filename="GH1.txt"'


def test_another_survey_can_be_tried_at_a_place(sign_in: SignIn) -> None:
    client = sign_in("admin")
    sms_core = next(survey for survey in demo_surveys() if survey.id == "sms_core")
    versions.publish(replace(sms_core, id="kaffe", sms_opening={"da": "Et ord om kaffe.", "en": "A word on coffee."}))
    db.db.session.commit()

    one = Simulator(client, survey="kaffe")

    assert bubbles(one.say("GH1"))[1].startswith("Et ord om kaffe.")
    assert bubbles(one.say("GH2"))[3].startswith("Gadens Stemme.")


@pytest.mark.parametrize(("place", "survey"), [("XX9", ""), ("", ""), ("GH1", "five_hundred"), ("GH1", "../x")])
def test_a_place_or_survey_that_is_not_there_begins_nothing(sign_in: SignIn, place: str, survey: str) -> None:
    client = sign_in("moderator")
    form = factories.form(client, "simulator", place=place, survey=survey)

    assert client.post("/desk/simulator", data=form).status_code == 404


def test_a_rehearsal_belongs_to_who_began_it(simulator: Simulator, sign_in: SignIn) -> None:
    other = sign_in("moderator")
    form = factories.form(other, "simulator", phone="A", text="GH1")

    assert other.get(simulator.address).status_code == 404
    assert other.get(f"{simulator.address}/script").status_code == 404
    assert other.post(f"{simulator.address}/say", data=form).status_code == 404


@pytest.mark.parametrize(
    "id_", ["..", "%2e%2e", "..%2f..%2fetc", "0" * 32, "0" * 31, "G" * 32, "0" * 32 + "%0a", "demo.keys"]
)
def test_an_id_that_is_none_leads_nowhere(sign_in: SignIn, id_: str) -> None:
    assert sign_in("moderator").get(f"/desk/simulator/{id_}").status_code == 404


@pytest.mark.parametrize("act", ["say", "again"])
def test_a_telephone_that_is_not_there_says_nothing(simulator: Simulator, act: str) -> None:
    done = simulator.do(act, phone="Z", text="GH1")

    assert done.status_code == 422
    assert simulator.do("again", phone="A").status_code == 422


def test_there_is_an_end_to_telephones(simulator: Simulator) -> None:
    assert [simulator.do("phone").status_code for _ in range(6)] == [303] * 5 + [422]


def test_a_form_without_its_token_does_nothing_and_keeps_the_text(simulator: Simulator) -> None:
    done = simulator.client.post(f"{simulator.address}/say", data={"phone": "A", "text": "min tekst"})

    assert done.status_code == 422
    assert 'value="min tekst"' in done.get_data(as_text=True)
    assert bubbles(simulator.page()) == []


def test_looking_changes_nothing_on_disk(simulator: Simulator, settings: Settings) -> None:
    simulator.say("GH1")
    kept = settings.instance_dir / "rehearsals" / simulator.address.rsplit("/", 1)[1] / "rehearsal.json"
    before = kept.stat().st_mtime_ns

    simulator.page()

    assert kept.stat().st_mtime_ns == before


def test_a_fragment_is_only_the_part_that_changes(simulator: Simulator) -> None:
    part = simulator.client.get(simulator.address, headers={"HX-Request": "true"})

    assert part.headers["Vary"] == "HX-Request"
    assert "<html" not in part.get_data(as_text=True)
    assert 'id="rehearsal"' in part.get_data(as_text=True)


def age(folder: Path, seconds: float) -> None:
    os.utime(folder / "begun", (seconds, seconds))


def test_a_rehearsal_is_gone_after_a_day(app: Flask, simulator: Simulator, settings: Settings) -> None:

    folder = settings.instance_dir / "rehearsals" / simulator.address.rsplit("/", 1)[1]
    hourly = jobs.by_name("retention")
    assert hourly
    age(folder, clock.now().timestamp() - 86_000)
    jobs.run(hourly, clock.now())
    assert folder.exists()

    age(folder, clock.now().timestamp() - 86_400)
    jobs.run(hourly, clock.now())

    assert not folder.exists()
    assert simulator.client.get(simulator.address).status_code == 404


def test_the_oldest_rehearsal_makes_room(simulator: Simulator, settings: Settings) -> None:
    folder = settings.instance_dir / "rehearsals"
    for number in range(45):
        (folder / f"{number:032x}").mkdir()
        (folder / f"{number:032x}" / "begun").touch()
        age(folder / f"{number:032x}", 2e9 + number)

    Simulator(simulator.client)

    left = {path.name for path in folder.iterdir()}
    assert len(left) == 40
    assert f"{44:032x}" in left
    assert f"{5:032x}" not in left


def test_production_can_rehearse_and_still_takes_no_text_from_its_own_simulator(
    app: Flask, content: None, settings: Settings
) -> None:
    house = create_app(replace(settings, env="production", sms_provider="twilio"))
    house.extensions["clock"] = clock.clock()
    browser = factories.browser_of(house, factories.a_user("moderator"))
    db.connection().execute(sa.update(StaffSession).values(proven=BOTH))  # a password alone opens nothing there
    db.db.session.commit()
    one = Simulator(browser)

    assert bubbles(one.say("GH1"))[1].startswith("Gadens Stemme.")
    assert one.client.post("/sms/console", data={"id": "1", "from": "+4500000001", "text": "GH1"}).status_code == 404
    with house.app_context():
        db.db.engine.dispose()
