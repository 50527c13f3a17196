"""The twenty requirements of docs/privacy.md: which tests prove each, with which figure. `make prove` prints the table.

A test belongs to a requirement by `@pytest.mark.requirement("R1")`, a test of wrong versions that must be caught by
`@pytest.mark.requirement("R1", mutants=True)`. It tells what it counted through the fixture `figure`.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from _pytest.terminal import TerminalReporter

IN_FULL = os.environ.get("PROVE") == "full"
"""Whether the proofs are run in the size the requirement names, and not in the small form of every change."""

REQUIREMENTS = {
    "R1": "Zero trace",
    "R2": "Dead key",
    "R3": "No order",
    "R4": "Nothing lost or doubled",
    "R5": "Sealed, two sides",
    "R6": "Publication attacker",
    "R7": "Every way out alike",
    "R8": "Matrix and wall",
    "R9": "Batch",
    "R10": "Webhook",
    "R11": "Provider copies",
    "R12": "Logs",
    "R13": "Storage posture",
    "R14": "Kiosk leaves nothing",
    "R15": "Retention and restore",
    "R16": "Receipts",
    "R17": "Quotes",
    "R18": "Sign-in and audit",
    "R19": "Web",
    "R20": "Masking",
}
Figure = Callable[[str], None]
OUTCOMES = ("passed", "failed", "error", "xfailed", "skipped")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "one_database: the database plays no part; on both in full only")
    config.addinivalue_line("markers", "requirement(name, mutants=False): proves a requirement of docs/privacy.md")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Note the requirement where a report carries it, also from another process."""
    for item in items:
        for mark in item.iter_markers("requirement"):
            (name,) = mark.args
            if name not in REQUIREMENTS:
                raise pytest.UsageError(f"{item.nodeid}: there is no requirement {name}")
            item.user_properties.append(("mutants" if mark.kwargs.get("mutants") else "proof", name))


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """figure("0 hits of 8,000 searches") says what this test counted."""

    def told(text: str) -> None:
        request.node.user_properties.append(("figure", text))

    return told


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    if not config.getoption("--table"):
        return
    terminalreporter.section("The twenty requirements")
    for line in table(terminalreporter.stats):
        terminalreporter.write_line(line)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--table", action="store_true", help="print one line for each requirement of docs/privacy.md")


def table(stats: dict[str, list[pytest.TestReport]]) -> Iterator[str]:
    """One line for each requirement: whether it holds, how many tests and caught mutants say so, and their figures."""
    reports = [(outcome, report) for outcome in OUTCOMES for report in stats.get(outcome, ())]
    for name, title in REQUIREMENTS.items():
        own = [(outcome, report) for outcome, report in reports if name in _named(report)]
        counted = Counter(outcome for outcome, _ in own)
        is_held = bool(counted["passed"]) and not (counted["failed"] or counted["error"] or counted["xfailed"])
        mutants = sum(1 for _, report in own if ("mutants", name) in report.user_properties)
        figures = dict.fromkeys(str(text) for _, one in own for kind, text in one.user_properties if kind == "figure")
        told = ", ".join(f"{count} {outcome}" for outcome, count in counted.items()) or "nothing"
        verdict = "holds" if is_held else "FAILS"
        yield f"{name:>3} {title:<24} {verdict}  {told}, {mutants} of mutants; " + "; ".join(figures)


def _named(report: pytest.TestReport) -> set[object]:
    return {value for kind, value in report.user_properties if kind in ("proof", "mutants")}
