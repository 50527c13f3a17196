"""Gateways that are wrong in one way each. Every one must turn a script red, or the scripts do not hold the gateway."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from app.channels.sms import answers, conversation, effects, queries, reply_words
from app.channels.sms.hearing import Hearing, Turn
from app.channels.sms.queries import Known
from app.channels.sms.states import Conversation
from app.privacy import keys
from app.privacy.keys import DayKey, DayKeys
from app.surveys import question_types
from app.surveys.question_types.base import Reading, Value
from app.surveys.responses import Said

Wrong = Callable[[pytest.MonkeyPatch], None]
_TURN = conversation.turn


@dataclass(frozen=True)
class Mutant:
    """What is done wrongly, and a script that must notice."""

    script: str
    does: Wrong


def no_claim(patch: pytest.MonkeyPatch) -> None:
    """A text that comes again is taken again."""
    look, keep = queries.look, queries.keep

    def looking(mids: Sequence[bytes], *rest: Any) -> Known:
        found = look(mids, *rest)
        return found._replace(boxes={key: box for key, box in found.boxes.items() if key not in mids})

    patch.setattr(queries, "look", looking)
    patch.setattr(queries, "keep", lambda rows: keep(rows) | {"claimed": len(rows["claimed"])})


def stop_deletes_words(patch: pytest.MonkeyPatch) -> None:
    def stop(hearing: Hearing, argument: str | None) -> Turn:
        turn = _ACTS["STOP"](hearing, argument)
        row = hearing.state.row if hearing.state else None
        return replace(turn, effects=(*turn.effects, effects.Delete(row))) if row else turn

    patch.setitem(conversation._ACTS, "STOP", stop)


def slet_keeps_words(patch: pytest.MonkeyPatch) -> None:
    def delete(hearing: Hearing, argument: str | None) -> Turn:
        turn = _ACTS["SLET"](hearing, argument)
        return replace(turn, effects=tuple(e for e in turn.effects if not isinstance(e, effects.Delete)))

    patch.setitem(conversation._ACTS, "SLET", delete)


_ACTS = dict(conversation._ACTS)


def key_lives_a_day_more(patch: pytest.MonkeyPatch) -> None:
    usable = DayKeys.usable

    def longer(self: DayKeys, now: Any, since_boot: float) -> tuple[DayKey, ...]:
        older = self._read(keys.epoch_of(now) - 2, since_boot)
        return (*usable(self, now, since_boot), *([older] if older else []))

    patch.setattr(keys, "LONGEST_LIFE", 72 * 3600)
    patch.setattr(DayKeys, "usable", longer)
    patch.setattr(DayKeys, "_is_alive", lambda self, path, now, since_boot: path.name.isdecimal())


def key_lives_a_day_less(patch: pytest.MonkeyPatch) -> None:
    usable = DayKeys.usable
    patch.setattr(DayKeys, "usable", lambda self, now, since_boot: usable(self, now, since_boot)[:1])


def third_hint(patch: pytest.MonkeyPatch) -> None:
    """The count is forgotten: whoever is misunderstood is told the same for ever."""
    heard = answers.heard
    patch.setattr(answers, "heard", lambda hearing, state: heard(hearing, state.but(tries=0)))


def ratings_at_once(patch: pytest.MonkeyPatch) -> None:
    taken = answers.taken

    def eager(hearing: Hearing, state: Conversation, reading: Reading) -> Turn:
        question = hearing.runs.asked(state)
        if isinstance(reading, Value) and not question_types.by_name(question.type).is_words:
            state = hearing.with_row(state)
            said = Said(question=question.id, kind="value", value=str(reading.value))
            hearing.effects.append(effects.Store(state.row or b"", (said,)))
        return taken(hearing, state, reading)

    patch.setattr(answers, "taken", eager)


def words_only_at_the_end(patch: pytest.MonkeyPatch) -> None:
    def late(*known: Any) -> Turn:
        turn = _TURN(*known)
        if turn.state is None or turn.state.awaits == "offer":
            return turn
        return replace(turn, effects=tuple(e for e in turn.effects if not isinstance(e, effects.Store)))

    patch.setattr(conversation, "turn", late)


def carriers_answer_ignored(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        conversation, "turn", lambda state, text, *rest: _TURN(state, replace(text, has_answered=None), *rest)
    )


def language_list_stays_open(patch: pytest.MonkeyPatch) -> None:
    def open_list(state: Conversation | None, *rest: Any) -> Turn:
        turn = _TURN(state, *rest)
        stays = state is not None and state.lists_languages and turn.state is not None
        return replace(turn, state=turn.state.but(lists_languages=True)) if stays and turn.state else turn

    patch.setattr(conversation, "turn", open_list)


def thanks_are_answered(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(reply_words, "is_courtesy", lambda _: False)


def danger_replaces_the_question(patch: pytest.MonkeyPatch) -> None:
    def alone(*known: Any) -> Turn:
        turn = _TURN(*known)
        in_danger = turn.is_vital and any(event.what == "crisis" for event in turn.events)
        return replace(turn, sentences=turn.sentences[:1]) if in_danger else turn

    patch.setattr(conversation, "turn", alone)


def late_answers_count(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(conversation, "_is_late", lambda *_: False)


def offer_is_the_end(patch: pytest.MonkeyPatch) -> None:
    """A second text after the last answer finds nothing open."""

    def short(*known: Any) -> Turn:
        turn = _TURN(*known)
        return replace(turn, state=None) if turn.state and turn.state.awaits == "offer" else turn

    patch.setattr(conversation, "turn", short)


MUTANTS = {
    "no_claim": Mutant("06_delivered_twice", no_claim),
    "stop_deletes_words": Mutant("05_stop_in_the_middle", stop_deletes_words),
    "slet_keeps_words": Mutant("18_slet", slet_keeps_words),
    "key_lives_a_day_more": Mutant("13_late_answers", key_lives_a_day_more),
    "key_lives_a_day_less": Mutant("13_late_answers", key_lives_a_day_less),
    "third_hint": Mutant("04_wrong_twice", third_hint),
    "ratings_at_once": Mutant("14_left_before_the_finish", ratings_at_once),
    "words_only_at_the_end": Mutant("14_left_before_the_finish", words_only_at_the_end),
    "carriers_answer_ignored": Mutant("20_the_provider_has_answered", carriers_answer_ignored),
    "language_list_stays_open": Mutant("07_another_language", language_list_stays_open),
    "thanks_are_answered": Mutant("09_words_first", thanks_are_answered),
    "danger_replaces_the_question": Mutant("10_a_word_of_crisis", danger_replaces_the_question),
    "late_answers_count": Mutant("36_found_later", late_answers_count),
    "offer_is_the_end": Mutant("22_a_word_more", offer_is_the_end),
}
