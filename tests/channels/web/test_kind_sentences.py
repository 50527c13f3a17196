"""What people, old pages and strangers may send: a kind sentence, nothing lost, never a fault of ours."""

from datetime import timedelta

import pytest

from app.core import clock as clocks
from tests.channels.web import factories
from tests.channels.web.conftest import Arrive
from tests.channels.web.test_journey import to_last_page

CHANGE = "words-change"


def words_kept(visitor: object) -> str:
    return next(area.text or "" for area in visitor.page.all("textarea")).removeprefix("\n")  # type: ignore[attr-defined]


def test_next_without_a_choice_asks_again(arrive: Arrive) -> None:
    visitor = arrive().visit("/s/GH1").press("start").press("next")

    assert visitor.page.status == 422
    assert visitor.page.title.startswith("Fejl: ")
    assert "Vælg et svar. Du kan også springe spørgsmålet over." in visitor.page.text
    assert next(link.get("href") for link in visitor.page.all("a") if "Vælg" in (link.text or "")) == "#a1"


@pytest.mark.parametrize("answer", ["9", "", "yes", "'; DROP TABLE response", "\0", "x" * 5000, ["4", "5"]])
def test_an_answer_the_question_does_not_offer_asks_again(arrive: Arrive, answer: str) -> None:
    visitor = arrive().visit("/s/GH1").press("start").press("next", answer=answer)

    assert visitor.page.status == 422
    assert visitor.press("next", answer="4").page.h1 == "Hvad betød mest for dig i dag?"


def test_the_same_answer_twice_is_one(arrive: Arrive) -> None:
    visitor = arrive().visit("/s/GH1").press("start").press("next", answer=["4", "4"])

    assert visitor.page.h1 == "Hvad betød mest for dig i dag?"


def test_three_where_two_may_be_chosen_says_so(arrive: Arrive) -> None:
    visitor = arrive().visit("/s/GH1").press("start").press("skip").press("next", answer=["staff", "food", "rest"])

    assert visitor.page.status == 422
    assert "Vælg op til 2 svar." in visitor.page.text


def test_words_that_are_too_long_come_back_whole(arrive: Arrive) -> None:
    long = "ord " * 500 + "x"
    visitor = to_last_page(arrive()).press("send", **{CHANGE: long, "show": "1", "code": "1"})

    assert visitor.page.status == 422
    assert words_kept(visitor) == long
    assert {f.get("name") for f in visitor.page.all("input") if f.get("checked") is not None} == {"show", "code"}
    assert factories.stored() == []
    assert visitor.press("send", **{CHANGE: long[:2000]}).page.status == 200


def test_line_breaks_count_once(arrive: Arrive) -> None:
    visitor = to_last_page(arrive()).press("send", **{CHANGE: "a\r\n" * 1000})

    assert visitor.page.status == 200


@pytest.mark.parametrize("words", ["😀", "👍🏽👍🏽", "❤️"])
def test_an_emoji_is_an_answer(arrive: Arrive, words: str) -> None:
    to_last_page(arrive()).press("send", **{CHANGE: words})

    assert factories.answers(factories.stored()[0])["change"] == ("words", None)


@pytest.mark.parametrize("words", ["", "  \n ", "\0\0"])
def test_no_words_are_a_skipped_question(arrive: Arrive, words: str) -> None:
    to_last_page(arrive()).press("send", **{CHANGE: words})

    assert factories.answers(factories.stored()[0])["change"] == ("skipped", None)


def test_signs_without_a_word_are_asked_about(arrive: Arrive) -> None:
    visitor = to_last_page(arrive()).press("send", **{CHANGE: "..."})

    assert visitor.page.status == 422
    assert "Skriv med ord, eller lad feltet være tomt." in visitor.page.text


def test_a_field_that_came_twice_loses_nothing(arrive: Arrive) -> None:
    visitor = to_last_page(arrive()).press("send", **{CHANGE: ["første", "x" * 2000]})

    assert words_kept(visitor) == "første\n" + "x" * 2000


@pytest.mark.parametrize("token", ["", "x", "æøå", "AAAA", "A" * 900, "\0", "%%%"])
def test_a_damaged_token_begins_again(arrive: Arrive, token: str) -> None:
    visitor = arrive().visit("/s/GH1").press("start", t=token)

    assert visitor.page.status == 422
    assert "Du kan starte igen." in visitor.page.text
    assert arrive().visit(f"/s/GH1?t={token.replace('%', '').replace(chr(0), '')}").page.h1.startswith("Fortæl os om")


def test_a_token_that_was_changed_by_one_letter_begins_again(arrive: Arrive) -> None:
    visitor = arrive().visit("/s/GH1").press("start").press("next", answer="4")
    token = visitor.page.address.partition("t=")[2]
    changed = ("B" if token[40] == "A" else "A").join((token[:40], token[41:]))

    assert visitor.visit(f"/s/GH1?t={changed}").page.h1.startswith("Fortæl os om")


def test_a_token_of_another_place_shows_this_place_from_the_start(arrive: Arrive) -> None:
    visitor = arrive().visit("/s/GH2").press("start").press("next", answer="4")
    address = visitor.page.address.replace("GH2", "GH1")

    assert visitor.visit(address).page.h1 == "Fortæl os om Gadens Hus Ankeret"


def test_an_address_older_than_two_hours_shows_the_start_page(arrive: Arrive, clock: clocks.Clock) -> None:
    visitor = arrive().visit("/s/GH1").press("start").press("next", answer="4")
    clock.set(clock.now() + timedelta(hours=2, minutes=11))

    assert visitor.visit(visitor.page.address).page.h1.startswith("Fortæl os om")


def test_a_page_left_open_over_night_can_still_be_sent(arrive: Arrive, clock: clocks.Clock) -> None:
    visitor = to_last_page(arrive())
    clock.set(clock.now() + timedelta(hours=20))
    visitor.press("send", **{CHANGE: "Flere senge"})

    assert visitor.page.h1 == "Tak. Dit svar er sendt."
    assert len(factories.stored()) == 1


def test_words_written_on_a_page_that_died_are_handed_back(arrive: Arrive, clock: clocks.Clock) -> None:
    visitor = to_last_page(arrive())
    clock.set(clock.now() + timedelta(hours=60))
    visitor.press("send", **{CHANGE: "Flere senge", "show": "1"})

    assert visitor.page.status == 422
    assert "dine ord står her endnu" in visitor.page.text
    assert words_kept(visitor) == "Flere senge"
    visitor.press("send")
    assert factories.answers(factories.stored()[0]) == {"change": ("words", None)}


@pytest.mark.parametrize("code", ["XX9", "1", "æøå", "..", "a" * 300, "%00", "<script>"])
def test_a_code_nobody_has_asks_for_the_poster(arrive: Arrive, code: str) -> None:
    page = arrive().visit(f"/s/{code}").page

    assert page.status == 404
    assert "Se på plakaten igen." in page.text


def test_an_unknown_code_on_the_front_page_asks_again(arrive: Arrive) -> None:
    page = arrive().visit("/?kode=XY77").page

    assert page.h1 == "Vi kender ikke koden XY77"


def test_a_place_that_is_closed_says_so(arrive: Arrive) -> None:
    factories.site(is_open=False)

    assert arrive().visit("/s/GH1").page.h1 == "Vi spørger ikke her lige nu"


def test_a_place_without_a_survey_says_so(arrive: Arrive) -> None:
    factories.site(web_survey=None)

    assert arrive().visit("/s/GH1").page.h1 == "Vi spørger ikke her lige nu"


def test_a_run_that_began_before_the_place_closed_can_be_sent(arrive: Arrive) -> None:
    visitor = to_last_page(arrive())
    factories.site(is_open=False)

    assert visitor.press("send").page.h1 == "Tak. Dit svar er sendt."


@pytest.mark.parametrize("lang", ["xx", "", "da;DROP", "klingon", "../da"])
def test_an_unknown_language_is_danish(arrive: Arrive, lang: str) -> None:
    assert arrive("").visit(f"/s/GH1?lang={lang}").page.tree.get("lang") == "da"


def test_a_place_offers_only_its_own_languages(arrive: Arrive) -> None:
    factories.site(languages=["da", "en"])

    assert arrive().visit("/s/GH1?lang=ar").page.tree.get("lang") == "en"


@pytest.mark.parametrize("act", ["", "fly", "start", "send\0"])
def test_a_press_we_do_not_know_is_next(arrive: Arrive, act: str) -> None:
    visitor = arrive().visit("/s/GH1").press("start")
    form, _ = visitor.page.button("next")
    fields = {"t": next(form.iter("input")).get("value"), "act": act}

    assert visitor.client.post("/s/GH1", data=fields).status_code in (303, 422)


def test_a_post_from_another_origin_is_refused(arrive: Arrive) -> None:
    visitor = to_last_page(arrive())
    form, _ = visitor.page.button("send")
    fields = {"t": next(form.iter("input")).get("value"), "act": "send"}

    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ond.example"}):
        assert visitor.client.post("/s/GH1", data=fields, headers=headers).status_code == 403
    assert factories.stored() == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_get_the_error_page(arrive: Arrive, method: str) -> None:
    response = arrive().client.open("/s/GH1", method=method)

    assert response.status_code == 405
    assert "Det er ikke din skyld." in response.text


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "</textarea><b>x"]
)
def test_what_is_written_is_shown_as_text(arrive: Arrive, payload: str) -> None:
    visitor = to_last_page(arrive()).press("send", **{CHANGE: payload + "x" * 2001})

    assert words_kept(visitor).startswith(payload)
    assert not list(visitor.page.all("img"))
