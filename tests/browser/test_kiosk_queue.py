"""Answers wait sealed on the tablet until the server has them, and each arrives once, whatever happens between."""

import base64
import json
import os
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from flask import Flask
from playwright.sync_api import Browser, Route, expect

from app.core import db
from app.privacy import kiosk_boxes
from app.surveys import kiosks
from app.surveys.models import Site
from tests.browser import tablets
from tests.browser.tablets import LATER, RESPONSES, Tablet
from tests.live import LiveServer

OpenTablet = Callable[..., Tablet]
SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
MANY = int(os.environ.get("KIOSK_QUEUE", "60"))
KILLS = int(os.environ.get("KIOSK_KILLS", "8"))
PUT = (
    f"""records => new Promise((done, fail) => {{
  {tablets.OPENED}
"""
    + """
  asked.onsuccess = () => {
    const tx = asked.result.transaction('q', 'readwrite'), q = tx.objectStore('q');
    for (const {key, ...record} of records) q.put(record, key);
    tx.oncomplete = () => { asked.result.close(); done(); };
    tx.onabort = () => fail(tx.error);
  };
})"""
)
IS_WAITING = "async () => !!(await navigator.serviceWorker.getRegistration('/kiosk')).waiting"


@pytest.fixture
def server(app: Flask, content: None, environ: dict[str, str], tmp_path: Path) -> Iterator[LiveServer]:
    """The real server, as a process that can be killed and started again at the same address."""
    found = LiveServer(environ, tmp_path).start()
    yield found
    found.kill()


def taken_and_lost(route: Route) -> None:
    """The server has it; its answer never comes."""
    route.fetch()
    route.abort()


def ready(one: Tablet) -> Tablet:
    """With its worker in charge, so that it can live without net."""
    one.page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    one.until(lambda: one.page.evaluate("() => !!navigator.serviceWorker.controller"))
    return one


def sealed(device: str) -> dict[str, object]:
    """A record as the tablet keeps it, sealed by the other library."""
    key, kiosk_key = str(uuid.uuid4()), kiosk_boxes.keys()[0]
    said = {
        "v": 1, "survey": "five_tap", "version": 1, "lang": "da", "helped": "none", "completion": "full", "day": 20000,
        "answers": {"today": "4"}, "words": {}, "quote_ok": False, "receipt": None, "burst": False, "test": False,
    }  # fmt: skip
    content = json.dumps(said).encode()
    plain = (len(content).to_bytes(4, "big") + content).ljust(512, b"\0")
    info = f"gs-kiosk-1|{kiosk_key.kid}|{device}|{key}".encode()
    box = SUITE.encrypt(plain, kiosk_key.private.public_key(), info=info)
    return {"key": key, "kid": kiosk_key.kid, "day": 20000, "box": base64.b64encode(box).decode()}


def test_without_server_answers_wait_through_reload_and_restart(
    chromium: Browser, server: LiveServer, tmp_path: Path
) -> None:
    device, token = tablets.device()
    name = device.id.hex()
    with tablets.on_disk(chromium, server.url, tmp_path / "profile") as context:
        context.add_cookies([tablets.cookie(server.url, token)])
        one = ready(tablets.opened(context, name).open())
        server.kill()
        one.run("Flere senge", code=True)
        assert len(one.queue()["q"]) == 1
        one.open()
        one.hurry()
        before = set(one.queue()["q"])
    with tablets.on_disk(chromium, server.url, tmp_path / "profile") as context:
        one = tablets.opened(context, name).open()
        assert set(one.queue()["q"]) == before
        assert tablets.stored() == []
        server.start()
        one.let_pass(LATER)
        one.until_sent()

    assert len(tablets.stored()) == len(before) == 2


def test_a_browser_killed_at_any_step_loses_and_doubles_nothing(tablet: OpenTablet) -> None:
    one = tablet()
    context, thanked = one.page.context, 0
    for round_ in range(KILLS):
        step = round_ % 4
        if step == 0:
            one.page.route(RESPONSES, lambda route: route.abort())
        if step == 2:
            one.page.route(RESPONSES, taken_and_lost)
        if step == 3:
            one.page.route(RESPONSES, lambda route: route.fulfill(response=route.fetch()))
        if step == 1:
            one.begin()
            one.press(".skip")
        else:
            one.hurry()
            thanked += 1
        one.page.close()
        one = tablets.opened(context, one.device).open()
    one.let_pass(LATER)
    one.until_sent()

    assert len(tablets.stored()) == thanked


def test_a_lost_acknowledgement_is_one_answer(tablet: OpenTablet) -> None:
    one = tablet()
    lost: list[int] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    one.page.route(RESPONSES, lose, times=1)
    one.hurry()
    one.until(lambda: lost == [201])
    assert len(one.queue()["q"]) == 1
    one.let_pass(LATER)
    one.until_sent()

    assert len(tablets.stored()) == 1


def test_two_tabs_send_each_answer_once(tablet: OpenTablet) -> None:
    one = tablet()
    with_net = one.page.context
    with_net.set_offline(True)
    for _ in range(3):
        one.hurry()
        one.press(".thanks .next")
    other = tablets.opened(with_net, one.device)
    with_net.set_offline(False)
    sent: list[str] = []
    with_net.on("request", lambda request: sent.extend(re.findall("responses", request.url)))
    other.open()
    one.let_pass(LATER)
    other.let_pass(LATER)
    one.until_sent()

    assert len(tablets.stored()) == len(sent) == 3


def test_a_full_tablet_says_so_and_thanks_nobody(tablet: OpenTablet) -> None:
    one = tablet()
    one.page.context.set_offline(True)
    one.page.evaluate(PUT, [{"key": str(uuid.uuid4()), "kid": "x", "day": 20000, "box": ""} for _ in range(2000)])
    one.begin()
    for _ in range(5):
        one.press(".skip")
    one.press(".almost .next")

    expect(one.page.locator("h1")).to_have_text("Vi kunne ikke gemme dit svar.")
    expect(one.page.locator(".mid")).to_contain_text("Sig det til en, der arbejder her.")
    assert len(one.queue()["q"]) == 2000


def test_a_wrong_clock_gives_the_right_week(tablet: OpenTablet) -> None:
    one = tablet(is_open=False)
    one.page.clock.set_system_time("2031-05-05T12:00:00")
    one.open()
    one.hurry()
    one.until_sent()

    assert [response.week for response in tablets.stored()] == ["2026-W10"]


def test_the_heartbeat_tells_a_class_and_no_count(tablet: OpenTablet) -> None:
    one = tablet()
    one.page.route(RESPONSES, lambda route: route.abort())
    seen = []
    for count in (4, 5):
        extra = [{"key": str(uuid.uuid4()), "kid": "x", "day": 20000, "box": ""} for _ in range(4 if count == 4 else 1)]
        one.page.evaluate(PUT, extra)
        one.until_heartbeat()
        device = kiosks.by_id(one.device)
        assert device is not None
        db.db.session.refresh(device)
        seen.append((device.queue, device.is_persisted is not None, device.oldest_days is not None))
        db.db.session.rollback()

    assert seen == [("0-4", True, True), ("5+", True, True)]


def test_a_new_version_waits_for_the_start_screen(tablet: OpenTablet) -> None:
    one = ready(tablet())
    one.begin()
    site = db.db.session.get(Site, "GH1")
    assert site is not None
    site.name = "Ankeret igen"
    db.db.session.commit()
    one.wait(50)
    one.page.click(".skip")
    one.until_heartbeat()
    one.until(lambda: one.page.evaluate(IS_WAITING))
    expect(one.page.locator("main.ask")).to_be_visible()
    one.press(".back")
    one.press(".back")
    one.press(".back")
    one.wait(2)

    expect(one.page.locator("h1")).to_have_text("Fortæl os om Ankeret igen")


def test_a_long_queue_is_drained_and_each_answer_stored_once(tablet: OpenTablet) -> None:
    one = tablet()
    for start in range(0, MANY, 2000):
        one.page.evaluate(PUT, [sealed(one.device) for _ in range(min(2000, MANY - start))])
        one.let_pass(LATER)
        one.until(lambda: one.queue()["q"] == [], seconds=3600)

    assert len(tablets.stored()) == MANY
    assert one.queue()["aside"] == []
