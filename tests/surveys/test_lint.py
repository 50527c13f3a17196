"""What keeps a survey from opening on a channel."""

from dataclasses import replace

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
        ("reform_core", "kiosk"),
        ("reform_core", "paper"),
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
    ("SPRING=spring over", "", "The text must say “SPRING”"),
    ("SKIP=skip", "", "The text must say “SKIP”"),
    ("SPRING=spring over", "SPRING=spring over. Se t.me/gade", "No web addresses"),
    ("Blev du mødt med respekt? Svar", "Blev du mødt med respekt? Altid? Svar", "more than one question mark"),
    ("Skriv med dine egne ord, men", "Skriv det, narkoman, men", "“narkoman” is a word we do not use"),
]


@pytest.mark.parametrize(("wrong", "instead", "reason"), SMS, ids=[case[2] for case in SMS])
def test_a_text_that_does_not_fit_sms_is_told_why(wrong: str, instead: str, reason: str) -> None:
    assert reason in reasons(changed("sms_core", wrong, instead), "sms")


def test_a_question_without_a_text_message_is_named() -> None:
    survey = house("sms_core")
    silent = replace(survey, questions=(*survey.questions[:2], replace(survey.questions[2], sms={})))

    assert "change.sms.en: The question has no SMS text." in reasons(silent, "sms")


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
    ("It takes about 1 minute.", "It is for the homeless.", "“the homeless” is a word we do not use"),
    ("It takes about 1 minute.", "It is NOT long.", "“NOT” is in capitals"),
    ("Det tager cirka 1 minut.", "Hvorfor gjorde du det.", "“hvorfor gjorde du” blames"),
    ("Det tager cirka 1 minut.", "Lorem ipsum.", "“Lorem” is only a placeholder"),
    ('da = "Midt imellem"', 'da = "Midt imellem!"', "No exclamation marks"),
    ('da = "Midt imellem"', 'da = "Klientoplevelse"', "has more than 14 letters"),
    ("Skriv ikke navne, CPR-nummer", "Hvad så? Skriv ikke navne, CPR-nummer", "more than one question mark"),
]
FINE = [
    ("Det tager cirka 1 minut.", "Skriv SPRING eller STOP. Skriv ikke CPR."),
    ("Det tager cirka 1 minut.", "For mennesker, der bruger stoffer i et stofindtagelsesrum."),
    ("Det tager cirka 1 minut.", "Rådet for Socialt Udsatte læser det."),
    ("It takes about 1 minute.", "For people who use drugs, with clean equipment."),
]


@pytest.mark.parametrize(("wrong", "instead", "reason"), WORDS, ids=[case[2] for case in WORDS])
def test_hard_or_hurtful_words_are_named(wrong: str, instead: str, reason: str) -> None:
    assert reason in reasons(changed("sms_core", wrong, instead), "web")


def test_the_whole_survey_must_be_easy_to_read() -> None:
    heavy = changed("sms_core", "Tak. Det, du har sagt, tæller med.", "Undersøgelsen omhandler kvaliteten. " * 12)

    assert "LIX is" in reasons(heavy, "web")


@pytest.mark.parametrize(("words", "instead"), FINE, ids=[case[1] for case in FINE])
def test_words_that_only_look_like_those_are_let_be(words: str, instead: str) -> None:
    assert reasons(changed("sms_core", words, instead), "web") == ""


def test_a_language_that_counts_as_read_must_be_whole() -> None:
    read = replace(house("five_tap", "ar"), unreviewed=())
    title = {lang: text for lang, text in read.thanks.items() if lang != "ar"}
    gap = replace(read, thanks=title)

    assert reasons(read, "web") == ""
    assert reasons(gap, "web") == "thanks.ar: The sentence is missing in “ar”."
    assert reasons(replace(gap, unreviewed=("ar",)), "web") == ""


def test_a_sentence_that_a_channel_does_not_use_may_be_missing_there() -> None:
    read = replace(house("five_tap", "ar"), unreviewed=())
    silent = replace(read, about_audio={lang: text for lang, text in read.about_audio.items() if lang != "ar"})

    assert "about_audio.ar" in reasons(silent, "kiosk")
    assert "about_audio.ar" not in reasons(silent, "sms")
