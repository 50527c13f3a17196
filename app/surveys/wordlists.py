"""Reads the lists and other data of the content folder, whose place is named here for the surveys and SMS."""

import tomllib
from pathlib import Path
from typing import Any

from app.core.config import ROOT

CONTENT = ROOT / "content"


def load(name: str, content: Path = CONTENT) -> dict[str, Any]:
    """One list as written. A list that cannot be read is a fault of the installation and is left to raise."""
    return tomllib.loads((content / name).read_text(encoding="utf-8"))
