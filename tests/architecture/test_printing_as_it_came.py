"""Text is printed escaped: a template may print as it came only what we wrote, and each such place stands here."""

import re

import pytest

from app.core.config import ROOT

TEMPLATES = ROOT / "app" / "templates"
LITERAL = re.compile(r"""('[^']*'|"[^"]*")\s*\|\s*safe""")
SAFE = re.compile(r"[\w.()]+\s*\|\s*safe\b|autoescape|Markup\(")
OURS = {
    "web/_layout.html": ["css|safe"],  # the sheet of static/citizen.css
    "print/_layout.html": ["style|safe"],  # the sheet of static/print.css
}


def printed_as_it_came(template: str) -> list[str]:
    """Every place where a value goes out unescaped; words of the template itself do not count."""
    return SAFE.findall(LITERAL.sub("", template))


@pytest.mark.requirement("R19")
def test_no_template_prints_a_value_as_it_came() -> None:
    found = {file.relative_to(TEMPLATES).as_posix(): printed_as_it_came(file.read_text("utf-8"))
             for file in sorted(TEMPLATES.rglob("*")) if file.is_file()}  # fmt: skip

    assert len(found) > 100
    assert {name: places for name, places in found.items() if places} == OURS


@pytest.mark.parametrize(
    "careless", ["{{ text|safe }}", "{{ name | safe }}", "{% autoescape false %}", "{{ said()|safe }}"]
)
def test_a_template_that_prints_a_value_as_it_came_is_found(careless: str) -> None:
    assert printed_as_it_came(careless) != []
