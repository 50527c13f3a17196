"""I sagde – vi gjorde: what is live, for whom, and what may not be told like this."""

from datetime import date

import pytest
from flask import Flask

from app.core import db
from app.publication import told
from app.publication.told import NotTellable, Wording

WORDING = Wording(said_da="Der er lukket om natten.", body_da="Huset har åbent til kl. 2.")


def tell(code: str = "B1", theme: str = "ADG", day: int = 1, wording: Wording = WORDING) -> None:
    told.publish(code, theme=theme, outcome="did", wording=wording, decided_on=date(2026, 5, day))
    db.db.session.flush()


def test_what_is_told_stands_newest_first(app: Flask) -> None:
    tell("B1", day=1)
    tell("B2", day=9)

    assert [item.code for item in told.live()] == ["B2", "B1"]


def test_a_receipt_asks_by_main_theme(app: Flask) -> None:
    tell("B1", theme="ADG")
    tell("B2", theme="TRY")

    assert [item.code for item in told.live("ADG.AAB")] == ["B1"]


def test_what_is_told_again_replaces_what_was_told(app: Flask) -> None:
    tell()
    tell(wording=Wording(said_da="Der er lukket.", body_da="Nu er der åbent."))

    assert [item.body_da for item in told.live()] == ["Nu er der åbent."]


def test_what_is_retired_is_gone_from_every_page(app: Flask) -> None:
    tell()

    told.retire("B1")
    db.db.session.flush()

    assert told.live() == []


@pytest.mark.parametrize("words", ["", "  ", "a" * 601])
def test_nothing_empty_or_long_is_told(app: Flask, words: str) -> None:
    with pytest.raises(NotTellable):
        tell(wording=Wording(said_da="Der er lukket.", body_da=words))
