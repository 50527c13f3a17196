"""What the documents say is there: links lead somewhere, commands, settings and files exist, the glossary is whole."""

import importlib
import re
from collections.abc import Iterator

import click
import pytest

from app.cli import COMMANDS
from app.core import config
from app.core.config import ROOT
from tests.architecture import sources
from tests.architecture.sources import Source

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"`(?:\.venv/bin/)?stemme ([a-z-]+)(?: ([a-z-]+))?")
SETTING = re.compile(r"\bSTEMME_(\w+)")
PATH = re.compile(r"`((?:app|tests|content|docs|bin|migrations|translations)/[\w./-]+)`")
REFERENCE = re.compile(r'(docs/[\w/-]+\.md)(?:, "([^"]+)")?')
BARE = re.compile(r"(?<![\w/.-])[\w-]+\.md\b")
AT_THE_TOP = frozenset({"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"})
GLOSSARY = (
    "Site", "Stop", "Survey", "Question", "Response", "Answer", "Channel", "Session", "Provider", "Statement", "Theme",
    "Codebook", "Tagging", "Quote", "Finding", "Proposal", "Decision", "Release", "Suppression", "Receipt", "Refusal",
)  # fmt: skip
PAGES = tuple(path.as_posix() for path in sources.files() if path.suffix == ".md" and path.parts[0] not in ("tests",))


def page(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def anchors(text: str) -> set[str]:
    """The headings of a page, as links name them."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text)}


def dead_links(path: str, text: str) -> Iterator[str]:
    """Links of a page that lead to no file or to no heading."""
    for link in LINK.findall(FENCE.sub("", text)):
        target, _, anchor = link.partition("#")
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        file = (ROOT / path).parent / target if target else ROOT / path
        if not file.exists() or (anchor and anchor not in anchors(file.read_text("utf-8"))):
            yield link


def commands() -> set[str]:
    """Every command as one types it: `jobs run`, and `serve` where there is nothing below."""
    found = set()
    for name, (module, _) in COMMANDS.items():
        command = getattr(importlib.import_module(f"app.commands.{module}"), name)
        found |= {f"{name} {sub}" for sub in command.commands} if isinstance(command, click.Group) else {name}
    return found


def unknown_commands(text: str) -> set[str]:
    """Commands a page names that do not exist."""
    known = commands()
    groups = {command.split()[0] for command in known}
    named = {" ".join(filter(None, pair)) for pair in COMMAND.findall(text)}
    return {one for one in named if one not in known | groups and one.split()[0] not in known}


def unknown_settings(text: str) -> set[str]:
    """Settings a page names that do not exist."""
    return {name for name in SETTING.findall(text) if name not in config.NAMES and not name.startswith("_")}


def missing_paths(text: str) -> set[str]:
    """Files and folders of ours a page names that are not there."""
    return {path for path in PATH.findall(text) if not (ROOT / path).exists()}


@pytest.mark.parametrize("path", PAGES)
def test_every_link_leads_somewhere(path: str) -> None:
    assert list(dead_links(path, page(path))) == []


@pytest.mark.parametrize("path", PAGES)
def test_every_command_setting_and_file_that_is_named_exists(path: str) -> None:
    text = page(path)

    assert unknown_commands(text) | unknown_settings(text) | missing_paths(text) == set()


def test_every_command_is_on_the_page_for_operators() -> None:
    text = page("docs/running.md")

    assert {command for command in commands() if f"`stemme {command}`" not in text} == set()


def test_the_readme_opens_with_what_it_is_and_names_both_commands() -> None:
    text = page("README.md")

    assert re.findall(r"^make (\w+)", text, re.MULTILINE) == ["run", "test"]
    assert text.index("make run") < text.index("## Send a first text") < text.index("## Where to read next")


def test_make_knows_every_target_the_documents_name() -> None:
    targets = set(re.findall(r"^([\w-]+):", page("Makefile"), re.MULTILINE))
    named = {
        target for path in PAGES for target in re.findall(r"(?:^|`|PORT=\d+ )make (\w+)", page(path), re.MULTILINE)
    }

    assert named - targets == set()


def test_every_test_the_documents_name_is_there() -> None:
    named = {name for path in PAGES for name in re.findall(r"`(tests/[\w/]+\.py)`", page(path))}

    assert {name for name in named if not (ROOT / name).exists()} == set()
    assert "tests/faults/test_torture.py" in named


def test_the_readme_leads_to_every_page() -> None:
    text = page("README.md") + page("docs/running.md") + page("docs/privacy.md")

    assert {path for path in PAGES if path.startswith("docs/") and path.count("/") == 1 and path not in text} == set()


def test_every_decision_says_context_choice_and_price_on_one_page() -> None:
    for path in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        text = path.read_text("utf-8")
        assert re.match(r"00\d\d-[a-z0-9-]+\.md", path.name), path.name
        assert all(f"**{part}.**" in text for part in ("Context", "Choice", "Price")), path.name
        assert text.count("\n") <= 60, path.name


def test_the_glossary_has_every_word_we_use() -> None:
    words = set(re.findall(r"^\| (\w+(?: \w+)?) \|", page("docs/glossary.md"), re.MULTILINE))

    assert set(GLOSSARY) - words == set()


def lost_references(source: Source) -> Iterator[str]:
    """Pages and headings a module refers to that are not in docs/."""
    for path, heading in REFERENCE.findall(source.text):
        headings = HEADING.findall(page(path)) if (ROOT / path).exists() else None
        if headings is None or (heading and heading not in headings):
            yield f"{source.path}: {path} {heading}".strip()
    yield from (f"{source.path}: {name}" for name in BARE.findall(source.text) if name not in AT_THE_TOP)


def test_code_refers_to_pages_and_headings_that_exist() -> None:
    assert [lost for source in sources.python("app", "migrations") for lost in lost_references(source)] == []


def test_a_reference_to_a_page_that_is_not_there_is_named() -> None:
    planted = '"""As docs/sms.md, "What a text is", docs/sms.md, "Nothing", and plan.md §4 say; see README.md."""'

    assert list(lost_references(sources.source("app/a.py", planted))) == [
        "app/a.py: docs/sms.md Nothing",
        "app/a.py: plan.md",
    ]


def test_a_dead_link_is_named() -> None:
    text = "# One\n[a](nowhere.md) [b](#two) [c](glossary.md#nothing) [d](https://stemme.example)"

    assert list(dead_links("docs/running.md", text)) == ["nowhere.md", "#two", "glossary.md#nothing"]


def test_what_does_not_exist_is_named() -> None:
    text = "`stemme dance`, `stemme jobs jump`, `stemme serve`, STEMME_SPEED, `app/core/nowhere.py`, `app/core/db.py`"

    assert unknown_commands(text) == {"dance", "jobs jump"}
    assert unknown_settings(text) == {"SPEED"}
    assert missing_paths(text) == {"app/core/nowhere.py"}
