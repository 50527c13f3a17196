"""What the promise names in each language, and the first text of a conversation."""

import html
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from app.core import db
from app.core.i18n import LANGUAGES
from app.surveys import segments, versions
from tests.architecture import catalogues
from tests.channels.sms.factories import text
from tests.desk.accounts import factories as accounts

PAGE = "web/privacy.html"
NAMED = {
    "who carries texts": "If you write by SMS, your phone company and the SMS company can see that you wrote to us. "
    "We delete your message at the SMS company afterwards. They may still have a copy. The police can ask them. "
    "Do you want to be safer? Then use the screen or this page.",
    "a court, from us": "A court that asks us",
    "a court, from the SMS company": "A court that asks the SMS company",
    "a court, from the phone company": "A court that asks the phone company",
    "the code": "Someone who has your code",
    "what the code can do": "Gets: whether it is read, what it is about and what was decided. And can delete it.",
    "no names": "If you take a code, you can see what happens. You can also delete your answer for 30 days. "
    "Whoever has your code can do the same. Do not write names or CPR numbers.",
}
INSTEAD = {"kl": "da"}
"""A language in which a sentence is asked for in another one, and marked so: nobody has written it yet."""
NO_NAMES = {
    "da": "Skriv ikke navne", "en": "Write no names", "pl": "Nie pisz nazwisk", "ro": "Nu scrie nume",
    "so": "Magacyo ha qorin", "fa": "نام ننویسید", "ar": "لا تكتب أسماء",
}  # fmt: skip
pytestmark = pytest.mark.requirement("R11")


def missing(app: Flask) -> Iterator[str]:
    """What the promise does not say, in any of the eight languages."""
    client = accounts.Browser(app, app.response_class)
    for lang in LANGUAGES:
        said = html.unescape(client.get(f"/privatliv?lang={lang}").text)
        catalogue = catalogues.read(INSTEAD.get(lang, lang))
        for name, msgid in NAMED.items():
            sentence = catalogue.get(msgid)
            own = str(sentence.string if sentence and sentence.string else msgid if lang == "en" else "missing")
            if own not in said:
                yield f"{lang}: {name}"


def test_the_promise_names_carriers_courts_and_the_code_in_every_language(
    app: Flask, content: None, figure: Callable[[str], None]
) -> None:
    figure(f"{len(NAMED)} sentences of the promise in {len(LANGUAGES)} languages")

    assert list(missing(app)) == []


@pytest.mark.requirement("R11", mutants=True)
def test_a_sentence_that_is_missing_in_one_language_is_named(
    app: Flask, content: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert app.jinja_loader
    source, *_about = app.jinja_loader.get_source(app.jinja_env, PAGE)
    said = '<dt>{{ _("A court that asks the phone company") }}</dt>'
    wrong = source.replace(said, f'{{% if lang != "so" %}}{said}{{% endif %}}')
    assert wrong != source
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([DictLoader({PAGE: wrong}), app.jinja_loader]))

    assert list(missing(app)) == ["so: a court, from the phone company"]


def test_the_first_text_asks_for_no_names_in_two_parts_at_most(app: Flask, content: None) -> None:
    first = text(app, "GH1")

    assert NO_NAMES["da"] in first
    assert segments.segments(first).segments <= 2


def test_every_language_of_a_survey_by_text_asks_for_no_names(app: Flask, content: None) -> None:
    survey = versions.open_one("sms_core")
    db.db.session.rollback()
    assert survey

    opening = {lang: said for lang, said in survey.sms_opening.items() if said}
    assert set(opening) >= set(NO_NAMES)
    assert [lang for lang, said in opening.items() if NO_NAMES.get(lang, NO_NAMES["da"]) not in said] == []
