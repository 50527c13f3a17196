"""One text and its reply: what it is in the database's eyes, what is thought about it, what is written and said.

The number is a local variable here and an argument to `privacy.pseudonyms`; it is in no statement,
no log and no exception.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from app.channels.sms import conversation, effects, meter, news, states, wording
from app.channels.sms.effects import Effect
from app.channels.sms.hearing import Text, Turn
from app.channels.sms.moment import Moment
from app.channels.sms.providers.base import Inbound
from app.channels.sms.queries import Known
from app.channels.sms.replies import Reply, Way, boxed, opened
from app.channels.sms.states import Conversation
from app.channels.sms.wording import Sentence
from app.channels.sms.writes import Writes
from app.core import limits, weeks
from app.privacy import boxes, pseudonyms, receipts
from app.privacy.keys import DayKey
from app.surveys import responses
from app.surveys.paradata import Event
from app.surveys.responses import Setting


@dataclass(frozen=True)
class Letter:
    """A text that came, and how its reply will travel."""

    inbound: Inbound
    way: Way = Way.INLINE


@dataclass
class Exchange:
    """A text on its way to a reply: `look_at`, then `carry_out`."""

    letter: Letter = field(repr=False)
    moment: Moment

    def __post_init__(self) -> None:
        inbound, keys = self.letter.inbound, self.moment.keys
        self.mids = {pseudonyms.message(key, inbound.id): key for key in keys}
        self.sids = {pseudonyms.thread(key, inbound.sender): key for key in keys}
        self.cells = meter.cells(keys[0], inbound.sender, self.moment.now)
        self._sid = next(iter(self.sids))
        self._box: bytes | None = None
        self._turn: Turn | None = None
        self._codes: dict[str, str] = {}

    def look_at(self, known: Known) -> Reply | None:
        """Understand the text in the conversation as it was found; the old reply if it came before."""
        for mid, key in self.mids.items():
            if mid in known.boxes:
                return opened(self.letter.inbound.id, key, mid, known.boxes[mid])
        self._levels = meter.levels(known.levels, self.cells)
        self._sid = next((sid for sid in self.sids if sid in known.boxes), self._sid)
        self._box = known.boxes.get(self._sid)
        if not self.letter.inbound.is_machine:
            state = self._opened()
            text = self._text(has_lost_thread=self._box is not None and state is None)
            self._turn = conversation.turn(state, text, self.moment.world, responses.new_id(), self.moment.now)
        return None

    @property
    def is_plain(self) -> bool:
        """Whether it only adds to its own conversation: then it can share a transaction, and is thought before."""
        asked = self._turn.effects if self._turn else ()
        return all(isinstance(effect, _PLAIN) for effect in asked) and (
            not any(isinstance(effect, effects.Store) for effect in asked) or self.moment.known_month is not None
        )

    def carry_out(self, writes: Writes) -> Reply:
        """Do what the text asks for. What does not fit the limits is done all the same, in silence."""
        turn, silence = self._turn, Reply(text="", way=self.letter.way)
        reply, events = silence, turn.events if turn else ()
        if turn and turn.is_free and self._is_repeating(writes):
            turn, events = None, (Event(what="silent"),)
        if turn:
            said = wording.said(turn.lang, self._done(turn, writes))
            reply = replace(silence, text=said, is_vital=turn.is_vital)
            if said and not meter.has_room(self._levels, said, is_vital=turn.is_vital):
                reply, events = replace(reply, text=""), (*events, Event(what="silent"))
            box = self._closed(turn.state) if turn.state else None
            writes.conversation(self._sid, self._key.epoch, was=self._box, now=box)
        week = self._week_counted if events else ""
        for event in events:
            writes.event(week, event)
        self._remember(reply, writes)
        return reply

    # ── the conversation ──────────────────────────────────────────────────────────

    @property
    def _key(self) -> DayKey:
        """The key of the day the conversation began on."""
        return self.sids[self._sid]

    @cached_property
    def _draft_key(self) -> bytes:
        return pseudonyms.draft_key(self._key, self.letter.inbound.sender)

    @property
    def _week_counted(self) -> str:
        """The week of the day a conversation is filed under: what is counted anew must be taken back from there."""
        return weeks.week_of(date(1970, 1, 1) + timedelta(days=self._key.epoch))

    def _opened(self) -> Conversation | None:
        """The open conversation; a box that cannot be read is as good as none."""
        if self._box is None:
            return None
        try:
            return states.from_bytes(boxes.open_(self._draft_key, self._box, bound_to=self._sid))
        except (boxes.CannotOpen, states.Unreadable):
            return None

    def _closed(self, state: Conversation) -> bytes:
        return boxes.close(self._draft_key, states.to_bytes(state), bound_to=self._sid)

    def _text(self, *, has_lost_thread: bool) -> Text:
        inbound = self.letter.inbound
        return Text(
            body=inbound.text,
            pictures=inbound.pictures,
            has_answered=inbound.has_answered,
            sent_at=inbound.sent_at,
            has_lost_thread=has_lost_thread,
        )

    # ── the reply, and the limits ─────────────────────────────────────────────────

    def _is_repeating(self, writes: Writes) -> bool:
        key, cell = self.moment.keys[0], meter.cell_of_text(self.moment.keys[0], self.letter.inbound)
        writes.amount(key.epoch, cell, 1)
        return meter.is_repeating(key, cell)

    def _remember(self, reply: Reply, writes: Writes) -> None:
        key, message_id = self.moment.keys[0], self.letter.inbound.id
        for mid, claiming in self.mids.items():
            if claiming in self.moment.claiming_keys:
                writes.claim(mid, claiming.epoch, boxed(message_id, claiming, mid, reply))
        if reply.text:
            for cell, n in meter.amounts(self.cells, reply.text):
                writes.amount(key.epoch, cell, n)

    # ── what is to be done ────────────────────────────────────────────────────────

    def _done(self, turn: Turn, writes: Writes) -> tuple[Sentence, ...]:
        sentences = turn.sentences
        for effect in turn.effects:
            sentences += self._do(effect, turn.lang, writes)
        if self._codes:
            return tuple(replace(s, values={**s.values, **self._codes}) if not s.is_plain else s for s in sentences)
        return sentences

    def _do(self, effect: Effect, lang: str, writes: Writes) -> tuple[Sentence, ...]:
        if isinstance(effect, effects.Begin):
            writes.begin(effect.row, self._setting(effect))
        elif isinstance(effect, effects.Store):
            writes.answers(effect.row, effect.said, self.moment.month)
        elif isinstance(effect, effects.Place):
            writes.place(effect.row, effect.place)
        elif isinstance(effect, effects.Finish):
            writes.finish(effect.row)
        elif isinstance(effect, effects.Delete):
            writes.delete(effect.row)
        elif isinstance(effect, effects.Issue):
            self._codes["code"] = " ".join(receipts.issue(effect.row, self.moment.week)).upper()
        elif isinstance(effect, effects.Withdraw):
            return (_withdrawn(effect.words),)
        else:
            return (_news(effect, wording.spoken(lang)),)
        return ()

    def _setting(self, begin: effects.Begin) -> Setting:
        return Setting(
            channel="sms",
            lang=begin.lang,
            week=self.moment.week,
            site_code=begin.place,
            survey_id=begin.survey,
            version=begin.version,
            is_held=limits.is_flooded(),
        )


_PLAIN = (effects.Begin, effects.Store, effects.Place, effects.Finish)
"""Effects that only add rows; the others look or reach further than their own conversation."""


def _news(asked: effects.LookUp, lang: str) -> Sentence:
    return news.of_receipt(asked.words, lang) if asked.words else news.latest(lang, asked.place)


def _withdrawn(words: str) -> Sentence:
    receipt = receipts.find(words)
    if not meter.allows_lookup() or receipt is None or receipt.response_id is None:
        return Sentence(wording.NO_SUCH_RECEIPT)
    responses.delete(receipt.response_id)
    return Sentence(wording.WITHDRAWN)
