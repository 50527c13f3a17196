"""What happened in conversations, counted and never told of one: the paradata behind drop-off and dispositions.

The reading side, which nothing leaves unguarded, is `publication.dispositions`; the words for readers are
docs/sms.md, "Counting people honestly".
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from app.surveys import queries

Standing = Literal["refused", "breakoff", "words", "partial", "complete", "placed", "unplaced"]
"""What a conversation would count as if its person never wrote again (docs/sms.md has the table).

A conversation that falls silent dies with its day key, and no code runs then. So its standing is counted
while it lives: one when the conversation begins, and at every change the old one is taken back
(`Event.taken_back`) and the new one is counted. The sum of the standings is at any moment the number of
conversations, and after two days each stands where it ended. `question` is the id of the open question, ""
once the last one is behind.

refused, breakoff, words, partial, complete: a conversation about a survey; `standing` says which. Free words
(also those behind "this place is not asking") have no survey: `unplaced` when the first of them are
stored, changed for `placed` once their place is known; question "". Of them only the week is said.
SLET: a survey conversation then stands at `refused`, where it was; the standing of free words is taken back.
STOP, silence and another place's code change nothing: it stands where it stood.
"""

STANDINGS: tuple[Standing, ...] = get_args(Standing)

Happening = Literal[
    "opened", "asked", "answered", "skipped", "declined", "hint", "kept", "finish", "stopped", "deleted", "moved",
    "receipt_yes", "receipt_no", "help", "crisis", "orphan", "silent", "late", "recovered", "resent", Standing,
]  # fmt: skip
"""What is counted, and when. Of a conversation about a survey, with its survey, version, kind of place and language:

opened       the opening is sent; the standing begins (`refused`, or `words` if words came behind the code); question ""
asked        a question is put for the first time; not when SPROG, START, a hint or a picture makes us repeat it
answered     a value or words were taken for it
skipped      SPRING, or "ved ikke" where that is no option
declined     "vil ikke svare"
hint         its first unreadable text; at most once a question
kept         its second unreadable text: kept as words, and the survey goes on
stopped      STOP while it was open, also a STOP the carrier has answered
deleted      SLET while it was open
moved        a place's code that begins another conversation while it was open
finish       the finish line is passed and something is stored; once a conversation; question ""
receipt_yes  the offer of a code was taken; question ""
receipt_no   anything else was said to the offer; question ""

`question` is the id of the question that is open; "" for stopped, deleted and moved when none is (the
offer, the place of free words). So, question by question and at any moment,
asked = answered + skipped + declined + kept + everybody standing there,
and silent there are those standing there who neither stopped, deleted nor moved.

Of everything else only the week is said; no survey, place, language or question:

help         HJÆLP
crisis       help lines stood in front of a reply
orphan       a bare answer that has lost its question
silent       a text that got no reply: a courtesy, an equal text again, or above a limit
late         a bare value that was sent before its question, dropped
recovered    a text the webhook missed and the carrier's list had
resent       a reply sent again, because the carrier's list does not have it
"""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened, with everything that may be said of it: no place, no person, no order.

    `lang` is the language the conversation is filed under: the one it began in, or the one changed to while
    its first question is still open (`refiled`). A later change of language does not move it, or its hints and
    its standing would lie in two tables.
    """

    what: Happening
    question: str = ""
    survey: str = ""
    version: int = 0
    site_kind: str = ""
    lang: str = ""
    n: int = 1
    """-1 takes one back that was counted in the same conversation."""

    def taken_back(self) -> "Event":
        """This event, no longer counted."""
        return replace(self, n=-self.n)


def standing(taken: Sequence[str], *, has_row: bool, is_past_finish: bool, is_through: bool) -> Standing:
    """Where a conversation about a survey stands.

    `taken` is what became of each question so far, in the words of `Rating.kind` (value, words, skipped,
    declined, unreadable); `has_row` that something of it is stored, before the finish line only ever words;
    `is_through` that no question is left.
    """
    answered = sum(kind in ("value", "words") for kind in taken)
    if not is_past_finish:
        return "words" if has_row else "breakoff" if answered else "refused"
    return "complete" if is_through and 2 * answered >= len(taken) else "partial"


def refiled(events: Iterable[Event], lang: str) -> tuple[Event, ...]:
    """Take these back and count them in another language.

    For a change of language while the first question is open: `opened`, that question's `asked` and `hint` (as
    far as they happened), and the standing.
    """
    return tuple(one for event in events for one in (event.taken_back(), replace(event, lang=lang)))


def count(week: str, events: Iterable[Event]) -> None:
    """Count them, in the transaction in which they happened; `week` as `tallied` says."""
    queries.COUNT_PARADATA.run(tallied((week, one) for one in events))


def tallied(events: Iterable[tuple[str, Event]]) -> list[dict[str, str | int]]:
    """What is to be added to the counts for these events, each with its week.

    That is the week of the UTC day whose key the conversation is filed under (today's where there is none):
    so whatever is taken back is taken from the week it was counted in, and two days after a week has ended
    nothing in it changes any more. In the order of their keys, so that two writers cannot block each other.
    """
    counted: Counter[tuple[str | int, ...]] = Counter()
    for week, one in events:
        counted[week, one.survey, one.version, one.site_kind, one.lang, one.question, one.what] += one.n
    return [dict(zip(_COLUMNS, (*key, n), strict=True)) for key, n in sorted(counted.items()) if n]


_COLUMNS = ("week", "survey_id", "version", "site_kind", "lang", "question", "event", "n")
