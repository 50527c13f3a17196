"""Whole conversations, as scripts that can be read aloud, through the signed webhook on both databases."""

from pathlib import Path

import pytest
from flask import Flask

from tests.channels.sms.dialogues import Script

FOLDERS = (Path(__file__).parents[2] / "oracles" / "dialogues", Path(__file__).parent / "dialogues")
SCRIPTS = sorted(path for folder in FOLDERS for path in folder.glob("*.txt"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_goes_as_written(app: Flask, content: None, path: Path) -> None:
    Script(app, path).play()
