"""Limits without addresses: a network is held back, a house full of people is not, and nothing is written down."""

import re
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core import clock, db
from app.core.limits import ALL_RESPONSES, MOST_BUCKETS, POSTS, RESPONSES, Limit, Limits, network
from app.surveys import queries
from app.surveys.models import Response
from tests.channels.kiosk.tablet import RESPONSES as TABLETS
from tests.channels.kiosk.tablet import Tablet, answer
from tests.channels.web import factories
from tests.databases import Databases
from tests.mutants import web_mutants as wrong
from tests.privacy import forensics
from tests.requirements import IN_FULL

pytestmark = pytest.mark.one_database

HOUSE, OTHER = "192.0.2.77", "198.51.100.9"  # RFC 5737
WORDS = "Der er altid kø foran køkkenet"
Figure = Callable[[str], None]


def few(app: Flask, processes: int) -> None:
    """So many processes share the limits that one of them lets in very little. An hour of counting has just begun."""
    clock.clock().moved_by += 3600 - clock.clock().since_boot() % 3600
    app.extensions["limits"] = Limits(processes)


def post(app: Flask, address: str, *, to: str = "/s/GH1", **fields: str) -> TestResponse:
    return app.test_client().post(to, data=fields, environ_base={"REMOTE_ADDR": address}, headers={"Origin": "null"})


def token(page: str) -> str:
    return re.findall(r'name="t" value="([^"]+)"', page)[-1]


def last_page(app: Flask) -> str:
    """The token of a run whose questions are all skipped."""
    client = app.test_client()
    page = client.get("/s/GH1").text
    for act in ("start", "skip", "skip", "skip", "skip"):
        page = client.post("/s/GH1", data={"t": token(page), "act": act}, follow_redirects=True).text
    assert 'value="send"' in page
    return token(page)


# ── the buckets ─────────────────────────────────────────────────────────────────


def test_a_network_is_a_24_or_a_56() -> None:
    assert network("192.0.2.77") == network("192.0.2.1") != network("192.0.3.77")
    assert network("2001:db8:0:aa00::1") == network("2001:db8:0:aaff::2") != network("2001:db8:0:ab00::1")
    assert network("::ffff:192.0.2.1") == network("192.0.2.9")
    assert network("") == network("unix:/run/x") == b""


@pytest.mark.requirement("R19")
def test_two_thousand_posts_a_minute_are_limited_and_sixty_people_an_hour_are_not(figure: Figure) -> None:
    assert wrong.limit_complaints(wrong.per_post) == []
    figure("1,220 of 2,000 posts a minute got through, and all 1,200 of 60 people")


@pytest.mark.requirement("R19", mutants=True)
def test_a_limit_on_posts_where_one_on_responses_is_meant_is_caught() -> None:
    assert wrong.limit_complaints(wrong.as_many_posts_as_responses) != []


@pytest.mark.requirement("R19")
@pytest.mark.skipif(not IN_FULL, reason="the same by the bucket itself, in the test before")
def test_two_thousand_posts_over_the_line_are_limited(app: Flask, figure: Figure) -> None:
    few(app, processes=1)
    statuses = Counter(post(app, HOUSE, to="/findes-ikke", t="x").status_code for _ in range(2000))

    assert set(statuses) == {404, 429}
    assert 1200 <= statuses[404] <= 1300
    assert post(app, OTHER, to="/findes-ikke").status_code == 404
    figure(f"{statuses[429]} of 2,000 posts refused over the line")


def test_processes_share_what_may_come_in() -> None:
    let_in = [Limits(4).wait(RESPONSES, HOUSE, 0.0) for _ in range(1)]
    quarter = Limits(4)

    assert let_in == [0.0]
    assert sum(quarter.wait(RESPONSES, HOUSE, 0.0) == 0 for _ in range(120)) == 30


def test_a_bucket_fills_up_again_and_says_when() -> None:
    limits = Limits(1)
    for _ in range(120):
        limits.wait(RESPONSES, HOUSE, 0.0)

    assert limits.wait(RESPONSES, HOUSE, 0.0) == pytest.approx(30)
    assert limits.wait(RESPONSES, OTHER, 0.0) == 0
    assert limits.wait(RESPONSES, HOUSE, 30.0) == 0


def test_the_buckets_in_memory_are_bounded_and_begin_anew_each_hour() -> None:
    limits = Limits(1)
    for number in range(MOST_BUCKETS + 10):
        limits.wait(POSTS, f"2001:db8:{number:x}::", 0.0)
    names = set(limits._buckets)
    limits.wait(POSTS, HOUSE, 3600.0)

    assert len(names) == MOST_BUCKETS
    assert len(limits._buckets) == 1
    assert not names & set(limits._buckets)


def test_no_bucket_is_named_so_that_an_address_could_be_looked_up() -> None:
    one, other = Limits(1), Limits(1)
    for limits in (one, other):
        limits.wait(POSTS, HOUSE, 0.0)

    assert not set(one._buckets) & set(other._buckets)


# ── what people meet ────────────────────────────────────────────────────────────


def test_a_form_that_comes_too_early_comes_back_whole_with_the_time_to_wait(app: Flask, content: None) -> None:
    few(app, processes=1200)
    post(app, HOUSE, act="next", t="x")
    refused = post(app, HOUSE, act="send", t="x", **{"words-change": f"{WORDS}\n<b>"})

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "3600")
    assert f'<input type="hidden" name="words-change" value="{WORDS}\n&lt;b&gt;">' in refused.text
    assert '<input type="hidden" name="act" value="send">' in refused.text
    assert '<form method="post" action="/s/GH1"' in refused.text
    assert post(app, OTHER, act="next", t="x").status_code == 422


def test_a_page_that_is_none_gives_no_form_to_send_elsewhere(app: Flask) -> None:
    few(app, processes=1200)
    for _ in range(2):
        refused = post(app, HOUSE, to="//ond.example/x", t="x")

    assert refused.status_code == 429
    assert "<form" not in refused.text


def test_pages_are_read_however_many_were_sent(app: Flask, content: None) -> None:
    few(app, processes=1200)
    for _ in range(3):
        post(app, HOUSE, act="next", t="x")

    assert app.test_client().get("/s/GH1", environ_base={"REMOTE_ADDR": HOUSE}).status_code == 200


def test_more_answers_than_a_house_gives_wait_with_their_words_and_are_taken_later(app: Flask, content: None) -> None:
    first, second = last_page(app), last_page(app)
    few(app, processes=120)
    sent = {"act": "send", "words-change": WORDS}

    taken = post(app, HOUSE, t=first, **sent)
    refused = post(app, HOUSE, t=second, **sent)
    clock.clock().moved_by += 3600
    later = post(app, HOUSE, t=second, **sent)

    assert [taken.status_code, refused.status_code, later.status_code] == [303, 429, 303]
    assert WORDS in refused.text
    assert len(factories.stored()) == 2


def test_pressing_send_twice_costs_one_answer(app: Flask, content: None) -> None:
    run = last_page(app)
    few(app, processes=120)

    assert [post(app, HOUSE, t=run, act="send").status_code for _ in range(3)] == [303, 303, 303]


def test_a_tablet_keeps_what_comes_too_early(app: Flask, content: None) -> None:
    tablet = Tablet.enrolled(app)
    keys = [str(uuid.uuid4()) for _ in range(2)]
    boxes = [tablet.seal(answer(), key) for key in keys]
    few(app, processes=120)

    first, second = (tablet.send(box, key) for box, key in zip(boxes, keys, strict=True))

    assert (first.status_code, second.status_code, second.data) == (201, 429, b"")
    assert int(second.headers["Retry-After"]) > 0
    clock.clock().moved_by += 3600
    assert tablet.send(boxes[1], keys[1]).status_code == 201


def test_on_a_tablet_without_script_the_page_that_waits_closes_by_itself(app: Flask, content: None) -> None:
    tablet = Tablet.enrolled(app)
    few(app, processes=1200)
    for _ in range(2):
        refused = tablet.press(tablet.page("/kiosk"), "start")

    assert refused.status_code == 429
    assert re.search(r'http-equiv="refresh" content="180;url=/kiosk\?over=[^"]{20}', refused.text)


def test_above_what_everybody_writes_answers_are_held(app: Flask, content: None) -> None:
    runs = ((HOUSE, last_page(app)), (OTHER, last_page(app)))
    few(app, processes=ALL_RESPONSES.most)
    for address, run in runs:
        post(app, address, t=run, act="send")

    assert sorted(str(one.is_held) for one in db.db.session.query(Response)) == ["None", "True"]
    assert queries.count_waiting(only_due=False) == 1


# ── what is left ────────────────────────────────────────────────────────────────


@pytest.fixture
def look(databases: Databases, tmp_path: Path) -> Callable[[dict[str, bytes]], list[str]]:
    """Looks through everything that is written."""
    folders = [tmp_path, databases.server.folder if databases.server else databases.folder]
    return lambda needles: forensics.found(folders, needles)


@pytest.mark.requirement("R19")
@pytest.mark.parametrize("is_wrong", [False, pytest.param(True, marks=pytest.mark.requirement("R19", mutants=True))])
def test_nothing_on_disk_names_an_address(
    app: Flask, content: None, look: Callable[[dict[str, bytes]], list[str]], figure: Figure, *, is_wrong: bool
) -> None:
    if is_wrong and not db.is_sqlite():
        pytest.skip("PostgreSQL lets the citizens' side write no such row")
    if is_wrong:
        wrong.addresses_in_a_table(app)
    address = "203.0.113.187"  # RFC 5737
    run = last_page(app)
    answers = [post(app, address, t=run, act="send"), post(app, address, t="x", to="/findes-ikke"),
               app.test_client().post(TABLETS, json={}, environ_base={"REMOTE_ADDR": address})]  # fmt: skip

    raw = network(address)
    found = look(
        {"address": address.encode(), "network": b"203.0.113.", "hex": raw.hex().encode(), "bytes": raw + b"\xbb"}
    )

    assert [one.status_code for one in answers] == [303, 404, 401]
    assert (found != []) is is_wrong
    assert look({"the place": b"GH1"}) != []
    figure("0 hits of 4 spellings of an address")


def test_limits_are_named_apart() -> None:
    limits = Limits(1)
    small = Limit("small", 1)
    limits.wait(small, HOUSE, 0.0)

    assert limits.wait(small, HOUSE, 0.0) > 0
    assert limits.wait(Limit("other", 1), HOUSE, 0.0) == 0
