"""The page of a queue: twenty texts, the trays beside them, and the form that shows only some."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from app.core import clock, hypermedia, i18n
from app.desk.accounts.models import User
from app.desk.moderation import surroundings
from app.desk.moderation.codebook import codes
from app.desk.moderation.dealing import dealing, trays
from app.desk.moderation.filters import choices, facets


def page(me: User, given: Mapping[str, Any], *, status: int = 200, problem: str | None = None) -> Response:
    """The list that the parameters of an address ask for; no words before a text is opened."""
    shown = facets.parse(given)
    tray, book = trays.tray(shown.tray), codes.book()
    rows = dealing.texts(tray, shown, me, given.get("after"))
    rows, more = rows[: dealing.PAGE], rows[dealing.PAGE :]
    return hypermedia.render(
        "desk/moderation/queue.html",
        "desk/moderation/_queue_swap.html",
        status,
        rows=rows,
        tags={} if tray.state else surroundings.codes_of(rows),
        book=book,
        after=dealing.place_of(rows[-1], tray) if more else None,
        choices=choices.of(tray, book, clock.today(), in_danish=i18n.current() == "da"),
        me_id=me.id,
        problem=problem,
        **surroundings.around(me, given),
    )
