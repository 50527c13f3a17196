"""What a page lists of a table, and what it tells in one line because it is hidden."""

from app.publication.dimensions import Cell
from app.publication.formats.blocks import Block, Row, Table
from app.publication.formats.figures import Figure

THEMES = ("Åbent", "Tryghed", "Mad", "Bolig")


def block(*values: int | None, place: str = "GH1", n: int | None = 30) -> Block:
    """A place where these many spoke of the themes, in order."""
    rows = (Row(label, figure(value)) for label, value in zip(THEMES, values, strict=True))
    return Block(place, n, None, tuple(rows))


def figure(value: int | None) -> Figure:
    return Figure("T5", Cell(()), "GH1", (), value, 30, None)


def table(*blocks: Block) -> Table:
    return Table("T5", "Temaer", (("site", blocks),))


def test_a_dash_or_two_keep_their_line() -> None:
    one = block(8, None, None, 9)

    assert [row.label for row in one.listed] == list(THEMES)
    assert one.folded == ()


def test_many_dashes_are_told_in_one_line() -> None:
    one = block(8, None, None, None)

    assert [row.label for row in one.listed] == ["Åbent"]
    assert one.folded == ("Tryghed", "Mad", "Bolig")


def test_a_place_without_a_figure_is_only_named() -> None:
    [level] = table(block(8, 7, 6, 5), block(None, None, None, None, place="GH2"), block(8, 7, 6, 5, n=None)).parted

    assert len(level.shown) == 1
    assert [one.place for one in level.hidden] == ["GH2", "GH1"]


def test_a_theme_that_no_place_shows_is_told_once() -> None:
    whole = table(block(8, None, 6, 5), block(7, None, None, 9))
    [level] = whole.parted

    assert whole.hidden_everywhere == ("Tryghed",)
    assert [[row.label for row in one.rows] for one in level.shown] == [["Åbent", "Mad", "Bolig"]] * 2


def test_nothing_is_lost_between_the_lines() -> None:
    whole = table(block(8, None, None, None), block(None, None, 9, None))
    [level] = whole.parted

    for one in level.shown:
        told = {row.label for row in one.listed} | {*one.folded} | {*whole.hidden_everywhere}
        assert told == set(THEMES)


def test_the_pages_of_a_table_hold_every_place_once_and_agree_on_what_is_hidden_everywhere() -> None:
    blocks = tuple(block(8, None, None if number else 6, 5, place=f"GH{number}") for number in range(5))
    whole = Table("T5", "Temaer", (("area", blocks[:2]), ("site", blocks[2:])))

    pages = whole.paged(2)

    assert [[(level, len(found)) for level, found in one.levels] for one in pages] == [
        [("area", 2), ("site", 1)],
        [("site", 2)],
    ]
    assert {one.hidden_everywhere for one in pages} == {("Tryghed",)}
    assert whole.paged(1) == (whole,)
