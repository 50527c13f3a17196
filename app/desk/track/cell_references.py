"""Figures in a text: `[[2027-Q1 T5 DK ADG]]` stands for one frozen cell and is shown as what was printed.

A reader never sees a number that somebody typed, and never one that is not in a published release.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core import i18n, weeks
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.track import printed, public_words
from app.publication import periods, quotes
from app.publication.formats.figures import Figure, Figures

_PART = r"[^\s\[\]]+"
_FORM = re.compile(rf"({_PART}) ({_PART}) ({_PART})(?: ({_PART}))?")
_SHARE = N_("%(value)s of %(n)s answers (%(percent)s %%, uncertainty %(low)s–%(high)s %%)")
_COUNT = N_("%(value)s answers")
_HIDDEN = N_("too few answers to show")
_NOT_YET = N_("(not published yet: %(reference)s)")
_PREVIEW = N_("%(figure)s (preview)")


class ReferenceRefused(Refusal):
    """A reference that cannot be read, or that no published release answers."""


@dataclass(frozen=True)
class Reference:
    """Release, table, place and category of one cell; no category means everybody."""

    release: str
    table: str
    place: str
    category: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.release, self.table, self.place, self.category)))


def of(*texts: str) -> list[Reference]:
    """Every reference in these texts, in order. Refuses one that cannot be read."""
    return [reference for text in texts for reference in _references(text)]


def check_published(*texts: str) -> None:
    """Refuse texts with a figure that no published release holds."""
    missing = [str(reference) for reference in of(*texts) if figure(reference) is None]
    if missing:
        raise ReferenceRefused(
            _("These figures are not in a published release: %(missing)s.", missing=", ".join(missing))
        )


def free_from(period: str) -> date:
    """The first day nobody can take back what was said in the period. Refuses what is no period."""
    return weeks.sunday(periods.parse(period).weeks[-1]) + quotes.WINDOW


def shown(text: str, lang: str | None = None) -> str:
    """The text as it is read: figures for references, no marks."""
    spoken = lang or i18n.current()
    return public_words.unmarked(public_words.REFERENCE.sub(lambda found: _shown(found[1], spoken), text))


def in_draft(text: str, lang: str | None = None) -> str:
    """The same for those who write: where a release is only previewed, its figures, and that they are."""
    spoken = lang or i18n.current()
    return public_words.unmarked(public_words.REFERENCE.sub(lambda found: _previewed(found[1], spoken), text))


def worded(found: Figure, lang: str) -> str:
    """One figure in words: with its share and interval where both are printed."""
    if found.value is None:
        return i18n.translate(lang, _HIDDEN)
    if found.share is None:
        return i18n.translate(lang, _COUNT, value=found.value)
    share = {"percent": found.share.percent, "low": found.share.low, "high": found.share.high}
    return i18n.translate(lang, _SHARE, value=found.value, n=found.n, **share)


def figure(reference: Reference) -> Figure | None:
    """The frozen figure; None where no published release holds it."""
    found = printed.figures(reference.release)
    return _among(found, reference) if found else None


def drafted(reference: Reference) -> Figure | None:
    """The frozen figure, or while there is none that of the newest preview; None where there is neither."""
    found = printed.figures(reference.release) or printed.previewed(reference.release)
    return _among(found, reference) if found else None


def _among(figures: Figures, reference: Reference) -> Figure | None:
    wanted = (reference.table, reference.place, reference.category)
    return next((one for one in figures.all if (one.table, one.place, printed.category(one)) == wanted), None)


def _references(text: str) -> Iterator[Reference]:
    for found in public_words.REFERENCE.finditer(text):
        reference = _read(found[1])
        if reference is None:
            raise ReferenceRefused(
                _("[[%(text)s]] is not a reference. It looks like this: [[2027-Q1 T5 DK ADG]].", text=found[1])
            )
        yield reference


def _read(text: str) -> Reference | None:
    found = _FORM.fullmatch(" ".join(text.split()))
    return Reference(found[1], found[2], found[3], found[4] or "") if found else None


def _shown(text: str, lang: str) -> str:
    reference = _read(text)
    found = figure(reference) if reference else None
    return worded(found, lang) if found else i18n.translate(lang, _NOT_YET, reference=text)


def _previewed(text: str, lang: str) -> str:
    reference = _read(text)
    if reference is None or figure(reference):
        return _shown(text, lang)
    found = drafted(reference)
    return i18n.translate(lang, _PREVIEW, figure=worded(found, lang)) if found else _shown(text, lang)
