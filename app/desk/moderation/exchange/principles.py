"""The Council's ten principles: the number, the identifier and the wording of each (content/codebook.json)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.core.config import ROOT


@dataclass(frozen=True)
class Principle:
    """One of the ten."""

    number: int
    guid: str
    wording: str

    @property
    def name(self) -> str:
        """As it is called in other tools."""
        return f"Princip {self.number}: {self.wording}"


@cache
def all_() -> Mapping[int, Principle]:
    """Every principle by its number."""
    written = json.loads((ROOT / "content" / "codebook.json").read_text("utf-8"))["principles"]
    return {int(number): Principle(int(number), one["guid"].upper(), one["da"]) for number, one in written.items()}
