"""Each wrong gateway turns the script red that it names; the same scripts are green with the right one."""

import pytest
from flask import Flask

from tests.channels.sms.dialogues import Script
from tests.channels.sms.test_dialogues import SCRIPTS
from tests.mutants.sms_mutants import MUTANTS

PATHS = {path.stem: path for path in SCRIPTS}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_script_notices(app: Flask, content: None, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    mutant = MUTANTS[name]
    mutant.does(monkeypatch)

    with pytest.raises(AssertionError, match=mutant.script):
        Script(app, PATHS[mutant.script]).play()
