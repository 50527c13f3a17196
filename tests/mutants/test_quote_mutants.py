"""No words get out against the rules, by form, by command line or by hand; each wrong desk lets some."""

from collections.abc import Callable

import pytest

from app.core import db
from app.publication.quotes import Source
from tests.mutants.quote_mutants import MUTANTS, OF_SQLITE
from tests.publication import quote_attempts
from tests.publication.test_quotes import AGAINST_THE_RULES, FREE, VERBATIM, printed, source

__all__ = ["printed", "source"]


@pytest.mark.requirement("R17")
def test_no_words_get_out_against_the_rules(printed: None, source: Source, figure: Callable[[str], None]) -> None:
    tried = len(quote_attempts.ATTEMPTS), len(AGAINST_THE_RULES)
    figure(f"0 of {tried[0]} attempts at the desk and {tried[1]} by SQL let a quote out")

    assert quote_attempts.let_through(source, VERBATIM, FREE, AGAINST_THE_RULES) == []


@pytest.mark.requirement("R17", mutants=True)
@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_desk_lets_words_out(printed: None, source: Source, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name in OF_SQLITE and not db.is_sqlite():
        pytest.skip("a switch of SQLite")
    make_wrong, expected = MUTANTS[name]
    make_wrong(monkeypatch)

    assert any(expected in found for found in quote_attempts.let_through(source, VERBATIM, FREE, AGAINST_THE_RULES))
