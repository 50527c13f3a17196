"""A house of two sides: two processes with keys and database roles of their own, and a day in it."""

import base64
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import sqlalchemy as sa
from psycopg import sql

from app import create_app, jobs
from app.core import clock, config, db, health, roles
from app.desk.accounts import session
from app.desk.moderation.codebook import codes
from app.privacy import kiosk_boxes
from app.surveys import month_keys
from tests import content as demo_content
from tests import far
from tests.channels.kiosk.tablet import DAY, Tablet, made
from tests.channels.sms.carrier import Carrier
from tests.channels.web.test_journey import to_last_page
from tests.channels.web.visitor import Visitor
from tests.databases import Postgres
from tests.desk.accounts import factories
from tests.live import LiveServer
from tests.privacy import thief

WORDS = {
    "sms": "Porten er altid låst om morgenen",
    "web": "Flere senge om natten",
    "kiosk": "Suppen er kold om aftenen",
}


@dataclass(frozen=True)
class House:
    """Two sides that share a database, and nothing else."""

    citizen: dict[str, str]
    desk: dict[str, str]
    owner: str
    """The address of the database for its administrator."""

    @contextmanager
    def on(self, side: str) -> Iterator[None]:
        """Inside an application of one side, in this process, which leaves no connection behind."""
        app = create_app(config.load(self.citizen if side == "citizen" else self.desk))
        with app.app_context():
            yield
            db.db.session.remove()
            db.db.engine.dispose()


def build(server: Postgres, folder: Path) -> House:
    """Made as docs/running.md says: roles by an administrator, tables by the desk, which then grants."""
    name = f"two_sides_{os.getpid()}"
    server.execute(f"CREATE DATABASE {name}")
    owner = server.url(name)
    with psycopg.connect(owner.replace("+psycopg", ""), autocommit=True) as administrator:
        administrator.execute(sql.SQL(roles.SETUP.format(database=name)))
    secret = thief.key_pair()
    both = {"STEMME_ENV": "testing", "STEMME_RELEASE_BATCH": "1", "STEMME_SEALING_PUBLIC_KEY": secret.public}
    sides = {
        side: both
        | {
            "STEMME_SIDE": side,
            "STEMME_INSTANCE_DIR": str(folder / side),
            "STEMME_SECRET_KEY": base64.b64encode(os.urandom(32)).decode(),
            "STEMME_DATABASE_URL": owner.replace("stemme@", f"stemme_{side}@"),
        }
        for side in ("citizen", "desk")
    }
    sides["citizen"] |= {"STEMME_KIOSK_PRIVATE_KEY": base64.b64encode(bytes(31) + b"\x07").decode()}
    sides["desk"] |= {"STEMME_SEALING_PRIVATE_KEY": secret.private}
    made = House(sides["citizen"], sides["desk"], owner)
    _make_tables(made)
    return made


def _make_tables(house: House) -> None:
    with house.on("desk"):
        db.db.create_all()
        db.connection().execute(sa.text("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)"))
        newest = {"newest": health.newest_migration()}
        db.connection().execute(sa.text("INSERT INTO alembic_version VALUES (:newest)"), newest)
        roles.grant()
        db.db.session.commit()
        demo_content.put()
        month_keys.make_ahead(clock.now())
        codes.load()
        db.db.session.commit()


@dataclass(frozen=True)
class Lived:
    """What happened in the house while both of its processes ran."""

    replies: list[str]
    """Of the last text of each conversation."""
    code: str
    opened: list[str]
    """The pages of the desk on which a moderator reads the texts."""
    status_page: str
    deleted: int
    """Responses that a code took back."""
    taken: set[bytes] = field(repr=False)
    """Whatever could be a key on the citizens' side while its day keys lived."""
    elsewhere: dict[str, int]
    """Pages of the other side, asked of each process."""
    ready: dict[str, str]
    logs: str


def live(house: House, citizens: LiveServer, staff: LiveServer) -> Lived:
    replies = _texts(Carrier(citizens.url))
    visitor = to_last_page(Visitor(far.browser(citizens.url)))  # type: ignore[arg-type]
    code = visitor.press("send", **{"words-change": WORDS["web"], "code": "1"}).page.code
    assert _tablet(house, citizens.url).says(words={"change": WORDS["kiosk"]}, day=DAY).status_code == 201
    work(house, "desk", "batch")
    opened = _read_everything(house, staff.url)
    status_page = visitor.visit("/kvittering").press("", kode=code).page.text
    before = _responses(house)
    visitor.follow("Slet mit svar").press("delete")
    for public in ("/", "/resultater", "/resultater/spor", "/resultater/kort", "/resultater.atom", "/privatliv"):
        assert far.browser(citizens.url).get(public).status_code == 200, public
    return Lived(
        replies, code, opened, status_page, before - _responses(house),
        taken=thief.candidates(house.citizen, Path(house.citizen["STEMME_INSTANCE_DIR"])),
        elsewhere={path: far.browser(url).get(path).status_code for url, path in (
            (citizens.url, "/desk/login"), (citizens.url, "/desk/queue"), (staff.url, "/s/GH1"), (staff.url, "/kiosk"),
        )},
        ready={side: far.browser(one.url).get("/readyz").text for side, one in
               (("citizen", citizens), ("desk", staff))},
        logs=citizens.log.read_text("utf-8") + staff.log.read_text("utf-8"),
    )  # fmt: skip


def _texts(carrier: Carrier) -> list[str]:
    """One whole conversation, and one that is taken back."""
    for said in ("GH1", "4", "ja", WORDS["sms"]):
        carrier.text(said, sender="+4500123401")
    last = carrier.text("nej", sender="+4500123401")
    carrier.text("GH1", sender="+4500123402")
    return [last, carrier.text("SLET", sender="+4500123402")]


def _tablet(house: House, url: str) -> Tablet:
    with house.on("desk"):
        device, code = made("GH1", words_screen=True)
    with house.on("citizen"):
        key = kiosk_boxes.keys()[0]
    tablet = Tablet(far.browser(url), device, key.kid, key.point)  # type: ignore[arg-type]
    assert tablet.enrol(code).status_code == 303
    return tablet


def work(house: House, side: str, *names: str) -> list[str]:
    """Run the timed jobs of a side with its keys and its role; the names of those that ran."""
    with house.on(side):
        ran = [job for job in jobs.here() if not names or job.name in names]
        for job in ran:
            jobs.run(job, clock.now())
    return [job.name for job in ran]


def _read_everything(house: House, url: str) -> list[str]:
    """What stands on every text's page, for somebody who may read it."""
    with house.on("desk"):
        token, cookie = session.begin(factories.a_user("moderator"), clock.now()), session.cookie_name()
        db.db.session.commit()
    browser = far.browser(url)
    browser.set_cookie(cookie, token)
    texts = dict.fromkeys(re.findall(r"/desk/statements/[0-9a-f]{32}", browser.get("/desk/queue").text))
    return [browser.get(address).text for address in texts]


def _responses(house: House) -> int:
    with house.on("desk"):
        return int(db.connection().execute(sa.text("SELECT count(*) FROM response")).scalar_one())
