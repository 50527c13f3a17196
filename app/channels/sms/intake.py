"""One text in one transaction: known already? whose conversation? what do we do, what do we say? The caller commits.

The number is a local variable here and an argument to `privacy.pseudonyms`; it is in no statement,
no log and no exception.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.channels.sms import conversation, effects, meter, news, queries, replies, states, wording
from app.channels.sms.effects import Effect
from app.channels.sms.hearing import PlaceAsked, Text, Turn, World
from app.channels.sms.providers.base import Inbound
from app.channels.sms.queries import Cells, Found
from app.channels.sms.replies import Reply, Way
from app.channels.sms.states import Conversation
from app.channels.sms.wording import Sentence
from app.core import db, weeks
from app.core.clock import COPENHAGEN
from app.privacy import boxes, pseudonyms, receipts
from app.privacy.keys import DayKey
from app.surveys import help_lines, paradata, responses, sites, versions
from app.surveys import queries as surveys
from app.surveys.paradata import Event
from app.surveys.responses import Setting

NIGHTS = 2
"""How many day keys die before a row that still grows is taken as finished."""


def take(inbound: Inbound, keys: Sequence[DayKey], now: datetime, *, way: Way = Way.INLINE) -> Reply:
    """Store what the text says and give the reply; a text that came before gets its old reply and changes nothing.

    `way` is how a new reply will travel. An empty reply is silence. Raises TakenMeanwhile if another
    delivery of the same text won the race: roll back and call again.
    """
    mids = {pseudonyms.message(key, inbound.id): key for key in keys}
    sids = {pseudonyms.thread(key, inbound.sender): key for key in keys}
    cells = meter.cells(keys[0], inbound.sender, now)
    exchange = _Exchange(inbound, keys, now, sids)
    if db.may_read_first():
        found = queries.look(list(mids), list(sids), cells)
        if not found.seen:
            exchange.think(found)
            db.turn_to_writing()
    queries.wait_for_turn(pseudonyms.turn_lock(keys[0], inbound.sender))
    found = queries.look(list(mids), list(sids), cells)
    if found.seen:
        mid, box = found.seen
        return replies.opened(inbound.id, mids[mid], mid, box)
    exchange.think(found)
    reply = exchange.reply(way)
    exchange.keep(reply, cells)
    replies.remember(inbound.id, keys[0], reply)
    return reply


class _Exchange:
    """One text and its reply.

    A turn is thought before it is our turn to write, and once more only if another text of the same
    telephone came between: writers wait for each other, thinking does not.
    """

    def __init__(self, inbound: Inbound, keys: Sequence[DayKey], now: datetime, sids: Mapping[bytes, DayKey]) -> None:
        self.inbound, self.keys, self.now, self.sids = inbound, keys, now, sids
        self.week = weeks.week_of(now.astimezone(COPENHAGEN).date())
        self.codes: dict[str, str] = {}
        self.found: Found | None = None
        self.turn: Turn | None = None
        self.events: tuple[Event, ...] = ()

    def think(self, found: Found) -> None:
        """What the text asks for, in the conversation as it was found. Changes nothing."""
        before, self.found = self.found, found
        if self.inbound.is_machine or (before and before.session == found.session):
            return
        state = self._opened()
        text = self._text(has_lost_thread=found.session is not None and state is None)
        self.turn = conversation.turn(state, text, world(), responses.new_id(), self.now)

    def reply(self, way: Way) -> Reply:
        """Carry out what the text asks for. What does not fit the limits is done all the same, in silence."""
        turn, silence = self.turn, Reply(text="", way=way)
        if turn is None:
            return silence
        if turn.is_free and meter.is_repeating(self.keys[0], self.inbound.sender, self.inbound.text):
            self.turn, self.events = None, (Event(what="silent"),)
            return silence
        self.events = turn.events
        reply = Reply(text=wording.said(turn.lang, self._carry_out(turn)), way=way, is_vital=turn.is_vital)
        if reply.text and not meter.has_room(self._levels, reply.text, is_vital=reply.is_vital):
            self.events += (Event(what="silent"),)
            return replace(reply, text="")
        return reply

    def keep(self, reply: Reply, cells: Cells) -> None:
        """Where the conversation stands now, and the counts: last, because everybody's texts change the same counts."""
        if self.turn:
            self._save(self._sid, self.turn.state)
        paradata.count(self._week_counted(), self.events)
        if reply.text:
            meter.count_reply(cells, reply.text)

    @property
    def _sid(self) -> bytes | None:
        return self.found.session[0] if self.found and self.found.session else None

    @property
    def _levels(self) -> Mapping[str, int]:
        return self.found.levels if self.found else {}

    def _week_counted(self) -> str:
        """The week of the day a conversation is filed under: what is counted anew must be taken back from there."""
        key = self.sids[self._sid] if self._sid else self.keys[0]
        return weeks.week_of(date(1970, 1, 1) + timedelta(days=key.epoch))

    def _text(self, *, has_lost_thread: bool) -> Text:
        inbound = self.inbound
        return Text(
            body=inbound.text,
            pictures=inbound.pictures,
            has_answered=inbound.has_answered,
            sent_at=inbound.sent_at,
            has_lost_thread=has_lost_thread,
        )

    def _opened(self) -> Conversation | None:
        """The open conversation under any living key; a box that cannot be read is as good as none."""
        if self.found is None or self.found.session is None:
            return None
        sid, box = self.found.session
        key = pseudonyms.draft_key(self.sids[sid], self.inbound.sender)
        try:
            return states.from_bytes(boxes.open_(key, box, bound_to=sid))
        except (boxes.CannotOpen, states.Unreadable):
            return None

    def _save(self, sid: bytes | None, state: Conversation | None) -> None:
        if state is None:
            if sid:
                queries.end(sid)
            return
        key = self.sids[sid] if sid else self.keys[0]
        which = sid or pseudonyms.thread(key, self.inbound.sender)
        content = states.to_bytes(state)
        box = boxes.close(pseudonyms.draft_key(key, self.inbound.sender), content, bound_to=which)
        if sid:
            queries.save(sid, box)
        else:
            queries.add(which, key.epoch, box)

    def _carry_out(self, turn: Turn) -> tuple[Sentence, ...]:
        sentences = turn.sentences
        for effect in turn.effects:
            sentences += self._do(effect, turn.lang)
        return tuple(replace(s, values={**s.values, **self.codes}) if not s.is_plain else s for s in sentences)

    def _do(self, effect: Effect, lang: str) -> tuple[Sentence, ...]:
        if isinstance(effect, effects.Begin):
            responses.begin(self._setting(effect), response_id=effect.row, nights_left=NIGHTS)
        elif isinstance(effect, effects.Store):
            responses.add(effect.row, effect.said, week=self.week)
        elif isinstance(effect, effects.Place):
            responses.place(effect.row, effect.place)
        elif isinstance(effect, effects.Finish):
            responses.finish(effect.row)
        elif isinstance(effect, effects.Delete):
            responses.delete(effect.row)
        elif isinstance(effect, effects.Issue):
            self.codes["code"] = " ".join(receipts.issue(effect.row, self.week)).upper()
        elif isinstance(effect, effects.Withdraw):
            return (_withdrawn(effect.words),)
        else:
            return (self._news(effect, lang),)
        return ()

    def _news(self, asked: effects.LookUp, lang: str) -> Sentence:
        out = wording.spoken(lang)
        return news.of_receipt(asked.words, out) if asked.words else news.latest(out)

    def _setting(self, begin: effects.Begin) -> Setting:
        return Setting(
            channel="sms",
            lang=begin.lang,
            week=self.week,
            site_code=begin.place,
            survey_id=begin.survey,
            version=begin.version,
        )


def world() -> World:
    """What conversations may look up in this app."""
    return World(place=_place, place_codes=_PlaceCodes(), survey=versions.get, help_lines=help_lines.current())


class _PlaceCodes(Container[str]):
    """Every code a place owns; asked one at a time, since most texts hold none."""

    def __contains__(self, code: object) -> bool:
        return surveys.site_exists(str(code))


def _place(code: str) -> PlaceAsked | None:
    row = surveys.site_row(sites.normalised(code))
    if row is None:
        return None
    return PlaceAsked(
        code=row.code,
        kind=row.kind,
        name=row.name,
        local_help=row.local_help,
        survey=versions.open_one(row.sms_survey) if row.is_open else None,
    )


def _withdrawn(words: str) -> Sentence:
    receipt = receipts.find(words)
    if not meter.allows_lookup() or receipt is None or receipt.response_id is None:
        return Sentence(wording.NO_SUCH_RECEIPT)
    responses.delete(receipt.response_id)
    return Sentence(wording.WITHDRAWN)
