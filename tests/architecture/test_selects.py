"""Only queries.py asks the database, and only the edge commits. Read from the syntax tree, not from the text."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture import sources
from tests.architecture.sources import Source

ASKING = frozenset({"select", "query"})
MAY_ASK = {
    "app/core/prepared.py": "the rows of a parameter, never of a table",
    "app/core/leases.py": "the one table of core, five lines beside its only reader",
}
MAY_COMMIT = {
    "app/demo/content.py": "plays several days, and a release begins with nothing open",
    "app/jobs.py": "an edge: a job is one transaction",
    "app/channels/sms/repair.py": "each text is one transaction, closed before the carrier is spoken with",
    "app/channels/sms/sweep.py": "the mark is moved before anything is deleted",
    "app/privacy/starting.py": "an edge: a process begins",
    "app/core/leases.py": "a lease is worth something only when other workers see it",
    "app/core/db.py": "the driver's own commit, where the writer's turn ends",
    "app/desk/track/releases/previewing.py": "how far the guard has come is worth knowing only while it thinks",
    "app/rehearsal/sandbox.py": "furnishes a database that nobody else has",
    "app/privacy/night.py": "VACUUM and TRUNCATE begin with nothing open",
}
EDGES = ("views.py", "_views.py")
"""Views commit, once and last; so do the commands."""


def calls(source: Source) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last part of its name: `sa.select(...)` is a select."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            yield str(getattr(node.func, "attr", None) or getattr(node.func, "id", "")), node


def asks(source: Source) -> bool:
    return any(name in ASKING for name, _ in calls(source))


def commits(source: Source) -> bool:
    return any(name == "commit" for name, _ in calls(source))


def is_queries(source: Source) -> bool:
    return source.path.endswith("queries.py")


def is_edge(source: Source) -> bool:
    return source.path.endswith(EDGES) or source.path.startswith("app/commands/")


def who_should_not_ask(all_sources: tuple[Source, ...]) -> list[str]:
    return [s.path for s in all_sources if asks(s) and not is_queries(s) and s.path not in MAY_ASK]


def who_should_not_commit(all_sources: tuple[Source, ...]) -> list[str]:
    return [s.path for s in all_sources if commits(s) and not is_edge(s) and s.path not in MAY_COMMIT]


def test_only_queries_select() -> None:
    assert who_should_not_ask(sources.python("app")) == []


def test_only_the_edge_commits() -> None:
    assert who_should_not_commit(sources.python("app")) == []


def test_no_exception_outlives_its_reason() -> None:
    by_path = {source.path: source for source in sources.python("app")}

    assert [path for path in MAY_ASK if not asks(by_path[path])] == []
    assert [path for path in MAY_COMMIT if not commits(by_path[path])] == []


@pytest.mark.parametrize("line", ["select(Site)", "sa.select(Site)", "db.session.query(Site)"])
def test_a_select_outside_queries_is_named(line: str) -> None:
    planted = sources.source("app/surveys/sites.py", f"found = {line}")

    assert who_should_not_ask((planted,)) == ["app/surveys/sites.py"]


@pytest.mark.parametrize("line", ["db.session.commit()", "db.db.session.commit()", "connection.commit()"])
def test_a_commit_in_an_activity_is_named(line: str) -> None:
    planted = sources.source("app/surveys/responses.py", line)

    assert who_should_not_commit((planted,)) == ["app/surveys/responses.py"]


def test_the_word_alone_is_no_select() -> None:
    planted = sources.source("app/surveys/sites.py", '"""select(Site) is for queries."""\n# db.session.commit()')

    assert who_should_not_ask((planted,)) == who_should_not_commit((planted,)) == []
