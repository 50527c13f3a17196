"""What reading a file in would do: additions, updates and conflicts, each with its row; nothing is half read in."""

import pytest

from app.desk.moderation.codebook import changes
from app.desk.moderation.exchange import codebook_csv
from app.desk.moderation.exchange.plan import Plan
from tests.desk.moderation.exchange.books import changed, held, shipped

HEADER = "key;guid;parent;name_da;definition_da;example_da;status;version"
ADG = "a08482cc-ff30-42c3-a9a8-69a761ac4063"


def plan_of(*rows: str, **book: object) -> Plan:
    said = codebook_csv.read("\n".join((HEADER, *rows)).encode())
    return held(said, book.get("standing"))  # type: ignore[arg-type]


def test_a_sub_code_may_stand_before_its_new_theme() -> None:
    found = plan_of("NYT.SUB;;NYT;Under;;;;", "NYT;;;Nyt tema;;;;")

    assert [(one.row, one.code.key) for one in found.additions] == [(3, "NYT"), (2, "NYT.SUB")]
    assert [one.act for one in found.changes] == ["add", "add"]


def test_a_new_code_without_a_key_gets_one() -> None:
    (addition,) = plan_of(";;ADG;Nøgler til skabe;;;;").additions

    assert addition.code.key.startswith("ADG.NO")
    assert addition.code.principles == (3,)


def test_a_known_guid_or_key_is_an_update_and_not_a_second_code() -> None:
    found = plan_of(f";{ADG};;Adgang til huset;;;;", "ADG.KOE;;ADG;Kø;;;;")

    assert [(one.code.key, one.fields[0].after) for one in found.updates] == [
        ("ADG", "Adgang til huset"),
        ("ADG.KOE", "Kø"),
    ]
    assert found.additions == []


def test_another_parent_is_a_move() -> None:
    name = shipped().by_key("ADG.KOE").name_da  # type: ignore[union-attr]
    found = held(codebook_csv.read(f"key;parent;name_da\nADG.KOE;MOB;{name}".encode()))

    assert [(one.act, dict(one.fields)) for one in found.changes] == [("move", {"parent_key": "MOB"})]
    assert [(one.before, one.after) for one in found.updates[0].fields] == [("ADG", "MOB")]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"NYT;{ADG};;Adgang;;;;", "This is the code ADG here"),
        ("ADG;11111111-1111-4111-8111-111111111111;;Adgang;;;;", "another identifier"),
        ("ADG;;MOB;Adgang;;;;", "A theme cannot become"),
        ("ADG.KOE;;;Kø;;;;", "A theme cannot become"),
        ("NYT.SUB;;ZZZ;Under;;;;", "no theme ZZZ"),
        ("NYT.SUB;;ADG.KOE;Under;;;;", "no theme ADG.KOE"),
        ("NYT;;;;;;;", "Danish name"),
        ("nyt tema;;;Nyt;;;;", "capital letters"),
        (f"NYT;;;{'x' * 81};;;;", "at most 80"),
        ("NYT.SUB;;ADG;Åbningstider;;;;", "already"),
    ],
)
def test_what_cannot_be_is_a_conflict_with_its_row(row: str, said: str) -> None:
    (conflict,) = plan_of("FRI;;;Fri fantasi;;;;", row).conflicts

    assert conflict.row == 3
    assert said in conflict.sentence


def test_an_empty_cell_wipes_no_definition_and_no_example() -> None:
    found = plan_of("ADG.KOE;;ADG;Kø;;;;", ";;ADG;Nøgler;;;;")

    assert [dict(one.fields) for one in found.changes if one.act == "edit"] == [{"name_da": "Kø"}]
    (addition,) = found.additions
    assert addition.code.lacks == ("definition_da", "example_da")


def test_a_code_that_was_changed_here_since_is_a_conflict() -> None:
    standing = changed("ADG", name_da="Adgang nu", version=2)

    (conflict,) = plan_of("ADG;;;Adgang før;;;active;1", standing=standing).conflicts

    assert "changed here after the file was written" in conflict.sentence
    assert plan_of("ADG;;;Adgang før;;;active;2", standing=standing).conflicts == []


def test_a_code_that_was_retired_elsewhere_is_left_out() -> None:
    found = plan_of("GAM;;;Gammelt;;;retired;1")

    assert (found.left_out, found.changes) == (1, [])


def test_the_digest_stands_for_the_changes_whatever_guid_a_new_code_gets() -> None:
    one, same, other = plan_of("NYT;;;Nyt;;;;"), plan_of("NYT;;;Nyt;;;;"), plan_of("NYT;;;Ny;;;;")

    assert one.changes[0].guid != same.changes[0].guid
    assert one.digest == same.digest != other.digest


def test_the_changes_are_what_the_codebook_takes() -> None:
    found = plan_of("NYT;;;Nyt tema;;;;", "NYT.SUB;;NYT;Under;;;;", f";{ADG};;Adgang;;;;")

    assert changes.after(shipped(), found.changes, 2) == found.standing
