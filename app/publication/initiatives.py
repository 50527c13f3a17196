"""The initiatives of the dignity reform that findings and proposals may name (content/initiatives.toml)."""

import tomllib
from collections.abc import Mapping
from functools import cache

from app.core.config import ROOT


@cache
def names() -> Mapping[str, str]:
    """Key and name of each, as the Council writes them."""
    document = tomllib.loads((ROOT / "content" / "initiatives.toml").read_text("utf-8"))
    return {entry["key"]: entry["name"] for entry in document["initiatives"]}
