"""What our sentences cost in Danish and English, against what they were written to, and which language goes out."""

import pytest

from app.channels.sms import help_texts, keywords, wording
from app.channels.sms.segments import segments
from app.channels.sms.wording import Sentence
from app.core.i18n import LANGUAGES, REVIEWED, translate
from app.surveys import help_lines, wordlists
from app.surveys.question_types import hints, whole
from tests.channels.sms.widest import CODE, rendered
from tests.surveys.samples import house

UNITS = {
    wording.OFFER: (104, 119),
    wording.RECEIPT: (153, 159),
    wording.THANKS: (116, 138),
    wording.NOTHING_KEPT: (77, 72),
    wording.FREE: (137, 122),
    wording.ASK_PLACE: (68, 73),
    wording.START: (135, 134),
    wording.ORPHAN: (124, 116),
    wording.UNKNOWN_PLACE: (72, 81),
    wording.CLOSED: (106, 114),
    wording.STOPPED: (80, 74),
    wording.DELETED: (67, 77),
    wording.WITHDRAWN: (35, 43),
    wording.HOW_TO_DELETE: (101, 117),
    wording.NOT_READ_YET: (84, 97),
    wording.NEWS: (126, 135),  # written to 129 in Danish; "Dit svar er læst." became three letters shorter
    wording.NO_SUCH_RECEIPT: (62, 75),
    wording.LATEST_NEWS: (124, 130),
    wording.NO_PICTURES: (82, 76),
    wording.LANGUAGES: (31, 35),
    wording.LANGUAGES_NONE_OPEN: (64, 85),  # written to 75 in English; it begins with "Language: ", 10 more
    hints.YES_PARTLY_NO: (48, 42),
    hints.WORDS: (38, 33),
}
"""Danish and English, with the widest values in them."""
AT_GH1 = {"da": "Sig det til en, der arbejder i huset.", "en": "Tell someone who works in the house."}
SAME_WORD = {"SKIP": "SPRING", "NEWS": "NYT", "DELETE": "SLET"}
SITE_CODES = frozenset({"GH1"})


@pytest.mark.parametrize("msgid", UNITS, ids=lambda msgid: msgid[:24])
def test_a_sentence_takes_the_units_it_was_written_to(msgid: str) -> None:
    assert tuple(segments(rendered(lang, msgid)).units for lang in ("da", "en")) == UNITS[msgid]


def test_the_hint_of_five_faces_takes_the_units_it_was_written_to() -> None:
    assert [segments(translate(lang, hints.A_NUMBER, low=1, high=5)).units for lang in ("da", "en")] == [28, 32]


def test_help_and_crisis_take_the_units_they_were_written_to() -> None:
    book = help_lines.load((wordlists.CONTENT / "help_lines.json").read_text("utf-8"))
    said = [(help_texts.help_(lang, AT_GH1, book), help_texts.crisis("life", lang, {}, book)) for lang in ("da", "en")]

    assert [tuple(segments(one.msgid).units for one in pair) for pair in said] == [(157, 147), (87, 142)]


@pytest.mark.parametrize(("lang", "units"), [("da", [154, 74, 102]), ("en", [149, 67, 91])])
def test_the_first_survey_takes_the_units_it_was_written_to(lang: str, units: list[int]) -> None:
    survey = house("sms_core")
    asked = [question.sms[lang] for question in survey.questions]
    asked[0] = f"{survey.sms_opening[lang]} {asked[0]}"

    assert [segments(text).units for text in asked] == units


@pytest.mark.parametrize(
    ("asked", "sent"),
    [("da", "da"), ("en", "en"), ("kl", "da"), ("pl", "en"), ("ro", "en"), ("ar", "en"), ("fa", "en"), ("so", "en")],
)
def test_a_language_nobody_has_read_is_never_sent(asked: str, sent: str) -> None:
    assert wording.spoken(asked) == sent
    assert wording.said(asked, (Sentence(wording.THANKS),)) == translate(sent, wording.THANKS)


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang not in REVIEWED])
def test_what_nobody_has_read_can_be_looked_at_all_the_same(lang: str) -> None:
    assert wording.rendered(lang, (Sentence(wording.THANKS),)) not in (
        translate("da", wording.THANKS),
        translate("en", wording.THANKS),
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("word", SAME_WORD)
def test_a_word_we_tell_people_to_send_is_understood(lang: str, word: str) -> None:
    naming = [msgid for msgid in vars(wording).values() if isinstance(msgid, str) and f" {word}" in msgid]
    reserved = wordlists.load("reserved_words.toml")["words"][SAME_WORD[word]][lang]
    told = {msgid: named_in(rendered(lang, msgid), reserved) for msgid in naming}

    assert naming
    assert [msgid for msgid, words in told.items() if not words] == []
    assert {keyword(word, lang) for words in told.values() for word in words} == {SAME_WORD[word]}


def named_in(said: str, reserved: list[str]) -> list[str]:
    """Those of the reserved words that stand in a sentence, spelled as it spells them."""
    spelled = f" {' '.join(whole.folded(said))} "
    return [word for word in reserved if f" {' '.join(whole.folded(word))} " in spelled]


def keyword(text: str, lang: str) -> str | None:
    found = keywords.reserved(text, session=lang, site_codes=SITE_CODES)
    return found.word if found else None


def test_two_sentences_go_out_as_one_text() -> None:
    assert wording.said("en", (wording.plain("One."), wording.plain(""), wording.plain("Two – 2."))) == "One. Two - 2."


def test_the_widest_code_is_as_wide_as_codes_get() -> None:
    assert len(CODE) == 4 * 7 + 3
