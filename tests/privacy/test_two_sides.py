"""R5: two real processes with keys and database roles of their own. Who takes the citizens' side opens no word."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from app import jobs
from app.core import clock, config, db, leases, roles, weeks
from app.privacy import queries
from app.surveys import versions
from tests.live import LiveServer
from tests.privacy import citizens_may, thief, two_sides
from tests.privacy.two_sides import WORDS, House, Lived, work
from tests.requirements import IN_FULL, Figure


@pytest.fixture(scope="module")
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> House:
    if request.config.getoption("--db") == "sqlite" or os.environ.get("SKIP_POSTGRES") == "1":
        pytest.skip("SQLite knows no roles")
    return two_sides.build(request.getfixturevalue("postgres"), tmp_path_factory.mktemp("house"))


@pytest.fixture(scope="module")
def lived(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """People answer by text, page and tablet; a moderator reads; somebody looks at the answer and takes it back."""
    folder = tmp_path_factory.mktemp("logs")
    versions.forget()
    citizens, staff = LiveServer(house.citizen, folder), LiveServer(house.desk, folder)
    try:
        citizens.start()
        staff.start()
        yield two_sides.live(house, citizens, staff)
    finally:
        citizens.stop()
        staff.stop()
        versions.forget()


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

    ran = work(house, side, *own)

    figure(f"{len(ran)} timed jobs done by the {side} side")
    assert set(ran) == own
    assert own >= {"citizen": {"sweep-provider", "day-keys"}, "desk": {"batch", "retention", "night"}}[side]


@pytest.mark.requirement("R5")
def test_only_the_side_with_the_day_keys_ends_conversations(house: House, lived: Lived) -> None:
    day_keys = jobs.by_name("day-keys")
    assert day_keys
    work(house, "desk", "retention")

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


HELD = sa.text(
    "SELECT table_name, privilege_type, column_name FROM information_schema.column_privileges WHERE grantee = :who "
    "UNION SELECT table_name, privilege_type, 'rows' FROM information_schema.table_privileges WHERE grantee = :who "
    "AND privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')"
)


@pytest.mark.requirement("R5")
def test_the_citizens_role_holds_what_was_written_out_by_hand_column_by_column(house: House, figure: Figure) -> None:
    with house.on("desk"):
        db.connection().execute(sa.text(f"GRANT ALL ON kiosk, answer TO {roles.CITIZEN}"))  # as an older version did
        roles.grant()
        held = {tuple(row) for row in db.connection().execute(HELD, {"who": roles.CITIZEN})}
        db.db.session.rollback()

    figure(f"{len(held)} rights on columns of the citizens' role, each on a list apart")
    assert held == citizens_may.rights()


@pytest.mark.requirement("R5")
@pytest.mark.parametrize(
    ("column", "said", "may"),
    [("is_released", "true", False), ("is_due", "true", False), ("counted_month", "'2026-03'", False),
     ("is_in_sample", "false", False), ("is_held", "true", True)],
)  # fmt: skip
def test_the_citizens_side_puts_in_only_responses_that_wait(house: House, column: str, said: str, may: bool) -> None:
    new = {"id": f"'{'x' * 16}'::bytea", "channel": "'web'", "lang": "'da'", "week": "'2026-W10'", "helped": "'none'"}
    new |= dict.fromkeys(("quote_ok", "is_test", "is_due", "is_released"), "false") | {"nights_left": "0", column: said}

    with house.on("citizen"):
        assert _may(f"INSERT INTO response ({', '.join(new)}) VALUES ({', '.join(new.values())})") is may


@pytest.mark.requirement("R5")
def test_the_citizens_side_leaves_no_key_of_its_own_behind_for_a_month_to_come(house: House) -> None:
    with house.on("citizen"):
        for month in ("2031-01", weeks.month_of_week(weeks.week_of(clock.today()))):
            assert not _may(f"INSERT INTO seal_month VALUES ('{month}', '{'x' * 32}', '{'x' * 80}')")


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
        ("DROP POLICY new_response ON response", "SELECT 1", "may put in a response that has left its batch"),
        ("GRANT UPDATE (pin) ON kiosk TO {who}", "REVOKE UPDATE (pin) ON kiosk FROM {who}", "may UPDATE kiosk.pin"),
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
