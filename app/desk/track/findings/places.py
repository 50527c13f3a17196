"""Which places a finding names, who has ties to them, and how many it takes to name one."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from flask_babel import gettext as _

from app.core import folding
from app.core.errors import Refusal
from app.desk.accounts.models import User
from app.desk.moderation import queries as moderated
from app.desk.track import cell_references
from app.desk.track.cell_references import Reference
from app.desk.track.findings import queries
from app.desk.track.findings.models import Finding
from app.publication import periods, tree
from app.publication.formats.figures import Figure
from app.surveys import queries as surveys
from app.surveys import sites

FEWEST = 10
"""Fewer answers than this give no figure in a finding: then it is a signal."""
FEWEST_ALONE = 20
"""So many it takes to speak of one place."""
WEEKDAYS = 2
"""How long its staff can read it before the public."""


class TooFew(Refusal):
    """A figure over too few answers, or a place that has no row of its own."""


def named(finding: Finding) -> tuple[str, ...]:
    """The places of its figures, in order, and the sites it speaks of; the country is no place."""
    return tuple(dict.fromkeys(one.place for one in _figures(finding) if one.place != "DK"))


def named_sites(finding: Finding) -> tuple[str, ...]:
    """The sites among them."""
    return tuple(code for code in named(finding) if sites.by_code(code))


def has_ties(user: User, finding: Finding) -> bool:
    """Whether a person works at a place that the finding names, or in a municipality it names."""
    site = sites.by_code(user.site_code) if user.site_code else None
    if site is None:
        return False
    own = {site.code, f"K-{folding.fold(site.municipality)}"}
    return not own.isdisjoint(named(finding)) or _says(site.name, finding.texts)


def check_figures(finding: Finding, *, is_public: bool) -> None:
    """Refuse figures over too few answers. What is not printed yet is looked at when it is."""
    for reference in _figures(finding):
        found = cell_references.figure(reference) if is_public else cell_references.drafted(reference)
        _check_row(reference)
        if found is not None or is_public:
            _check_size(reference, found)


def check_signal(finding: Finding) -> None:
    """A signal says what we have heard: no number, and no place below a region."""
    if cell_references.of(*finding.texts):
        raise TooFew(_("A signal has no figures, and none in what speaks against it either."))
    if not folding.fold(finding.claim).startswith("vi har hoert"):
        raise TooFew(_("A finding without figures is a signal. Begin it with “Vi har hørt, at”."))
    if found := next((name for name in sorted(moderated.place_names()) if _says(name, finding.texts)), None):
        raise TooFew(_("A signal names no place smaller than a region: %(place)s.", place=found))


def heaviest(finding: Finding) -> str | None:
    """The site that gives more than half of the voices behind a finding, if one does."""
    voices = queries.voices_by_site(finding.theme, periods.parse(finding.period).weeks)
    site, most = max(voices.items(), key=lambda one: one[1], default=(None, 0))
    return site if 2 * most > sum(voices.values()) else None


def weekdays_between(first: date, last: date) -> int:
    """How many Mondays to Fridays come after the first day, up to and with the last."""
    days = (first + timedelta(days=nth) for nth in range(1, (last - first).days + 1))
    return sum(day.weekday() < 5 for day in days)


def _figures(finding: Finding) -> list[Reference]:
    """What it refers to; a site it only names in words stands on how many answered there."""
    found = cell_references.of(*finding.texts)
    referred = {one.place for one in found}
    spoken_of = [one.code for one in surveys.sites() if one.code not in referred and _says(one.name, finding.texts)]
    return [*found, *(Reference(finding.period, "T1", code) for code in spoken_of)]


def _check_row(reference: Reference) -> None:
    if sites.by_code(reference.place) is None:
        return
    if reference.place not in tree.of_year(periods.parse(reference.release).year).at(("site",)):
        raise TooFew(_("%(place)s has no row of its own, so a finding cannot speak of it.", place=reference.place))


def _check_size(reference: Reference, found: Figure | None) -> None:
    n = (found.n if found.n is not None else found.value) if found else None
    fewest = FEWEST_ALONE if sites.by_code(reference.place) else FEWEST
    if n is None or n < fewest:
        raise TooFew(
            _(
                "[[%(reference)s]] stands on fewer than %(fewest)s answers. Take it out, or write a signal.",
                reference=str(reference),
                fewest=fewest,
            )
        )


def _says(name: str, texts: Iterable[str]) -> bool:
    wanted = " ".join(folding.words(folding.fold(name)))
    return any(f" {wanted} " in f" {' '.join(folding.words(folding.fold(text)))} " for text in texts)


def of_user(user: User, named_as_own: Collection[str]) -> frozenset[str]:
    """The sites a person has ties to: where they work, and those in the municipalities they have named as own."""
    own = {user.site_code} if user.site_code else set()
    return frozenset(own | queries.sites_in(named_as_own))
