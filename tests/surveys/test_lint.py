"""What keeps a survey from opening on a channel."""

import pytest

from app.surveys import definition, lint
from tests.surveys.samples import file_text, house


def changed(survey_id: str, wrong: str, instead: str) -> definition.Survey:
    text = file_text(survey_id)
    assert wrong in text
    return definition.load(text.replace(wrong, instead), f"{survey_id}.toml")


def reasons(survey: definition.Survey, channel: str) -> str:
    return "\n".join(f"{fault.where}: {fault.reason}" for fault in lint.check(survey, channel))


@pytest.mark.parametrize(
    ("survey_id", "channel"),
    [
        ("sms_core", "sms"),
        ("sms_core", "web"),
        ("five_tap", "kiosk"),
        ("five_tap", "web"),
        ("five_tap", "paper"),
        ("track_core", "kiosk"),
        ("track_core", "web"),
    ],
)
def test_the_surveys_of_the_house_open_on_their_channels(survey_id: str, channel: str) -> None:
    assert lint.check(house(survey_id, "ar"), channel) == []


def test_five_taps_are_too_many_for_sms_and_one_of_its_words_is_reserved() -> None:
    found = reasons(house("five_tap"), "sms")

    assert "five_tap: One way through asks 6 questions. By SMS 4 is the most." in found
    assert "mattered.help.short.da: “hjælp” is a reserved word" in found


SMS = [
    (
        "Blev du mødt med respekt? Svar",
        "Blev du mødt med respekt – her? Svar",
        "“–” (a dash) makes the message twice as dear. Write - instead.",
    ),
    (
        "Hvordan var det her sidst? Svar",
        "Hvordan synes du selv at det var her sidst? Svar",
        "2 messages. 1 is the most",
    ),
    ("Svar 1=ja 2=nogenlunde 3=nej", "Svar ja eller nej", "The menu lacks “1 Ja”"),
    ("Svar 1-5.", "Svar med et tal.", "must say “1-5”"),
    ("SPRING=spring over", "Se gadensstemme.dk", "No web addresses"),
    ("Reply 1=yes", "Reply YES or 1=yes", "Never ask for “YES”"),
    ("STOP=slut.", "", "must say “STOP”"),
    ("Vi gemmer ikke dit nummer.", "", "must say “nummer”"),
    ("Write no names.", "", "must say “name”"),
    ("Gadens Stemme. Vi", "Vi", "must say “Gadens Stemme”"),
    ("Blev du mødt med respekt? Svar", "Blev du mødt med respekt 😀? Svar", "No emoji: “😀”"),
    ("Blev du mødt med respekt? Svar", "Blev du mødt med respekt i GH1? Svar", "“GH1” could be a real place"),
    ("SPRING=spring over", "Du får svar", "“Du får svar” promises an answer"),
    ('da = "Nogenlunde"', 'da = "Hjælp"', "“Hjælp” is a reserved word"),
    ('da = "Nogenlunde"', 'da = "GH1"', "looks like the code of a place"),
    ("SKIP=skip", "SKIP=skip!", "No exclamation marks"),
]


@pytest.mark.parametrize(("wrong", "instead", "reason"), SMS, ids=[case[2] for case in SMS])
def test_a_text_that_does_not_fit_sms_is_told_why(wrong: str, instead: str, reason: str) -> None:
    assert reason in reasons(changed("sms_core", wrong, instead), "sms")


WORDS = [
    ("Blev du mødt med respekt?", "Blev du mødt med respekt? Altid?", "more than one question mark"),
    ("Tak. Det, du har sagt, tæller med.", "Tak!", "No exclamation marks"),
    ("Det tager cirka 1 minut.", "Brugertilfredshedsundersøgelsen er frivillig.", "has more than 14 letters"),
    ("Det tager cirka 1 minut.", "Det er for narkomaner.", "“narkomaner” is a word we do not use"),
    (
        "Det tager cirka 1 minut.",
        "Vi vil gerne vide hvad du synes om alt det der sker her hver eneste dag.",
        "More than 15 words",
    ),
]


@pytest.mark.parametrize(("wrong", "instead", "reason"), WORDS, ids=[case[2] for case in WORDS])
def test_hard_or_hurtful_words_are_named(wrong: str, instead: str, reason: str) -> None:
    assert reason in reasons(changed("sms_core", wrong, instead), "web")


def test_the_whole_survey_must_be_easy_to_read() -> None:
    heavy = changed("sms_core", "Tak. Det, du har sagt, tæller med.", "Undersøgelsen omhandler kvaliteten. " * 12)

    assert "LIX is" in reasons(heavy, "web")


SCREEN = [
    ("tabler:clock", "clock", "There is no picture called “clock”"),
    ("Mad og kaffe", "Mad og kaffe og brød og en kage mere", "longer than 30 characters"),
]


@pytest.mark.parametrize(("wrong", "instead", "reason"), SCREEN, ids=[case[2] for case in SCREEN])
def test_a_picture_needs_a_name_and_short_words(wrong: str, instead: str, reason: str) -> None:
    assert reason in reasons(changed("five_tap", wrong, instead), "kiosk")


def test_a_picture_that_is_not_there_is_named_where_the_pictures_are_known() -> None:
    found = lint.check(house("five_tap"), "kiosk", pictures=["tabler:clock"])

    assert "There is no picture called “own:face-1”." in [fault.reason for fault in found]


def test_a_long_prompt_is_too_much_to_keep_in_mind() -> None:
    long = changed("five_tap", "Tryk på et ansigt. Det første", "Tryk nu. " * 10 + "Det første")

    assert "More than 26 spoken words" in reasons(long, "kiosk")
