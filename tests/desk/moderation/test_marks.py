"""Marks on a text: positions in code points, overlaps joined, nothing hidden ever shown, nothing turned around."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.moderation import marks, opening
from app.desk.moderation.marks import Mark


def mark(start: int, end: int, type_: str = "name", **more: object) -> Mark:
    return Mark(start, end, type_, "because", **more)  # type: ignore[arg-type]


def test_a_mark_after_an_emoji_stands_where_it_should() -> None:
    text = "😡😡 ring 12 34 56 78 nu"

    found = opening.find(text)

    assert marks.masked(text, found) == "😡😡 ring [telefon] nu"
    assert (found[0].start, found[0].end) == (8, 19)


def test_marks_of_two_kinds_that_overlap_become_one_of_the_stronger_kind() -> None:
    joined = marks.merged([mark(0, 10), mark(5, 20, "phone"), mark(18, 25, "place", is_found=False)])

    assert [(one.start, one.end, one.type) for one in joined] == [(0, 25, "phone")]


def test_marks_side_by_side_stay_two() -> None:
    assert len(marks.merged([mark(0, 5), mark(5, 9)])) == 2


def test_words_left_readable_know_their_place() -> None:
    text = "Hej 😀 Karsten, kom"

    words = [word for piece in marks.pieces(text, [mark(6, 13)]) for word in piece.words]

    assert [(word.text, text[word.start : word.end]) for word in words] == [
        ("Hej", "Hej"), ("😀", "😀"), (",", ","), ("kom", "kom"),
    ]  # fmt: skip


@pytest.mark.parametrize("turn", "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u202c")
def test_no_character_that_turns_the_page_is_shown_or_kept(turn: str) -> None:
    text = f"Køen {turn}er lang"

    assert turn not in "".join(piece.text for piece in marks.pieces(text, []))
    assert marks.masked(text, []) == "Køen er lang"


def test_turned_digits_are_still_found() -> None:
    text = "ring \u202e12 34\u202c 56 78"

    assert "12" not in marks.masked(text, opening.find(text))


def test_a_name_that_another_mask_uncovers_is_found_by_the_gate() -> None:
    text = "xx Karsten"

    left = marks.left_over(text, [mark(0, 2)], lambda shown: [mark(shown.index("Karsten"), len(shown))])

    assert [(one.start, one.end) for one in left] == [(3, 10)]


def test_the_gate_does_not_stumble_over_our_own_labels() -> None:
    assert marks.left_over("hos Karsten", [mark(4, 11)], lambda shown: [mark(4, len(shown))]) == []


def test_the_gate_reads_what_a_person_wrote_in_place_of_a_detail() -> None:
    own = mark(0, 3, "detail", replacement="hos Karsten")

    left = marks.left_over("abc", [own], lambda shown: [mark(shown.index("Karsten"), len(shown) - 1)])

    assert len(left) == 1


@given(
    text=st.text(max_size=60),
    ranges=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=6),
)
def test_what_is_masked_is_gone_and_the_rest_is_whole(text: str, ranges: list[tuple[int, int]]) -> None:
    inside = [mark(start, min(start + size, len(text))) for start, size in ranges if start < len(text)]
    joined = marks.merged(inside)
    hidden = {at for one in joined for at in range(one.start, one.end)}

    pieces = marks.pieces(text, joined)

    assert [piece.start for piece in pieces] == sorted(piece.start for piece in pieces)
    assert all(hidden.isdisjoint(range(piece.start, piece.end)) for piece in pieces if piece.mark is None)
    assert sum(piece.end - piece.start for piece in pieces) == len(text)
    assert all(piece.text == "[navn]" for piece in pieces if piece.mark)
