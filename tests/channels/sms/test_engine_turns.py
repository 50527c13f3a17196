"""What a text is, where the scripts do not say: vital replies, machines, small texts, lengths."""

import pytest

from app.channels.sms import wording
from app.channels.sms.effects import Delete, Issue, Place
from app.channels.sms.hearing import Turn
from app.channels.sms.segments import segments
from app.core.i18n import translate
from tests.channels.sms.talk import Talk


def first_turn(text: str) -> Turn:
    """What a first text sets off."""
    talk = Talk()
    talk.say(text)
    assert talk.turn is not None
    return talk.turn


@pytest.mark.parametrize(
    "text",
    ["STOP", "afmeld", "SLET", "slet bro hund kaffe sol", "HJÆLP", "help", "jeg vil dø", "GH1 jeg vil ikke leve mere"],
)
def test_stop_slet_help_and_danger_are_answered_above_every_limit(text: str) -> None:
    assert first_turn(text).is_vital


@pytest.mark.parametrize("text", ["GH1", "hej", "Flere senge om natten", "NYT", "SPROG", "START", "4", "GH9"])
def test_nothing_else_is_vital(text: str) -> None:
    assert not first_turn(text).is_vital


@pytest.mark.parametrize("text", ["hej", "?", "GH9", "4", "ja", "Flere senge om natten", "ord"])
def test_what_a_machine_could_say_for_ever_is_counted(text: str) -> None:
    assert first_turn(text).is_free


@pytest.mark.parametrize("text", ["GH1", "STOP", "HJÆLP", "SPROG EN", "NYT", "jeg vil dø"])
def test_a_code_a_reserved_word_and_danger_are_no_machines(text: str) -> None:
    assert not first_turn(text).is_free


@pytest.mark.parametrize("text", ["tak", "ok tak", "Mange tak!", "👍", "...", "tak skal I have", "Thank you"])
def test_a_courtesy_gets_no_reply_and_is_not_stored(text: str) -> None:
    talk = Talk()

    assert talk.say(text) == ""
    assert (talk.effects, talk.n("silent")) == ([], 1)


@pytest.mark.parametrize("text", ["4", "4 5", "12345678", "ja", "nej tak", "spring", "fire", "JA!"])
def test_a_bare_answer_without_a_question_is_not_stored(text: str) -> None:
    talk = Talk()

    assert talk.say(text) == translate("da", wording.ORPHAN)
    assert (talk.effects, talk.n("orphan")) == ([], 1)


@pytest.mark.parametrize("text", ["Kaffe", "ked af det", "INFO", "3 senge", "jeg sover ude"])
def test_everything_else_is_feedback_also_one_word(text: str) -> None:
    talk = Talk()

    assert talk.say(text) == translate("da", wording.FREE)
    assert talk.words == [text]


def test_the_place_of_words_may_be_passed_over_in_many_ways() -> None:
    for passed in ("SPRING", "pas", "skip", "ved ikke", "?", "vil ikke svare", "måske"):
        talk = Talk()
        talk.say("Der er altid kø til badet")

        assert talk.say(passed) == translate("da", wording.OFFER), passed
        assert talk.words == ["Der er altid kø til badet"]
        assert (talk.has(Place), talk.n("unplaced"), talk.n("placed")) == (False, 1, 0)


def test_start_with_a_code_begins_there_also_in_the_middle() -> None:
    talk = Talk()
    talk.say("GH1", "4")

    assert "Hvad betød mest?" in talk.say("START MUE2")
    assert talk.n("moved", "respect") == 1


def test_ja_with_more_words_gives_the_code_and_keeps_the_words() -> None:
    talk = Talk()
    talk.say("GH1", "4", "ja", "Mere te", "ja, og en lampe ved døren")

    assert talk.has(Issue)
    assert "ja, og en lampe ved døren" in talk.words


def test_slet_takes_back_the_words_of_this_conversation_only() -> None:
    talk = Talk()
    talk.say("Jeg savner en lås på døren", "GH1", "nej", "GH1 der er alt for varmt", "SLET")

    assert talk.words == ["Jeg savner en lås på døren"]
    assert talk.has(Delete)


def test_all_declined_where_declining_is_no_option_keeps_nothing() -> None:
    talk = Talk()

    assert talk.say("GH1", "vil ikke svare", "SPRING", "vil ikke svare") == translate("da", wording.NOTHING_KEPT)
    assert talk.begun == []


def test_words_are_marked_urgent_wherever_they_are_said() -> None:
    talk = Talk()
    talk.say("GH1", "1 jeg vil ikke leve mere")

    stored = [said for one in talk.effects for said in getattr(one, "said", ())]
    assert [said.is_urgent for said in stored] == [True]


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("danger", ["jeg vil ikke leve mere", "han slår mig", "min ven trækker ikke vejret"])
def test_help_lines_and_the_reply_fit_two_segments_everywhere(lang: str, danger: str) -> None:
    ways = ([], ["GH1 {}"], ["GH1 {}", "4"], ["GH1 {}", "4", "2"], ["GH1 {}", "4", "2", "te"], ["SIR1 {}"])
    for way in ways:
        for text in (danger, f"GH1 {danger}", f"MUE2 {danger}", f"1 {danger}", f"{danger}, ja"):
            talk = Talk()
            talk.say(*(step.format(lang) for step in way))
            reply = talk.say(text, pictures=1)

            assert segments(reply).encoding == "GSM-7"
            assert segments(reply).segments <= 2, reply


def test_a_person_does_the_whole_survey_on_a_telephone_of_2004() -> None:
    talk = Talk()
    replies = [talk.say(text) for text in ("GH1", "4", "1", "Flere senge om natten", "NEJ")]

    for reply in replies:
        assert segments(reply).encoding == "GSM-7"
        assert segments(reply).segments == 1
        assert len(reply) <= 160
    questions = [sum(asked in reply for asked in ("1-5", "3=nej", "egne ord", "JA eller NEJ")) for reply in replies]
    assert questions == [1, 1, 1, 1, 0]
    assert talk.values == {"last_time": "4", "respect": "yes"}
    assert talk.words == ["Flere senge om natten"]
