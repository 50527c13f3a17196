"""What stands in each file of microdata: a closed list of columns, and the words behind every value.

A holds where and how it was, and what it was about. B and C hold less of where, and one thing about the person each:
no file holds two, and nothing in them joins a record of one to a record of another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.publication import themes, tree

FILES = ("A", "B", "C")
COUNTRY, ANY = "dk", "any"
"""Where a group was too small to be told apart."""
NO_ANSWER = "9"
THEME = "t_"
"""What the columns of themes begin with."""
_YES_NO = {"0": "nej", "1": "ja"}
_RATING = {"1": "dårligt (1-2)", "2": "midt imellem (3)", "3": "godt (4-5)"}
_AGREEING = {"1": "ja", "2": "nogenlunde", "3": "nej"}
_AGES = {"1": "under 30", "2": "30-39", "3": "40-49", "4": "50 og over"}
_REGIONS = ("hoved", "sjael", "ost", "midt", "syd", "nord")
_KINDS = {"street_house": "Gadens Hus", "mobile_unit": "Mobil enhed", "consumption_room": "Stofindtagelsesrum"}
_LANGUAGES = {
    "da": "dansk", "en": "engelsk", "kl": "grønlandsk", "pl": "polsk", "ro": "rumænsk", "ar": "arabisk", "fa": "farsi",
    "so": "somali", "other": "andet sprog",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column. `values` are all it may hold beside `missing`; the running number alone has none."""

    name: str
    da: str
    en: str
    type: str = "integer"
    """id, text or integer."""
    width: int = 1
    """Characters in SPSS."""
    values: Mapping[str, str]
    missing: str = ""
    table: str = ""
    """The published table whose figures it breaks down."""
    note: str = ""
    is_ordinal: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """Everything that may stand in it."""
        return (*self.values, self.missing) if self.missing else tuple(self.values)


def of(file: str, half: str, codes: Sequence[str], region_codes: Sequence[str]) -> tuple[Column, ...]:
    """The columns of file A, B or C of a half-year, with these main themes and regions."""
    head = (_NUMBER, _half(half))
    if file == "A":
        return (*head, _region(region_codes), _kind(), _RATED, _SAFE, _RESPECT, *map(_theme, codes), _WORDS)
    return (*head, _kind(), _RATED, {"B": _AGE, "C": _LANGUAGE}[file])


def regions(year: int) -> tuple[str, ...]:
    """The regions of a year as the files name them, from east to north."""
    there = {code.removeprefix("R-") for code in tree.regions_of(year)}
    return tuple(one for one in _REGIONS if one in there)


def _half(half: str) -> Column:
    return Column(
        name="half", da="Halvår", en="Half-year", type="text", width=8, values={half: ""}, note="hele ISO-uger"
    )


def _region(codes: Sequence[str]) -> Column:
    names = tree.region_names()
    told = {code: names[f"R-{code}"].removeprefix("Region ") for code in codes} | {COUNTRY: "hele landet"}
    note = f"{COUNTRY} når gruppen ellers er under 20"
    return Column(name="region", da="Region", en="Region", type="text", width=8, values=told, note=note)


def _kind() -> Column:
    told = {kind: _KINDS.get(kind, name) for kind, name in tree.kind_names().items()} | {ANY: "alle"}
    note = f"{ANY} når gruppen ellers er under 20"
    return Column(name="kind", da="Slags sted", en="Kind of place", type="text", width=24, values=told, note=note)


def _theme(code: str) -> Column:
    return Column(
        name=f"{THEME}{code}",
        da=f"Tema: {themes.name(code, 'da')}",
        en=f"Theme: {themes.name(code, 'en')}",
        values=_YES_NO,
        table="T5",
        note="0 også når der ingen ord er",
    )


def _answer(name: str, da: str, en: str, values: Mapping[str, str], table: str) -> Column:
    return Column(name=name, da=da, en=en, values=values, missing=NO_ANSWER, table=table, is_ordinal=True)


_NUMBER = Column(
    name="record", da="Løbenummer i denne fil", en="Record number in this file", type="id", width=8, values={},
    note="nyt i hver udtrækning",
)  # fmt: skip
_RATED = _answer("rating", "Hvordan var det her?", "How was it here?", _RATING, "T2")
_SAFE = _answer("safe", "Følte du dig tryg?", "Did you feel safe?", _AGREEING, "T3")
_RESPECT = _answer("respect", "Blev du mødt med respekt?", "Were you treated with respect?", _AGREEING, "T4")
_AGE = _answer("age", "Aldersgruppe", "Age band", _AGES, "T11-age")
_WORDS = Column(name="words", da="Skrev med egne ord", en="Wrote in own words", values=_YES_NO)
_LANGUAGE = Column(
    name="language", da="Sprog i svaret", en="Language of the answer", type="text", width=8, values=_LANGUAGES,
    table="T10",
)  # fmt: skip
