"""Each sentence in the reader's language, or marked with the one it is in."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from app.channels.web import wording
from app.core import i18n


@pytest.mark.parametrize(("lang", "said"), [("da", "lørdag 7. marts"), ("en", "Saturday 7 March"), ("ar", "7")])
def test_a_day_is_said_as_people_say_it(app: Flask, lang: str, said: str) -> None:
    with app.test_request_context(f"/?lang={lang}"):
        assert said in wording.day(date(2026, 3, 7))


def test_a_word_that_is_spelt_alike_in_danish_is_not_taken_for_missing(app: Flask) -> None:
    with app.test_request_context("/?lang=da"):
        assert wording.say("Start") == "Start"


def test_a_missing_sentence_says_which_language_it_is_in(app: Flask) -> None:
    with app.test_request_context("/?lang=ar"):
        assert wording.say("No such sentence.") == '<span lang="en" dir="ltr">No such sentence.</span>'


def test_what_is_filled_in_is_escaped(app: Flask) -> None:
    with app.test_request_context("/?lang=da"):
        assert "&lt;b&gt;" in wording.say("We do not know the code %(code)s", code="<b>")


@pytest.mark.parametrize(("env", "lang"), [("demo", "ar"), ("production", "en")])
def test_the_promise_is_never_a_machines_in_production(app: Flask, env: str, lang: str) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], env=env)
    with app.test_request_context("/?lang=ar"):
        wording.only_read()

        assert i18n.current() == lang
