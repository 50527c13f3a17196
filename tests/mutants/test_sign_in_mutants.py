"""Each wrong way to let people in is caught by the proof that ours stands."""

import pytest
from flask import Flask

from tests.mutants.sign_in_mutants import WRONG, Proof, Put

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("content")]
CASES = [
    pytest.param(put, proof, id=put.__name__, marks=pytest.mark.requirement(name, mutants=True))
    for name, put, proof in WRONG
]


@pytest.mark.parametrize(("put", "proof"), CASES)
def test_the_proof_complains(app: Flask, monkeypatch: pytest.MonkeyPatch, put: Put, proof: Proof) -> None:
    put(monkeypatch)

    assert not proof(app)
