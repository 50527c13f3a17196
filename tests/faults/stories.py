"""Conversations made up from a seed, and what each must leave behind: told by hand, without asking the engine."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

PLACES = ("GH1", "GH2", "MUE2", "SIR1")
RATINGS = ("1", "2", "3", "4", "5")
RESPECT = {"ja": "yes", "1": "yes", "2": "partly", "nogenlunde": "partly", "nej": "no", "3": "no"}
THINGS = (
    "Flere senge om natten",
    "Bedre mad hver dag",
    "Lås badet op tidligt",
    "Der mangler ren sengetøj",
    "Varme i gangen",
)
CONSONANTS = "bdfghklmnprstv"

Step = str | tuple[str, ...]
"""What one telephone sends next; several at once are on their way together. `{receipt}` is the code it was given."""


@dataclass(frozen=True)
class Row:
    """One stored response: its place, its values and its words, each exactly as often as it was said."""

    place: str | None
    values: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """What one person sends, the responses that must be there at the end, and whether the conversation is open."""

    steps: tuple[Step, ...]
    rows: tuple[Row, ...] = ()
    is_open: bool = False


@dataclass
class Author:
    """Draws stories. Every sentence carries a word that no other conversation has."""

    chance: random.Random
    only: "Callable[[Author], Story] | None" = None
    """The one kind of story that is told; None: all of them."""
    used: set[str] = field(default_factory=set)

    def story(self) -> Story:
        """One conversation of any kind, the ordinary ones more often."""
        kinds, weights = zip(*KINDS, strict=True)
        kind: Callable[[Author], Story] = self.only or self.chance.choices(kinds, weights)[0]
        self.mark = self._mark()
        self.place = self.chance.choice(PLACES)
        self.rating = self.chance.choice(RATINGS)
        self.said, self.respect = self.chance.choice(list(RESPECT.items()))
        return kind(self)

    def words(self) -> str:
        """A sentence of this conversation."""
        return f"{self.chance.choice(THINGS)} siger {self.mark}"

    def row(self, *words: str, place: str | None = None) -> Row:
        """The response of a survey that got past its finish line."""
        return Row(place or self.place, (("last_time", self.rating), ("respect", self.respect)), tuple(sorted(words)))

    def _mark(self) -> str:
        while True:
            mark = "".join(self.chance.choice(CONSONANTS) + self.chance.choice("aou") for _ in range(4))
            if mark not in self.used:
                self.used.add(mark)
                return mark


def whole(by: Author) -> Story:
    words = by.words()
    return Story((by.place, by.rating, by.said, words, "nej"), (by.row(words),))


def in_english(by: Author) -> Story:
    words = f"More beds says {by.mark}"
    by.respect = "yes"
    return Story((f"{by.place} EN", by.rating, "yes", words, "2"), (by.row(words),))


def with_comments(by: Author) -> Story:
    first, last = f"personalet lytter siger {by.mark}", by.words()
    return Story((by.place.lower(), f"{by.rating} {first}", by.said, last, "nej"), (by.row(first, last),))


def with_a_receipt(by: Author) -> Story:
    words = by.words()
    return Story((by.place, by.rating, by.said, words, "ja", "NYT {receipt}"), (by.row(words),))


def withdrawn(by: Author) -> Story:
    return Story((by.place, by.rating, by.said, by.words(), "ja", "SLET {receipt}", "NYT {receipt}"))


def without_words(by: Author) -> Story:
    return Story((by.place, by.rating, by.said, "SPRING", "nej"), (by.row(),))


def only_skips(by: Author) -> Story:
    return Story((by.place, "SPRING", "SPRING", "SPRING"))


def one_skip(by: Author) -> Story:
    row = Row(by.place, (("respect", by.respect),))
    return Story((by.place, "spring over", by.said, "SPRING", "nej"), (row,))


def wrong_once(by: Author) -> Story:
    return Story((by.place, "meget", by.rating, by.said, "SPRING", "nej"), (by.row(),))


def wrong_twice(by: Author) -> Story:
    kept, words = f"det ved jeg sgu ikke {by.mark}", by.words()
    row = Row(by.place, (("respect", by.respect),), tuple(sorted((kept, words))))
    return Story((by.place, "meget", kept, by.said, words, "nej"), (row,))


def wrong_in_words(by: Author) -> Story:
    kept = f"vi ses altid udenfor {by.mark}"
    return Story((by.place, kept, by.rating, by.said, "SPRING", "nej"), (by.row(kept),))


def left_at_once(by: Author) -> Story:
    return Story((by.place,), is_open=True)


def left_before_the_finish(by: Author) -> Story:
    return Story((by.place, by.rating), is_open=True)


def left_after_the_finish(by: Author) -> Story:
    return Story((by.place, by.rating, by.said), (by.row(),), is_open=True)


def left_at_the_offer(by: Author) -> Story:
    words = by.words()
    return Story((by.place, by.rating, by.said, words), (by.row(words),), is_open=True)


def stopped_in_the_middle(by: Author) -> Story:
    return Story((by.place, by.rating, "STOP", "tak"))


def stopped_with_words(by: Author) -> Story:
    kept = f"personalet lytter siger {by.mark}"
    return Story((by.place, f"{by.rating} {kept}", "Stop nu"), (Row(by.place, (), (kept,)),))


def stopped_after_the_finish(by: Author) -> Story:
    return Story((by.place, by.rating, by.said, "AFMELD"), (by.row(),))


def deleted_in_the_middle(by: Author) -> Story:
    return Story((by.place, f"{by.rating} personalet lytter siger {by.mark}", "SLET", "Slet"))


def deleted_at_the_offer(by: Author) -> Story:
    return Story((by.place, by.rating, by.said, by.words(), "SLET"))


def moved(by: Author) -> Story:
    other = by.chance.choice([place for place in PLACES if place != by.place])
    words = by.words()
    return Story((other, "3", by.place, by.rating, by.said, words, "nej"), (by.row(words),))


def free(by: Author) -> Story:
    words = by.words()
    return Story((words, by.place, "nej"), (Row(by.place, (), (words,)),))


def free_then_a_receipt(by: Author) -> Story:
    words = by.words()
    return Story((words, by.place, "JA TAK", "nyt {receipt}"), (Row(by.place, (), (words,)),))


def free_without_a_place(by: Author) -> Story:
    words = (by.words(), f"det store hus {by.mark}", f"det med de røde døre {by.mark}")
    return Story((*words, "nej"), (Row(None, (), tuple(sorted(words))),))


def free_and_gone(by: Author) -> Story:
    words = by.words()
    return Story((words,), (Row(None, (), (words,)),), is_open=True)


def help_between(by: Author) -> Story:
    words = by.words()
    return Story((by.place, "HJÆLP", by.rating, "hjælp mig", by.said, words, "nej"), (by.row(words),))


def answer_before_the_code(by: Author) -> Story:
    """Out of order: the answer overtakes the code, has no question, and is given again when it is asked for."""
    return Story(("4", by.place, by.rating, by.said, "SPRING", "nej"), (by.row(),))


def words_before_the_code(by: Author) -> Story:
    """Out of order: the words come first and wait for their place; the rating behind them says no to a receipt."""
    words = by.words()
    return Story((words, by.place, by.rating), (Row(by.place, (), (words,)),))


def two_texts_at_once(by: Author) -> Story:
    """Both halves of a long answer are on their way together: either order, both are kept."""
    halves = (by.words(), f"og så er der koldt siger {by.mark}")
    return Story((by.place, by.rating, by.said, halves, "nej"), (by.row(*halves),))


def two_ratings_at_once(by: Author) -> Story:
    """Two ratings on their way together: whichever is first, each binds to a question of its own."""
    by.rating, by.respect = "3", "no"
    return Story((by.place, ("3", "3"), "SPRING", "nej"), (by.row(),))


KINDS: tuple[tuple[Callable[[Author], Story], int], ...] = (
    (whole, 8), (in_english, 2), (with_comments, 2), (with_a_receipt, 3), (withdrawn, 2), (without_words, 2),
    (only_skips, 1), (one_skip, 1), (wrong_once, 1), (wrong_twice, 2), (wrong_in_words, 1), (left_at_once, 1),
    (left_before_the_finish, 2), (left_after_the_finish, 2), (left_at_the_offer, 1), (stopped_in_the_middle, 2),
    (stopped_with_words, 1), (stopped_after_the_finish, 1), (deleted_in_the_middle, 2), (deleted_at_the_offer, 1),
    (moved, 2), (free, 3), (free_then_a_receipt, 1), (free_without_a_place, 2), (free_and_gone, 1), (help_between, 1),
    (answer_before_the_code, 2), (words_before_the_code, 2), (two_texts_at_once, 3), (two_ratings_at_once, 2),
)  # fmt: skip
