"""Tokens without cookies: sealed, bound to a page, dead with their day key; forms remembered once."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.core import db
from app.privacy import tokens
from app.privacy.keys import DayKey

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
KEY = DayKey(20514, bytes(range(32)))
OTHER = DayKey(20513, bytes(32))


def test_a_token_gives_back_what_was_sealed() -> None:
    token = tokens.seal(KEY, ["æ", {"a": [1]}], bound_to="GH1", now=NOW)
    opened = tokens.open_(token, (OTHER, KEY), bound_to="GH1", now=NOW + timedelta(minutes=25))

    assert opened is not None
    assert (opened.key, opened.age, opened.content) == (KEY, 2, ["æ", {"a": [1]}])


def test_a_token_opens_for_no_other_page_and_under_no_other_key() -> None:
    token = tokens.seal(KEY, "x", bound_to="GH1", now=NOW)

    assert tokens.open_(token, (KEY,), bound_to="GH2", now=NOW) is None
    assert tokens.open_(token, (OTHER,), bound_to="GH1", now=NOW) is None


def test_every_changed_letter_is_noticed() -> None:
    token = tokens.seal(KEY, "x", bound_to="GH1", now=NOW)

    for place in range(len(token)):
        changed = token[:place] + ("A" if token[place] != "A" else "g") + token[place + 1 :]
        assert tokens.open_(changed, (KEY,), bound_to="GH1", now=NOW) is None


@pytest.mark.parametrize("token", ["", "=", "å", "\0", "A", "AAAA", "A" * 10_000, "++//"])
def test_what_is_no_token_opens_as_nothing(token: str) -> None:
    assert tokens.open_(token, (KEY,), bound_to="GH1", now=NOW) is None


def test_a_token_tells_nothing_by_its_letters_or_its_length() -> None:
    short = tokens.seal(KEY, ["1"], bound_to="GH1", now=NOW)
    longer = tokens.seal(KEY, ["1", "staff", "food", "yes"], bound_to="GH1", now=NOW)

    assert len(short) == len(longer)
    assert tokens.seal(KEY, ["1"], bound_to="GH1", now=NOW) != short


def test_a_form_is_remembered_once(app: Flask) -> None:
    nonce = secrets.token_urlsafe(12)
    tokens.remember(KEY, nonce, "sent 0")

    assert tokens.answered_before(KEY, nonce) == "sent 0"
    assert tokens.answered_before(KEY, "another") is None
    with pytest.raises(IntegrityError):
        tokens.remember(KEY, nonce, "sent 1")
    db.db.session.rollback()


def test_words_are_drawn_alike_for_one_form_and_apart_for_others() -> None:
    seeds = {tokens.receipt_seed(key, nonce, attempt) for key in (KEY, OTHER) for nonce in "ab" for attempt in (0, 1)}

    assert len(seeds) == 8
    assert tokens.receipt_seed(KEY, "a", 0) in seeds
