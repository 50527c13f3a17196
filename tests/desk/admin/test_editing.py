"""Changing a survey a question at a time: what is kept, what is refused, and when it may become a version."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.desk.accounts import queries as accounts
from app.desk.admin import editing_pages
from app.surveys import question_types, versions
from tests.desk.admin.editor import fields, kept, page, post, published, question

SignIn = Callable[..., FlaskClient]
HTMX = {"HX-Request": "true"}


def test_a_question_saved_as_it_stands_changes_nothing(sign_in: SignIn) -> None:
    client = sign_in("analyst")
    for survey_id in ("five_tap", "sms_core", "track_core"):
        before = published(survey_id)
        assert before is not None
        for one in before.questions:
            assert post(client, f"{survey_id}/edit/question", **question(client, survey_id, one.id)).status_code == 303
        found = kept(survey_id)
        assert found is not None
        assert (found.questions, found.version) == (before.questions, 2)


def test_what_is_saved_is_kept_and_asked_of_nobody(sign_in: SignIn) -> None:
    client = sign_in("analyst")
    post(client, "sms_core/edit/question", **question(client, "sms_core", "respect", text_da="Er du mødt pænt?"))

    assert "Er du mødt pænt?" in page(client, "sms_core/edit")
    survey = versions.open_one("sms_core")
    assert survey is not None
    assert survey.version == 1
    assert survey.question("respect").text["da"] == "Blev du mødt med respekt?"


def test_while_typing_only_the_picture_of_the_question_is_sent_and_nothing_is_kept(sign_in: SignIn) -> None:
    client = sign_in("admin")
    typed = question(client, "sms_core", "respect", sms_da="Blev du mødt – her? Svar 1=ja 2=nogenlunde 3=nej.")
    response = post(client, "sms_core/edit/preview", HTMX, **typed)
    part = response.get_data(as_text=True)

    assert response.headers["Vary"] == "HX-Request"
    assert "<html" not in part
    assert "<mark>–</mark>" in part
    assert "“–” (a dash) makes the message twice as dear. Write - instead." in part
    assert "The text must say “SPRING”" in part
    assert kept("sms_core") is None


def test_a_question_is_shown_as_it_is_met_on_every_channel(sign_in: SignIn) -> None:
    html = page(sign_in("admin"), "five_tap/edit/q/mattered")

    for part in ("as-web", "as-kiosk", "as-paper"):
        shown = html[html.index(f'class="{part}"') :]
        assert "Åbningstid og kø" in shown[: shown.index("</div>")]
    assert "137 units" in html
    assert "A machine's voice, until a person reads it" in html


def test_answers_carry_the_marks_they_have_on_paper(sign_in: SignIn) -> None:
    client = sign_in("admin")
    for question_id, first, last in (("today", "1", "A"), ("mattered", "A", "I")):
        html = page(client, f"five_tap/edit/q/{question_id}")
        shown = html[html.index('class="as-paper"') :]
        marks = [part[0] for part in shown[: shown.index("</div>")].split("<b>")[1:]]

        assert (marks[0], marks[-1]) == (first, last)


def test_a_change_that_leaves_no_survey_is_refused_and_not_lost(sign_in: SignIn) -> None:
    client = sign_in("admin")
    response = post(
        client, "five_tap/edit/question", **question(client, "five_tap", "safe", option1_en="", text_da="Tryg?")
    )
    html = response.get_data(as_text=True)

    assert response.status_code == 422
    assert "the option has no text in “en”" in html
    assert "Tryg?" in html
    assert kept("five_tap") is None


def test_a_branch_cannot_be_moved_in_front_of_its_question(sign_in: SignIn) -> None:
    client = sign_in("admin")
    response = post(client, "five_tap/edit/q/where/move", to="2")

    assert response.status_code == 422
    assert "show_if looks back" in response.get_data(as_text=True)


def test_a_question_moves_one_place_however_often_the_button_is_pressed(sign_in: SignIn) -> None:
    client = sign_in("admin")
    assert 'name="to" value="0" aria-label="Move up: Hvad betød mest' in page(client, "five_tap/edit")
    post(client, "five_tap/edit/q/mattered/move", to="0")
    post(client, "five_tap/edit/q/mattered/move", to="0")
    found = kept("five_tap")

    assert found is not None
    assert [one.id for one in found.questions][:3] == ["mattered", "today", "safe"]


def test_a_question_is_asked_at_the_kinds_of_places_that_are_ticked(sign_in: SignIn) -> None:
    client = sign_in("admin")
    form = fields(page(client, "reform_core/edit/q/zone"))

    assert 'name="only_at_mobile_unit" value="yes" checked' in page(client, "reform_core/edit/q/zone")
    post(client, "reform_core/edit/question", **form, only_at_mobile_unit="yes", only_at_street_house="yes")

    found = kept("reform_core")
    assert found is not None
    assert found.question("zone").only_at == {"mobile_unit", "street_house"}
    assert "only at: Mobile units · only at: Street houses" in " ".join(page(client, "reform_core/edit").split())


def test_a_question_others_wait_for_cannot_be_taken_out(sign_in: SignIn) -> None:
    client = sign_in("admin")

    assert post(client, "five_tap/edit/q/safe/remove").status_code == 422
    assert post(client, "five_tap/edit/q/where/remove").status_code == 303
    assert post(client, "five_tap/edit/q/safe/remove").status_code == 303
    found = kept("five_tap")
    assert found is not None
    assert [one.id for one in found.questions] == ["today", "mattered", "respect", "change"]


def test_a_new_question_is_put_before_the_words(sign_in: SignIn) -> None:
    client = sign_in("admin")
    form = fields(page(client, "sms_core/edit/new/yes_no"))
    form |= {"text_da": "Var her plads?", "text_en": "Was there room?", "option1_id": "yes", "option1_da": "Ja",
             "option1_en": "Yes", "option2_id": "no", "option2_da": "Nej", "option2_en": "No"}  # fmt: skip

    assert (
        post(client, "sms_core/edit/question", **form)
        .headers["Location"]
        .startswith("/desk/surveys/sms_core/edit/q/was_there_room")
    )
    found = kept("sms_core")
    assert found is not None
    assert [one.id for one in found.questions] == ["last_time", "respect", "was_there_room", "change"]


def test_the_order_of_answers_is_that_of_their_numbers_and_an_empty_line_is_gone(sign_in: SignIn) -> None:
    client = sign_in("admin")
    changed = {"option9_place": "1", "option1_place": "2", "option2_da": "", "option2_en": ""}
    post(client, "five_tap/edit/question", **question(client, "five_tap", "mattered", **changed))
    found = kept("five_tap")

    assert found is not None
    assert [one.id for one in found.question("mattered").options][:3] == ["company", "staff", "hours"]


def test_what_is_wrong_stands_at_its_question_and_nothing_is_published(sign_in: SignIn) -> None:
    client = sign_in("admin")
    post(client, "sms_core/edit/question", **question(client, "sms_core", "respect", text_da="Blev du mødt? Altid?"))
    html = page(client, "sms_core/edit")

    assert "One question at a time" in html
    assert "Publish as version 2" not in html
    assert post(client, "sms_core/edit/publish", **fields(page(client, "sms_core/edit"))).status_code == 422
    assert published("sms_core", 2) is None


def test_what_was_written_is_published_and_no_longer_being_written(sign_in: SignIn) -> None:
    client = sign_in("admin")
    post(client, "sms_core/edit/question", **question(client, "sms_core", "respect", text_da="Er du mødt med respekt?"))
    confirm = post(client, "sms_core/edit/confirm").get_data(as_text=True)
    response = post(client, "sms_core/edit/publish", **fields(confirm))
    survey, head = versions.open_one("sms_core"), accounts.last_audit()

    assert "Gadens Hus Ankeret" in confirm
    assert response.status_code == 303
    assert survey is not None
    assert survey.question("respect").text["da"] == "Er du mødt med respekt?"
    assert head is not None
    assert (head.act, head.target) == ("survey.publish", "sms_core 2")
    assert kept("sms_core") is None


def test_a_language_is_written_beside_the_danish_and_counts_as_read_when_somebody_says_so(sign_in: SignIn) -> None:
    client = sign_in("analyst")
    form = fields(page(client, "sms_core/edit/in/ar"))
    post(client, "sms_core/edit/in/ar", **{**form, "title": " كيف\r\nالحال؟", "is_read": "yes"})
    found, head = kept("sms_core"), accounts.last_audit()

    assert found is not None
    assert found.title["ar"] == "كيف الحال؟"
    assert "ar" not in found.unreviewed
    assert head is not None
    assert (head.act, head.target) == ("survey.read", "sms_core 2 ar")


def test_changed_danish_makes_a_language_unread_again(sign_in: SignIn) -> None:
    client = sign_in("admin")
    form = fields(page(client, "sms_core/edit/in/ar"))
    post(client, "sms_core/edit/in/ar", **form, is_read="yes")
    post(client, "sms_core/edit/question", **question(client, "sms_core", "respect", text_da="Er du mødt pænt?"))
    found = kept("sms_core")

    assert found is not None
    assert "ar" in found.unreviewed


def test_what_stands_around_the_questions_can_be_changed(sign_in: SignIn) -> None:
    client = sign_in("admin")
    form = fields(page(client, "sms_core/edit/words"))
    post(client, "sms_core/edit/words", **{**form, "title_da": "Hvordan går det her?", "channels": "web"})
    found = kept("sms_core")

    assert found is not None
    assert found.title["da"] == "Hvordan går det her?"
    assert found.channels == ("web",)
    assert post(client, "sms_core/edit/words", **{**form, "minutes": "x", "channels": "web"}).status_code == 422


def test_who_throws_away_a_change_has_the_published_version_again(sign_in: SignIn) -> None:
    client = sign_in("admin")
    post(client, "five_tap/edit/q/mattered/move", to="0")
    post(client, "five_tap/edit/discard", **fields(page(client, "five_tap/edit")))

    assert kept("five_tap") is None
    assert "Nothing is changed yet." in page(client, "five_tap/edit")


@pytest.mark.parametrize("role", ["staff", "moderator", "council"])
def test_others_change_nothing(sign_in: SignIn, role: str) -> None:
    assert sign_in(role).get("/desk/surveys/five_tap/edit").status_code == 403


def test_an_analyst_writes_and_does_not_publish(sign_in: SignIn) -> None:
    client = sign_in("analyst")
    post(client, "five_tap/edit/q/mattered/move", to="0")

    assert "Publish as version" not in page(client, "five_tap/edit")
    assert post(client, "five_tap/edit/publish", version="2").status_code == 403


@pytest.mark.parametrize(
    "address", ["nothing/edit", "five_tap/edit/q/nothing", "five_tap/edit/new/fax", "five_tap/edit/in/da"]
)
def test_what_is_not_there_is_not_found(sign_in: SignIn, address: str) -> None:
    assert sign_in("admin").get(f"/desk/surveys/{address}").status_code == 404


def test_markup_in_a_question_stays_text(sign_in: SignIn) -> None:
    client = sign_in("admin")
    evil = "</textarea><script>alert(1)</script>"
    typed = question(client, "five_tap", "today", text_da=evil, option1_da=evil)
    html = post(client, "five_tap/edit/preview", **typed).get_data(as_text=True)

    assert "<script>alert" not in html


def test_every_type_has_a_name_people_understand() -> None:
    assert set(editing_pages.TYPES) == {one.name for one in question_types.QUESTION_TYPES}
