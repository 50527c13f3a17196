"""What the desk does about languages: how far each is, and which a place shows."""

import re
from collections.abc import Collection
from itertools import zip_longest

from markupsafe import Markup, escape

from app.core import i18n
from app.core.i18n import N_
from app.desk.accounts import audit
from app.surveys import catalogues
from app.surveys.models import Site

CHANNELS = {"web": N_("Web page"), "kiosk": N_("Tablet"), "sms": N_("Text message"), "paper": N_("Paper")}
STATES = {
    catalogues.REVIEWED: (N_("Reviewed"), "tag-good"),
    catalogues.UNREVIEWED: (N_("Not reviewed"), "tag-warn"),
    catalogues.STALE: (N_("Out of date"), "tag-warn"),
    catalogues.MISSING: (N_("Something missing"), "tag-bad"),
}
"""State → its words and its colour."""
OPTIONAL = tuple(lang for lang in i18n.LANGUAGES if lang not in i18n.REVIEWED)
"""Languages that nobody has read: a place shows them or not."""

_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


def legible(sentence: str) -> Markup:
    """A sentence whose placeholders keep their own direction among words that run from right to left."""
    parts = zip_longest(_PLACEHOLDER.split(sentence), _PLACEHOLDER.findall(sentence))
    return Markup("").join(
        Markup('{}<bdi dir="ltr">{}</bdi>').format(words, name) if name else escape(words) for words, name in parts
    )


def choose(site: Site, langs: Collection[str]) -> None:
    """Show just these of the optional languages at this place; Danish and English always stay."""
    chosen = [lang for lang in i18n.LANGUAGES if lang in i18n.REVIEWED or (lang in OPTIONAL and lang in langs)]
    if list(site.languages) == chosen:
        return
    audit.record("site.languages", site.code, detail=f"{' '.join(site.languages)} > {' '.join(chosen)}")
    site.languages = chosen
