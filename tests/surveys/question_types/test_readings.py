"""Rules of reading that are easy to break: each was a way to take a wrong value for an answer."""

import pytest

from app.surveys import question_types, sketch
from app.surveys.question_types import Reading, Skip, Unreadable, Value
from tests.surveys.samples import WHERE, YES_PARTLY_NO, asking


def rated(text: str, lang: str = "da") -> Reading:
    return question_types.by_name("smiley_5").read(text, asking("smiley_5"), lang)


def agreed(text: str, lang: str = "da") -> Reading:
    return question_types.by_name("yes_no").read(text, sketch.question("yes_no", YES_PARTLY_NO), lang)


def placed(text: str) -> Reading:
    return question_types.by_name("place").read(text, sketch.question("place", WHERE), "da")


@pytest.mark.parametrize(
    "text",
    [
        "en af 5 var sød",
        "fire ud af 10",
        "4 ud af ti",
        "2. gang jeg er her",
        "4 -5",
        "½",
        "4½",
        "4²",
        "-4/5",
        "4/5 men 2 var sure",
        "4 af 5 dage",
        "😀😭",
        "★★★★★★",
        "☆☆☆",
        "4€",
        "kl.4",
        "4:30",
        "4 eller fem gange 5",
    ],
)
def test_what_is_no_rating_is_not_taken_for_one(text: str) -> None:
    assert rated(text) == Unreadable()


@pytest.mark.parametrize(
    ("text", "value", "comment"),
    [
        ("4️⃣ fint sted", "4", "fint sted"),
        ("★★★☆☆", "3", None),
        ("fint sted 🙂", "4", None),
        ("😊🙏", "4", None),
        ("maden er kold 🙁", "2", "maden er kold 🙁"),
        ("4’er", "4", None),
        ("4 skønt 👍🏽", "4", "skønt 👍🏽"),
        ("4 (for koldt)", "4", "for koldt"),
        ("fire ud af fem", "4", None),
        ("5 5 5 godt", "5", "5 5 godt"),
    ],
)
def test_a_rating_keeps_the_words_beside_it(text: str, value: str, comment: str | None) -> None:
    assert rated(text) == Value(value, comment)


def test_words_of_farsi_keep_the_signs_that_hold_them_together() -> None:
    assert rated("۴ می‌خواهم", "fa") == Value("4", "می‌خواهم")


@pytest.mark.parametrize("text", ["ja 3", "1 nej", "3 ja", "ja 👎", "nej, eller jo"])
def test_two_answers_in_one_text_are_none(text: str) -> None:
    assert agreed(text) == Unreadable()


@pytest.mark.parametrize(
    ("text", "value", "comment"),
    [
        ("ja 1", "yes", None),
        ("ja, 3 gange om ugen", "yes", "3 gange om ugen"),
        ("ja ja ja", "yes", None),
        ("👍 gode folk", "yes", "gode folk"),
        ("tre", "no", None),
        ("nej de smed mig ud kl 3", "no", "de smed mig ud kl 3"),
    ],
)
def test_yes_and_no_are_heard_with_words_behind_them(text: str, value: str, comment: str | None) -> None:
    assert agreed(text) == Value(value, comment)


def test_the_conversation_decides_what_a_word_means() -> None:
    assert agreed("nu", "ro") == Value("no")
    assert agreed("nu", "da") == Unreadable()
    assert agreed("tak", "pl") == Value("yes")
    assert agreed("tak", "da") == Unreadable()


def test_a_letter_is_an_answer_only_alone() -> None:
    assert placed("b)") == Value("inside")
    assert placed("a nice place") == Unreadable()
    assert placed("i") == Unreadable()


def test_the_beginning_of_two_labels_is_no_answer() -> None:
    options = [
        {"id": "a1", "words": ["Inde i huset", "In the house"]},
        {"id": "a2", "words": ["Inde i bussen", "In the bus"]},
    ]

    assert question_types.by_name("choice").read("inde", sketch.question("choice", options), "da") == Unreadable()


def test_not_knowing_is_an_answer_where_the_question_offers_it_and_a_skip_elsewhere() -> None:
    with_unknown = sketch.question("yes_no", ["yes", "no", "unknown"])

    assert question_types.by_name("yes_no").read("ved ikke", with_unknown, "da") == Value("unknown")
    assert agreed("ved ikke") == Skip("skipped")


def test_declining_is_an_answer_where_the_question_offers_it_and_a_skip_elsewhere() -> None:
    assert agreed("vil ikke svare") == Value("declined")
    assert placed("vil ikke svare") == Skip("declined")


def test_a_list_of_ten_lines_knows_no_two_numbers_in_one() -> None:
    options = [{"id": f"o{number}", "words": [f"Ting {chr(96 + number)}"]} for number in range(1, 11)]
    many = sketch.question("pick", options, max=3)

    assert question_types.by_name("pick").read("10", many, "da") == Value(("o10",))
    assert question_types.by_name("pick").read("37", many, "da") == Unreadable()


def test_three_faces_read_a_very_glad_face_as_good() -> None:
    assert question_types.by_name("smiley_3").read("😍", asking("smiley_3"), "da") == Value("3")


def test_a_text_keeps_its_line_breaks_and_loses_what_cannot_be_stored() -> None:
    text = question_types.by_name("text")

    assert text.read(" Flere\r\nsenge\x07\ud800 ", asking("text"), "da") == Value("Flere\nsenge")


def test_an_empty_field_for_words_is_a_skip_and_too_many_words_are_handed_back() -> None:
    text = question_types.by_name("text")

    assert text.take(["  "], asking("text")) == Skip("skipped")
    assert text.take(["a" * 2001], asking("text")) == Unreadable()


def test_a_form_keeps_the_order_of_a_rank_and_not_of_a_pick() -> None:
    assert question_types.by_name("rank").take(["outside", "door"], asking("rank")) == Value(("outside", "door"))
    assert question_types.by_name("pick").take(["outside", "door"], asking("pick")) == Value(("door", "outside"))
    assert question_types.by_name("pick").take(["outside", "door", "inside"], asking("pick")) == Unreadable()


@pytest.mark.parametrize(("typed", "value"), [("7", "7"), ("٧", "7"), (" 07 ", "7")])
def test_a_number_field_takes_digits_of_every_script(typed: str, value: str) -> None:
    assert question_types.by_name("number").take([typed], asking("number")) == Value(value)


@pytest.mark.parametrize("typed", ["11", "-1", "7 gange", "7,5", ""])
def test_a_number_field_takes_nothing_but_a_number_in_its_bounds(typed: str) -> None:
    assert question_types.by_name("number").take([typed], asking("number")) == Unreadable()
