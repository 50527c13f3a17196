"""Everything anybody can see of the house at one moment, so that two moments can be compared byte by byte."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import scipy.stats
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import access, clock, db
from app.core.access import PUBLIC, ROLES
from app.desk.accounts.models import User
from app.desk.moderation import intake
from app.desk.moderation.dealing import dealing
from app.desk.moderation.dealing.trays import TRAYS
from app.desk.moderation.filters.facets import Facets
from app.surveys import batches, responses
from app.surveys.responses import Said, Setting
from tests.architecture import test_access
from tests.channels.kiosk.tablet import HEARTBEAT, Tablet
from tests.channels.sms.factories import text
from tests.channels.web.visitor import Visitor
from tests.desk.accounts import factories as accounts
from tests.requirements import IN_FULL

CHANGES_EACH_TIME = re.compile(r'(?:name="(?:form_token|token|t)" value="[^"]*"|value="[^"]*" name="form_token")')
OWN_DOING = re.compile(r"^stemme_(?:\w*age_seconds|desk_requests_total).*$", re.MULTILINE)
"""Figures that the clock moves, and those who look."""
NEW_EACH_TIME = frozenset({"/desk/factor"})
"""Offers another secret at each look."""
WATCHED = ROLES if IN_FULL else ("moderator", "staff")
SLIPPERY = frozenset({"Date", "Set-Cookie", "Content-Length"})
Seen = Mapping[str, tuple[int, str, str]]


@dataclass
class House:
    """Who looks: somebody of each role, staff of the place itself, its tablet, and whoever passes by."""

    app: Flask
    now: datetime
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tablet = Tablet.enrolled(self.app, words_screen=True)
        self.clients = {role: accounts.sign_in(self.app, role) for role in WATCHED}
        self.clients[PUBLIC] = accounts.Browser(self.app, self.app.response_class)
        self._beat()

    def seen(self, only: Collection[str] = ()) -> Seen:
        """What each of them gets everywhere, and what the tablet and a scraper are told; or `only` some of it."""
        return {name: _plain(ask()) for name, ask in self._looks() if not only or name in only}

    def _looks(self) -> Iterator[tuple[str, Callable[[], TestResponse]]]:
        for who, client in self.clients.items():
            for rule in self.app.url_map.iter_rules():
                is_open = "GET" in (rule.methods or ()) and who in access.declared(self.app, rule.endpoint)
                if is_open and rule.rule not in NEW_EACH_TIME and (IN_FULL or "<" not in rule.rule):
                    address = test_access.PLACE.sub(test_access.sample, rule.rule)
                    yield f"{who} {address}", partial(self._ask, client, address)
        yield "scraper /metrics", partial(self._ask, self.clients[PUBLIC], "/metrics")
        for address in ("/kiosk", "/kiosk/pack.json", "/kiosk/api/v1/ping"):
            yield f"tablet {address}", partial(self._ask, self.tablet.client, address)
        yield "tablet heartbeat", self._beat

    def _beat(self) -> TestResponse:
        return self.tablet.client.post("/kiosk/api/v1/heartbeat", json=HEARTBEAT)

    def _ask(self, client: FlaskClient, address: str) -> TestResponse:
        clock.clock().set(self.now)
        db.db.session.remove()
        return client.get(address)

    def somebody_answers(self, nth: int) -> None:
        """By tablet, on the web, by text, in turn."""
        (self._on_tablet, self._on_web, self._by_text)[nth % 3]()
        db.db.session.remove()

    def _on_tablet(self) -> None:
        assert self.tablet.says().status_code == 201

    def _on_web(self) -> None:
        visitor = Visitor(self.clients[PUBLIC]).visit("/s/GH1").press("start")
        visitor.press("next", answer="4").press("next", answer=["staff", "food"])
        visitor.press("next", answer="yes").press("next", answer="yes")
        visitor.press("send", **{"words-change": "Flere senge om natten"})

    def _by_text(self) -> None:
        sender = "+4500123456"
        for said in ("GH1", "4", "ja", "Flere senge om natten", "NEJ", "SLUT"):
            text(self.app, said, sender=sender)


def _plain(answer: TestResponse) -> tuple[int, str, str]:
    said = OWN_DOING.sub("", CHANGES_EACH_TIME.sub("", answer.get_data(as_text=True)))
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers if name not in SLIPPERY)
    return answer.status_code, headers, said


def moved(before: Seen, after: Seen) -> list[str]:
    """Where something else is to be seen now."""
    return [name for name, seen in after.items() if before[name] != seen]


def order_in_batches(reader: User, number: int, size: int = 5) -> float:
    """How likely so uneven a table of arrival against place in the queue is, if batches are shuffled: p of χ².

    A sum of permutations has (k-1)² degrees of freedom, and Pearson's figure is k/(k-1) times too large for it
    (Anderson 1959).
    """
    table = [[0] * size for _ in range(size)]
    _one_text()
    db.db.session.commit()  # the key of the month, and one that waits
    for _ in range(number):
        arrived = [_one_text() for _ in range(size)]
        assert batches.release(clock.now(), size=size) == size + 1
        intake.take_in()
        found = [bytes(row.answer_id) for row in dealing.texts(TRAYS[0], Facets(), reader, None)]
        order = [one for one in found if one in arrived]
        for place, answer_id in enumerate(order):
            table[arrived.index(answer_id)][place] += 1
        db.db.session.rollback()
    expected = number / size
    pearson = sum((seen - expected) ** 2 / expected for row in table for seen in row)
    return float(scipy.stats.chi2.sf(pearson * (size - 1) / size, (size - 1) ** 2))


def _one_text() -> bytes:
    setting = Setting(channel="web", lang="da", week="2026-W10", site_code="GH1", survey_id="five_tap", version=1)
    response_id = responses.begin(setting)
    responses.add(response_id, [Said(question="change", kind="words", words="Flere senge")], week="2026-W10")
    found = db.connection().exec_driver_sql("SELECT id, response_id FROM answer").all()
    return next(bytes(row.id) for row in found if bytes(row.response_id) == response_id)
