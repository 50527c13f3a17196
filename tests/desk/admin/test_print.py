"""What is printed for a place, as pages: what stands on each sheet, in which language, and for whom."""

import html
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core import config, db
from app.desk.admin import posters
from app.surveys import help_lines, paper_codes, plain_language, queries, question_types, versions
from app.surveys.questions import Survey, in_language
from tests.surveys import samples

SHEETS = ("poster", "door", "toilet", "tent", "sms")
PROMISES = (
    "We do not ask your name.",
    "You can skip anything.",
    "It does not change the help you get.",
    "Those who work here do not read your answers. They only see numbers from at least 10 answers.",
)
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}</bdi><img src=x onerror=1>"
TAG = re.compile(r"<[^>]+>")
BLOCK = re.compile(r"</?(?:p|li|ul|ol|h1|h2|div|tr|td|th|section|title)\b[^>]*>")

Desk = Callable[..., FlaskClient]


@pytest.fixture
def admin(sign_in: Desk) -> FlaskClient:
    return sign_in("admin")


def said(client: FlaskClient, address: str) -> str:
    """A page as text, one line for each block."""
    response = client.get(address)
    assert response.status_code == 200, response.status
    lines = TAG.sub("", BLOCK.sub("\n", response.text)).splitlines()
    return "\n".join(" ".join(html.unescape(line).split()) for line in lines if line.strip())


def test_the_page_of_a_place_leads_to_every_sheet_and_its_file(admin: FlaskClient) -> None:
    page = admin.get("/desk/sites/GH1/print?in=pl").text

    for name in SHEETS:
        assert f'href="/desk/sites/GH1/print/{name}?lang=pl"' in page
        assert f'href="/desk/sites/GH1/print/{name}.pdf?lang=pl"' in page
    assert "/desk/surveys/five_tap/paper.pdf?site=GH1&amp;lang=pl" in page


def test_staff_print_for_their_own_place_alone(sign_in: Desk) -> None:
    staff = sign_in("staff", "GH1")

    assert staff.get("/desk/sites/gh1/print/poster").status_code == 200
    assert staff.get("/desk/sites/GH2/print/poster").status_code == 404
    assert staff.get("/desk/sites/GH2/print").status_code == 404
    assert staff.get("/desk/surveys/five_tap/paper?site=GH2").status_code == 404


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_says_what_it_must(admin: FlaskClient, name: str) -> None:
    sheet = said(admin, f"/desk/sites/GH1/print/{name}?lang=en")

    for promise in PROMISES:
        assert promise in sheet
    assert "Gadens Hus Ankeret" in sheet
    assert "How is it here?" in sheet
    assert "127.0.0.1:8000/s/GH1" in sheet
    assert "Send GH1 EN to +45 90 00 00 00" in sheet
    assert "A text costs what you normally pay. All other ways are free." in sheet
    assert "Dansk · English · Kalaallisut" in sheet
    assert "In danger? Call 112." in sheet
    assert "Tell someone who works in the house." in sheet
    assert "Does this not work for you?" in sheet
    assert "Printed on 2 March 2026" in sheet


@pytest.mark.parametrize("name", SHEETS)
def test_danish_sheets_are_easy_to_read(admin: FlaskClient, name: str) -> None:
    sentences = said(admin, f"/desk/sites/GH1/print/{name}?lang=da").replace("Hovedstaden", "")

    assert plain_language.lix(sentences) <= plain_language.HIGHEST_LIX
    assert plain_language.long_sentence(sentences) is None
    assert plain_language.long_word(sentences.replace("127.0.0.1:8000/s/GH1", "")) is None
    assert plain_language.avoided_word(sentences) is None
    assert "!" not in sentences


def test_a_sheet_in_a_language_runs_its_way_and_says_that_nobody_has_read_it(admin: FlaskClient) -> None:
    page = admin.get("/desk/sites/GH1/print/poster?lang=ar").text

    assert '<html lang="ar" dir="rtl"' in page
    assert "ترجمت آلة هذه الصفحة" in page
    assert '<bdi class="code" dir="ltr" lang="da">GH1 EN</bdi>' in page


def test_a_language_the_place_has_not_is_not_found(admin: FlaskClient) -> None:
    assert admin.get("/desk/sites/GH1/print/poster?lang=de").status_code == 404
    assert admin.get("/desk/sites/GH1/print/banner").status_code == 404


def test_in_production_nothing_hangs_for_months_that_only_a_machine_has_written(content: None) -> None:
    place = queries.site("GH1")
    assert place

    assert posters.languages(place, is_production=True) == ["da", "en"]
    assert "ar" in posters.languages(place, is_production=False)


def test_in_production_help_is_112_alone_until_somebody_has_rung_the_others(app: Flask, content: None) -> None:
    place, product = queries.site("GH1"), posters.named("poster")
    assert place
    assert product
    settings = config.settings()
    in_demo = posters.sheet(product, place, "da", settings).help
    app.extensions["settings"] = replace(settings, env="production")

    shown = posters.sheet(product, place, "da", settings).help

    assert len(in_demo) == 3
    assert [line.key for line in shown] == ["112"]
    assert len(help_lines.every().lines) > 3


def test_the_code_in_capitals_leads_to_the_start_page(client: FlaskClient, content: None) -> None:
    content_of_code = posters.qr_content("http://127.0.0.1:8000", "GH1")
    path = content_of_code.removeprefix("HTTP://127.0.0.1:8000")

    assert path == "/S/GH1"
    assert "Gadens Hus Ankeret" in client.get(path).text
    assert "Gadens Hus Ankeret" in client.get("/S/gh-1").text


def test_a_code_with_danish_letters_stays_an_address() -> None:
    assert posters.qr_content("https://stemme.dk/x", "ÆØ1") == "HTTPS://STEMME.DK/x/S/%C3%86%C3%981"


def test_what_to_text_names_a_language_only_where_the_answers_would_not_be_danish(app: Flask) -> None:
    settings = config.settings()

    assert [posters.texted("GH1", lang, settings) for lang in ("da", "kl", "en", "so")] == [
        "GH1", "GH1", "GH1 EN", "GH1 EN",
    ]  # fmt: skip


def test_a_number_shared_with_others_is_texted_with_our_keyword_first(app: Flask) -> None:
    shared = replace(config.settings(), sms_provider="gatewayapi", gatewayapi_keyword="STEMME")

    assert posters.texted("GH1", "da", shared) == "STEMME GH1"


def test_a_host_that_knows_no_number_prints_none(app: Flask, admin: FlaskClient) -> None:
    app.extensions["settings"] = replace(config.settings(), sms_number="")

    poster = said(admin, "/desk/sites/GH1/print/poster?lang=en")

    assert "Send GH1" not in poster
    assert "Does this not work for you? Tell someone who works here." in poster


def test_a_short_number_is_written_as_it_is() -> None:
    assert posters.written("1245") == "1245"
    assert posters.written("+4590000000").split() == ["+45", "90", "00", "00", "00"]


def test_a_place_without_texts_prints_none(admin: FlaskClient) -> None:
    place = queries.site("GH1")
    assert place
    place.sms_survey = None
    db.db.session.commit()

    assert admin.get("/desk/sites/GH1/print/sms").status_code == 404
    poster = said(admin, "/desk/sites/GH1/print/poster?lang=en")
    assert "text message" not in poster
    assert "It is free." in poster


@pytest.mark.parametrize("name", SHEETS)
def test_a_hostile_name_is_only_a_name(admin: FlaskClient, name: str) -> None:
    place = queries.site("GH1")
    assert place
    place.name = HOSTILE
    db.db.session.commit()

    page = admin.get(f"/desk/sites/GH1/print/{name}").text

    assert html.escape(HOSTILE).replace("&#x27;", "&#39;") in page
    assert "<script" not in page
    assert "onerror=1>" not in page


def asking_in(*types: str) -> Survey:
    """A survey for paper with a question of each of these types."""
    named = tuple(
        replace(samples.asking(name), id=name, text={"da": f"Om {name}?", "en": f"About {name}?"}) for name in types
    )
    words = {"da": "Et forsøg", "en": "A trial"}
    return replace(samples.survey(*named), channels=("paper",), title=words)


def every_type() -> Survey:
    """One question of each of the twelve types."""
    return asking_in(*(one.name for one in question_types.QUESTION_TYPES))


def test_a_form_of_all_twelve_types_has_the_marks_that_are_typed_later(admin: FlaskClient) -> None:
    survey = every_type()
    versions.publish(survey)
    db.db.session.commit()

    page = admin.get("/desk/surveys/trial/paper?site=GH1&lang=en").text

    for number, question in enumerate(survey.questions, 1):
        start = page.index(f'<span class="nr">{number}.</span> About {question.type}?')
        part = page[start : page.index("</section>", start)]
        for mark, option in paper_codes.marked(question):
            words, _ = in_language(option.words, "en")
            shown = part.rindex(words) if words else part.rindex("said")
            assert re.search(rf">{mark}</(?:span|b)>(?:(?!</li>).)*$", part[:shown], re.DOTALL), (question.type, mark)


def test_every_way_of_asking_says_how_to_answer(admin: FlaskClient) -> None:
    versions.publish(every_type())
    db.db.session.commit()

    form = said(admin, "/desk/surveys/trial/paper?site=GH1&lang=en")

    for how in (
        "About smiley_5? Put a ring around one face.",
        "About yes_no? Put one cross.",
        "About pick? Put at most 2 crosses.",
        "About rank? Write the numbers 1 to 3. 1 is the most important.",
        "About scale? Put a cross over one number.",
        "About number? Write a number from 0 to 10.",
    ):
        assert how in form


def test_what_a_helper_writes_down_is_on_the_back(admin: FlaskClient) -> None:
    versions.publish(every_type())
    db.db.session.commit()

    page = admin.get("/desk/surveys/trial/paper?site=GH1&lang=en").text

    assert page.index('<section class="back">') < page.index("About note?")
    assert page.index("About text?") < page.index('<section class="back">')


def test_a_form_has_no_number_of_its_own_and_says_survey_version_place_and_language(admin: FlaskClient) -> None:
    address = "/desk/surveys/five_tap/paper?site=GH1&lang=en"

    assert admin.get(address).text == admin.get(address).text
    assert "five_tap · 1 · GH1 · en" in said(admin, address)


def test_a_form_begins_with_the_promise_and_ends_in_the_locked_box(admin: FlaskClient) -> None:
    form = said(admin, "/desk/surveys/five_tap/paper?site=GH1&lang=en")

    assert all(form.index(promise) < form.index("How was it to be here today?") for promise in PROMISES)
    assert form.rindex("locked box") > form.index("What should we change?")


def test_a_branch_says_after_which_answers_it_is_for(admin: FlaskClient) -> None:
    assert "Only if you answered: Partly / No" in said(admin, "/desk/surveys/five_tap/paper?site=GH1&lang=en")


def test_a_survey_that_is_closed_or_not_for_paper_has_no_form(admin: FlaskClient) -> None:
    assert admin.get("/desk/surveys/sms_core/paper?site=GH1").status_code == 404
    versions.close("five_tap", 1)
    db.db.session.commit()

    assert admin.get("/desk/surveys/five_tap/paper?site=GH1").status_code == 404


@pytest.mark.parametrize("survey_id", ["five_tap", "track_core"])
def test_danish_forms_are_easy_to_read(admin: FlaskClient, survey_id: str) -> None:
    sentences = said(admin, f"/desk/surveys/{survey_id}/paper?site=GH1&lang=da")

    assert plain_language.lix(sentences) <= plain_language.HIGHEST_LIX
    assert plain_language.long_sentence(sentences) is None
    assert plain_language.avoided_word(sentences) is None
