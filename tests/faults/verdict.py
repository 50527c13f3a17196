"""What is wrong after a torture: the database laid beside the stories, the replies beside each other, the disk."""

from collections import Counter, defaultdict
from collections.abc import Callable

import sqlalchemy as sa

from app.channels.sms import queries
from app.core import db
from app.privacy import sealing
from app.surveys.models import Answer, Response
from tests.faults.stories import Row
from tests.faults.torture import Torture
from tests.privacy import forensics

Disk = Callable[[dict[str, bytes]], list[str]]
TAKEN_OR_TRY_AGAIN = {"200", "503", "cut"}
"""What a carrier may hear. Anything else is a text that a real one would give up."""
MOST_WAITING = 0.02
"""Share of texts that may hear "try again" while nobody holds the database: a real carrier tries again once."""


def faults(torture: Torture, disk: Disk) -> list[str]:
    """One line for everything that should not be; none is the verdict one hopes for."""
    expected, there = torture.expected(), stored()
    counts = torture.counts
    found = [f"lost: {row}" for row in (expected - there).elements()]
    found += [f"doubled, mixed up or not wanted: {row}" for row in (there - expected).elements()]
    if (is_open := queries.open_conversations()) != torture.open_conversations():
        found.append(f"open: {is_open} conversations, not {torture.open_conversations()}")
    db.db.session.rollback()
    found += [f"another reply to the same text: {text}" for text in counts.unequal]
    found += [f"never taken: {text}" for text in counts.never_taken]
    found += [f"answered {status}" for status in counts.answers if status not in TAKEN_OR_TRY_AGAIN]
    if counts.answers["503"] > MOST_WAITING * counts.answers["200"]:
        found.append(f"told to try again: {counts.answers['503']} times")
    found += [f"a server ended by itself: {end}" for end in counts.strange_ends]
    return found + [f"on the disk: {where}" for where in disk(needles(torture))]


def stored() -> Counter[Row]:
    """Every response with what hangs on it, each as often as it is there."""
    values, words = defaultdict(list), defaultdict(list)
    rows = db.connection().execute(
        sa.select(
            Answer.id, Answer.response_id, Answer.question, Answer.kind, Answer.value, Answer.sealed, Answer.month
        )
    )
    for row in rows:
        if row.kind == "value":
            values[row.response_id].append((row.question, row.value))
        elif row.kind == "words":
            words[row.response_id].append(sealing.unseal(row.sealed, answer_id=row.id, month=row.month))
    return Counter(
        Row(code, tuple(sorted(values[id_])), tuple(sorted(words[id_])))
        for id_, code in db.connection().execute(sa.select(Response.id, Response.site_code))
    )


def needles(torture: Torture, *, people: int = 12) -> dict[str, bytes]:
    """Numbers and sentences of some of the people, in every spelling that is long enough to mean anything."""
    found: dict[str, bytes] = {}
    for nth, person in enumerate(torture.people[:: max(1, len(torture.people) // people)]):
        spelled = forensics.spellings(person.number)
        for step in person.story.steps:
            for text in (step,) if isinstance(step, str) else step:
                spelled |= {f"{how} {text[:9]}": n for how, n in forensics.texts(text).items() if len(text) > 20}
        found |= {f"{nth} {how}": needle for how, needle in spelled.items() if len(needle) > 6}
    return found
