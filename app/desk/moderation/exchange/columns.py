"""Statements as rows of a table: the columns, what each means, and the words behind its values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.core import table_cells
from app.desk.moderation.exchange.about import About
from app.desk.moderation.exchange.statements import Statement
from app.publication import tree

CHANNELS = {"sms": "SMS", "web": "Web", "kiosk": "Tablet", "paper": "Papir"}
RATINGS = {1: "meget dårligt", 2: "dårligt", 3: "midt imellem", 4: "godt", 5: "meget godt"}
ROUNDS = {"first": "første", "agreed": "aftalt"}
YES_NO = {0: "nej", 1: "ja"}
_BREAK = " / "
Cell = str | int | None


@dataclass(frozen=True)
class Column:
    """One column. `width`: characters of a text in SPSS; none is a whole number."""

    name: str
    label: str
    width: int | None = None
    values: Mapping[str, str] | Mapping[int, str] | None = None
    is_ordinal: bool = False


def of(about: About) -> tuple[Column, ...]:
    """All columns of an export; those of codes are 0 or 1, `t_ADG_AAB` for ADG.AAB."""
    codes = (Column(variable(line.key), f"Tema: {line.name_da}", values=YES_NO) for line in about.lines)
    return (
        Column("id", "Udsagnets tilfældige navn i denne fil", 12),
        Column("voice", "Stemmens tilfældige navn i denne fil: ens for udsagn fra samme svar", 12),
        Column("quarter", "Kvartal", 8),
        Column("kind", "Slags sted", 24, _kinds()),
        Column("region", "Region", 8, tree.region_names()),
        Column("site", "Sted, kun hvor mindst 50 svarede i halvåret", 8),
        Column("channel", "Kanal", 8, CHANNELS),
        Column("language", "Sprog", 3),
        Column("rating", "Hvordan var det her?", None, RATINGS, is_ordinal=True),
        Column("round", "Den kodning, der tæller", 6, ROUNDS),
        Column("type", "Slags udsagn", 8, about.types),
        *codes,
        Column("no_theme", "Læst, intet tema passer", values=YES_NO),
        Column("text", "Udsagnet, masket", 8000),
        Column("translation", "Oversat af et menneske, masket", 8000),
    )


def row(one: Statement, about: About) -> list[Cell]:
    """The cells of a statement, in the order of the columns: no formula, and no cell of two lines."""
    where = one.where
    head = (one.id, one.voice, where.quarter, where.kind, where.region, where.site, where.channel, one.language)
    codes = [int(line.key in one.keys) for line in about.lines]
    said = [*map(table_cells.written, head), one.rating, one.round, one.type, *codes, int(one.has_no_theme)]
    return [*said, *(table_cells.written(_one_line(text)) for text in (one.text, one.translation))]


def variable(key: str) -> str:
    """A code's key as a name that every statistics program takes."""
    return f"t_{key.replace('.', '_')}"


def words(one: Statement, about: About) -> dict[str, str]:
    """What is said of a statement, in words; what is not told is left out."""
    said = {
        "Sted": one.where.site or _kinds().get(one.where.kind, ""),
        "Region": tree.region_names().get(one.where.region, ""),
        "Kvartal": one.where.quarter,
        "Kanal": CHANNELS.get(one.where.channel, ""),
        "Sprog": one.language,
        "Hvordan var det her": f"{one.rating} af 5" if one.rating else "",
        "Slags": about.types.get(one.type, ""),
        "Temaer": "; ".join(about.name(line.key) for line in about.lines if line.key in one.keys),
    }
    return {name: value for name, value in said.items() if value}


def kit_codes(one: Statement, about: About) -> list[tuple[str, str]]:
    """(theme, sub-code) in English, as the IFRC's data sheet takes them; a theme alone has an empty code."""
    names = {line.key: line.name_en or line.name_da for line in about.lines}
    subs = [line for line in about.lines if line.parent_key and line.key in one.keys]
    covered = {line.parent_key for line in subs}
    alone = [line for line in about.lines if not line.parent_key and line.key in one.keys and line.key not in covered]
    return [
        *((names[line.parent_key or ""], names[line.key]) for line in subs),
        *((names[line.key], "") for line in alone),
    ]


def kit_rows(batch: Sequence[Statement], about: About) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Statements as the IFRC's data sheet is made of them."""
    return [(one.text, one.type, kit_codes(one, about)) for one in batch]


@cache
def _kinds() -> Mapping[str, str]:
    return tree.kind_names()


def _one_line(text: str) -> str:
    """SPSS ends a record at every line end, also inside quotes."""
    return _BREAK.join(line.strip() for line in text.splitlines() if line.strip())
