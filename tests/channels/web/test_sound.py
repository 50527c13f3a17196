"""Questions read aloud: only where there is a voice in the reader's language, and nothing loaded before the press."""

from app.surveys import audio
from tests.channels.web.conftest import Arrive
from tests.channels.web.visitor import Visitor, text_of

ALOUD = "Læs højt"


def sounds(visitor: Visitor) -> list[str]:
    return [link.get("href", "") for link in visitor.page.all("a") if link.get("href", "").startswith("/lyd/")]


def test_the_start_page_and_every_question_can_be_heard(arrive: Arrive) -> None:
    visitor = arrive().visit("/s/GH1")
    heard = [sounds(visitor)]
    visitor.press("start")
    for _ in range(4):
        heard.append(sounds(visitor))
        visitor.press("skip")
    heard.append(sounds(visitor))

    assert [len(one) for one in heard] == [1] * 6
    assert {text_of(link) for link in visitor.page.all("a") if link.get("href") in heard[-1]} == {ALOUD}


def test_a_press_gives_the_whole_sound_and_a_telephone_may_ask_for_a_part(arrive: Arrive) -> None:
    visitor = arrive().visit("/s/GH1")
    (address,) = sounds(visitor)
    whole = visitor.client.get(address)
    part = visitor.client.get(address, headers={"Range": "bytes=0-99"})

    assert whole.mimetype == "audio/mpeg"
    assert whole.data == audio.read(address.rpartition("/")[2])
    assert "immutable" in whole.headers["Cache-Control"]
    assert (part.status_code, part.data) == (206, whole.data[:100])


def test_nobody_hears_another_language_than_they_read(arrive: Arrive) -> None:
    assert sounds(arrive("so").visit("/s/GH1")) == []


def test_a_sound_we_do_not_have_is_not_found(arrive: Arrive) -> None:
    for name in ("x.mp3", "..%2Fpictures.toml", "%00"):
        assert arrive().client.get(f"/lyd/{name}").status_code == 404
