"""Wrong ways to seal words and to log: the proofs of R5 and R12 must notice each of them."""

import pytest
from flask import Flask

from tests.mutants import sides_mutants
from tests.mutants.sides_mutants import Patch
from tests.privacy import sealed_boxes, silence


@pytest.mark.requirement("R5", mutants=True)
@pytest.mark.parametrize("mutant", sides_mutants.SEALING, ids=lambda one: one.__name__)
def test_a_wrong_way_to_seal_is_noticed(app: Flask, mutant: Patch, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant(monkeypatch)

    assert list(sealed_boxes.faults())


@pytest.mark.requirement("R12", mutants=True)
@pytest.mark.parametrize("mutant", sides_mutants.LOGGING, ids=lambda one: one.__name__)
def test_a_log_that_says_too_much_is_noticed(
    app: Flask, content: None, mutant: Patch, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutant(monkeypatch)

    assert silence.broken(app)
