"""Four words typed on the tablet: what came of them, never the text, and nothing left for whoever comes next."""

import re
from collections.abc import Callable
from urllib.parse import unquote_plus

import html5lib
import pytest
from flask import Flask, g
from werkzeug.test import TestResponse

from app.core import clock, db
from app.desk.track.telling import receipts as told_receipts
from app.privacy import queries, receipts
from app.publication import themes
from tests.channels.kiosk import stored
from tests.channels.kiosk.conftest import Connect
from tests.channels.kiosk.tablet import PRESSED, Tablet
from tests.channels.kiosk.test_plain import REFRESH, at_the_end, follow, title
from tests.publication.telling import tell

FORM = "/kiosk/kvittering"
SECRET = "Flere senge om natten"
STATUS = "Det skete der med det, du sagde"


def sent_with_code(tablet: Tablet) -> str:
    """The four words of an answer that was just sent."""
    thanks = follow(tablet, tablet.press(at_the_end(tablet), "send", **{"words-change": SECRET, "code": "1"}))
    return re.search(r'<p class="c"[^>]*>([^<]+)</p>', thanks)[1]  # type: ignore[index]


def typed(tablet: Tablet, words: str, lang: str = "da") -> TestResponse:
    g.pop("lang", None)  # the context of a test outlives a request, and would keep its language
    return tablet.client.post(f"{FORM}?lang={lang}", data={"kode": words}, headers=PRESSED)


def looked_up(tablet: Tablet, words: str, lang: str = "da") -> str:
    return follow(tablet, typed(tablet, words, lang))


def link(page: str, name: str) -> str:
    return re.search(rf'<a class="b n" href="([^"]+)">{name}</a>', page)[1].replace("&amp;", "&")  # type: ignore[index]


def asked_before_deleting(tablet: Tablet, words: str) -> str:
    return tablet.page(link(looked_up(tablet, words), "Slet mit svar"))


def deleted(tablet: Tablet, asked: str) -> TestResponse:
    t = re.search(r'name="t" value="([^"]+)"', asked)[1]  # type: ignore[index]
    return tablet.client.post(f"{FORM}?lang=da", data={"act": "delete", "t": t}, headers=PRESSED)


def stages(page: str) -> int:
    return page.split("<footer>", maxsplit=1)[0].count('<li class="y">')


def every_page(tablet: Tablet, lang: str = "da") -> list[str]:
    words = sent_with_code(tablet)
    status = looked_up(tablet, words, lang)
    asked = tablet.page(re.findall(r'<a class="b n" href="([^"]+)"', status)[0].replace("&amp;", "&"))
    done = follow(tablet, deleted(tablet, asked))
    unknown = looked_up(tablet, "hudd kat kat kat", lang)
    return [tablet.page(f"{FORM}?lang={lang}"), typed(tablet, " ", lang).text, status, asked, done, unknown]


def test_what_was_read_shows_its_theme_and_the_answer(tablet: Tablet) -> None:
    words = sent_with_code(tablet)
    assert stages(looked_up(tablet, words)) == 1
    queries.mark_receipt(stored.the_one().id, "BOL.NAT,TRY")
    tell(themes=("TRY",), outcome="did_not", body="der mangler penge til en vagt.")
    told_receipts.write(clock.now())
    db.db.session.commit()

    page = looked_up(tablet, words)

    assert (title(page), stages(page)) == (STATUS, 4)
    assert themes.name("BOL", "da") in page
    assert "der mangler penge til en vagt." in page


@pytest.mark.requirement("R16")
def test_a_status_tells_no_text_and_no_word_of_the_code(tablet: Tablet) -> None:
    words = sent_with_code(tablet)
    answered = typed(tablet, words)
    page = follow(tablet, answered)

    assert SECRET not in page
    assert words not in page
    assert not set(words.split()) & set(re.split(r"\W+", unquote_plus(answered.headers["Location"])))


@pytest.mark.parametrize("change", [str.upper, lambda words: words.replace(" ", "-"), lambda words: f" {words}. "])
def test_a_code_is_read_as_people_write_it(tablet: Tablet, change: Callable[[str], str]) -> None:
    spelled = sent_with_code(tablet).replace("æ", "ae").replace("ø", "oe").replace("å", "aa")

    assert title(looked_up(tablet, change(spelled))) == STATUS


def test_a_wrong_code_gets_the_help_it_gets_on_the_web(tablet: Tablet) -> None:
    page = looked_up(tablet, "hudd kat kat kat")

    assert "Vi finder ikke et svar med den kode." in page
    assert "hudd er ikke i nogen kode. Er det hund?" in page


def test_an_empty_field_asks_for_four_words(tablet: Tablet) -> None:
    refused = typed(tablet, "  ")

    assert refused.status_code == 422
    assert "Skriv de 4 ord i din kode." in refused.text


def test_an_answer_is_taken_back_after_one_question(tablet: Tablet) -> None:
    words = sent_with_code(tablet)
    asked = asked_before_deleting(tablet, words)
    assert len(stored.responses()) == 1

    assert title(follow(tablet, deleted(tablet, asked))) == "Dit svar er slettet"
    assert stored.responses() == []
    assert receipts.find(words) is None


def test_keeping_it_leads_back(tablet: Tablet) -> None:
    asked = asked_before_deleting(tablet, sent_with_code(tablet))

    assert title(tablet.page(link(asked, "Nej, behold det"))) == STATUS
    assert len(stored.responses()) == 1


@pytest.mark.parametrize("token", ["", "x", "A" * 300])
def test_deleting_without_the_page_that_asks_deletes_nothing(tablet: Tablet, token: str) -> None:
    sent_with_code(tablet)

    assert deleted(tablet, f'name="t" value="{token}"' if token else 'name="t" value=" "').status_code == 422
    assert len(stored.responses()) == 1


def test_every_page_leaves_by_itself_and_has_a_way_to_leave(tablet: Tablet) -> None:
    for page in every_page(tablet):
        [(seconds, address)] = REFRESH.findall(page)
        assert seconds == "180"
        assert address.startswith("/kiosk?over=")
        assert link(page, "Færdig") == address


def test_after_done_no_page_of_the_visit_shows_anything(tablet: Tablet) -> None:
    answered = typed(tablet, sent_with_code(tablet)).headers["Location"]
    status = tablet.page(answered)
    asked = tablet.page(link(status, "Slet mit svar"))

    left = tablet.client.get(link(asked, "Færdig"))

    assert (left.status_code, left.headers["Location"]) == (303, "/kiosk")
    for address in (answered, link(status, "Slet mit svar")):
        assert title(tablet.page(address)) == title(tablet.page(FORM))
    assert deleted(tablet, asked).status_code == 422
    assert len(stored.responses()) == 1


def test_a_page_of_five_minutes_ago_is_the_form(tablet: Tablet) -> None:
    answered = typed(tablet, sent_with_code(tablet)).headers["Location"]
    assert title(tablet.page(answered)) == STATUS
    clock.clock().moved_by += 300

    assert title(tablet.page(answered)) == title(tablet.page(FORM))


def test_a_page_of_one_tablet_opens_on_no_other_and_not_on_the_web(tablet: Tablet, connect: Connect) -> None:
    answered = typed(tablet, sent_with_code(tablet)).headers["Location"]

    for address, client in ((answered, connect("GH1").client), (answered[len("/kiosk") :], tablet.client)):
        shown = client.get(address)
        assert (shown.status_code, title(shown.text)) == (200, title(tablet.page(FORM)))


def test_nothing_is_kept_and_no_cookie_is_given(tablet: Tablet) -> None:
    answered = typed(tablet, sent_with_code(tablet))
    for response in (tablet.client.get(FORM), answered, tablet.client.get(answered.headers["Location"])):
        assert response.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in response.headers
    assert re.search(r'<input [^>]*name="kode"[^>]*autocomplete="off"', tablet.page(FORM))


def test_pages_run_no_script_under_the_tablets_policy(tablet: Tablet) -> None:
    assert "trusted-types sw" in tablet.client.get(FORM).headers["Content-Security-Policy"]
    for page in every_page(tablet):
        assert "<script" not in page
        assert "style=" not in page


def test_no_page_leads_away_from_the_tablet(tablet: Tablet) -> None:
    for page in every_page(tablet):
        led_to = re.findall(r'(?:href|action|src)="([^"#]+)"', page)
        assert [address for address in led_to if not address.startswith(("/kiosk", "data:,"))] == []


@pytest.mark.parametrize("lang", ["da", "ar"])
def test_every_page_speaks_the_language_and_is_read_by_the_strictest_reader(tablet: Tablet, lang: str) -> None:
    for page in every_page(tablet, lang)[:4]:
        html5lib.HTMLParser(strict=True).parse(page)
        assert f'<html lang="{lang}"' in page
        assert len(re.findall("<h1", page)) == 1


def test_the_start_page_leads_to_the_code(tablet: Tablet) -> None:
    assert title(tablet.page(link(tablet.page(), "Jeg har en kode"))) == title(tablet.page(FORM))


def test_who_is_no_tablet_looks_nothing_up(app: Flask, content: None) -> None:
    stranger = app.test_client()

    assert stranger.get(FORM).status_code == 401
    assert stranger.post(FORM, data={"kode": "kat hund sol due"}, headers=PRESSED).status_code == 401
