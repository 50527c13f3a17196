"""What a change of the codebook does to what is counted: read through redirects, and never in a release that is out."""

from collections import defaultdict

import pytest

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation import queries, reading, tagging, voices
from app.desk.moderation.codebook import codes, drafting, previewing
from app.desk.moderation.codebook import queries as code_queries
from app.desk.moderation.codebook.changes import Change, after
from app.desk.moderation.reopening import queries as reopening
from app.desk.moderation.undoing import masses
from tests import kept
from tests.desk.moderation import factories
from tests.desk.moderation.codebook import factories as book

TEXTS = (
    ("Der er lukket om aftenen", ("ADG.AAB",)),
    ("Køen er lang, og der er lukket", ("ADG.AAB", "ADG.KOE")),
    ("Der er ingen plads", ("ADG.PLA",)),
    ("Vagten var hård", ("TRY.UTR",)),
    ("Alt er godt", ()),
)


@pytest.fixture
def reader(content: None) -> User:
    book.shipped()
    return db.db.session.get_one(User, kept.once("coded texts", coded_texts))


def coded_texts() -> bytes:
    me = factories.a_moderator()
    for said, keys in TEXTS:
        book.approved(said, *keys, by=me)
    return me.id


def by_hand(merged: dict[str, str], moved: dict[str, str]) -> dict[str, int]:
    """The same counts from TEXTS alone."""
    counts: dict[str, int] = defaultdict(int)
    for _said, keys in TEXTS:
        read = {merged.get(key, key) for key in keys}
        for key in read | {moved.get(key, key.partition(".")[0]) for key in read}:
            counts[key] += 1
    return dict(counts)


def counted(reader: User) -> dict[str, int]:
    return dict(queries.voices_by_code(reader))


def test_counts_through_redirects_are_those_counted_by_hand(reader: User) -> None:
    merged: dict[str, str] = {}
    moved: dict[str, str] = {}
    assert counted(reader) == by_hand(merged, moved)

    book.publish(book.merge("ADG.AAB", "ADG.KOE"))
    merged["ADG.AAB"] = "ADG.KOE"
    assert counted(reader) == by_hand(merged, moved)

    book.publish(book.merge("ADG.KOE", "TRY.UTR"))
    merged |= {"ADG.AAB": "TRY.UTR", "ADG.KOE": "TRY.UTR"}
    assert counted(reader) == by_hand(merged, moved)
    assert counted(reader)["ADG"] == 1

    book.publish(Change("move", book.guid("ADG.PLA"), {"parent_key": "OKO"}), Change("retire", book.guid("TRY.POL")))
    moved["ADG.PLA"] = "OKO"
    assert counted(reader) == by_hand(merged, moved)

    book.publish(Change("restore", book.guid("ADG.KOE")))
    merged["ADG.AAB"] = "ADG.KOE"
    del merged["ADG.KOE"]
    assert counted(reader) == by_hand(merged, moved)


def test_every_way_to_ask_reads_a_merged_code_as_the_one_it_went_into(reader: User) -> None:
    book.publish(book.merge("ADG.AAB", "TRY.UTR"))

    rows = queries.statements(reader, theme="TRY", size=9)
    assert {row.text for row in rows} == {TEXTS[0][0], TEXTS[1][0], TEXTS[3][0]}
    assert {row.text for row in queries.statements(reader, theme="ADG", size=9)} == {TEXTS[1][0], TEXTS[2][0]}
    assert queries.count_voices("TRY.UTR", [factories.WEEK], reader) == 3
    keys = {key for _id, key in code_queries.codes_of([row.id for row in rows])}
    assert keys == {"TRY.UTR", "ADG.KOE"}
    themes = [voice.themes for voice in voices.voices([factories.WEEK])]
    assert sorted(map(sorted, themes)) == [[], ["ADG.KOE", "TRY.UTR"], ["ADG.PLA"], ["TRY.UTR"], ["TRY.UTR"]]
    assert code_queries.themes_of_response(rows[0].response_id)


def test_a_text_that_is_read_as_a_code_has_it_and_loses_it(reader: User) -> None:
    book.publish(book.merge("ADG.AAB", "TRY.UTR"))
    statement = next(row.id for row in queries.statements(reader, theme="TRY", size=9) if row.text == TEXTS[0][0])

    assert not tagging.tag(statement, "TRY.UTR", reader)
    assert tagging.untag(statement, "TRY.UTR")

    assert code_queries.codes_of([statement]) == []


def test_a_retired_code_is_taken_off_but_not_set(reader: User) -> None:
    statement = next(row.id for row in queries.statements(reader, theme="ADG.PLA", size=9))
    book.publish(Change("retire", book.guid("ADG.PLA")))

    assert codes.book().code("ADG.PLA") is None
    assert counted(reader)["ADG.PLA"] == 1
    assert tagging.untag(statement, "ADG.PLA")
    with pytest.raises(tagging.UnknownCode):
        tagging.tag(statement, "ADG.PLA", reader)


def test_acts_on_many_texts_know_what_a_merged_code_is_read_as(reader: User) -> None:
    texts = [row.id for row in queries.statements(reader, theme="ADG.AAB", size=9)]
    book.publish(book.merge("ADG.AAB", "TRY.UTR"))
    code = tagging.code("TRY.UTR")

    assert masses.add(reader, "bulk", texts, code, source="bulk", version=2) == 0
    assert masses.remove(reader, "bulk_untag", texts, code) == 2

    assert counted(reader)["TRY.UTR"] == 1


def test_a_text_that_is_read_again_gets_back_what_was_merged_or_retired_meanwhile(content: None) -> None:
    book.shipped()
    me = factories.a_moderator()
    book.approved("Lukket, og så kommer der kø", "ADG.AAB", "ADG.KOE", by=me)
    [row] = queries.statements(me, size=9)
    book.publish(book.merge("ADG.AAB", "TRY.UTR"), Change("retire", book.guid("ADG.KOE")))
    before = counted(me)
    reading.reopen(factories.item(row.answer_id, me), row.version, me)
    db.db.session.commit()

    assert reopening.kept_keys(row.answer_id) == {"TRY.UTR", "ADG.KOE"}
    factories.approve(row.answer_id, me, "TRY.UTR")

    assert counted(me) == before


def test_a_preview_says_what_then_comes_true(reader: User) -> None:
    for change in (
        book.merge("ADG.AAB", "TRY.UTR"),
        Change("move", book.guid("ADG.PLA"), {"parent_key": "OKO"}),
        Change("retire", book.guid("ADG.KOE")),
    ):
        standing = drafting.standing()
        effect = previewing.effect(standing, after(standing, [change], drafting.number()), change, reader)
        said = {one.line.key: one.now for one in effect.counts}, {one.line.key: one.then for one in effect.counts}
        before = counted(reader)
        book.publish(change)

        assert said[0] == {key: before.get(key, 0) for key in said[0]}
        assert said[1] == {key: counted(reader).get(key, 0) for key in said[1]}
        assert {key for key, n in counted(reader).items() if before.get(key) != n} <= {*said[1]}


def test_a_preview_of_a_merge_counts_texts_voices_and_those_that_have_both(reader: User) -> None:
    change, standing = book.merge("ADG.AAB", "ADG.KOE"), drafting.standing()

    effect = previewing.effect(standing, after(standing, [change], drafting.number()), change, reader)

    assert (effect.statements, effect.voices, effect.both) == (2, 2, 1)
    assert "åbningstid*" in effect.hints


@pytest.mark.requirement("R8")
def test_who_has_ties_to_a_place_counts_nothing_said_there(reader: User) -> None:
    tied = factories.a_moderator("GH1")
    change, standing = Change("retire", book.guid("ADG.AAB")), drafting.standing()

    effect = previewing.effect(standing, after(standing, [change], drafting.number()), change, tied)

    assert (effect.statements, effect.voices) == (0, 0)
