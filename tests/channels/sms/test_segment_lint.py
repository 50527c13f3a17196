"""Everything the channel can say, in every language that has words for it, at its widest: short enough, and nothing
in it that operators stop, that costs double, or that we could not keep."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import get_args

import pytest
from flask import Flask

from app.channels.sms import help_texts, news, wording
from app.channels.sms.segments import downgrade, segments
from app.core.config import ROOT
from app.core.i18n import LANGUAGES, REVIEWED
from app.publication import told
from app.surveys import help_lines, question_types, sites, sketch, sms_lint, wordlists
from app.surveys.dear_signs import dear
from app.surveys.help_lines import ACUTE, HelpLines
from app.surveys.questions import Survey
from app.surveys.risk import Kind
from app.surveys.sms_languages import most_segments
from tests.architecture import catalogues
from tests.channels.sms import widest
from tests.content import demo_surveys
from tests.publication.telling import tell

CHANNEL = ("channels/sms/", "surveys/question_types/")
"""Under app/: where the channel's own sentences come from."""
SENT = REVIEWED
UNREAD = ("fa", "kl", "pl", "ro", "so")
"""Languages that have words for this channel, none of which a speaker has read."""
IN_DANGER = (wording.RECEIPT, wording.THANKS, wording.FREE, wording.START)
"""After these a person may be alone with a telephone."""
ALWAYS_FIRST = ("Er du i fare? Ring 112. ", "In danger? Call 112. ")


@dataclass(frozen=True)
class Said:
    """A text as it would be sent: what it is called, its language, itself, and how many parts it may take."""

    name: str
    lang: str
    text: str
    most: int


def faults(said: Said) -> list[str]:
    """Every reason not to send it, with its name, language, units and the character to blame."""
    return [f"{said.name} ({said.lang}): {reason} in “{said.text}”" for reason in reasons(said)]


def reasons(said: Said) -> Iterator[str]:
    cost = segments(said.text)
    blame = dear(cost.offender).shown if cost.offender else "nothing"
    if cost.segments > said.most:
        yield f"{cost.units} units, {cost.segments} parts, {blame} is dear"
    if said.lang in SENT and cost.offender:
        yield f"{cost.units} units because of {blame}"
    yield from sms_lint.never_sent(said.text)


def own_sentences() -> Iterator[Said]:
    for msgid in catalogues.wanted(*CHANNEL):
        for lang in LANGUAGES:
            yield Said(msgid[:24], lang, widest.rendered(lang, msgid), most_segments(lang))


def hints() -> Iterator[Said]:
    """What each type of question says to a text it cannot read, with as many options as it may have."""
    for kind in question_types.QUESTION_TYPES:
        most = kind.shape.most_options
        ids = kind.shape.only_options or tuple(f"option{n}" for n in range(most))
        bounds = dict.fromkeys((*kind.shape.bounds, *kind.shape.optional_bounds))
        wide = {name: {"max": 9, "top": 9, "low": 0, "high": 100_000}[name] for name in bounds}
        question = sketch.question(kind.name, ids[:most], **wide)
        for lang in LANGUAGES:
            yield Said(f"hint {kind.name}", lang, downgrade(kind.hint(question, lang), lang), most_segments(lang))


def asked(survey: Survey) -> Iterator[Said]:
    """What a survey asks by text message, its opening in front of the first question."""
    for place, question in enumerate(survey.questions):
        for lang, text in question.sms.items():
            whole = f"{survey.sms_opening.get(lang, '')} {text}" if place == 0 else text
            yield Said(f"{survey.id} {question.id}", lang, downgrade(whole, lang), most_segments(lang))


def surveys() -> Iterator[Said]:
    """What our own surveys ask by text message."""
    return (one for survey in demo_surveys() if "sms" in survey.channels for one in asked(survey))


def book() -> HelpLines:
    return help_lines.load((wordlists.CONTENT / "help_lines.json").read_text("utf-8"))


def books() -> Iterator[HelpLines]:
    """The house's lines, and what is left of them as nobody confirms one or another."""
    whole = book()
    others = [line for line in whole.lines if line.topics & ACUTE and not line.is_always_shown]
    for count in range(len(others) + 1):
        for gone in combinations(others, count):
            yield replace(whole, lines=tuple(line for line in whole.lines if line not in gone))


def local_helps() -> Iterator[str]:
    """Nothing, what the places of the demo say, and every length that could just fit or just not."""
    yield ""
    yield from (help_ for site in demo_places() for help_ in site.values())
    yield from ("a" * length for length in range(1, 170))


def demo_places() -> list[dict[str, str]]:
    content = tomllib.loads((ROOT / "content" / "sites_demo.toml").read_text("utf-8"))
    return [site["local_help"] for site in content["sites"] if "local_help" in site]


def helps() -> Iterator[Said]:
    for shown in books():
        for local in local_helps():
            for lang in LANGUAGES:
                text = help_texts.help_(lang, {"da": local, "en": local}, shown).msgid
                yield Said("HJÆLP", wording.spoken(lang), text, 1)


def crises() -> Iterator[Said]:
    kinds: tuple[Kind, ...] = get_args(Kind)
    for shown in books():
        for kind in kinds:
            for local in local_helps():
                for lang in SENT:
                    text = help_texts.crisis(kind, lang, {"da": local, "en": local}, shown).msgid
                    yield Said(f"crisis {kind}", lang, text, 1)


def test_every_sentence_of_the_channel_is_fit_to_send() -> None:
    said = list(own_sentences())

    assert {one.lang for one in said} == set(LANGUAGES)
    assert [fault for one in said for fault in faults(one)] == []


def test_every_hint_is_fit_to_send() -> None:
    assert [fault for one in hints() for fault in faults(one)] == []


def test_every_question_of_our_surveys_is_fit_to_send() -> None:
    said = list(surveys())

    assert {one.lang for one in said} >= {"da", "en", "ar"}
    assert [fault for one in said for fault in faults(one)] == []


def test_help_is_one_part_whatever_lines_are_left_and_whatever_the_place_says() -> None:
    assert [fault for one in helps() for fault in faults(one)] == []


def test_help_lines_and_any_reply_behind_them_are_two_parts_at_most() -> None:
    dearest = {kind: max(group, key=lambda one: segments(one.text).units) for kind, group in by_kind().items()}
    replies = [one for one in (*own_sentences(), *hints(), *surveys()) if one.lang in SENT]
    together = [
        Said(f"{crisis.name} + {reply.name}", reply.lang, f"{crisis.text} {reply.text}", 2)
        for crisis in dearest.values()
        for reply in replies
        if crisis.lang == reply.lang
    ]

    assert [fault for one in crises() for fault in faults(one)] == []
    assert [fault for one in together for fault in faults(one)] == []


def by_kind() -> dict[tuple[str, str], list[Said]]:
    found: dict[tuple[str, str], list[Said]] = {}
    for one in crises():
        found.setdefault((one.name, one.lang), []).append(one)
    return found


def test_help_always_begins_with_112_and_ends_with_the_truth() -> None:
    for said in (*helps(), *crises()):
        assert said.text.startswith(ALWAYS_FIRST), said.text
        assert said.text.endswith(("Ingen læser med lige nu.", "Nobody reads along right now.")), said.text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("msgid", IN_DANGER, ids=lambda msgid: msgid[:16])
def test_who_is_left_alone_is_told_112(lang: str, msgid: str) -> None:
    assert "112" in widest.rendered(lang, msgid)


@pytest.mark.parametrize("lang", [*UNREAD, "ar"])
def test_every_sentence_is_there_with_the_values_it_needs(lang: str) -> None:
    assert catalogues.faults(catalogues.read(lang), catalogues.wanted(*CHANNEL)) == []


@pytest.mark.parametrize("lang", UNREAD)
def test_what_nobody_has_read_says_so(lang: str) -> None:
    catalogue = catalogues.read(lang)

    assert "Not yet read by a native speaker." in catalogue.header_comment
    assert [message.id for message in catalogue if message.id and message.string and not message.fuzzy] == []


def test_news_is_one_part_however_long_it_is(app: Flask) -> None:
    longest = 160 - len(told.line("did", told.Wording("sms", "da", "Nej.", "")))
    for length in (1, 40, 80, 90, 100, longest - 1, longest):
        body = ("nyt " * 60)[:length].strip()
        tell(said="Nej.", body=body, channels=("sms",), langs=("da", "en"))

        for lang in SENT:
            text = wording.said(lang, (news.latest(lang),))
            assert segments(text).segments == 1
            assert body in text


@pytest.mark.parametrize(
    ("planted", "reason"),
    [
        (Said("x", "da", "a" * 161, 1), "x (da): 161 units, 2 parts, nothing is dear"),
        (Said("x", "pl", "ł" * 135, 2), "x (pl): 135 units, 3 parts, ł is dear"),
        (Said("x", "da", "Tak\u00a0nu", 1), "x (da): 6 units because of U+00A0"),
        (Said("x", "ar", "زوروا www.gadensstemme.dk", 2), "web address"),
        (Said("x", "ar", "زوروا gadensstemme.dk", 2), "web address"),
        (Said("x", "pl", "Dziekujemy!", 2), "xclamation mark"),
        (Said("x", "fa", "ممنون 😀", 2), "emoji"),
        (Said("x", "da", "Send GH1", 1), "GH1"),
        (Said("x", "da", "Vi svarer dig snart.", 1), "Vi svarer"),
        (Said("x", "en", "We will call you.", 1), "We will call"),
    ],
)
def test_a_text_that_must_not_go_out_is_named_with_what_is_wrong(planted: Said, reason: str) -> None:
    assert reason in "\n".join(faults(planted))


def test_the_code_of_our_examples_can_be_no_place_of_anybody() -> None:
    entry = '[[sites]]\ncode = "AB1"\nkind = "street_house"\nname = "x"\nmunicipality = "x"\nregion = "x"\n'

    with pytest.raises(sites.SiteFileRefused, match="AB1"):
        sites.import_file(entry, "sites.toml")
    assert sites.RESERVED_CODE in widest.rendered("da", wording.START)
