"""R5: two real processes with keys and database roles of their own. Who takes the citizens' side opens no word."""

import base64
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from psycopg import sql

from app import create_app, jobs
from app.core import clock, config, db, health, leases, roles
from app.desk.accounts import session
from app.desk.moderation.codebook import codes
from app.privacy import kiosk_boxes, queries
from app.surveys import versions
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
from tests.requirements import IN_FULL

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


@pytest.fixture(scope="module")
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> House:
    """Made as docs/running.md says: roles by an administrator, tables by the desk, which then grants."""
    if request.config.getoption("--db") == "sqlite" or os.environ.get("SKIP_POSTGRES") == "1":
        pytest.skip("SQLite knows no roles")
    server: Postgres = request.getfixturevalue("postgres")
    name = f"two_sides_{os.getpid()}"
    server.execute(f"CREATE DATABASE {name}")
    owner = server.url(name)
    with psycopg.connect(owner.replace("+psycopg", ""), autocommit=True) as administrator:
        administrator.execute(sql.SQL(roles.SETUP.format(database=name)))
    folder = tmp_path_factory.mktemp("house")
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


@pytest.fixture(scope="module")
def lived(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """People answer by text, page and tablet; a moderator reads; somebody looks at the answer and takes it back."""
    folder = tmp_path_factory.mktemp("logs")
    versions.forget()
    citizens, staff = LiveServer(house.citizen, folder), LiveServer(house.desk, folder)
    try:
        citizens.start()
        staff.start()
        yield _live(house, citizens, staff)
    finally:
        citizens.stop()
        staff.stop()
        versions.forget()


def _live(house: House, citizens: LiveServer, staff: LiveServer) -> Lived:
    replies = _texts(Carrier(citizens.url))
    visitor = to_last_page(Visitor(far.browser(citizens.url)))  # type: ignore[arg-type]
    code = visitor.press("send", **{"words-change": WORDS["web"], "code": "1"}).page.code
    assert _tablet(house, citizens.url).says(words={"change": WORDS["kiosk"]}, day=DAY).status_code == 201
    _work(house, "desk", "batch")
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


def _work(house: House, side: str, *names: str) -> list[str]:
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


@pytest.mark.requirement("R5")
def test_people_are_heard_and_read_with_two_processes_keys_and_roles(lived: Lived) -> None:
    assert "Tak" in lived.replies[0]
    assert all(any(words in page for page in lived.opened) for words in WORDS.values()), len(lived.opened)
    assert "Ingen har læst det endnu." in lived.status_page
    assert lived.deleted == 1


@pytest.mark.requirement("R5")
def test_no_process_shows_a_page_of_the_other_side(lived: Lived) -> None:
    assert set(lived.elsewhere.values()) == {404}


def test_both_processes_are_ready(lived: Lived) -> None:
    assert lived.ready == {"citizen": "ready\n", "desk": "ready\n"}


@pytest.mark.requirement("R5")
def test_no_process_wanted_to_speak_with_anybody_else(lived: Lived) -> None:
    assert "refused" not in lived.logs
    assert '"event": "fault"' not in lived.logs


IN_A_PROCESS = frozenset({"tallies", "answering"})
"""Jobs that start a process of ours, which takes seconds to load the solver."""


@pytest.mark.requirement("R12")
def test_two_processes_write_only_the_files_of_the_list(house: House, lived: Lived) -> None:
    citizens, staff = (_files(Path(one["STEMME_INSTANCE_DIR"])) for one in (house.citizen, house.desk))

    assert "counts" in citizens
    assert all(re.fullmatch(r"counts|kiosk-tries|keys/day/(\d+|\.lock)", path) for path in citizens)
    assert staff <= {"counts", "night.json"}


def _files(folder: Path) -> set[str]:
    """Every file of a side, but those a house of the tests makes for itself."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != "demo.keys")
    return {path.relative_to(folder).as_posix() for path in found}


@pytest.mark.requirement("R5")
@pytest.mark.parametrize("side", ["citizen", "desk"])
def test_each_side_does_its_jobs_with_its_own_role(
    house: House, lived: Lived, side: str, monkeypatch: pytest.MonkeyPatch, figure: Callable[[str], None]
) -> None:
    for name, value in (house.citizen if side == "citizen" else house.desk).items():
        monkeypatch.setenv(name, value)
    own = {job.name for job in jobs.JOBS if job.side == side and (IN_FULL or job.name not in IN_A_PROCESS)}

    ran = _work(house, side, *own)

    figure(f"{len(ran)} timed jobs done by the {side} side")
    assert set(ran) == own
    assert own >= {"citizen": {"sweep-provider", "day-keys"}, "desk": {"batch", "retention", "night"}}[side]


@pytest.mark.requirement("R5")
def test_only_the_side_with_the_day_keys_ends_conversations(house: House, lived: Lived) -> None:
    day_keys = jobs.by_name("day-keys")
    assert day_keys
    _work(house, "desk", "retention")

    with house.on("citizen"):
        assert queries.count_seen() > 0
        jobs.run(day_keys, clock.now() + timedelta(days=3))
        assert queries.count_seen() == 0


@pytest.mark.requirement("R5")
def test_all_keys_of_the_citizens_side_open_nothing_in_the_whole_database(
    house: House, lived: Lived, figure: Callable[[str], None]
) -> None:
    engine = sa.create_engine(house.owner)

    with engine.connect() as everything:
        opened = thief.opened(everything, lived.taken)
        with_the_desks = thief.opened(everything, thief.candidates(house.desk))
    engine.dispose()

    figure(f"{len(opened)} texts opened with {len(lived.taken)} keys made from all secrets of the citizens' side")
    assert opened == set()
    assert {WORDS["sms"], WORDS["kiosk"]} <= with_the_desks


@pytest.mark.requirement("R5", mutants=True)
def test_the_private_key_in_both_environments_would_open_everything(house: House, lived: Lived) -> None:
    both = house.citizen | {"STEMME_SEALING_PRIVATE_KEY": house.desk["STEMME_SEALING_PRIVATE_KEY"]}

    with sa.create_engine(house.owner, poolclass=sa.NullPool).connect() as everything:
        assert thief.opened(everything, thief.candidates(both))
    assert "must not be known to the citizen side" in str(config.production_faults(config.load(both)))


@pytest.mark.requirement("R5")
def test_the_citizens_role_can_do_what_is_listed_and_no_more(house: House, figure: Callable[[str], None]) -> None:
    with house.on("citizen"):
        who = db.connection().execute(sa.text("SELECT current_user")).scalar_one()
        found = list(roles.faults("citizen"))
    with house.on("desk"):
        of_desk = list(roles.faults("desk"))

    figure(f"{len(roles.GRANTS)} of {len(db.Model.metadata.tables)} tables granted, as really held")
    assert who == roles.CITIZEN
    assert (found, of_desk) == ([], [])


@pytest.mark.requirement("R5")
def test_the_database_refuses_the_citizens_side_every_other_table(house: House, figure: Callable[[str], None]) -> None:
    closed = sorted(set(db.Model.metadata.tables) - set(roles.GRANTS))
    with house.on("citizen"):
        refused = [table for table in closed if not _may(f'SELECT 1 FROM "{table}" LIMIT 1')]
        unread = [column for column in ("sealed", "value", "*") if not _may(f"SELECT {column} FROM answer LIMIT 1")]

    figure(f"{len(refused)} of {len(closed)} other tables refused")
    assert refused == closed
    assert {"user", "audit", "statement", "tagging", "text_item"} <= set(refused)
    assert unread == ["sealed", "value", "*"]


@pytest.mark.requirement("R5")
def test_the_citizens_side_cannot_keep_the_night_from_coming(house: House, lived: Lived) -> None:
    for_ever = "UPDATE job_lease SET holder = 'thief', until = 1e12"
    with house.on("desk"):
        leases.take("night", "desk", 0.0)
    with house.on("citizen"):
        taken = (
            db.connection().execute(sa.text(f"{for_ever} WHERE name NOT IN ('day-keys', 'sweep-provider')")).rowcount
        )
        db.db.session.rollback()

        assert taken == 0
        assert not _may("INSERT INTO job_lease (name, holder, until, ran_at) VALUES ('tallies', 'thief', 1e12, 0)")
    assert set(roles.JOBS) == {job.name for job in jobs.JOBS if job.side == "citizen"}


@pytest.mark.requirement("R5", mutants=True)
@pytest.mark.parametrize(
    ("mistake", "undone", "told"),
    [
        ('GRANT SELECT ON "user" TO {who}', 'REVOKE ALL ON "user" FROM {who}', "may SELECT user"),
        ("GRANT SELECT (sealed) ON answer TO {who}", "REVOKE ALL ON answer FROM {who}", "may SELECT answer.sealed"),
        ("GRANT UPDATE ON release TO PUBLIC", "REVOKE UPDATE ON release FROM PUBLIC", "may UPDATE release"),
        ("GRANT stemme_desk TO {who}", "REVOKE stemme_desk FROM {who}", "may act as stemme_desk"),
        ("ALTER ROLE {who} CREATEROLE", "ALTER ROLE {who} NOCREATEROLE", "may change roles"),
        ("GRANT CREATE ON SCHEMA public TO {who}", "REVOKE CREATE ON SCHEMA public FROM {who}", "may make tables"),
        (
            "ALTER TABLE job_lease DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE job_lease ENABLE ROW LEVEL SECURITY",
            "may hold the lease of every job",
        ),
        ("REVOKE INSERT ON receipt FROM {who}", "GRANT INSERT ON receipt TO {who}", "may not INSERT receipt"),
    ],
)
def test_a_right_too_many_or_too_few_is_named(house: House, mistake: str, undone: str, told: str) -> None:
    with house.on("citizen"):
        with psycopg.connect(house.owner.replace("+psycopg", ""), autocommit=True) as administrator:
            administrator.execute(mistake.format(who=roles.CITIZEN))
            found = list(roles.faults("citizen"))
            administrator.execute(undone.format(who=roles.CITIZEN))
        db.db.session.rollback()
        with house.on("desk"):
            roles.grant()
            db.db.session.commit()

    assert [one for one in found if told in one]


def _may(statement: str) -> bool:
    try:
        db.connection().execute(sa.text(statement))
    except sa.exc.ProgrammingError as error:
        return not isinstance(error.orig, psycopg.errors.InsufficientPrivilege)
    finally:
        db.db.session.rollback()
    return True
