"""`stemme user`: what the operator does alone, and that it is written down."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from app.commands.people import user as command
from app.core import db
from app.core.errors import Refusal
from app.desk.accounts import audit, queries
from tests.desk.accounts import factories, telephones

Run = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("on_sqlite")


@pytest.fixture
def on_sqlite(database_kind: str) -> None:
    """A command leaves its connection to a server to the end of its process, and here that is the end of all tests."""
    if database_kind != "sqlite":
        pytest.skip("the same on both databases")


@pytest.fixture
def run(app: Flask, content: None, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`stemme user` on the database of the test, with a service for accounts elsewhere."""
    service = {"ISSUER": "https://elsewhere.example", "CLIENT_ID": "us", "CLIENT_SECRET": "a secret of two"}
    for name, value in (environ | {f"STEMME_OIDC_{name}": value for name, value in service.items()}).items():
        monkeypatch.setenv(name, value)
    return lambda *words: CliRunner().invoke(command, words)


def test_the_operator_does_alone_what_takes_two_at_the_desk(run: Run) -> None:
    telephones.with_telephone("moderator", "mona")
    for name in ("pia", "aksel"):
        factories.a_user("peer", name=name)
    done = [
        run("add", "sofie", "--role", "safeguarding"),
        run("role", "pia", "moderator", "--site", "GH1"),
        run("phone", "mona"),
        run("connect", "aksel", "0b1c2d"),
    ]
    listed = run("list").output.splitlines()
    acts = [row.act for row in queries.audit_page(actor=audit.OPERATOR, act=None, before=None, limit=9)]

    assert [one.exit_code for one in done] == [0, 0, 0, 0]
    assert {"pia  moderator  GH1  password", "aksel  peer  -  elsewhere", "mona  moderator  -  password"} <= set(listed)
    assert acts == ["user.connect", "user.phone", "user.reset", "user.role", "user.add"]
    assert "to be changed at the next sign-in" in done[1].output


@pytest.mark.parametrize("words", [("phone", "nobody"), ("role", "nobody", "peer"), ("connect", "pia", " ")])
def test_what_cannot_be_done_is_refused_in_a_sentence(run: Run, words: tuple[str, ...]) -> None:
    factories.a_user("peer", name="pia")
    db.db.session.rollback()

    assert isinstance(run(*words).exception, Refusal)
