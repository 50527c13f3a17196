"""The tablet in languages nobody has read: marked, complete, and silent where only read words may speak."""

from dataclasses import replace

import pytest
from flask import Flask

from app.core import config, db, i18n
from app.surveys import kiosk_sentences, promises, sites
from tests.channels.kiosk.tablet import Tablet

WHOLE = ("pl", "ro", "ar", "fa", "so")


@pytest.fixture
def production(app: Flask, tablet: Tablet) -> None:
    app.extensions["settings"] = replace(config.settings(), env="production")


def test_a_language_nobody_has_read_says_so_on_the_tablet(tablet: Tablet) -> None:
    marked = {one["code"]: (one["dir"], one["unreviewed"]) for one in tablet.pack()["langs"]}

    assert marked == {lang: (i18n.direction(lang), lang not in i18n.REVIEWED) for lang in i18n.LANGUAGES}


@pytest.mark.parametrize("lang", WHOLE)
def test_every_sentence_of_the_tablet_is_there_in_the_language(tablet: Tablet, lang: str) -> None:
    assert set(tablet.pack()["ui"][lang]) >= set(kiosk_sentences.FOR_CITIZENS)


@pytest.mark.usefixtures("production")
def test_deletion_is_left_to_read_words_in_production(tablet: Tablet) -> None:
    said = tablet.pack()["ui"]
    held = {key for key, msgid in kiosk_sentences.FOR_CITIZENS.items() if msgid in promises.ABOUT_DELETION}

    assert held == {"deletes", "wipe"}
    assert all(held.isdisjoint(said[lang]) for lang in WHOLE)
    assert held <= set(said["en"])


@pytest.mark.parametrize(("lang", "worded_in"), [("da", "da"), ("en", "en"), ("pl", "en"), ("kl", "da")])
def test_a_help_line_says_which_language_it_is_in(tablet: Tablet, lang: str, worded_in: str) -> None:
    assert {line["lang"] for line in tablet.pack()["help"][lang]} == {worded_in}


def test_the_tablet_has_only_languages_its_place_chose(tablet: Tablet) -> None:
    site = sites.by_code("GH1")
    assert site is not None
    site.languages = ["da", "en", "fa"]
    db.db.session.commit()
    pack = tablet.pack()

    assert [one["code"] for one in pack["langs"]] == ["da", "en", "fa"]
    assert "pl" not in pack["survey"]["title"]
