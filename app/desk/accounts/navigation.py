"""Where a person can go: the desk's pages that exist and that their role may open."""

from dataclasses import dataclass

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from app.core import access
from app.core.i18n import N_


@dataclass(frozen=True)
class Page:
    """A page of the menu."""

    address: str
    label: str
    about: str = ""
    parts: tuple[str, ...] = ()
    """Other addresses that belong to it."""

    @property
    def is_here(self) -> bool:
        """Whether the reader is on this page, below it or on one that belongs to it; of two, the one further down."""
        return 0 < self._near == max(page._near for page in PAGES)

    @property
    def _near(self) -> int:
        """How much of the reader's address it is; 0 where it is none of it."""
        found = (one for one in (self.address, *self.parts) if f"{request.path}/".startswith(f"{one}/"))
        return max(map(len, found), default=0)


PARTS_OF_TEXTS = (
    "/desk/statements", "/desk/search", "/desk/bulk", "/desk/memos", "/desk/second", "/desk/disagreements",
    "/desk/undo", "/desk/keys",
)  # fmt: skip


PAGES = (
    Page(
        "/desk/queue",
        N_("Texts"),
        N_("What people wrote. Read it, take out names and find the themes."),
        PARTS_OF_TEXTS,
    ),
    Page("/desk/cases", N_("Cases"), N_("Texts where somebody may be in danger.")),
    Page("/desk/quotes", N_("Quotes"), N_("Words of people that two have signed.")),
    Page(
        "/desk/new-words", N_("New words"), N_("What people have begun to write about."), parts=("/desk/suggestions",)
    ),
    Page(
        "/desk/translations",
        N_("Translations"),
        N_("What people said in other languages, and nobody has translated yet."),
    ),
    Page("/desk/held", N_("Held answers"), N_("What came faster than people write, and waits to be let in.")),
    Page("/desk/alerts", N_("Alert words"), N_("Words that bring a text to the top of the queue.")),
    Page("/desk/codebook", N_("Codebook"), N_("The themes we sort by, and when to use each.")),
    Page("/desk/export", N_("Statements to take along"), N_("Coded statements for analysis in another program.")),
    Page("/desk/measures", N_("Our work in numbers"), N_("How we keep up, and how sure we are of what we say.")),
    Page("/desk/track/peers", N_("Peers' workbench"), N_("Is it heard right? Read, answer, and see what came of it.")),
    Page("/desk/track", N_("From voice to decision"), N_("What was found, what was proposed and what was decided.")),
    Page("/desk/releases", N_("Releases"), N_("The numbers everybody may see, signed by two.")),
    Page("/desk/exports", N_("Data to take along"), N_("For research and for other tools, with a reason.")),
    Page("/desk/offers", N_("Other offers"), N_("What else helps people out there, and where it exists.")),
    Page("/desk/sites", N_("Places"), N_("Where people can answer, and whether it is open.")),
    Page("/desk/surveys", N_("Surveys"), N_("The questions people are asked.")),
    Page("/desk/kiosks", N_("Tablets"), N_("The tablets at the places.")),
    Page("/desk/languages", N_("Languages"), N_("How far each language is, and where people meet it.")),
    Page("/desk/simulator", N_("Try a text message"), N_("Write as a citizen would. Nothing here is counted.")),
    Page("/desk/users", N_("People"), N_("Who works here, and what they can see.")),
    Page("/desk/audit", N_("What was done"), N_("Every act is written down and cannot be changed.")),
)


def open_to(role: str) -> list[Page]:
    """The pages a role may open, in the order of the menu."""
    return [page for page in PAGES if role in _allowed(page.address)]


def _allowed(address: str) -> frozenset[str]:
    try:
        endpoint, _arguments = current_app.url_map.bind("").match(address, method="GET")
    except HTTPException:
        return frozenset()
    return access.declared(current_app, str(endpoint))
