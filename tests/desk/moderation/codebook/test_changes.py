"""Changes of a codebook, as values: what is refused, what follows, and that every chain of merges has an end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.desk.moderation.codebook import changes, shipped
from app.desk.moderation.codebook.changes import Change, ChangeRefused
from app.desk.moderation.codebook.lines import Line
from app.desk.moderation.codebook.standing import Standing
from tests.desk.moderation.codebook.factories import NEW

BOOK = Standing({line.guid: line for line in shipped.read()[1]})
SUBS = tuple(line.key for line in BOOK.in_order() if line.kind == "sub")
NEXT = 2


def guid(key: str, book: Standing = BOOK) -> str:
    found = book.by_key(key)
    assert found is not None
    return found.guid


def line(book: Standing, key: str) -> Line:
    return book.lines[guid(key, book)]


def merge(key: str, into: str) -> Change:
    return Change("merge", guid(key), {"into": guid(into)})


def restore(key: str) -> Change:
    return Change("restore", guid(key))


def after(*some: Change) -> Standing:
    return changes.after(BOOK, some, NEXT)


def test_a_new_code_gets_a_key_from_its_name_and_stands_last() -> None:
    book = after(Change("add", changes.new_guid(), NEW))

    new = book.by_key("BAS.KAF")
    assert new is not None
    assert (new.name_da, new.name_en, new.since, new.version, new.is_active) == (
        "Kaffe og te",
        "Kaffe og te",
        2,
        2,
        True,
    )
    assert book.subs("BAS")[-1] == new


def test_two_names_that_begin_alike_get_two_keys() -> None:
    first = Change("add", changes.new_guid(), NEW)
    second = Change("add", changes.new_guid(), NEW | {"name_da": "Kaffekander"})

    book = after(first, second)

    assert len({book.lines[one.guid].key for one in (first, second)}) == 2


@pytest.mark.parametrize(
    "change",
    [
        Change("add", "g", NEW | {"parent_key": ""}),
        Change("add", "g", NEW | {"parent_key": "ADG.AAB"}),
        Change("add", "g", NEW | {"name_da": "  "}),
        Change("add", "g", NEW | {"name_da": "x" * 81}),
        Change("add", "g", NEW | {"name_da": "åbningstider", "parent_key": "ADG"}),
        Change("add", "g", NEW | {"key": "ADG.AAB"}),
        Change("add", "g", NEW | {"colour": "red"}),
        Change("add", "g", NEW | {"hints": ("***",)}),
        Change("add", "g", NEW | {"principles": (11,)}),
        Change("add", guid("ADG.AAB"), NEW),
        Change("edit", guid("ADG.AAB"), {"key": "ADG.NY"}),
        Change("edit", guid("ADG.AAB"), {"state": "retired"}),
        Change("edit", guid("ADG.AAB"), {"name_da": "Åbningstider"}),
        Change("edit", guid("ROS"), {"hints": ("tak",)}),
        Change("edit", "nobody", {"name_da": "Ny"}),
        Change("move", guid("ADG.AAB"), {"parent_key": "ADG"}),
        Change("move", guid("ADG"), {"parent_key": "TRY"}),
        Change("move", guid("ADG.AAB"), {"parent_key": "ROS"}),
        Change("merge", guid("ADG.AAB"), {"into": guid("ADG.AAB")}),
        Change("merge", guid("ROS"), {"into": guid("KRITIK")}),
        Change("merge", guid("ADG"), {"into": guid("TRY")}),
        Change("merge", guid("ADG.AAB"), {"into": ""}),
        Change("split", guid("ADG.AAB"), {"into": [guid("ADG.KOE")]}),
        Change("split", guid("ADG.AAB"), {"into": [guid("ADG.AAB"), guid("ADG.KOE")]}),
        Change("retire", guid("ADG")),
        Change("retire", guid("AKUT")),
        Change("restore", guid("ADG.AAB")),
    ],
)
def test_what_would_break_the_book_is_refused(change: Change) -> None:
    with pytest.raises(ChangeRefused):
        after(change)


def test_a_list_says_which_of_its_changes_is_at_fault() -> None:
    with pytest.raises(ChangeRefused) as refusal:
        after(Change("retire", guid("ADG.AAB")), Change("retire", guid("ADG.AAB")), merge("ADG.KOE", "ADG.PLA"))

    assert refusal.value.at == 1


def test_a_chain_of_merges_is_flattened_and_a_loop_is_refused() -> None:
    book = after(merge("ADG.AAB", "ADG.KOE"), merge("ADG.KOE", "ADG.PLA"))

    assert book.redirects == {guid("ADG.AAB"): guid("ADG.PLA"), guid("ADG.KOE"): guid("ADG.PLA")}
    with pytest.raises(ChangeRefused):
        changes.after(book, [merge("ADG.PLA", "ADG.AAB")], NEXT)


def test_hints_move_with_a_merge_and_come_back_when_it_is_restored() -> None:
    merged = after(merge("ADG.AAB", "ADG.KOE"), merge("ADG.KOE", "ADG.PLA"))

    assert line(merged, "ADG.AAB").hints == ()
    assert set(line(merged, "ADG.PLA").hints) == {
        hint for key in ("ADG.AAB", "ADG.KOE", "ADG.PLA") for hint in line(BOOK, key).hints
    }
    for order in (("ADG.AAB", "ADG.KOE"), ("ADG.KOE", "ADG.AAB")):
        back = changes.after(merged, [restore(key) for key in order], 3)
        assert back.redirects == {}
        for key in ("ADG.AAB", "ADG.KOE", "ADG.PLA"):
            assert line(back, key).hints == line(BOOK, key).hints, (order, key)


def test_restoring_the_middle_of_a_chain_gives_it_what_was_merged_into_it() -> None:
    book = after(merge("ADG.AAB", "ADG.KOE"), merge("ADG.KOE", "ADG.PLA"), restore("ADG.KOE"))

    assert book.redirects == {guid("ADG.AAB"): guid("ADG.KOE")}


def test_a_moved_code_keeps_its_key() -> None:
    book = after(Change("move", guid("ADG.AAB"), {"parent_key": "TRY"}))

    assert line(book, "ADG.AAB").parent_key == "TRY"
    assert line(book, "ADG.AAB") in book.subs("TRY")


def test_a_theme_is_retired_once_its_sub_codes_are_gone() -> None:
    subs = [Change("retire", one.guid) for one in BOOK.subs("ADG")]

    book = after(*subs, Change("retire", guid("ADG")))

    assert line(book, "ADG").state == "retired"
    with pytest.raises(ChangeRefused):
        changes.after(book, [restore("ADG.AAB")], 3)


def test_a_code_in_an_unfinished_split_stays_where_it_is() -> None:
    book = after(Change("split", guid("ADG.AAB"), {"into": [guid("ADG.KOE"), guid("ADG.PLA")]}))

    for change in (merge("ADG.AAB", "ADG.TIL"), merge("ADG.KOE", "ADG.TIL"), Change("retire", guid("ADG.PLA"))):
        with pytest.raises(ChangeRefused):
            changes.after(book, [change], 3)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(("merge", "restore", "retire")), *(st.sampled_from(SUBS[:6]),) * 2)))
def test_whatever_is_merged_and_restored_every_chain_ends_in_a_code_that_is_not_merged(
    acts: list[tuple[str, str, str]],
) -> None:
    book = BOOK
    hints = sorted(hint for key in SUBS for hint in line(BOOK, key).hints)
    for act, key, other in acts:
        change = merge(key, other) if act == "merge" else Change(act, guid(key))
        try:
            book = changes.after(book, [change], NEXT)
        except ChangeRefused:
            continue
        assert all(book.lines[end].state != "merged" for end in book.redirects.values())
        assert {guid(key) for key in SUBS if line(book, key).state == "merged"} == set(book.merged)

    for key in [key for key in SUBS if line(book, key).state != "active"]:
        book = changes.after(book, [restore(key)], NEXT)
    assert sorted(hint for key in SUBS for hint in line(book, key).hints) == hints
