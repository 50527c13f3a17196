"""The receipt words: enough of them, easy to read aloud, impossible to mix up with anything else."""

import json
from itertools import combinations
from pathlib import Path

import pytest

from app.core.config import ROOT
from app.core.folding import fold
from app.core.folding import words as split
from app.privacy import wordlist
from app.privacy.masking import lists
from app.privacy.wordlist import WordListRefused

RESERVED = ROOT / "tests" / "oracles" / "reserved_words.json"
YES_AND_NO = {"ja", "nej", "yes", "no", "jep", "nix", "aap", "naamik", "tak", "nie", "nu", "da", "haa", "maya"}


def reserved_words() -> set[str]:
    oracle = json.loads(RESERVED.read_text("utf-8"))
    groups = [*oracle["words"].values(), oracle["language_names"], oracle["fillers"]]
    return {word for group in groups for phrases in group.values() for p in phrases for word in split(fold(p))}


def one_letter_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        return short[at + 1 :] == long[at + 1 :]
    return len(long) - len(short) == 1 and short[at:] == long[at + 1 :]


def written(tmp_path: Path, *words: str) -> Path:
    path = tmp_path / "words.txt"
    path.write_text("\n".join(words), "utf-8")
    return path


@pytest.mark.requirement("R16")
def test_the_list_gives_at_least_ten_bits_a_word() -> None:
    assert len(wordlist.words()) >= 1100


def test_no_receipt_word_is_a_reserved_word_a_filler_a_language_or_a_yes_or_no() -> None:
    assert not {fold(word) for word in wordlist.words()} & (reserved_words() | YES_AND_NO)


def test_no_two_receipt_words_differ_by_one_letter_however_they_are_spelled() -> None:
    folded = [fold(word) for word in wordlist.words()]

    assert not [pair for pair in combinations(folded, 2) if one_letter_apart(*pair)]


def test_no_receipt_word_is_a_given_name() -> None:
    assert not {lists.key(word) for word in wordlist.words()} & lists.given()


def test_the_widest_code_still_fits_its_text_message() -> None:
    assert 4 * max(len(word) for word in wordlist.words()) + 3 <= 31


def test_a_word_with_other_letters_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(WordListRefused, match=r"words.txt:2: 'Sol-ur'"):
        wordlist.read(written(tmp_path, "sol", "Sol-ur"))


def test_two_spellings_of_one_word_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WordListRefused, match=r"'soe' reads like 'sø'|'soel' reads like 'søl'"):
        wordlist.read(written(tmp_path, "søl", "soel"))


def test_a_short_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WordListRefused, match="at least 1024"):
        wordlist.read(written(tmp_path, "sol", "bro"))
