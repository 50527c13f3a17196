"""The tablet without script: the same steps as plain forms, and nothing left for whoever comes next."""

import re
from urllib.parse import parse_qs, urlsplit

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from app.core import clock, db
from app.surveys import sites
from tests.channels.kiosk import stored
from tests.channels.kiosk.conftest import Connect
from tests.channels.kiosk.tablet import PRESSED, WEEK, Tablet
from tests.channels.web import factories

CHOICES = {"today": "4", "mattered": ["food", "rest"], "safe": "no", "where": "door", "respect": "yes"}
REFRESH = re.compile(r'<meta http-equiv="refresh" content="(\d+);url=([^"]*)">')


def follow(tablet: Tablet, answered: TestResponse) -> str:
    """The page after a press."""
    assert answered.status_code == 303, answered.text
    assert answered.data == b""
    return tablet.page(answered.headers["Location"])


def begun(tablet: Tablet, **fields: object) -> str:
    """The first question."""
    return follow(tablet, tablet.press(tablet.page(), "start", **fields))


def at_the_end(tablet: Tablet) -> str:
    """The last page, with every question answered."""
    page = begun(tablet)
    for choice in CHOICES.values():
        page = follow(tablet, tablet.press(page, "next", answer=choice))
    return page


def title(page: str) -> str:
    return re.sub(r"<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[1]).strip()  # type: ignore[index]


def left_by_itself(tablet: Tablet, page: str) -> TestResponse:
    """What happens when nobody touches the page any more."""
    return tablet.client.get(REFRESH.findall(page)[0][1])


def test_a_whole_run_is_stored_as_the_tablets(tablet: Tablet) -> None:
    page = at_the_end(tablet)

    thanks = follow(tablet, tablet.press(page, "send", **{"words-change": "Flere senge", "show": "1", "code": "1"}))

    assert title(thanks) == "Tak. Dit svar er sendt."
    assert re.search(r'<p class="c"[^>]*>\w+ \w+ \w+ \w+</p>', thanks)
    response = stored.the_one()
    assert (response.channel, response.site_code, response.week, response.quote_ok) == ("kiosk", "GH1", WEEK, True)
    assert stored.answers(response) == {
        "today": ("value", "4"),
        "mattered": ("value", "food,rest"),
        "safe": ("value", "no"),
        "where": ("value", "door"),
        "respect": ("value", "yes"),
        "change": ("words", "Flere senge"),
    }
    assert stored.receipts() == 1


def test_every_type_of_question_can_be_asked(tablet: Tablet) -> None:
    factories.publish_every_type()
    factories.site("GH1", kiosk_survey="every_type")

    page, seen = begun(tablet, helped="peer"), []
    while "send" not in page:
        seen.append(title(page))
        page = follow(tablet, tablet.press(page, "skip"))

    assert len(seen) == 10
    assert "words-tx" in page
    assert "words-nt" in page


def test_a_press_without_a_choice_says_what_to_do(tablet: Tablet) -> None:
    missed = tablet.press(begun(tablet), "next")

    assert missed.status_code == 422
    assert "Fejl:" in missed.text
    assert 'role="alert"' in missed.text


def test_back_shows_the_step_before(tablet: Tablet) -> None:
    first = begun(tablet)
    second = follow(tablet, tablet.press(first, "next", answer="4"))

    back = tablet.page(re.search(r'<a class="r" href="([^"]+)"', second)[1])  # type: ignore[index]

    assert title(back) == title(first)
    assert 'value="4" checked' in back


def test_an_answer_can_be_corrected_from_the_last_page(tablet: Tablet) -> None:
    page = at_the_end(tablet)

    asked = tablet.page(re.findall(r'<dd><a href="([^"]+)"', page)[0].replace("&amp;", "&"))
    page = follow(tablet, tablet.press(asked, "next", answer="1"))
    tablet.press(page, "send")

    assert stored.answers(stored.the_one())["today"] == ("value", "1")


def test_send_twice_is_stored_once(tablet: Tablet) -> None:
    page = at_the_end(tablet)

    first, second = tablet.press(page, "send", code="1"), tablet.press(page, "send", code="1")

    assert len(stored.responses()) == 1
    words = re.compile(r'<p class="c"[^>]*>([^<]+)</p>')
    assert words.findall(follow(tablet, first)) == words.findall(follow(tablet, second)) != []


def test_slet_og_start_forfra_stands_on_every_page_of_a_run(tablet: Tablet) -> None:
    for page in (begun(tablet), at_the_end(tablet)):
        assert page.index("Slet og start forfra") < page.index("<main>")


def test_after_slet_nothing_of_the_run_is_found(tablet: Tablet) -> None:
    page = at_the_end(tablet)
    again = tablet.press(page, "skip").headers.get("Location", "/kiosk")
    pressed = tablet.press(page, "delete")

    assert pressed.headers["Location"] == "/kiosk"
    assert "Dine svar" not in tablet.page(again)
    assert tablet.press(page, "send").status_code == 422
    assert stored.responses() == []


def test_a_question_closes_by_itself_and_its_pages_lead_nowhere(tablet: Tablet) -> None:
    first = begun(tablet)
    moved = tablet.press(first, "next", answer="4")
    page = follow(tablet, moved)
    [(seconds, _)] = REFRESH.findall(page)

    left = left_by_itself(tablet, page)

    assert seconds == "180"
    assert "Siden lukker efter 3 minutter." in page
    assert (left.status_code, left.headers["Location"]) == (303, "/kiosk")
    assert title(tablet.page(moved.headers["Location"])) == title(tablet.page())
    assert tablet.press(first, "next", answer="4").status_code == 422


def test_the_code_is_gone_for_whoever_comes_next(tablet: Tablet) -> None:
    page = at_the_end(tablet)
    sent = tablet.press(page, "send", code="1")
    thanks = follow(tablet, sent)

    assert REFRESH.findall(thanks)[0][0] == "90"
    assert tablet.press(thanks, "done").headers["Location"] == "/kiosk"

    assert title(tablet.page(sent.headers["Location"])) == title(tablet.page())
    assert tablet.press(page, "send", code="1").status_code == 422


def test_thanks_that_nobody_ends_close_for_good_too(tablet: Tablet) -> None:
    sent = tablet.press(at_the_end(tablet), "send", code="1")

    left_by_itself(tablet, follow(tablet, sent))

    assert title(tablet.page(sent.headers["Location"])) == title(tablet.page())


def test_a_page_of_long_ago_is_the_start_page(tablet: Tablet) -> None:
    moved = tablet.press(begun(tablet), "next", answer="4").headers["Location"]
    clock.clock().moved_by += 1200

    assert title(tablet.page(moved)) == title(tablet.page())


def test_a_run_of_one_tablet_opens_on_no_other_and_not_on_the_web(tablet: Tablet, connect: Connect) -> None:
    moved = tablet.press(begun(tablet), "next", answer="4").headers["Location"]
    t = parse_qs(urlsplit(moved).query)["t"][0]
    neighbour = connect("GH1")

    assert title(neighbour.page(moved)) == title(neighbour.page())
    assert "Fortæl os om" in neighbour.client.get(f"/s/GH1?t={t}").text


def test_a_keyboard_that_may_learn_gets_no_words(connect: Connect) -> None:
    tablet = connect()
    page = at_the_end(tablet)

    tablet.press(page, "send", **{"words-change": "Flere senge"})

    assert "textarea" not in page
    assert "change" not in stored.answers(stored.the_one())


def test_words_that_are_too_long_come_back_once(tablet: Tablet) -> None:
    refused = tablet.press(at_the_end(tablet), "send", **{"words-change": "å" * 2001})

    assert refused.status_code == 422
    assert "å" * 2001 in refused.text
    assert stored.responses() == []


def test_helped_is_said_on_every_page_and_stored(tablet: Tablet) -> None:
    page = begun(tablet, helped="staff")
    assert "Den, der hjælper dig, ser dine svar." in page

    while "send" not in page:
        page = follow(tablet, tablet.press(page, "skip"))
    tablet.press(page, "send")

    assert stored.the_one().helped == "staff"
    assert "Den, der hjælper dig, ser dine svar." not in begun(tablet)


def test_a_language_lasts_one_run(tablet: Tablet) -> None:
    page = tablet.page("/kiosk?lang=ar")
    assert '<html lang="ar" dir="rtl"' in page

    first = follow(tablet, tablet.press(page, "start"))

    assert '<html lang="ar" dir="rtl"' in first
    assert '<html lang="da"' in tablet.page()


def test_no_page_leads_away_from_the_tablet(tablet: Tablet) -> None:
    for page in (tablet.page(), begun(tablet), at_the_end(tablet)):
        led_to = re.findall(r'(?:href|action|src)="([^"#]+)"', page)
        assert [address for address in led_to if not address.startswith(("/kiosk", "data:,"))] == []


def test_help_is_on_every_page(tablet: Tablet) -> None:
    for page in (tablet.page(), begun(tablet), at_the_end(tablet)):
        assert "112" in page
        assert "70 201 201" in page


def test_pages_are_read_by_the_strictest_reader(tablet: Tablet) -> None:
    end = at_the_end(tablet)
    thanks = follow(tablet, tablet.press(end, "send", code="1"))
    for page in (tablet.page(), tablet.page("/kiosk?lang=ar"), begun(tablet), end, thanks):
        html5lib.HTMLParser(strict=True).parse(page)
        assert len(re.findall("<h1", page)) == 1


def test_sound_stands_in_the_page_and_never_starts_by_itself(tablet: Tablet) -> None:
    player = re.search(r"<audio [^>]*>", begun(tablet))

    assert player is not None
    assert 'preload="none"' in player[0]
    assert "autoplay" not in player[0]


def test_who_is_no_tablet_presses_nothing(app: Flask, content: None) -> None:
    pressed = app.test_client().post("/kiosk", data={"act": "start"}, headers=PRESSED)

    assert pressed.status_code == 401
    assert "Tilslut skærmen igen" in pressed.text


def test_a_damaged_token_shows_the_start_page(tablet: Tablet) -> None:
    for t in ("", "x", "æ", "A" * 9000):
        shown = tablet.client.get("/kiosk", query_string={"t": t})

        assert (shown.status_code, title(shown.text)) == (200, title(tablet.page()))


def test_a_closed_place_asks_nothing(tablet: Tablet) -> None:
    page = begun(tablet)
    site = sites.by_code("GH1")
    assert site is not None
    site.is_open = False
    db.db.session.commit()

    assert title(tablet.page()) == "Vi spørger ikke her lige nu"
    assert tablet.press(page, "next", answer="4").status_code == 303
