"""A text in the carrier's list: taken if its webhook was lost, answered if our reply never left.

Each text is one transaction, and none is open while we speak with the carrier.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from app.channels.sms import intake, replies, statuses
from app.channels.sms.exchange import Letter
from app.channels.sms.providers import senders
from app.channels.sms.providers.base import LONGEST_TEXT, CarrierDown, Fault, Inbound, Listed, Provider
from app.channels.sms.replies import Reply, TakenMeanwhile, Way
from app.core import config, db, metrics, weeks
from app.core.clock import COPENHAGEN
from app.privacy import keys
from app.privacy.keys import DayKey
from app.surveys import paradata
from app.surveys.paradata import Event, Happening

LEAST_AGE = timedelta(minutes=1)
"""A younger copy is left alone: its webhook may still be on its way."""
MARGIN = timedelta(minutes=10)
"""How late a text may turn up in the list, by the carrier's own time."""
REPLY_LEAVES = timedelta(minutes=2)
"""A reply that is not in the list by then never left."""
REPLY_IS_WELCOME = timedelta(minutes=30)
"""Later, a reply would only puzzle."""
VITAL_REPLY_IS_WELCOME = timedelta(hours=24)
REFUSED: frozenset[Fault] = frozenset({"stopped", "not_mobile", "unreachable", "blocked", "filtered", "too_long"})
"""What the carrier will not do at any other time either."""


class Patience:
    """How long one run may speak with the carrier: other jobs wait meanwhile, and a 429 means stop."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def end(self) -> None:
        """The carrier has had enough of us."""
        self._until = 0.0

    @property
    def is_over(self) -> bool:
        """Whether the next call must wait for the next run."""
        return time.monotonic() >= self._until


class Repair:
    """What one run knows: the whole list, and until when an earlier run took every text."""

    def __init__(
        self, provider: Provider, copies: Iterable[Listed], *, mark: datetime, now: datetime, patience: Patience
    ) -> None:
        self.provider, self.mark, self.now, self.patience = provider, mark, now, patience
        self.week = weeks.week_of(now.astimezone(COPENHAGEN).date())
        self.outbound: dict[str, list[Listed]] = defaultdict(list)
        for copy in copies:
            if copy.direction == "outbound":
                self.outbound[copy.recipient].append(copy)

    def settle(self, copy: Listed) -> bool:
        """Take and answer an inbound text as far as that is still to be done; whether its copy may be deleted."""
        living = keys.usable()
        db.begin_reading()
        reply = replies.known(copy.id, living)
        db.db.session.rollback()
        if reply is None and not self._is_missed(copy, living):
            return True
        if reply is None:
            reply = self._take(copy, living)
        return self._answer(copy, reply)

    # ── was it missed ─────────────────────────────────────────────────────────────

    def _is_missed(self, copy: Listed, living: Sequence[DayKey]) -> bool:
        """Whether a text that is not remembered never reached us; else it is too old to be remembered.

        What came while its day's key lives is remembered, unless memory was lost with keys or database.
        Where memory may have failed, a reply that left at once shows that the text was taken.
        """
        remembers = keys.epoch_of(copy.sent_at) in {key.epoch for key in living}
        if copy.sent_at <= self.mark - (MARGIN if remembers else LEAST_AGE):
            return False
        is_certain = remembers and copy.sent_at > self.mark - LEAST_AGE
        return is_certain or not any(left.sent_at <= copy.sent_at + REPLY_LEAVES for left in self._sent_since(copy))

    def _sent_since(self, copy: Listed) -> list[Listed]:
        return [sent for sent in self.outbound[copy.sender] if sent.sent_at >= copy.sent_at]

    # ── take ──────────────────────────────────────────────────────────────────────

    def _take(self, copy: Listed, living: Sequence[DayKey]) -> Reply:
        inbound = _inbound(copy)
        try:
            return self._take_once(inbound, living)
        except (TakenMeanwhile, IntegrityError):  # its webhook came again in this very moment
            db.db.session.rollback()
            return self._take_once(inbound, living)

    def _take_once(self, inbound: Inbound, living: Sequence[DayKey]) -> Reply:
        reply = intake.take(Letter(inbound, Way.PENDING), living, self.now)
        if reply.way is Way.PENDING:
            self._count("recovered")
        db.db.session.commit()
        return reply

    def _count(self, what: Happening) -> None:
        paradata.count(self.week, [Event(what=what)])
        metrics.count(what)

    # ── answer ────────────────────────────────────────────────────────────────────

    def _answer(self, copy: Listed, reply: Reply) -> bool:
        if not reply.text or reply.way in (Way.SENT, Way.CONFIRMED):
            return True
        age = self.now - copy.sent_at
        if self._has_left(copy, reply):
            self._mark(copy, reply, Way.CONFIRMED)
            return True
        if age >= (VITAL_REPLY_IS_WELCOME if reply.is_vital else REPLY_IS_WELCOME):
            return True
        if reply.way is Way.INLINE and age < REPLY_LEAVES:
            return False
        return self._send(copy, reply)

    def _has_left(self, copy: Listed, reply: Reply) -> bool:
        """A pending reply is looked for word by word: other replies to the same number may have left since."""
        return any(reply.way is Way.INLINE or reply.text in sent.text for sent in self._sent_since(copy))

    def _send(self, copy: Listed, reply: Reply) -> bool:
        """Send by API. What we intend is committed first, so a lost answer is looked for and never repeated blindly."""
        if self.patience.is_over:
            return False
        reference = self._intend(copy, reply)
        try:
            self.provider.send(_inbound(copy).sender, reply.text, reference)
        except CarrierDown as down:
            metrics.provider_error(down.fault)
            if down.fault == "throttled":
                self.patience.end()
            return down.fault in REFUSED
        self._mark(copy, reply, Way.SENT)
        return True

    def _intend(self, copy: Listed, reply: Reply) -> str:
        living = keys.usable()
        reference = statuses.expect(living[0].epoch)
        replies.mark(copy.id, living, replace(reply, way=Way.PENDING))
        if reply.way is Way.INLINE:
            self._count("resent")
        db.db.session.commit()
        return reference

    def _mark(self, copy: Listed, reply: Reply, way: Way) -> None:
        replies.mark(copy.id, keys.usable(), replace(reply, way=way))
        db.db.session.commit()


def _inbound(copy: Listed) -> Inbound:
    """The text as its webhook would have told it."""
    sender, is_machine = senders.normalised(copy.sender, ours=config.settings().sms_number)
    return Inbound(
        id=copy.id,
        sender=sender,
        text=copy.text[:LONGEST_TEXT],
        pictures=copy.pictures,
        is_machine=is_machine,
        sent_at=copy.sent_at,
    )
