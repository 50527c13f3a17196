"""What a file says of one answer: the categories of the catalogue as numbers, and nothing finer."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from app.core import weeks
from app.publication import tree
from app.publication.microdata.columns import ANY, COUNTRY, NO_ANSWER, THEME, Column
from app.publication.microdata.groups import Key
from app.publication.tallies import Voice

Record = Mapping[str, str]
"""Column → what stands in it; '' where the column is told by the group."""
Where = Callable[[str, int], Key]
"""The region and the kind of a site in a year."""
_RATING = {"bad": "1", "mid": "2", "good": "3"}
_AGREEING = {"yes": "1", "partly": "2", "no": "3"}
_AGES = {"under_30": "1", "30_39": "2", "40_49": "3", "50_over": "4"}


def key(voice: Voice, file: str, where: Where) -> Key:
    """Where the answer is from, as finely as the file may tell it."""
    found = where(voice.site_code, weeks.thursday(voice.week).year)
    return found if file == "A" else Key(COUNTRY, found.kind)


def said(voice: Voice, columns: Sequence[Column]) -> tuple[str, ...]:
    """What stands in these columns."""
    spoken_of = {theme.partition(".")[0] for theme in voice.themes}
    return tuple(
        _yes(one.name.removeprefix(THEME) in spoken_of) if one.name.startswith(THEME) else _OF[one.name](voice, one)
        for one in columns
    )


def places(sites: Mapping[str, tuple[str, str]]) -> Where:
    """`sites`: kind and region key of each. A place nobody knows any more is somewhere in the country."""

    @cache
    def where(code: str, year: int) -> Key:
        if code not in sites or sites[code][0] not in tree.kind_names():
            return Key(COUNTRY, ANY)
        kind, region = sites[code]
        return Key(tree.region_of(region, year).removeprefix("R-"), kind)

    return where


def _yes(is_true: bool) -> str:
    return "1" if is_true else "0"


_OF: Mapping[str, Callable[[Voice, Column], str]] = {
    "rating": lambda voice, _one: _RATING.get(voice.rating or "", NO_ANSWER),
    "safe": lambda voice, _one: _AGREEING.get(voice.safe or "", NO_ANSWER),
    "respect": lambda voice, _one: _AGREEING.get(voice.respect or "", NO_ANSWER),
    "age": lambda voice, _one: _AGES.get(voice.more.get("age", ""), NO_ANSWER),
    "language": lambda voice, one: voice.lang if voice.lang in one.values else "other",
    "words": lambda voice, _one: _yes(voice.has_words),
}
