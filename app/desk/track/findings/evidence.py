"""What a finding is drafted from: the printed figures of a theme and a period, and what people said."""

from dataclasses import dataclass

from app.core import i18n
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.accounts.models import User
from app.desk.moderation import statements as moderated
from app.desk.moderation.measures.brief import Brief, theme_brief
from app.desk.moderation.second_coding import drawing
from app.desk.track import cell_references, printed, reading
from app.desk.track.peers import homes
from app.publication import periods, themes
from app.publication.formats import wording
from app.publication.formats.figures import Figure
from app.publication.formats.wording import Names

MOST = 20
ABOUT_EVERYBODY = ("T1", "T2", "T3", "T4")
_FROM = N_("Approved texts on %(theme)s, %(period)s. Codebook version %(version)s.")
_TWICE = N_("At least every tenth text was coded by two people.")
_LESS = N_("Fewer than every tenth text was coded by two people.")
_KAPPA = N_("They agree with a kappa of %(kappa)s.")


@dataclass(frozen=True)
class Usable:
    """A figure, printed or previewed, and the reference an author copies."""

    title: str
    place: str
    shown: str
    reference: str
    is_preview: bool = False


@dataclass(frozen=True)
class Offer:
    """What there is on a theme in a period."""

    figures: list[Usable]
    statements: list[moderated.Heard]
    brief: Brief | None
    """For those who may read the statements."""


def offer(theme: str, period: str, reader: User) -> Offer | None:
    """Figures and statements; None until theme and period are chosen."""
    try:
        parsed = periods.parse(period)
    except Refusal:
        return None
    if theme not in themes.codes():
        return None
    brief = theme_brief(theme, parsed, reader) if reader.role in reading.READ_STATEMENTS else None
    return Offer(_figures(theme, period), statements(theme, period, reader), brief)


def provenance(theme: str, period: str, author: User) -> str:
    """Where a finding comes from, in Danish, since it is printed: which texts, which codebook, how sure the coding is.

    No count stands in it; kappa only where enough texts carry the theme. '' where theme or period are unknown.
    """
    offered = offer(theme, period, author)
    if offered is None or offered.brief is None:
        return ""
    brief = offered.brief
    share = brief.second_coded / brief.statements if brief.statements else 0.0
    filtered = {
        "theme": themes.name(theme, "da"),
        "period": wording.period(period, "da"),
        "version": brief.codebook_version,
    }
    sentences = [
        i18n.translate("da", _FROM, **filtered),
        i18n.translate("da", _TWICE if share >= drawing.SHARE else _LESS),
    ]
    if brief.agreement.is_shown and brief.agreement.kappa is not None:
        sentences.append(i18n.translate("da", _KAPPA, kappa=f"{brief.agreement.kappa:.1f}".replace(".", ",")))
    return " ".join(sentences)


def statements(theme: str, period: str, reader: User) -> list[moderated.Heard]:
    """Some of what was said on the theme in the period, in the order of random ids, which says nothing.

    Whoever works at a place reads nothing said there, and a peer nothing from a municipality named as own; those
    without a right to texts read nothing at all.
    """
    if reader.role not in reading.READ_STATEMENTS:
        return []
    heard = moderated.on(theme, periods.parse(period).weeks, reader)
    own = homes.sites_of(reader) if reader.role == "peer" else frozenset()
    # A text whose place is not known may be from there too.
    allowed = [one for one in heard if not own or one.site_code not in (*own, None)]
    return sorted(allowed, key=lambda one: one.id)[:MOST]


def _figures(theme: str, period: str) -> list[Usable]:
    out = printed.figures(period)
    found = out or printed.previewed(period)
    if found is None:
        return []
    names = Names(found.document, i18n.current())
    usable = [one for one in found.all if one.value is not None and _belongs(one, theme)]
    return [_usable(one, period, names, is_preview=out is None) for one in usable]


def _belongs(one: Figure, theme: str) -> bool:
    about = printed.category(one)
    if one.split and one.split[0][0].id == "theme":
        return themes.main(about) == theme
    return one.table in ABOUT_EVERYBODY and one.place == "DK"


def _usable(one: Figure, period: str, names: Names, *, is_preview: bool) -> Usable:
    about = printed.category(one)
    dimension = one.split[0][0].id if one.split else ""
    named = [names.category(dimension, about)] if dimension else []
    title = ": ".join(named if dimension == "theme" else [names.table(one.table), *named])
    reference = cell_references.Reference(period, one.table, one.place, about)
    said = cell_references.worded(one, i18n.current())
    return Usable(title, names.place(one.place), said, f"[[{reference}]]", is_preview)
