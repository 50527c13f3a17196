"""Texts in one transaction: known already? whose conversation? what do we do, what do we say? The caller commits.

A text is thought before it is our turn to write, since writers wait for each other and thinking does not. What
was read is written only where it still stands as it was read: else another text was first (TakenMeanwhile),
nothing is kept, and the text is taken anew.
"""

from collections.abc import Sequence
from datetime import datetime

from app.channels.sms.exchange import Exchange, Letter
from app.channels.sms.moment import Moment
from app.channels.sms.queries import Known
from app.channels.sms.replies import Reply
from app.channels.sms.writes import Writes
from app.core import db
from app.privacy.keys import DayKey


def take(letter: Letter, keys: Sequence[DayKey], now: datetime) -> Reply:
    """Store what one text says, whatever it is; its reply, or the old one where it came before.

    An empty reply is silence. Raises TakenMeanwhile.
    """
    moment, writes = Moment(keys, now), Writes()
    exchange = Exchange(letter, moment)
    known = exchange.look_at(_look(moment, [exchange]))
    if known:
        return known
    reply = exchange.carry_out(writes)
    writes.keep()
    return reply


def take_together(letters: Sequence[Letter], keys: Sequence[DayKey], now: datetime) -> list[Reply | None]:
    """The same for texts of different telephones; None for one that must be taken by itself.

    Begin without a transaction. Raises TakenMeanwhile if another text was before any of these.
    """
    moment, writes, replies = Moment(keys, now), Writes(), []
    exchanges = [Exchange(letter, moment) for letter in letters]
    is_reading = db.may_read_first()
    found = _look(moment, exchanges)
    for exchange in exchanges:
        reply = exchange.look_at(found)
        replies.append(reply or (exchange.carry_out(writes) if exchange.is_plain else None))
    if not writes.are_none:
        if is_reading:
            db.turn_to_writing()
        writes.keep()
    return replies


def _look(moment: Moment, exchanges: Sequence[Exchange]) -> Known:
    return moment.look(
        [mid for exchange in exchanges for mid in exchange.mids],
        [sid for exchange in exchanges for sid in exchange.sids],
        (cell for exchange in exchanges for cell in exchange.cells.all),
    )
