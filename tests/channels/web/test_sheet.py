"""The citizens' sheet uses only what old engines know, or what they may do without."""

import re
from collections.abc import Iterator

import pytest

from app.core.headers import CITIZEN_CSS

KNOWN = """
background background-color border border-bottom border-collapse border-color border-left border-left-color
border-left-width border-radius border-right border-right-width border-top border-width bottom box-shadow
box-sizing color content cursor display fill float font font-family font-size font-weight height left line-height
list-style margin margin-bottom margin-left margin-right margin-top max-width min-height min-width outline
outline-offset overflow-wrap overflow-x padding padding-bottom padding-left padding-right padding-top
page-break-inside position print-color-adjust right table-layout text-align text-decoration top transform
vertical-align white-space width word-break word-wrap
-webkit-box-shadow -webkit-box-sizing -webkit-print-color-adjust -webkit-text-size-adjust -webkit-transform
"""
SELECTORS = frozenset({":hover", ":focus", ":checked", ":before"})
DECLARATION = re.compile(r"([-\w]+)\s*:\s*([^;{}]+)")
BLOCK = re.compile(r"([^{}]+)\{([^{}]*)\}")
NEVER = re.compile(r"var\(|calc\(|grid|flex|clamp\(|min\(|max\(|url\(|@import|-\d{3,}|inset|inline-(?:start|end)")
"""New to old engines, asked from elsewhere, or hidden far to the left: an Arabic page scrolled 18,342 px (§2.4)."""


def faults(sheet: str) -> Iterator[str]:
    """What an engine of ten years ago would stumble over."""
    for selector, block in BLOCK.findall(re.sub(r"@media[^{]*\{", "", sheet)):
        yield from (part for part in re.findall(r":[-\w()]+", selector) if part not in SELECTORS)
        yield from (name for name, _ in DECLARATION.findall(block) if name not in KNOWN.split())
        yield from NEVER.findall(block.replace("inset 0 0 0", ""))


def test_every_property_is_one_old_engines_know_or_need_not() -> None:
    assert list(faults(CITIZEN_CSS)) == []


def test_the_fonts_are_named_once_more_for_engines_that_do_not_know_system_ui() -> None:
    assert "font-family:sans-serif;font-family:system-ui" in CITIZEN_CSS


@pytest.mark.parametrize(
    "planted",
    [
        "p{--a:1px}", "p{color:var(--a)}", "main{display:grid}", "main{display:flex}", "p:is(.a){color:red}",
        "p{margin-inline-start:1px}", "p{left:-999em}", "p{background:url(//x.example/1.png)}", "a:has(b){top:0}",
        "p{width:calc(1px + 1em)}", "p{gap:1px}",
    ],
)  # fmt: skip
def test_what_is_too_new_is_found(planted: str) -> None:
    assert list(faults(planted))
