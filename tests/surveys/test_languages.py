"""Languages nobody has read: what they never say in production, how far they are, what changed Danish does."""

import json
import re
from dataclasses import replace

import pytest
from flask import Flask

from app.core import i18n
from app.surveys import (
    catalogues,
    definition,
    help_lines,
    kiosk_sentences,
    promises,
    review_states,
    sms_languages,
    speaking,
)
from app.surveys.catalogues import MISSING, REVIEWED, STALE, UNREVIEWED
from app.surveys.models import CHANNELS
from app.surveys.questions import Survey
from tests.architecture import catalogues as files
from tests.surveys.samples import SURVEYS, file_text, house

UNREAD = tuple(lang for lang in i18n.LANGUAGES if lang not in i18n.REVIEWED)
WHOLE = ("pl", "ro", "ar", "fa", "so")
READ_WHOLE = ("privacy.html", "help.html", "receipt_delete.html", "receipt_deleted.html")
"""Pages that are never shown in a language nobody has read: their views choose another for the whole page."""
_LINE: dict[str, object] = {
    "key": "x", "region": "national", "municipality": None, "topics": [], "always": True, "name": {"da": "x"},
    "number": "112", "dial": "112", "sms": None, "hours": None, "languages": [], "verified_on": None,
}  # fmt: skip


def in_production(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], env="production")


def part(survey: Survey, lang: str, earlier: list[Survey] | None = None) -> review_states.Part:
    on_web = next(one for one in review_states.of(lang, {"web": [survey]}, earlier or []) if one.channel == "web")
    return next(one for one in on_web.parts if one.survey == survey.id)


@pytest.mark.parametrize("lang", UNREAD)
def test_every_sentence_of_a_language_nobody_has_read_is_marked_so(lang: str) -> None:
    sentences = [message for message in files.read(lang) if message.id and any(files.forms(message))]

    assert len(sentences) > 40
    assert [message.id for message in sentences if not message.fuzzy] == []


@pytest.mark.parametrize("lang", i18n.REVIEWED)
def test_a_language_is_called_read_only_when_every_sentence_is(lang: str) -> None:
    assert [message.id for message in files.read(lang) if message.id and message.fuzzy] == []
    assert {one.state for channel in CHANNELS for one in catalogues.sentences(lang, channel)} <= {REVIEWED, MISSING}


def test_there_is_one_list_of_read_languages() -> None:
    assert i18n.REVIEWED == ("da", "en")


@pytest.mark.parametrize("lang", UNREAD)
def test_a_machines_sentence_is_never_sent_by_text(lang: str) -> None:
    assert sms_languages.spoken(lang) in i18n.REVIEWED


@pytest.mark.parametrize("lang", UNREAD)
def test_the_mark_is_in_the_language_itself(app: Flask, lang: str) -> None:
    with app.test_request_context(f"/?lang={lang}"):
        mark = speaking.unreviewed()

    assert mark
    assert mark not in ("A machine translated this page. Nobody has read it yet.", "")
    assert "oversat" not in mark


@pytest.mark.parametrize("lang", WHOLE)
def test_deletion_is_promised_only_in_read_words_in_production(app: Flask, lang: str) -> None:
    for message in promises.ABOUT_DELETION:
        with app.test_request_context(f"/?lang={lang}"):
            assert 'lang="' not in speaking.say(message, seconds=30)
    in_production(app)
    for message in promises.ABOUT_DELETION:
        with app.test_request_context(f"/?lang={lang}"):
            assert speaking.say(message, seconds=30).startswith('<span lang="en" dir="ltr">')
        assert speaking.own(lang, message) == ""
        assert speaking.own("en", message) == message


def test_other_sentences_are_said_in_the_language_in_production_too(app: Flask) -> None:
    in_production(app)
    with app.test_request_context("/?lang=pl"):
        assert speaking.say("Next") == "Dalej"


def test_every_sentence_about_deletion_is_held_back() -> None:
    """Only what stands on a page that is read whole, and what tells how long somebody else keeps it, is not."""
    about = re.compile(r"\bdelet|\berase\b.*answer|start again", re.IGNORECASE)
    elsewhere = {
        msgid
        for file, msgid, _plural in files.extracted()
        if file.startswith(("channels/web/", "templates/web/", "templates/kiosk/plain/"))
        and not file.endswith(READ_WHOLE)
    } | {*kiosk_sentences.FOR_CITIZENS.values()}
    found = {msgid for msgid in elsewhere if about.search(msgid)}

    assert len(found) > 5
    assert found - promises.ABOUT_DELETION == set()


def test_a_help_line_is_never_worded_by_a_machine() -> None:
    say = {"da": "Ring 112.", "pl": "Dzwoń 112."}
    line = help_lines.load(json.dumps({"max_age_days": 180, "lines": [{**_LINE, "say": say}]})).line("x")

    assert line is not None
    assert line.say == {"da": "Ring 112."}
    assert {lang for one in help_lines.every().lines for words in (one.say, one.name, one.hours) for lang in words} <= {
        *i18n.REVIEWED
    }


@pytest.mark.parametrize("lang", WHOLE)
@pytest.mark.parametrize("survey_id", ["five_tap", "sms_core", "track_core", "reform_core"])
def test_every_survey_of_the_house_is_worded_and_not_yet_read(survey_id: str, lang: str) -> None:
    found = part(house(survey_id, lang), lang)

    assert (found.state, found.missing, found.unread) == (UNREVIEWED, 0, found.total)


def test_a_survey_without_the_language_is_missing_there() -> None:
    assert part(house("track_core"), "kl").state == MISSING


def test_a_read_language_whose_danish_changed_is_out_of_date() -> None:
    read = replace(house("sms_core", "pl"), unreviewed=())
    changed = replace(house("sms_core", "pl"), version=2)

    assert part(read, "pl").state == REVIEWED
    assert part(changed, "pl", [read]).state == STALE
    assert part(changed, "pl", [replace(read, unreviewed=("pl",))]).state == UNREVIEWED


def test_a_changed_danish_sentence_makes_the_wording_of_every_language_unread() -> None:
    changed = file_text("sms_core").replace("Blev du mødt med respekt?", "Blev du mødt pænt?")
    texts = {
        lang: (SURVEYS / f"sms_core.{lang}.toml").read_text("utf-8").replace("reviewed = false", "reviewed = true")
        for lang in WHOLE
    }

    assert definition.load(file_text("sms_core"), "sms_core.toml", texts).unreviewed == ()
    assert definition.load(changed, "sms_core.toml", texts).unreviewed == WHOLE


def test_the_worst_part_is_the_state_of_a_channel() -> None:
    on = {one.channel: one.state for one in review_states.of("da", {"web": [house("five_tap")]})}

    assert on == dict.fromkeys(CHANNELS, REVIEWED)
    assert {one.channel: one.state for one in review_states.of("kl", {})}["web"] == MISSING


@pytest.mark.parametrize("channel", CHANNELS)
def test_each_channel_has_sentences_of_its_own(channel: str) -> None:
    assert len(catalogues.on_channel(channel)) > 20
