"""Each wrong masker is told from ours by what people really write."""

import pytest

from tests.mutants import masking_mutants
from tests.mutants.masking_mutants import MUTANTS


@pytest.mark.requirement("R20")
def test_our_masker_gives_no_reason_to_complain() -> None:
    assert list(masking_mutants.complaints()) == []


@pytest.mark.requirement("R20", mutants=True)
@pytest.mark.parametrize("name", MUTANTS)
def test_a_wrong_masker_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_wrong, begins = MUTANTS[name]
    make_wrong(monkeypatch)

    assert any(said.startswith(begins) for said in masking_mutants.complaints())
