"""Versions of the codebook: proposed with a reason, agreed to by somebody else, taken back, and never forgotten."""

import json
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core import db
from app.core.errors import Refusal
from app.desk.moderation import tagging
from app.desk.moderation.codebook import codes, drafting, history, publishing, shipped, splitting
from app.desk.moderation.codebook.changes import Change, ChangeRefused
from app.desk.moderation.undoing import NotUndone
from tests.desk.moderation import factories
from tests.desk.moderation.codebook import factories as book
from tests.desk.moderation.undoing.factories import dump, undo_last


@pytest.fixture(autouse=True)
def the_book(content: None) -> None:
    book.shipped()


def test_a_change_waits_until_somebody_else_agrees() -> None:
    author = book.propose(Change("edit", book.guid("ADG.AAB"), {"name_da": "Hvornår der er åbent"}))

    assert codes.book().version == 1
    with pytest.raises(publishing.NotPublished):
        book.agree(author)
    db.db.session.rollback()
    assert book.line("ADG.AAB").name_da == "Åbningstider"

    book.agree()

    assert codes.book().version == 2
    assert book.line("ADG.AAB").name_da == "Hvornår der er åbent"
    assert drafting.events() == ()


def test_two_who_both_proposed_agree_to_each_others_changes() -> None:
    one = book.propose(Change("retire", book.guid("ADG.AAB")))
    other = book.propose(Change("retire", book.guid("ADG.KOE")))

    book.agree(one)
    assert codes.book().version == 1
    book.agree(other)

    assert codes.book().version == 2
    assert {code.key for code in codes.book().former} == {"ADG.AAB", "ADG.KOE"}


def test_the_database_itself_lets_nobody_agree_to_their_own_change() -> None:
    book.propose(book.merge("ADG.AAB", "ADG.KOE"))

    with pytest.raises(IntegrityError):
        db.connection().execute(text('UPDATE code_event SET agreed_by = "by"'))
    db.db.session.rollback()


def test_a_draft_that_was_changed_meanwhile_is_shown_again() -> None:
    book.propose(Change("retire", book.guid("ADG.AAB")))
    seen = publishing.fingerprint(drafting.events())
    book.propose(Change("retire", book.guid("ADG.KOE")))

    with pytest.raises(publishing.Changed):
        publishing.agree(factories.a_moderator(), seen)


def test_a_reason_is_needed() -> None:
    with pytest.raises(Refusal, match="hvorfor"):
        drafting.propose([book.a_new_code()], "  ", factories.a_moderator())


def test_all_changes_of_a_list_go_into_the_draft_or_none() -> None:
    wrong = Change("retire", book.guid("ADG"))

    with pytest.raises(ChangeRefused) as refusal:
        drafting.propose([book.a_new_code(), wrong], book.REASON, factories.a_moderator())

    assert refusal.value.at == 1
    assert drafting.events() == ()


def test_a_new_code_without_an_example_waits_for_one() -> None:
    author = book.propose(book.a_new_code(example_da=""))
    with pytest.raises(publishing.NotPublished, match="Kaffe og te"):
        book.agree()
    db.db.session.rollback()

    book.propose(Change("edit", book.guid("BAS.KAF"), {"example_da": "Kaffen er slut."}), by=author)
    book.agree()

    assert codes.book().code("BAS.KAF") is not None


def test_only_active_codes_are_tagged_and_a_tagging_remembers_the_version() -> None:
    me = factories.a_moderator()
    statement = book.a_statement("Køen er lang", by=me)
    book.propose(book.a_new_code())

    with pytest.raises(tagging.UnknownCode):
        tagging.tag(statement, "BAS.KAF", me)
    db.db.session.rollback()
    book.agree()
    tagging.tag(statement, "BAS.KAF", me)

    assert factories.rows("SELECT codebook_version FROM tagging") == [(2,)]


def test_an_old_version_still_says_what_it_said() -> None:
    before = drafting.standing()
    book.publish(Change("edit", book.guid("ADG.AAB"), {"name_da": "Hvornår der er åbent", "colour": "#123abc"}))
    between = drafting.standing()
    book.publish(book.merge("ADG.AAB", "ADG.KOE"), book.a_new_code())
    book.publish(Change("restore", book.guid("ADG.AAB")), Change("move", book.guid("BAS.KAF"), {"parent_key": "TRY"}))

    assert history.as_of(1) == before
    assert history.as_of(2) == between
    assert history.as_of(4) == drafting.standing()
    [(_version, told)] = [one for one in history.of_code(book.guid("ADG.AAB"), in_danish=True) if one[0].number == 2]
    assert [(w.before, w.after) for w in told.wordings] == [
        ("Åbningstider", "Hvornår der er åbent"),
        ("#1B6CA8", "#123ABC"),
    ]
    assert told.reason == book.REASON


def test_every_event_is_in_the_audit_trail_with_its_code_and_reason() -> None:
    book.publish(book.merge("ADG.AAB", "ADG.KOE"))

    assert [act for act in factories.acts() if act[0].startswith("codebook")] == [
        ("codebook.merge", "ADG.AAB", None, book.REASON),
        ("codebook.agree", "2", 1, ""),
        ("codebook.publish", "2", None, ""),
    ]


def test_once_people_have_changed_the_codebook_the_shipped_one_is_not_read_any_more() -> None:
    book.publish(Change("edit", book.guid("ADG.AAB"), {"name_da": "Hvornår der er åbent"}))
    document = json.loads(shipped.PATH.read_text("utf-8")) | {"version": 9}

    assert codes.load(json.dumps(document)) == 0
    assert codes.book().version == 2


def test_a_newer_shipped_codebook_is_a_version_with_a_history() -> None:
    before = drafting.standing()
    document = json.loads(shipped.PATH.read_text("utf-8")) | {"version": 2}
    document["themes"][0]["sub"][0]["hints"] = ["åbent"]

    assert codes.load(json.dumps(document)) == 1

    assert history.as_of(1) == before
    assert [one.number for one in history.versions(in_danish=True)] == [2, 1]


CHANGES = {
    "add": lambda: [book.a_new_code()],
    "edit": lambda: [Change("edit", book.guid("ADG.AAB"), {"name_da": "Andet", "hints": ("andet",)})],
    "move": lambda: [Change("move", book.guid("ADG.AAB"), {"parent_key": "TRY"})],
    "merge a chain": lambda: [book.merge("ADG.AAB", "ADG.KOE"), book.merge("ADG.KOE", "ADG.PLA")],
    "split": lambda: [book.split("ADG.AAB", "ADG.KOE", "ADG.PLA")],
    "split without texts": lambda: [book.split("ADG.TIL", "ADG.KOE", "ADG.PLA")],
    "retire": lambda: [Change("retire", book.guid("ADG.AAB"))],
}


def test_undoing_leaves_every_row_as_it_was() -> None:
    book.a_statement("Der er lukket om aftenen", "ADG.AAB")
    author, second = factories.a_moderator(), factories.a_moderator()
    empty = dump()
    for name, proposed in CHANGES.items():
        book.propose(*proposed(), by=author)
        drafted = dump()
        book.agree(second)
        assert empty != drafted != dump(), name

        undo_last(second)
        assert dump() == drafted, name
        undo_last(author)
        assert dump() == empty, name


def test_a_published_change_is_not_taken_out_of_a_draft() -> None:
    author = book.propose(book.a_new_code())
    book.agree()

    with pytest.raises(NotUndone):
        undo_last(author)


def test_a_version_somebody_has_tagged_by_is_not_taken_back() -> None:
    book.propose(book.a_new_code())
    second = book.agree()
    book.a_statement("Kaffen er kold", "BAS.KAF")

    with pytest.raises(NotUndone, match="kodet efter"):
        undo_last(second)


def test_a_version_another_builds_on_is_not_taken_back() -> None:
    book.propose(book.a_new_code())
    second = book.agree()
    book.propose(Change("retire", book.guid("BAS.KAF")))

    with pytest.raises(NotUndone, match="senere udgave"):
        undo_last(second)


def test_a_change_a_later_one_builds_on_stays_in_the_draft() -> None:
    author = book.propose(book.a_new_code())
    book.propose(Change("edit", book.guid("BAS.KAF"), {"name_da": "Kaffe"}))

    with pytest.raises(NotUndone, match="senere ændring"):
        undo_last(author)


def test_a_split_that_was_sorted_is_not_taken_back() -> None:
    statement = book.a_statement("Der er lukket om aftenen", "ADG.AAB")
    book.propose(book.split("ADG.AAB", "ADG.KOE", "ADG.PLA"))
    second = book.agree()
    splitting.sort(book.guid("ADG.AAB"), {statement: splitting.STAY}, factories.a_moderator())
    db.db.session.commit()

    with pytest.raises(NotUndone):
        undo_last(second)


def test_a_version_with_a_number_too_large_is_not_there(sign_in: Callable[..., FlaskClient]) -> None:
    assert sign_in("moderator").get(f"/desk/codebook/versions/{10**20}").status_code == 404


@pytest.mark.parametrize("name", ["csv", "xlsx", "json", "qdc", "ifrc"])
def test_what_a_word_processor_leaves_in_a_text_stops_no_file(name: str, sign_in: Callable[..., FlaskClient]) -> None:
    written = {"name_da": "Åbent\vnu", "definition_da": "Hvornår\vder er\0 åbent\ufffe", "hints": ["åben\x02t"]}

    book.publish(Change("edit", book.guid("ADG.AAB"), written))

    line = book.line("ADG.AAB")
    assert (line.name_da, line.definition_da, line.hints) == ("Åbent nu", "Hvornår der er åbent", ("åbent",))
    assert sign_in("moderator").get(f"/desk/codebook/export.{name}").status_code == 200
