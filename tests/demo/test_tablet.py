"""The demo's tablet: a code to try, as long as nobody has connected it."""

from flask import Flask

from app.core import clock, db
from app.demo import tablet
from app.surveys import kiosk_settings, kiosks


def test_a_second_start_gives_a_new_code_for_the_same_tablet(app: Flask, content: None) -> None:
    first, second = tablet.code(clock.now()), tablet.code(clock.now())

    assert first != second
    assert kiosks.enrol(first or "", clock.now()) is None
    assert [one.label for one in kiosks.listed()] == ["Ved døren"]


def test_a_connected_tablet_needs_no_code(app: Flask, content: None) -> None:
    code = tablet.code(clock.now())
    db.db.session.commit()
    enrolled = kiosks.enrol(code or "", clock.now())
    db.db.session.commit()

    assert enrolled is not None
    assert kiosk_settings.of(enrolled[0])["words_screen"] is True
    assert tablet.code(clock.now()) is None
