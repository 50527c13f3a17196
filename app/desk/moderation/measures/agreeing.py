"""The agreement of two coders, code by code and rolled up to themes, for one version of the codebook or for all."""

from collections.abc import Collection
from dataclasses import dataclass

from app.desk.accounts.models import User
from app.desk.moderation.codebook import codes
from app.desk.moderation.models import Code
from app.desk.moderation.second_coding import agreement, settling
from app.desk.moderation.second_coding import queries as second
from app.desk.moderation.second_coding.agreement import Pair, Table


@dataclass(frozen=True)
class Line:
    """One code and how the two used it."""

    code: Code
    table: Table


@dataclass(frozen=True)
class Agreement:
    """Everything the page shows."""

    version: int | None
    """Of the codebook the first coders had; None for all versions together."""
    versions: tuple[int, ...]
    n: int
    alpha: float | None
    """Over whole sets of codes, kinds apart."""
    themes: tuple[Line, ...]
    subs: tuple[Line, ...]
    types: tuple[Line, ...]

    @property
    def tighten(self) -> tuple[Line, ...]:
        """Codes whose definition two people read differently."""
        return tuple(line for line in (*self.themes, *self.subs, *self.types) if line.table.wants_tightening)


def of(me: User, version: int | None) -> Agreement:
    """The agreement within this person's wall. A version nobody coded by gives an empty page."""
    every = list(second.twice_coded(me).values())
    rounds = [one for one in every if version is None or one.version == version]
    pairs = [settling.themes_of(one) for one in rounds]
    kinds = [pair for one in rounds if all(pair := settling.types_of(one))]
    book = codes.book()
    theme_of = {sub.key: theme.code.key for theme in book.themes for sub in theme.subs}
    rolled: list[Pair] = [
        (agreement.themes(first, theme_of), agreement.themes(other, theme_of)) for first, other in pairs
    ]
    return Agreement(
        version=version,
        versions=tuple(sorted({one.version for one in every}, reverse=True)),
        n=len(pairs),
        alpha=agreement.alpha((nth, said) for nth, pair in enumerate(pairs) for said in pair),
        themes=_lines([theme.code for theme in book.themes], rolled),
        subs=_lines([sub for theme in book.themes for sub in theme.subs], pairs),
        types=_lines(book.types, kinds),
    )


def _lines(chosen: Collection[Code], pairs: Collection[Pair]) -> tuple[Line, ...]:
    """The codes that somebody used."""
    tables = agreement.per_code(pairs, [code.key for code in chosen])
    return tuple(Line(code, tables[code.key]) for code in chosen if tables[code.key].used_by_either)
