"""Whom to go out and ask, in sentences made by rules from figures that may be shown.

A dash is never called "no answers": it is nought to four, or a neighbour's protection.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.publication.formats.figures import Figure
from app.publication.formats.wording import Names
from app.publication.presence import comparing, ratios
from app.publication.presence.comparing import Compared
from app.publication.presence.coverage import AreaRows, Row
from app.publication.presence.voices import Voices

KINDS = ("street_house", "mobile_unit", "consumption_room")
_LANGUAGES = "T10"


@dataclass(frozen=True)
class Missing:
    """One sentence, and what it is about: municipality, nobody, share, language."""

    about: str
    sentence: str


def suggestions(
    areas: Sequence[AreaRows], shares: Sequence[Compared], voices: Voices, earlier: Voices | None, lang: str
) -> list[Missing]:
    """Every sentence the rules give, in the order of the map and of the catalogue: never by how bad it is."""
    return [
        *(Missing("municipality", one) for one in _too_few(areas)),
        *(Missing("nobody", one) for one in _reached_by_nobody(areas)),
        *(Missing("share", _share(one)) for one in comparing.fewer(shares)),
        *(Missing("language", one) for one in _languages(voices, earlier, lang)),
    ]


def _too_few(areas: Sequence[AreaRows]) -> Iterator[str]:
    """Municipalities with a row in our tables, a target group worth a ratio, and no figure to show."""
    for area in areas:
        for row in area.municipalities:
            if row.is_counted and row.answers is None and _is_large(row):
                yield _(
                    "%(place)s: %(count)s in the target group, too few answers to show.",
                    place=row.name, count=_people(row),
                )  # fmt: skip


def _reached_by_nobody(areas: Sequence[AreaRows]) -> Iterator[str]:
    for area in areas:
        alone = [row for row in area.municipalities if row.reach == "nobody" and _is_large(row)]
        if alone:
            people = format_decimal(round(sum(row.target.count for row in alone if row.target)))
            yield _(
                "%(area)s: none of our places and no stop in %(places)s. About %(people)s of the group live there.",
                area=area.whole.name, places=listed([row.name for row in alone]), people=people,
            )  # fmt: skip


def _share(one: Compared) -> str:
    assert one.ours is not None  # noqa: S101 - only a share we show can be said to be smaller
    return _(
        "%(name)s: %(ours)s %% of the answers, %(theirs)s %% of the target group (%(source)s, %(year)s).",
        name=one.name, ours=one.ours.percent, theirs=format_decimal(one.theirs), source=one.source, year=one.year,
    )  # fmt: skip


def _languages(voices: Voices, earlier: Voices | None, lang: str) -> Iterator[str]:
    """Languages that a kind of place cannot show; those that it could not show the time before either come first."""
    names = voices.names(lang)
    for kind in KINDS:
        place = f"DK/{kind}"
        hidden = _hidden(voices.of(_LANGUAGES, place))
        before = set(_hidden(earlier.of(_LANGUAGES, place))) if earlier else set()
        still = [one for one in hidden if one in before]
        for codes, say in ((still, _still), ([one for one in hidden if one not in before], _now)):
            if codes:
                yield say(_languages_of(codes, names, lang), _inside(names.place(place)), voices)


def _languages_of(codes: Sequence[str], names: Names, lang: str) -> str:
    """'Polsk, rumænsk og somali': Danish writes languages small inside a sentence, and others do not."""
    first, *others = (names.category("language", one) for one in codes)
    return listed([first, *(one[:1].lower() + one[1:] if lang == "da" else one for one in others)])


def _inside(name: str) -> str:
    """A kind of place inside a sentence: 'mobile enheder', but 'Gadens Huse', which is a name."""
    is_name = any(word[:1].isupper() for word in name.split()[1:])
    return name if is_name else name[:1].lower() + name[1:]


def _now(languages: str, kind: str, _voices: Voices) -> str:
    return _("%(languages)s from %(kind)s: too few answers to show.", languages=languages, kind=kind)


def _still(languages: str, kind: str, voices: Voices) -> str:
    if voices.period.kind == "year":
        return _(
            "%(languages)s from %(kind)s: too few answers to show, two years in a row.", languages=languages, kind=kind
        )
    return _(
        "%(languages)s from %(kind)s: too few answers to show, two half-years in a row.", languages=languages, kind=kind
    )


def _hidden(figures: Sequence[Figure]) -> list[str]:
    return [one.split[0][1] for one in figures if one.value is None]


def listed(names: Sequence[str]) -> str:
    """'Polish, Romanian and Somali'."""
    if len(names) < 2:
        return "".join(names)
    return _("%(several)s and %(last)s", several=", ".join(names[:-1]), last=names[-1])


def _is_large(row: Row) -> bool:
    return row.target is not None and row.target.count >= ratios.FEWEST


def _people(row: Row) -> str:
    return format_decimal(round(row.target.count)) if row.target else ""


def by_subject(found: Sequence[Missing]) -> Mapping[str, list[str]]:
    """The sentences under what they are about, in the same order."""
    subjects: dict[str, list[str]] = {}
    for one in found:
        subjects.setdefault(one.about, []).append(one.sentence)
    return subjects
