"""The order of learning: what the suggestions are least sure of comes first, and one text in ten by lot."""

import secrets
from collections.abc import Sequence

from flask import current_app

from app.core import chance
from app.desk.accounts.models import User
from app.desk.moderation import opening
from app.desk.moderation.dealing import queries
from app.desk.moderation.dealing.trays import Tray
from app.desk.moderation.filters.facets import Facets
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.suggesting import showing

WINDOW = 40
"""So many of the oldest are compared."""
AT_ONCE = 10
"""So many are opened by the machine for one page; the rest when the next is asked for."""
ONE_IN = 10
"""Without texts drawn by lot, what is known of the suggestions' faults would come from hard texts only."""


def next_text(tray: Tray, facets: Facets, reader: User, now: int) -> bytes | None:
    """The next one to read in this order: urgent ones first, here too."""
    if first := queries.free(tray, facets, reader, now=now, only_first=True):
        return bytes(first[0].answer_id)
    if chance.one_in(ONE_IN) and (
        drawn := queries.free_by_lot(tray, facets, reader, now=now, lot=secrets.token_bytes(16))
    ):
        return drawn
    window = queries.free(tray, facets, reader, now=now, size=WINDOW)
    if not window:
        left = queries.skipped(tray, facets, reader, now=now)
        return bytes(left.answer_id) if left else None
    scores = _scores(window)
    return max((bytes(row.answer_id) for row in window), key=lambda answer_id: scores.get(answer_id, -1.0))


def _scores(window: Sequence[AnyRow]) -> dict[bytes, float]:
    """How unsure each text of the window is, as far as known; only numbers are kept, in memory, for this window."""
    before: dict[bytes, float] = current_app.extensions.get("unsure_texts", {})
    known = {bytes(row.answer_id): before[row.answer_id] for row in window if row.answer_id in before}
    for row in [row for row in window if row.answer_id not in known][:AT_ONCE]:
        known[bytes(row.answer_id)] = _score(row)
    current_app.extensions["unsure_texts"] = known
    return known


def _score(row: AnyRow) -> float:
    if row.lang != "da":
        return 0.0  # there are no suggestions to be unsure of
    try:
        return showing.uncertainty(opening.open_(row).masked)
    except opening.CannotRead:
        return 0.0
