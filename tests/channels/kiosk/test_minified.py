"""The scripts that are sent are those of the sources; that they still work is for the browser to show."""

import runpy

import pytest

from app.channels.kiosk import files
from app.core.config import ROOT

MINIFY = runpy.run_path(str(ROOT / "bin" / "minify"))


@pytest.mark.parametrize("name", ["app.js", "staff.js", "sw.js"])
def test_what_is_sent_is_what_the_sources_say(name: str) -> None:
    assert (files.FOLDER / "minified" / name).read_text("utf-8") == MINIFY["files"]()[name], "run `make minify`"


def test_a_name_is_the_same_short_one_in_both_parts() -> None:
    assert MINIFY["minified"]("const longest = 1;", "send(longest); send(own.longest);") == (
        ["const e=1", "send(e),send(own.longest)"]
    )


def test_texts_and_patterns_stay() -> None:
    assert MINIFY["minified"]("// why\nf('a  // b', /%(\\w+) \\/\\//g);") == ['f("a  // b",/%(\\w+) \\/\\//g)']
