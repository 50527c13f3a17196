"""`stemme roles`, and what the other commands do in a house of two sides."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.commands.dividing import roles
from app.commands.preparing import init
from app.commands.working import jobs
from app.core.errors import Refusal


def run(monkeypatch: pytest.MonkeyPatch, folder: Path, *command: object, **environ: str) -> Result:
    """A command with these settings."""
    for name, value in {"STEMME_INSTANCE_DIR": str(folder), **environ}.items():
        monkeypatch.setenv(name, value)
    chosen, *arguments = command
    return CliRunner().invoke(chosen, [str(one) for one in arguments])  # type: ignore[arg-type]


def test_an_administrator_is_told_what_to_say_about_this_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "postgresql+psycopg://somebody:secret@db.example/our-house"

    said = run(monkeypatch, tmp_path, roles, STEMME_DATABASE_URL=address).output

    assert 'ALTER DATABASE "our-house" OWNER TO stemme_desk;' in said
    assert "GRANT pg_checkpoint TO stemme_desk;" in said
    assert "secret" not in said


def test_sqlite_knows_no_roles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(run(monkeypatch, tmp_path, roles).exception, Refusal)


def test_the_citizens_side_makes_its_key_and_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, tmp_path, init, STEMME_ENV="testing", STEMME_SIDE="citizen")

    assert result.exit_code == 0, result.output
    assert [path for path in (tmp_path / "keys" / "day").iterdir() if path.name.isdecimal()]
    assert not (tmp_path / "stemme.sqlite3").exists()


@pytest.mark.parametrize(("side", "name"), [("desk", "day-keys"), ("desk", "sweep-provider"), ("citizen", "night")])
def test_a_job_of_the_other_side_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, side: str, name: str
) -> None:
    result = run(monkeypatch, tmp_path, jobs, "run", name, STEMME_ENV="testing", STEMME_SIDE=side)

    assert "what it needs is there" in str(result.exception)


def test_the_list_of_jobs_names_their_sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = run(monkeypatch, tmp_path, jobs, "list").output

    assert "day-keys (citizen): every 3600 s" in said
    assert "night (desk): daily at 03:30 in Copenhagen" in said
