"""What is in the repository is about the product: no folder of somebody's machine, no mirror, no secret."""

import re

import pytest

from app.core.config import ROOT
from tests.architecture import sources

TEXT = (".py", ".md", ".toml", ".txt", ".json", ".html", ".xml", ".css", ".js", ".po", ".cfg", ".ini", ".conf", ".mako")
TEXT_NAMES = frozenset({"Makefile", "LICENSE", "run", "test", ".gitignore", ".gitattributes"})

# Written with a class of one letter, so that this file does not find itself.
PATTERNS = {
    "a home folder": r"(?<![\w.])/hom[e]/\w+|(?<![\w.])/roo[t]/|/User[s]/\w+|C:\\+User[s]",
    "a folder of one machine": r"(?<![\w.])/wor[k]/|(?<![\w.])/workspac[e]s?\b|(?<![\w.])/mn[t]/\w+",
    "a registry or mirror": r"inde[x]-url|extra-inde[x]|registr[y]\.\w+|files\.pythonhosted|artifactor[y]|nexu[s]\.",
    "a private key": r"BEGIN (?:\w+ )?PRIVAT[E] KEY",
    "a credential": r"\b(?:gh[p]_|github_pa[t]_|AKI[A]|xox[b]-)\w{8,}",
}


def traces(text: str) -> list[str]:
    """What a text tells of the machine it was written on."""
    return [kind for kind, pattern in PATTERNS.items() if re.search(pattern, text)]


def test_no_file_tells_of_the_machine_it_was_written_on() -> None:
    found = {}
    for path in sources.files():
        if path.suffix in TEXT or path.name in TEXT_NAMES:
            told = traces((ROOT / path).read_text("utf-8", errors="replace"))
            if told:
                found[str(path)] = told

    assert found == {}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("open('/hom" + "e/anna/stemme')", "a home folder"),
        ("cd /roo" + "t/stemme", "a home folder"),
        ("see /wor" + "k/main", "a folder of one machine"),
        ("--inde" + "x-url https://mirror.example/simple", "a registry or mirror"),
        ("-----BEGIN PRIVAT" + "E KEY-----", "a private key"),
        ("token = 'gh" + "p_0123456789abcdef'", "a credential"),
    ],
)
def test_a_trace_is_named(text: str, kind: str) -> None:
    assert traces(text) == [kind]


def test_an_address_of_ours_is_no_trace() -> None:
    assert traces("/desk/work/1, app/home/page.py, https://stemme.example/roots/") == []
