"""Coded statements on their way out: what is in each file, what never is, and how close it tells where it was said."""

import csv
import html
import io
import json
import zipfile
from typing import Any

import pytest

from app.core import clock, db
from app.desk.accounts.models import User
from app.desk.moderation.codebook import codes, drafting
from app.desk.moderation.exchange import about, statements, working
from app.desk.moderation.exchange.about import About
from app.desk.moderation.memos.models import CodeMemo, Memo
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.exchange.test_refi import read_as_another_tool_does, valid
from tests.desk.moderation.factories import WEEK, a_moderator, a_response, a_text, approve, text_of

NEEDLE = "Der er for lang kø til badet om morgenen."
ALL = [one.name for one in working.FORMATS]


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


def five(*said: str, **more: Any) -> list[bytes]:
    """Responses with these texts among at least five people; the ids of the texts."""
    texts = [text_of(a_response(one, **{"values": {"today": "2"}} | more)) for one in said]
    for _ in range(5 - len(said)):
        a_response(**more)
    return texts


def coded(*said: str, by: User | None = None, codes_: tuple[str, ...] = ("ADG.KOE",), **more: Any) -> None:
    """The same, approved with these codes."""
    for text_id in five(*said, **more):
        approve(text_id, by or a_moderator(), *codes_, type_="KRITIK")


def taken(period: str = "2026", reader: User | None = None) -> list[statements.Statement]:
    """What an export of a period holds."""
    within = statements.weeks_of(period)
    found = statements.found(reader or accounts.a_user("analyst"), within, head().parents)
    return [one for batch in found for one in batch]


def head() -> About:
    memos = statements.code_memos()
    return about.of(drafting.standing(), codes.book().version, memos, by="Aksel", day=clock.today(), period="2026")


def file_of(name: str) -> bytes:
    one = working.named(name)
    assert one is not None
    return b"".join(one.write(head(), [taken()]))


def table() -> list[list[str]]:
    return list(csv.reader(io.StringIO(file_of("csv").decode("utf-8-sig"), newline=""), delimiter=";"))


def cells() -> dict[str, str]:
    """The first statement of the table, by column."""
    _about, names, first, *_more = table()
    return dict(zip(names, first, strict=True))


def everything_in(name: str) -> str:
    """All that a file says, unpacked where it is an archive."""
    content = file_of(name)
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        content = b"".join(archive.read(part) for part in archive.namelist() if not part.endswith("jpeg"))
    return html.unescape(content.decode("utf-8-sig"))


def test_a_row_says_what_was_said_where_and_about_what_and_the_head_who_took_it() -> None:
    coded(NEEDLE)

    found = cells()
    (about, *_), names, *_rows = table()

    assert all(part in about for part in ("Aksel", "2026-03-02", "Kodebog: version 1"))
    assert all(name.isascii() for name in names)

    assert found | {"id": "", "voice": ""} == found | {
        "id": "", "voice": "", "quarter": "2026-Q1", "kind": "street_house", "region": "R-hoved", "site": "",
        "channel": "web", "language": "da", "rating": "2", "round": "first", "type": "KRITIK", "text": NEEDLE,
        "no_theme": "0", "translation": "",
    }  # fmt: skip
    assert {name: value for name, value in found.items() if value == "1"} == {"t_ADG": "1", "t_ADG_KOE": "1"}
    assert sum(name.startswith("t_") for name in found) == 68


def test_no_file_holds_a_site_a_week_an_id_of_ours_a_flag_or_a_name_of_staff() -> None:
    by = accounts.a_user("moderator", name="mona-the-moderator")
    coded(NEEDLE, by=by, is_urgent=True)
    db.connection().exec_driver_sql(
        "INSERT INTO tagging (statement_id, code_guid, coder, round, source, codebook_version) "
        "SELECT s.id, c.guid, s.approved_by, 'first', 'manual', 1 FROM statement s, code c WHERE c.kind = 'flag'"
    )
    db.db.session.commit()
    ids = [bytes(row[0]).hex() for row in factories.rows("SELECT id FROM statement UNION SELECT voice FROM statement")]
    flags = {row[0] for row in factories.rows("SELECT guid FROM code WHERE kind = 'flag'")}
    never = (*ids, *flags, WEEK, "GH1", "mona-the-moderator", "Moderator", by.id.hex(), "VARSEL", "ANSAT")

    content = {name: everything_in(name) for name in ALL}

    assert len(ids) == 2
    assert [(name, one) for name in ALL for one in never if one in content[name]] == []
    assert cells()["no_theme"] == "1"


@pytest.mark.requirement("R20")
def test_the_words_are_masked_once_more_on_the_way_out() -> None:
    coded(NEEDLE)
    db.connection().exec_driver_sql("UPDATE statement SET text = 'Ring til Mona Jensen på 28 12 34 56'")
    db.db.session.commit()

    (found,) = taken()

    assert found.text == "Ring til [navn] på [telefon]"


def test_names_are_new_in_every_export_and_shared_by_the_texts_of_a_voice() -> None:
    response = a_response(NEEDLE, "Maden er god")
    five("Andet")
    for text_id in factories.texts_of(response):
        approve(text_id, a_moderator())

    first, second = taken(), taken()

    assert len({one.voice for one in first}) == 1
    assert len({one.id for one in (*first, *second)}) == 4


def test_the_place_is_named_only_where_fifty_answered_and_the_words_of_too_few_stay_here() -> None:
    approve(a_text(NEEDLE), a_moderator())
    assert taken() == []
    coded(NEEDLE)
    assert {one.where.site for one in taken()} == {""}
    for _ in range(45):
        a_response()

    assert {one.where.site for one in taken()} == {"GH1"}


def test_a_text_that_is_out_of_the_queue_or_read_again_does_not_leave() -> None:
    coded(NEEDLE)
    assert len(taken()) == 1
    db.connection().exec_driver_sql("UPDATE text_item SET state = 'escalated' WHERE state = 'approved'")
    db.db.session.commit()

    assert taken() == []


@pytest.mark.requirement("R8")
def test_only_what_was_said_in_the_period_leaves_and_nothing_of_a_place_the_reader_has_ties_to() -> None:
    coded(NEEDLE)

    assert [len(taken(period)) for period in ("2026", "2026-H1", "2026-Q1", "2026-Q2", "2025")] == [1, 1, 1, 0, 0]

    assert [len(taken(reader=accounts.a_user("analyst", site))) for site in ("GH1", "GH2")] == [0, 1]


def test_every_round_is_in_the_project_and_the_agreed_one_counts() -> None:
    by, other = a_moderator(), a_moderator()
    coded(NEEDLE, by=by)
    add = (
        "INSERT INTO tagging (statement_id, code_guid, coder, round, source, codebook_version) "
        "SELECT s.id, c.guid, u.id, '{round}', 'manual', 1 FROM statement s, code c, \"user\" u "
        "WHERE c.key = '{key}' AND u.name = '{name}'"
    )
    for round_, key in (("second", "BOL.NAT"), ("agreed", "ADG.AAB")):
        db.connection().exec_driver_sql(add.format(round=round_, key=key, name=other.name))
    db.db.session.commit()

    (found,) = taken()
    project = zipfile.ZipFile(io.BytesIO(file_of("qdpx")))
    (opened,) = read_as_another_tool_does(project)

    assert (found.round, found.keys) == ("agreed", {"ADG", "ADG.AAB"})
    assert valid(project.read("project.qde"), "Project.xsd")
    assert sorted((name, text) for _coder, name, text in opened["codings"]) == [
        ("Nattely", NEEDLE), ("Ventetid og kø", NEEDLE), ("Åbningstider", NEEDLE),
    ]  # fmt: skip
    assert len({coder for coder, _name, _text in opened["codings"]}) == 2
    assert all(coder.startswith("Koder ") for coder, _name, _text in opened["codings"])


def test_memos_leave_in_the_project_alone_and_masked_once_more() -> None:
    by = a_moderator()
    coded(NEEDLE, by=by)
    db.db.session.add(
        Memo(item_id=factories.rows("SELECT answer_id FROM statement")[0][0], text="Ring 28 12 34 56", author=by.id)
    )
    db.db.session.add(CodeMemo(code_guid=drafting.standing().by_key("ADG").guid, text="Kun huset", author=by.id))  # type: ignore[union-attr]
    db.db.session.commit()

    project = zipfile.ZipFile(io.BytesIO(file_of("qdpx")))
    (opened,) = read_as_another_tool_does(project)
    elsewhere = [name for name in ALL if "Kun huset" in everything_in(name) or "Ring [" in everything_in(name)]

    assert opened["notes"] == ["Ring [telefon]"]
    assert valid(project.read("project.qde"), "Project.xsd")
    assert elsewhere == ["qdpx"]


def test_a_merged_code_leaves_as_the_one_it_went_into() -> None:
    coded(NEEDLE)
    db.connection().exec_driver_sql("UPDATE code SET state = 'merged' WHERE key = 'ADG.KOE'")
    db.connection().exec_driver_sql(
        "INSERT INTO code_redirect (from_guid, into_guid, to_guid, hints, brought) "
        "SELECT a.guid, b.guid, b.guid, '[]', '[]' FROM code a, code b WHERE a.key = 'ADG.KOE' AND b.key = 'MOD.LYT'"
    )
    db.db.session.commit()

    found = cells()

    assert "t_ADG_KOE" not in found
    assert [found[name] for name in ("t_ADG", "t_MOD", "t_MOD_LYT")] == ["0", "1", "1"]


def test_statements_are_read_in_batches_that_make_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    coded(*(f"Udsagn nummer {nth}" for nth in range(5)))
    monkeypatch.setattr(statements, "AT_A_TIME", 2)
    one = working.named("json")
    assert one is not None

    found = list(statements.found(accounts.a_user("analyst"), statements.weeks_of("2026"), head().parents))
    read = [json.loads(b"".join(one.write(head(), batches))) for batches in ([], [[]], [[], *found], found)]

    assert [len(batch) for batch in found] == [2, 2, 1]
    assert [len({said["text"] for said in document["statements"]}) for document in read] == [0, 0, 5, 5]
    assert read[3]["statements"][0]["codings"][0]["coder"].startswith("Koder ")
