"""What every question type promises, tried on all of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.i18n import LANGUAGES
from app.surveys.question_types import QUESTION_TYPES, QuestionType, Skip, Unreadable, Value
from tests.surveys.samples import asking

every_type = pytest.mark.parametrize("kind", QUESTION_TYPES, ids=lambda kind: kind.name)
HOSTILE = [
    "<script>alert(1)</script>",
    "'; DROP TABLE answer; --",
    "%(low)s {0} ${x}",
    "\ud800",
    "\u202e4\u202c",
    "9" * 5000,
]


def values(reading: Value) -> tuple[str, ...]:
    return (reading.value,) if isinstance(reading.value, str) else reading.value


@every_type
@pytest.mark.parametrize(
    "text", ["SPRING", "spring over", "Skip!", "pas", "S K I P", "vil ikke svare", "rather not say"]
)
def test_a_skip_word_is_never_unreadable(kind: QuestionType, text: str) -> None:
    reading = kind.read(text, asking(kind.name), "da")

    assert isinstance(reading, Skip) or reading == Value("declined")


@every_type
@pytest.mark.parametrize("text", ["", "   ", "\n", "...", "\0\0", "\u200b\ufeff"])
def test_a_text_that_says_nothing_is_unreadable(kind: QuestionType, text: str) -> None:
    assert kind.read(text, asking(kind.name), "da") == Unreadable()


@every_type
def test_nul_bytes_and_invisible_signs_do_not_hide_an_answer(kind: QuestionType) -> None:
    text = "Flere senge" if kind.is_words else "2"
    hidden = "\0" + text[0] + "\u200b\0" + text[1:] + "\ufeff"

    reading = kind.read(hidden, asking(kind.name), "da")

    assert isinstance(reading, Value)
    assert "\0" not in "".join(values(reading))


@every_type
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_gives_a_value_the_question_knows_or_words(kind: QuestionType, text: str) -> None:
    question = asking(kind.name)
    reading = kind.read(text, question, "da")

    if isinstance(reading, Value) and not kind.is_words:
        assert all(question.offers(value) or value in ("0", "1", "4") for value in values(reading))


@every_type
def test_sixteen_hundred_letters_are_read_and_more_are_cut(kind: QuestionType) -> None:
    reading = kind.read("å" * 4000, asking(kind.name), "da")

    assert reading == (Value("å" * 1600) if kind.is_words else Unreadable())


@every_type
def test_an_emoji_is_an_answer_only_where_it_means_one(kind: QuestionType) -> None:
    meant = {"smiley_5": Value("5"), "smiley_3": Value("3"), "text": Value("😀"), "note": Value("😀")}

    assert kind.read("😀", asking(kind.name), "da") == meant.get(kind.name, Unreadable())


@every_type
def test_a_form_with_nothing_chosen_is_unreadable(kind: QuestionType) -> None:
    assert kind.take([], asking(kind.name)) == Unreadable()


@every_type
@pytest.mark.parametrize(
    "posted", [["<script>"], ["1", "2", "3", "4", "5"], ["99"], ["\0"], ["unknown", "declined", "1"]]
)
def test_a_form_takes_only_what_the_question_offers(kind: QuestionType, posted: list[str]) -> None:
    question = asking(kind.name)
    reading = kind.take(posted, question)

    assert kind.is_words or not isinstance(reading, Value) or all(question.offers(one) for one in values(reading))


@every_type
@pytest.mark.parametrize("lang", [*LANGUAGES, "xx"])
def test_the_hint_is_one_short_sentence(kind: QuestionType, lang: str) -> None:
    hint = kind.hint(asking(kind.name), lang)

    assert hint.endswith(".")
    assert "%(" not in hint
    assert "!" not in hint
    assert hint.count(".") == 1


@every_type
@given(text=st.text(max_size=60), lang=st.sampled_from(LANGUAGES))
def test_no_text_at_all_breaks_a_question(kind: QuestionType, text: str, lang: str) -> None:
    question = asking(kind.name)

    reading = kind.read(text, question, lang)

    if isinstance(reading, Value) and question.options:
        assert all(question.offers(value) for value in values(reading))


@every_type
@given(number=st.integers(min_value=-99, max_value=99))
def test_a_number_outside_the_question_is_never_the_nearest_one(kind: QuestionType, number: int) -> None:
    highest = {"smiley_5": 5, "smiley_3": 3, "yes_no": 3, "scale": 10, "number": 10}.get(kind.name, 5)
    lowest = 0 if kind.name in ("scale", "number") else 1
    reading = kind.read(f"{number}", asking(kind.name), "da")

    if not kind.is_words and kind.name not in ("pick", "rank"):
        assert isinstance(reading, Value) == (lowest <= number <= highest)
