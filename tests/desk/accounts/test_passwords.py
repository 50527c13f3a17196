"""Passwords: what is refused, and how they are kept."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from argon2 import extract_parameters
from flask import Flask

from app.desk.accounts import passwords
from app.desk.accounts.passwords import PasswordRefused


@pytest.mark.parametrize(
    "password",
    [
        "fjorten tegn..",
        "x" * 129,
        "passwordpassword",
        "Sommerferie2026!",
        "qwertyuiopasdfghjkl",
        "123456789012345",
        "aaaaaaaaaaaaaaaa",
        "moderator-moderator",
        "gadensstemme2026",
        "mona.berg mona.berg",
        "correct horse battery staple",
        "kodeord-sommer-drage",
        "P@ssw0rdP@ssw0rd",
    ],
)
def test_a_password_somebody_could_guess_is_refused(app: Flask, password: str) -> None:
    with app.test_request_context(), pytest.raises(PasswordRefused):
        passwords.check_new(password, name="mona.berg")


@pytest.mark.parametrize(
    "password",
    [
        "fire gule traner i regn",
        "syv hvide ulve i sneen",
        "lampe vugge kryds",
        "ærlig grød på tirsdag",
        "k7qmw-xzplr" * 11,
    ],
)
def test_a_long_password_of_ones_own_is_taken(app: Flask, password: str) -> None:
    with app.test_request_context():
        passwords.check_new(password, name="mona.berg")


def test_a_stored_password_is_argon2id_with_our_parameters() -> None:
    stored = passwords.hashed("fire gule traner i regn")

    assert stored.startswith("$argon2id$v=19$m=47104,t=2,p=1$")
    assert passwords.matches(stored, "fire gule traner i regn")
    assert not passwords.matches(stored, "fire gule traner i regn ")


def test_a_hash_with_weaker_parameters_is_outdated() -> None:
    weaker = passwords.PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash("x")

    assert passwords.is_outdated(weaker)
    assert not passwords.is_outdated(passwords.hashed("x"))


def test_nobody_is_compared_as_slowly_as_somebody() -> None:
    """By processor time, the least of several in turn: what else the machine does then says nothing."""
    somebody = passwords.hashed("fire gule traner i regn")
    passwords.matches(None, "warm up")

    known, unknown = (min(each) for each in zip(*((seconds(somebody), seconds(None)) for _ in range(5)), strict=True))

    assert unknown == pytest.approx(known, rel=0.3)
    assert extract_parameters(passwords._nobody()) == extract_parameters(somebody)


def test_a_crowd_at_the_door_takes_the_memory_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = Crowd(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", crowd)
    with ThreadPoolExecutor(8) as hands:
        stored = list(hands.map(passwords.hashed, ["fire gule traner i regn"] * 8))
        right = list(hands.map(passwords.matches, stored, ["fire gule traner i regn"] * 8))

    assert right == [True] * 8
    assert crowd.most == 2


def test_a_made_up_password_is_long_and_never_the_same() -> None:
    made = {passwords.made_up() for _ in range(50)}

    assert len(made) == 50
    assert all(len(password) >= passwords.SHORTEST for password in made)


def test_the_list_of_common_words_is_lower_case_letters_without_doubles() -> None:
    words = passwords._common_words()

    assert len(words) == len(set(words)) > 300
    assert all(word == word.casefold() and word.isalpha() and len(word) >= 3 for word in words)


class Crowd(passwords.PasswordHasher):
    """A hasher that is slow and counts how many are with it at once."""

    inside = most = 0

    def hash(self, *given: Any, **also: Any) -> str:
        with self.counted():
            return super().hash(*given, **also)

    def verify(self, *given: Any, **also: Any) -> Any:
        with self.counted():
            return super().verify(*given, **also)

    @contextmanager
    def counted(self) -> Iterator[None]:
        self.inside += 1
        self.most = max(self.most, self.inside)
        time.sleep(0.02)
        yield
        self.inside -= 1


def seconds(stored: str | None) -> float:
    began = time.process_time()
    passwords.matches(stored, "not the password")
    return time.process_time() - began
