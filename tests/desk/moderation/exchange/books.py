"""Codebooks of tests, as values: no database is needed to write or read a file."""

from functools import cache
from pathlib import Path

from app.core.config import ROOT
from app.desk.moderation.codebook.lines import Line
from app.desk.moderation.codebook.standing import Standing
from app.desk.moderation.exchange import codebook_json, plan
from app.desk.moderation.exchange.said import Said

ORACLES = Path(__file__).resolve().parents[3] / "oracles"
HOSTILE = ("=1+1", "+45", "-2", "@a", "\ttab", "\rcr", "＝1+1", "＋45", "－2", "＠a", "'=1", " =1", "''-2")


@cache
def shipped() -> Standing:
    """The codebook that ships with the product."""
    return plan.of(codebook_json.read((ROOT / "content" / "codebook.json").read_bytes()), Standing(), 1).standing


def lines() -> list[Line]:
    """Its themes and sub-codes."""
    return shipped().in_order()


def changed(key: str, **values: object) -> Standing:
    """The shipped codebook with one code written otherwise."""
    line = shipped().by_key(key)
    assert line is not None
    return shipped().with_line(line.with_(**values))


def held(said: tuple[Said, ...], standing: Standing | None = None) -> plan.Plan:
    """What reading these in would do to the shipped codebook, or to another."""
    return plan.of(said, standing or shipped(), 2)
