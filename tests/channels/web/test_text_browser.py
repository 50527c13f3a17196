"""How lynx reads the citizens' pages, against stored readings: tests/channels/web/lynx, a file a language.

`LYNX=write` stores them anew; read what changed before you commit it.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.channels.web import album

STORED = Path(__file__).parent / "lynx"
PAGES = (
    "front", "unknown code, wrong", "start", "five taps 1", "five taps 2", "pick 0, wrong", "rank 1", "scale 0",
    "number 0", "last page", "too many words, wrong", "thanks without a code", "receipt", "unknown receipt, wrong",
    "answered", "delete", "deleted", "help of a place", "promise", "accessibility", "error 404",
)  # fmt: skip
MANY = re.compile(r"x{60,}[\sx]*")
"""Words that were too long."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(os.environ.get("SKIP_BROWSER") == "1", reason="SKIP_BROWSER=1: no page was read by lynx"),
]


def read(html: str) -> str:
    """The page as a text browser shows it, its links left out."""
    found = shutil.which("lynx")
    if found is None:
        pytest.fail("lynx is not installed: apt-get install lynx (or SKIP_BROWSER=1)")
    command = [found, "-dump", "-nolist", "-stdin", "-width=80", "-force_html"]
    command += ["-assume_charset=utf-8", "-display_charset=utf-8"]
    environ = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": "/nonexistent"}
    done = subprocess.run(command, input=html.encode(), capture_output=True, env=environ, timeout=30, check=True)
    shown = MANY.sub("x … x\n", done.stdout.decode())
    return "\n".join(line.rstrip() for line in shown.strip().splitlines()) + "\n"


def reading(lang: str) -> str:
    """Every page, under its name."""
    return "\n".join(f"=== {name}\n\n{read(album.of(lang)[name].html)}" for name in PAGES)


@pytest.mark.parametrize("lang", ["da", "ar"])
def test_lynx_reads_what_it_read_before(lang: str) -> None:
    stored = STORED / f"{lang}.txt"
    if os.environ.get("LYNX") == "write":
        stored.write_text(reading(lang), "utf-8")

    assert reading(lang) == stored.read_text("utf-8")


def test_every_question_can_be_read_and_answered() -> None:
    for kind in album.ANSWERS:
        page = album.of("da")[f"{kind} 0"]
        shown = read(page.html)
        fields = re.findall(r"\( \)|\(\*\)|\[ \]|_{5,}", shown)

        assert page.h1 in " ".join(shown.split()), kind
        assert fields, kind
        assert "Næste" in shown
        assert "Spring over" in shown


def test_a_table_of_results_keeps_its_rows_together() -> None:
    shown = read(album.of("da")["table"].html)

    assert re.search(r"Godt \(4–5\) \d+ af \d+ \d+ % \(\d+–\d+\)", " ".join(shown.split()))


def test_a_question_without_its_boxes_is_found() -> None:
    spoilt = album.of("da")["smiley_5 0"].html.replace('<input type="radio"', "<span").replace("Næste", "")

    assert not re.findall(r"\( \)|\(\*\)", read(spoilt))
