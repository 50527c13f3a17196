"""Writing a survey: what is said about a text while it is written, and when it may become a version."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.desk.accounts import queries as accounts
from app.surveys import versions
from tests.desk.accounts import factories
from tests.surveys.samples import file_text

HTMX = {"HX-Request": "true"}
SignIn = Callable[..., FlaskClient]


def post(client: FlaskClient, source: str, act: str = "", headers: dict[str, str] | None = None, **more: str) -> str:
    return answer(client, source, act, headers, **more).get_data(as_text=True)


def answer(
    client: FlaskClient, source: str, act: str = "", headers: dict[str, str] | None = None, **more: str
) -> TestResponse:
    form = factories.form(client, "survey.write", source=source, **more)
    return client.post(f"/desk/surveys/write{act}?lang=en", data=form, headers=headers)


def changed(wrong: str, instead: str) -> str:
    text = file_text("sms_core")
    assert wrong in text
    return text.replace(wrong, instead, 1)


def test_a_text_without_faults_may_be_published_as_the_next_version(sign_in: SignIn) -> None:
    page = post(sign_in("admin"), file_text("sms_core"))

    assert "No faults." in page
    assert "Publish as version 2" in page
    assert "154 units" in page
    assert "149 units" in page


def test_a_dear_sign_is_named_marked_and_on_its_line(sign_in: SignIn) -> None:
    page = post(sign_in("admin"), changed("med respekt? Svar", "med respekt – her? Svar"))

    assert "“–” (a dash) makes the message twice as dear. Write - instead." in page
    assert "<mark>–</mark>" in page
    assert '<a href="#line-97">Line 97</a>' in page
    assert '<li id="line-97" class="writing-fault">' in page
    assert "Publish as version" not in page


def test_a_text_that_is_no_survey_says_where_it_stops_being_one(sign_in: SignIn) -> None:
    source = changed('type    = "yes_no"', 'type    = "yes_on"')
    line = source[: source.index("yes_on")].count("\n") + 1
    page = post(sign_in("admin"), source)

    assert "there is no question type “yes_on”" in page
    assert f'<a href="#line-{line}">Line {line}</a>' in page


def test_while_typing_only_the_part_that_changes_is_sent(sign_in: SignIn) -> None:
    response = answer(sign_in("admin"), file_text("sms_core"), headers=HTMX)
    part = response.get_data(as_text=True)

    assert response.headers["Vary"] == "HX-Request"
    assert '<div id="check">' in part
    assert "<html" not in part
    assert "<textarea" not in part


def test_markup_in_a_text_stays_text(sign_in: SignIn) -> None:
    evil = '</textarea><script>alert(1)</script><b title="'
    page = post(sign_in("admin"), changed("Blev du mødt med respekt? Svar", f"{evil.replace(chr(34), '')} Svar"))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_page_begins_from_a_published_version_as_the_next_one(sign_in: SignIn) -> None:
    page = sign_in("analyst").get("/desk/surveys/write?survey=sms_core&version=1&lang=en").get_data(as_text=True)

    assert "version = 2" in page
    assert "Blev du mødt med respekt?" in page
    assert "An administrator can publish it." in page
    assert "Publish as version" not in page


def test_there_is_no_beginning_from_a_version_nobody_made(sign_in: SignIn) -> None:
    assert sign_in("admin").get("/desk/surveys/write?survey=sms_core&version=7").status_code == 404


def test_an_empty_page_offers_every_version_to_begin_from(sign_in: SignIn) -> None:
    page = sign_in("admin").get("/desk/surveys/write").get_data(as_text=True)

    assert 'href="/desk/surveys/write?survey=five_tap&amp;version=1"' in page


def test_publishing_is_confirmed_first_and_says_which_places_ask_it(sign_in: SignIn) -> None:
    page = post(sign_in("admin"), file_text("sms_core"), "/confirm")

    assert "Publish sms_core, version 2" in page
    assert "Gadens Hus Ankeret" in page
    assert versions.get("sms_core", 2) is None


def test_a_published_text_is_open_at_once_and_written_down(sign_in: SignIn) -> None:
    client = sign_in("admin")
    response = answer(client, changed("Blev du mødt", "Er du mødt"), "/publish", version="2")
    survey, head = versions.open_one("sms_core"), accounts.last_audit()

    assert response.status_code == 303
    assert response.headers["Location"].endswith("#sms_core")
    assert survey is not None
    assert survey.version == 2
    assert head is not None
    assert (head.act, head.target) == ("survey.publish", "sms_core 2")


def test_a_new_version_keeps_the_wordings_whose_danish_is_the_same(sign_in: SignIn) -> None:
    answer(
        sign_in("admin"),
        changed('da = "Blev du mødt med respekt?"', 'da = "Er du mødt pænt?"'),
        "/publish",
        version="2",
    )
    survey = versions.get("sms_core", 2)

    assert survey is not None
    assert survey.question("change").text["ar"]
    assert "ar" not in survey.question("respect").text
    assert "ar" in survey.unreviewed


def test_a_text_with_a_fault_is_not_published_and_not_lost(sign_in: SignIn) -> None:
    response = answer(sign_in("admin"), changed("STOP=slut.", "Slut."), "/publish", version="2")
    page = response.get_data(as_text=True)

    assert response.status_code == 422
    assert "There are faults in the text. It was not published." in page
    assert "Skriv ikke navne. Slut." in page
    assert versions.get("sms_core", 2) is None


def test_who_publishes_second_is_told_and_keeps_the_text(sign_in: SignIn) -> None:
    client = sign_in("admin")
    answer(client, changed("Blev du mødt", "Er du mødt"), "/publish", version="2")
    response = answer(client, changed("Blev du mødt", "Bliver du mødt"), "/publish", version="2")
    page = response.get_data(as_text=True)

    assert response.status_code == 422
    assert "Somebody published a version meanwhile." in page
    assert "Bliver du mødt" in page
    assert versions.get("sms_core", 3) is None
    assert len(accounts.audit_page(actor=None, act="survey.publish", before=None, limit=9)) == 1


def test_a_page_that_was_open_too_long_keeps_the_text(sign_in: SignIn) -> None:
    client = sign_in("admin")
    response = client.post("/desk/surveys/write", data={"source": "id = 1", "form_token": "old"})

    assert response.status_code == 422
    assert "id = 1" in response.get_data(as_text=True)


def test_an_analyst_can_check_and_not_publish(sign_in: SignIn) -> None:
    client = sign_in("analyst")

    assert answer(client, file_text("sms_core")).status_code == 200
    assert answer(client, file_text("sms_core"), "/confirm").status_code == 403
    assert answer(client, file_text("sms_core"), "/publish", version="2").status_code == 403


@pytest.mark.parametrize("source", ["\x7f", "[" * 5000, "a" * 30_000, "id = 1\r\n", '"""', "a.b.c = 1\na.b = 2"])
def test_anything_at_all_can_be_typed(sign_in: SignIn, source: str) -> None:
    response = answer(sign_in("admin"), source)

    assert response.status_code == 200
    assert "1 fault" in response.get_data(as_text=True)
