"""One button of the script-less tablet, pressed several times in the same moment."""

from threading import Barrier, Thread

from flask import Flask

from app.core import db
from tests.channels.kiosk.tablet import Tablet
from tests.channels.kiosk.test_plain import at_the_end, follow


def test_done_pressed_twice_at_once_is_one_way_out(app: Flask, tablet: Tablet) -> None:
    cookie = tablet.client.get_cookie("kiosk", path="/kiosk")
    assert cookie is not None
    for _ in range(3):
        page = follow(tablet, tablet.press(at_the_end(tablet), "send"))
        db.db.session.remove()  # as at the end of every request outside tests
        together = Barrier(4)
        answered: list[int] = []

        def press(page: str, together: Barrier, answered: list[int]) -> None:
            hand = Tablet(app.test_client(), tablet.device)
            hand.client.set_cookie("kiosk", cookie.value, path="/kiosk")
            together.wait()
            answered.append(hand.press(page, "done").status_code)

        hands = [Thread(target=press, args=(page, together, answered)) for _ in range(4)]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join()
        assert answered == [303] * 4
