"""Modules are named for what is in them, open with a sentence, and stay short enough to read."""

import ast

import pytest

from tests.architecture import sources
from tests.architecture.sources import Source

SAY_NOTHING = frozenset(
    {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "handler", "handlers", "base_utils"}
)
LONGEST = 300
MAY_BE_LONGER = {"tests/architecture/test_access.py": "one table of who may open what, to be read as a whole"}
"""Files over LONGEST lines, each with the reason why two would be worse."""


def nameless(all_sources: tuple[Source, ...]) -> list[str]:
    """Modules whose name says nothing of what they hold."""
    return [s.path for s in all_sources if SAY_NOTHING & {p.removesuffix(".py") for p in s.path.split("/")}]


def vague_classes(all_sources: tuple[Source, ...]) -> list[str]:
    """Classes named Manager, Handler, Helper or Util."""
    endings = ("Manager", "Handler", "Helper", "Helpers", "Util", "Utils")
    return [
        f"{s.path}: {node.name}"
        for s in all_sources
        for node in ast.walk(s.tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(endings)
    ]


def wordless(all_sources: tuple[Source, ...]) -> list[str]:
    """Modules that do not open with a sentence."""
    return [s.path for s in all_sources if s.text.strip() and not (ast.get_docstring(s.tree) or "").strip()]


def too_long(all_sources: tuple[Source, ...]) -> list[str]:
    """Modules nobody reads in one go, and no reason given."""
    return [s.path for s in all_sources if s.text.count("\n") > LONGEST and s.path not in MAY_BE_LONGER]


OURS = ("app", "tests", "migrations")


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert nameless(sources.python(*OURS)) == []


def test_no_class_is_a_manager() -> None:
    assert vague_classes(sources.python("app")) == []


def test_every_module_opens_with_a_sentence() -> None:
    assert wordless(sources.python(*OURS)) == []


def test_no_module_is_longer_than_one_sitting() -> None:
    assert too_long(sources.python("app", "tests")) == []


def test_no_reason_for_a_long_file_outlives_it() -> None:
    length = {s.path: s.text.count("\n") for s in sources.python("app", "tests")}

    assert [path for path, reason in MAY_BE_LONGER.items() if length.get(path, 0) <= LONGEST or not reason] == []


@pytest.mark.parametrize("path", ["app/core/utils.py", "app/common/words.py", "app/surveys/manager.py"])
def test_a_name_that_says_nothing_is_named(path: str) -> None:
    assert nameless((sources.source(path, ""),)) == [path]


def test_a_manager_is_named() -> None:
    planted = sources.source("app/surveys/sites.py", "class SiteManager: ...")

    assert vague_classes((planted,)) == ["app/surveys/sites.py: SiteManager"]


def test_a_module_without_a_sentence_is_named() -> None:
    assert wordless((sources.source("app/a.py", "one = 1"), sources.source("app/b.py", '"""Two."""'))) == ["app/a.py"]


def test_a_file_too_long_is_named() -> None:
    assert too_long((sources.source("app/a.py", "x = 1\n" * 301), sources.source("app/b.py", "x = 1\n" * 300))) == [
        "app/a.py"
    ]
