"""The places of the front page, by region, and the help lines of one of them."""

import json
from collections.abc import Iterable
from functools import cache
from itertools import groupby

from app.core import config, i18n
from app.core.config import ROOT
from app.surveys import help_lines
from app.surveys.help_lines import HelpLine
from app.surveys.models import Site

NEAREST = 3
"""How many lines a person is given at once; the others are folded away."""


def by_region(sites: Iterable[Site]) -> list[tuple[str, list[Site]]]:
    """The name of each region with its places; `sites` comes in the order of regions."""
    names = _region_names()
    return [(names.get(region, region), list(places)) for region, places in groupby(sites, lambda site: site.region)]


def languages(sites: Iterable[Site]) -> dict[str, str]:
    """The languages of the front page by their own names; in production one nobody has read needs a place's choice."""
    is_production = config.settings().env == "production"
    chosen = {lang for site in sites for lang in site.languages} if is_production else set(i18n.LANGUAGES)
    return {lang: name for lang, name in i18n.NATIVE_NAMES.items() if lang in chosen or lang in i18n.REVIEWED}


def help_for(site: Site | None) -> list[HelpLine]:
    """112 first, then the nearest; without a place the lines of the whole country."""
    municipality, region = (site.municipality, site.region) if site else ("", "national")
    book = help_lines.current()
    return list(help_lines.for_place(book, municipality=municipality, region=region, lang=i18n.current()))


@cache
def _region_names() -> dict[str, str]:
    content = json.loads((ROOT / "content" / "help_lines.json").read_text("utf-8"))
    return {region["key"]: region["name"] for region in content["regions"]}
