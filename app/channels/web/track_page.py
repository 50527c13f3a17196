"""What the pages of the track show of its objects: words in the reader's language, clocks as of today, ways on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core import i18n
from app.publication import initiatives, themes, tree
from app.publication.formats import wording
from app.publication.track import lateness, words
from app.publication.track.chain import UPWARDS, Chain
from app.publication.track.entries import Entry
from app.publication.track.rates import Rate
from app.surveys import sites

NEWEST = 5
"""Of each kind on the first page; the rest stand on pages of their own."""
MOST_LINES = 60
"""On one page of a list, or under one phase."""
LISTS = {
    "fund": "finding",
    "forskning": "research",
    "forslag": "proposal",
    "beslutninger": "decision",
    "handlinger": "action",
}
"""The last part of the address of each list; no phase may have such a key."""
ADDRESS_OF = {kind: f"/resultater/spor/{name}" for name, kind in LISTS.items()}


@dataclass(frozen=True)
class Shown:
    """One object as a page shows it. `lang` is the language its title is written in; its parts are in Danish."""

    code: str
    kind: str
    kind_name: str
    title: str
    lang: str
    state: str
    status: str
    late: Sequence[str]
    themes: Sequence[str]
    initiatives: Sequence[str]
    places: Sequence[str]
    first_on: date
    changed_on: date
    considered: Sequence[str]
    set_aside: Sequence[str]
    parts: Mapping[str, Any]

    @property
    def address(self) -> str:
        """The path of its own page."""
        return f"/resultater/spor/{self.code}"


class TrackPage:
    """The public track for one reader on one day."""

    def __init__(self, chain: Chain, today: date, lang: str) -> None:
        self.chain, self.today, self.lang = chain, today, lang

    def shown(self, entry: Entry) -> Shown:
        """One object."""
        title, lang = self._title(entry)
        return Shown(
            code=entry.code,
            kind=entry.kind,
            kind_name=words.kind(entry, self.lang),
            title=title,
            lang=lang,
            state=entry.state,
            status=words.status(entry, self.today, self.lang),
            late=words.late(entry, self.today, self.lang),
            themes=entry.themes,
            initiatives=entry.initiatives,
            places=entry.places,
            first_on=entry.first_on,
            changed_on=entry.changed_on,
            considered=[one.code for _, one in self.chain.named(entry, "considered")],
            set_aside=[one.code for _, one in self.chain.named(entry, "set_aside")],
            parts=entry.parts,
        )

    def all(self, found: Iterable[Entry]) -> list[Shown]:
        """These objects, in their order."""
        return [self.shown(one) for one in found]

    def phases(self) -> list[Shown]:
        """The phases in their order."""
        found = self.chain.of("phase")
        return self.all(sorted(found, key=lambda one: (one.parts.get("position", 0), one.first_on, one.code)))

    def newest(self, kind: str) -> list[Shown]:
        """The first of a kind on the page: what came last; of proposals what waits longest for an answer."""
        found = self.chain.of(kind)
        if kind == "proposal":
            found.sort(key=lambda one: lateness.days_waiting(one, self.today) or -1, reverse=True)
        return self.all(found[:NEWEST])

    def of_phase(self, key: str) -> list[Shown]:
        """Everything of one phase, in the order of the chain."""
        return self.all(one for kind in LISTS.values() for one in self.chain.of(kind) if one.phase == key)[:MOST_LINES]

    def listed(self, kind: str, number: int) -> list[Shown]:
        """One page of the list of a kind, from 1, what came last first."""
        first = (number - 1) * MOST_LINES
        return self.all(self.chain.of(kind)[first : first + MOST_LINES])

    def addresses(self, kind: str) -> list[str]:
        """The addresses of the pages of a list: fund, fund-2, fund-3."""
        count = max(-(-len(self.chain.of(kind)) // MOST_LINES), 1)
        return [ADDRESS_OF[kind] if nth == 1 else f"{ADDRESS_OF[kind]}-{nth}" for nth in range(1, count + 1)]

    def research(self, entry: Entry) -> list[tuple[str, Shown]]:
        """What research says of a finding, or a piece of research of findings: the relation in words, the other."""
        said = [(relation, one) for relation in words.ABOUT_FINDING for one in self.chain.saying(entry.code, relation)]
        found = [*self.chain.named(entry, *words.ABOUT_FINDING), *said]
        return [(words.named(words.ABOUT_FINDING, relation, self.lang), self.shown(one)) for relation, one in found]

    def corrected(self, entry: Entry) -> list[Shown]:
        """What it takes the place of."""
        return self.all(one for _, one in self.chain.named(entry, "corrects"))

    def weighed(self, entry: Entry) -> dict[str, list[tuple[str, Shown]]]:
        """The two lists of a decision; what was set aside comes with its reason."""
        reasons = {one.get("code"): one.get("reason", "") for one in entry.parts.get("set_aside") or ()}
        return {
            relation: [(reasons.get(one.code, ""), self.shown(one)) for _, one in self.chain.named(entry, relation)]
            for relation in ("considered", "set_aside")
        }

    def weighed_by(self, entry: Entry) -> list[tuple[str, Shown]]:
        """The decisions that set it aside, each with its reason, and others that took it into account, with ''."""
        led_to = {one.code for one in self.chain.below(entry.code)}
        aside = self.chain.saying(entry.code, "set_aside")
        considered = (one for one in self.chain.saying(entry.code, "considered") if one.code not in led_to)
        return [
            *((_reason(one, entry.code), self.shown(one)) for one in aside),
            *(("", self.shown(one)) for one in considered),
        ]

    def is_cut(self, entry: Entry) -> bool:
        """Whether it comes from something that is not in public yet."""
        return any(link.relation in UPWARDS and not self.chain.get(link.code) for link in entry.links)

    def about(self, one: Shown) -> list[str]:
        """The names of its themes."""
        return [themes.name(code, self.lang) for code in one.themes]

    def of_the_reform(self, one: Shown) -> list[str]:
        """The names of the initiatives it belongs to, as the Council writes them."""
        return [initiatives.names().get(key, key) for key in one.initiatives]

    def at(self, one: Shown) -> list[str]:
        """The names of the houses, units and regions it is about, alphabetically; the text names what is between."""
        known = ((code, sites.by_code(code)) for code in one.places)
        return sorted(filter(None, (site.name if site else tree.region_names().get(code) for code, site in known)))

    def heading(self, kind: str) -> str:
        """What all objects of a kind are called together."""
        return i18n.translate(self.lang, words.HEADINGS[kind])

    def is_on_the_web(self, address: object) -> bool:
        """Whether an address may be a link on our pages: a script could hide in any other."""
        return str(address or "").startswith(("https://", "http://"))

    def day(self, value: date | str | None) -> str:
        """A day, also as the parts hold it, as people say it; '' for none."""
        day = value if isinstance(value, date) else lateness.day_of(value)
        return wording.day(day, self.lang) if day else ""

    def led_to(self, rate: Rate) -> list[tuple[str, int]]:
        """The rows of the change rate: what findings led to, and how many of them."""
        return [(i18n.translate(self.lang, said), getattr(rate, name)) for name, said in words.LED_TO.items()]

    def _title(self, entry: Entry) -> tuple[str, str]:
        written = (self.lang, *i18n.fallbacks(self.lang), "da")
        lang = next(one for one in written if entry.title.get(one))
        return entry.title[lang], lang


def _reason(decision: Entry, code: str) -> str:
    aside = decision.parts.get("set_aside") or ()
    return next((str(one.get("reason", "")) for one in aside if one.get("code") == code), "")
