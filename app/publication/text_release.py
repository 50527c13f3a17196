"""The share of texts nobody had read when the themes of a quarter were counted: a printed figure, or nothing."""

from app.publication import uncertainty
from app.publication.dealt import WAITING
from app.publication.formats.base import Document
from app.publication.text_tallies import OUTCOME

TABLE, ALL = "T17", "T17-n"


def beside(release_id: str) -> str:
    """The release of the texts of a quarter."""
    return f"{release_id}-text"


def unread(document: Document) -> int | None:
    """Of a hundred texts, how many were not read; None where the figures say nothing of it."""
    cells = {(one["table"], one["dims"].get(OUTCOME)): one["value"] for one in document["cells"]}
    waiting, total = cells.get((TABLE, WAITING)), cells.get((ALL, None))
    share = uncertainty.share(waiting, total)
    return share.percent if share else None
