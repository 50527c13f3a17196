"""What is told back: two people, every step and no other, and a copy that is exactly what is told."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.core import db
from app.desk.accounts.models import User
from app.desk.track import states
from app.desk.track.cell_references import ReferenceRefused
from app.desk.track.telling import queries, telling
from app.desk.track.telling.models import Telling
from app.desk.track.telling.telling import TellingRefused
from app.publication import told
from app.publication.told import Wording
from tests.desk.accounts.factories import a_user
from tests.desk.track import factories
from tests.desk.track.factories import FIGURE, TODAY


def write(code: str, author: User, body: str = "Nu er der åbent.", **place: str) -> list[Telling]:
    where = {"channel": "web", "lang": "da", "said": "Der er lukket."} | place
    return telling.write(code, "did", [Wording(**where, body=body)], author)


def approve(code: str, drafts: list[Telling], by: User) -> int:
    return telling.approve(code, [one.mark for one in drafts], by, TODAY)


def in_states(code: str) -> list[str]:
    return sorted(one.state for one in queries.of(code, states.TELLING))


def test_words_go_from_draft_to_approved_to_told_and_down_again(quarter: None) -> None:
    author, second = a_user("council"), a_user("moderator")
    code = factories.a_decision("taken").code

    drafts = write(code, author)
    assert (in_states(code), telling.approved(code, "web", "da")) == (["drafted"], None)
    approve(code, drafts, second)
    assert (in_states(code), told.live()) == (["approved"], [])
    telling.go_live(code, TODAY)
    assert (in_states(code), told.live()) == (["approved"], []), "nobody may know the decision yet"


def test_what_is_approved_is_told_on_the_day_the_decision_is_public(quarter: None) -> None:
    decision = factories.a_decision("published", told=True)

    (item,) = told.live()
    assert (item.code, item.themes, item.places, item.decided_on) == (decision.code, ["ADG"], [], TODAY)
    assert {(one.channel, one.lang) for one in item.wordings} == {
        (channel, lang) for channel in ("web", "poster", "kiosk", "sms") for lang in ("da", "en")
    }
    assert telling.approved(decision.code, "sms", "da") is not None


def test_an_edit_of_what_is_told_is_a_draft_until_somebody_else_approves_it(quarter: None) -> None:
    author, second = a_user("council"), a_user("moderator")
    code = factories.a_decision("published").code
    approve(code, write(code, author), second)

    again = write(code, author, "Nu er der åbent om natten.")
    assert (in_states(code), told.on(told.live()[0], "web")["da"].body) == (["drafted", "live"], "Nu er der åbent.")
    approve(code, again, second)
    assert in_states(code) == ["live", "retired"]
    assert told.on(told.live()[0], "web")["da"].body == "Nu er der åbent om natten."
    assert write(code, author, "Nu er der åbent om natten.") == [], "nothing has changed"


def test_an_edit_of_what_is_approved_takes_its_place_when_it_is_approved(quarter: None) -> None:
    author, second = a_user("council"), a_user("moderator")
    code = factories.a_decision("taken").code
    approve(code, write(code, author), second)

    approve(code, write(code, author, "Nu er her varmt."), second)

    assert in_states(code) == ["approved", "retired"]


def test_who_wrote_the_words_cannot_approve_them_nor_can_the_database_be_made_to(quarter: None) -> None:
    author, second = a_user("council"), a_user("council")
    code = factories.a_decision("taken").code
    drafts = write(code, author)

    with pytest.raises(states.OnePersonTwice):
        approve(code, drafts, author)
    changed = write(code, second, "Nu er her varmt.")
    with pytest.raises(states.OnePersonTwice):
        approve(code, changed, second)
    changed[0].approved_by_id, changed[0].state = second.id, "approved"
    with pytest.raises(IntegrityError):
        db.db.session.flush()
    db.db.session.rollback()


def test_words_that_were_changed_after_they_were_read_are_not_approved(quarter: None) -> None:
    author, second = a_user("council"), a_user("moderator")
    code = factories.a_decision("taken").code
    read = [one.mark for one in write(code, author)]
    write(code, author, "Nu er her varmt.")

    with pytest.raises(states.ChangedMeanwhile):
        telling.approve(code, read, second, TODAY)
    with pytest.raises(TellingRefused):
        telling.approve(code, [], second, TODAY)


def test_a_fault_names_its_channel_and_nothing_is_kept(quarter: None) -> None:
    code = factories.a_decision("taken").code

    with pytest.raises(TellingRefused, match=r"(By text message|Som sms).*160"):
        write(code, a_user("council"), "ja, " * 40, channel="sms")
    assert in_states(code) == []


@pytest.mark.requirement("R7")
def test_a_figure_is_told_as_it_was_printed_and_not_before(quarter: None) -> None:
    author, second = a_user("council"), a_user("moderator")
    code = factories.a_decision("published").code
    approve(code, write(code, author, f"Det sagde {FIGURE}."), second)
    approve(code, write(code, author, f"Det sagde {FIGURE}.", channel="sms"), second)

    (item,) = told.live()
    assert "41 af 96 svar" in told.on(item, "web")["da"].body
    assert "–" in told.on(item, "web")["da"].body
    assert "–" not in told.on(item, "sms")["da"].body, "a long dash would make the message twice as dear"
    with pytest.raises(ReferenceRefused):
        approve(code, write(code, author, "Det sagde [[2026-Q2 T5 DK ADG]]."), second)


def test_words_taken_down_are_gone_and_the_others_stay(quarter: None) -> None:
    code = factories.a_decision("published", told=True).code
    down = [one.mark for one in telling.of(code) if one.channel in ("kiosk", "sms")]

    assert telling.take_down(code, down, TODAY) == 4

    assert (told.nearest("kiosk"), told.nearest("sms")) == ([], [])
    assert told.live()
    telling.take_down(code, [one.mark for one in telling.of(code)], TODAY)
    assert (told.live(), set(in_states(code))) == ([], {"retired"})


def test_what_was_told_the_other_way_round_is_taken_down(quarter: None) -> None:
    author, second = a_user("council"), a_user("moderator")
    code = factories.a_decision("published", told=True).code

    drafts = telling.write(code, "did_not", [Wording("web", "da", "Der er lukket.", "her er for koldt.")], author)
    approve(code, drafts, second)

    (item,) = told.live()
    assert (item.outcome, len(item.wordings)) == ("did_not", 1)


def test_the_database_holds_the_rules_too(quarter: None) -> None:
    write(factories.a_decision("taken").code, a_user("council"))
    db.db.session.commit()

    for change in (
        "state = 'live'", "state = 'approved'", "state = 'gone'", "channel = 'fax'", "lang = 'xx'",
        "outcome = 'perhaps'", "said = ' '",
    ):  # fmt: skip
        with pytest.raises(IntegrityError):
            db.connection().exec_driver_sql(f"UPDATE telling SET {change}")
        db.db.session.rollback()
    assert db.connection().exec_driver_sql("UPDATE telling SET said = 'Ja.'").rowcount == 1  # the positive control
