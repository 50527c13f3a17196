"""Actions: promised with a day, shown with evidence, seen by a second person, or dropped with a reason."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core import db
from app.core.errors import Refusal
from app.desk.accounts.models import User
from app.desk.track import states
from app.desk.track.actions import actions, ending, evidence, told_back
from app.desk.track.actions.actions import Ground
from app.desk.track.actions.models import Action
from app.desk.track.telling import queries as telling
from app.publication import track
from tests.desk.accounts.factories import a_user
from tests.desk.track import factories
from tests.desk.track.factories import TODAY


def finished(**changes: Any) -> Action:
    """An action at 100 per cent with evidence, set by somebody of the Council."""
    action, council = factories.an_action("started", **changes), a_user("council")
    evidence.give(action, "Tiderne står på døren.", "https://example.org/tider", council, TODAY)
    actions.set_progress(action, 100, council, TODAY, result="Mange kom." if action.is_trial else "")
    db.db.session.commit()
    return action


def test_an_action_says_who_does_what_by_when_and_why(quarter: None) -> None:
    yes, no = factories.a_proposal("accepted"), factories.a_proposal("rejected")
    pending = factories.a_decision("taken", of=yes)
    lacking: tuple[dict[str, Any], ...] = (
        {"title": ""}, {"title": "x" * 201}, {"title": "3 aftener"}, {"owner": ""}, {"owner_kind": "police"},
        {"site_code": "XX9"}, {"due": None}, {"due": TODAY},
    )  # fmt: skip

    for changes in lacking:
        with pytest.raises(Refusal):
            actions.plan(factories.to_do(**changes), Ground(proposal=yes), TODAY)
    for ground in (Ground(), Ground(proposal=no), Ground(decision=pending), Ground(decision=pending, proposal=yes)):
        with pytest.raises(actions.ActionRefused):
            actions.plan(factories.to_do(), ground, TODAY)
    with pytest.raises(states.StepRefused):
        actions.edit(factories.an_action("started", of=yes), factories.to_do(), Ground(proposal=yes), TODAY)


def test_done_takes_everything_shown_and_a_second_person(quarter: None) -> None:
    action = factories.an_action("started", site_code=None, owner_kind="municipality")
    council, second = a_user("council"), a_user("council")

    actions.set_progress(action, 99, council, TODAY)
    with pytest.raises(actions.ActionRefused, match="100"):
        ending.see_done(action, second, TODAY)
    actions.set_progress(action, 100, council, TODAY)
    with pytest.raises(actions.ActionRefused):
        ending.see_done(action, second, TODAY)
    evidence.give(action, "Tiderne står på døren.", "", council, TODAY)
    with pytest.raises(states.OnePersonTwice):
        ending.see_done(action, council, TODAY)
    ending.see_done(action, second, TODAY)

    entry = track.entry(action.code)
    assert entry is not None
    assert (entry.state, entry.parts["done_on"], entry.parts["progress"]) == ("done", TODAY.isoformat(), 100)


def test_the_second_person_is_from_outside_where_there_is_one(quarter: None) -> None:
    own, foreign = finished(site_code=None, owner_kind="council"), a_user("council")
    of_place, works_there = finished(site_code="GH1", of=own.proposal), a_user("moderator", "GH1")

    for action, insider in ((own, foreign), (of_place, works_there)):
        with pytest.raises(states.OnePersonTwice):
            ending.see_done(action, insider, TODAY)
    ending.see_done(of_place, foreign, TODAY)
    for user in db.db.session.query(User).filter(User.role == "moderator"):
        user.is_active = False
    db.db.session.flush()
    ending.see_done(own, foreign, TODAY)

    assert (own.state, of_place.state) == ("done", "done")


def test_a_dropped_action_says_why_and_a_trial_what_it_showed(quarter: None) -> None:
    action = factories.an_action("started", is_trial=True)

    for reason, result in (("", "Få kom."), ("Pengene slap op.", "")):
        with pytest.raises(actions.ActionRefused):
            ending.drop(action, reason, TODAY, result=result)
    with pytest.raises(actions.ActionRefused):
        actions.set_progress(action, 100, a_user("council"), TODAY)
    ending.drop(action, "Pengene slap op.", TODAY, result="Få kom, mest i regnvejr.")

    entry = track.entry(action.code)
    assert entry is not None
    assert (entry.state, entry.parts["dropped_because"], entry.parts["result"]) == (
        "dropped", "Pengene slap op.", "Få kom, mest i regnvejr.",
    )  # fmt: skip


def test_a_place_shows_what_it_did_and_the_council_lets_it_out(quarter: None) -> None:
    action = factories.an_action("started", site_code="GH1")
    own, other, council = a_user("staff", "GH1"), a_user("staff", "MUE2"), a_user("council")

    assert [evidence.may_give(user, action) for user in (own, other, council)] == [True, False, True]
    with pytest.raises(states.StepRefused):
        evidence.give(action, "Vi har åbent.", "", other, TODAY)
    evidence.give(action, "Vi har åbent til sent.", "", own, TODAY)
    before = track.entry(action.code)
    evidence.let_out(action, 1, council, TODAY)
    after = track.entry(action.code)

    assert before is not None
    assert after is not None
    assert (before.parts["evidence"], after.parts["evidence"]) == ([], [{"text": "Vi har åbent til sent.", "link": ""}])


def test_what_was_done_can_be_not_done_after_all(quarter: None) -> None:
    action = finished()
    factories.tell(action.code)
    ending.see_done(action, a_user("moderator"), TODAY)
    told = told_back.told_on(action)

    with pytest.raises(actions.ActionRefused):
        ending.reopen(action, "", TODAY)
    ending.reopen(action, "Døren er låst igen.", TODAY)
    db.db.session.commit()

    assert told == TODAY
    assert (action.state, action.ended_on, action.checked_by_id) == ("started", None, None)
    assert [one.state for one in factories.telling.of(action.code)] == []
    entry = track.entry(action.code)
    assert entry is not None
    assert entry.parts["progress"] is None, "not 100 per cent after all"
    with pytest.raises(actions.ActionRefused):
        ending.see_done(action, a_user("moderator"), TODAY)  # nobody has said anew that it is done


def test_there_are_fourteen_days_to_tell_what_came_of_it(quarter: None) -> None:
    done, dropped = finished(), factories.an_action("dropped")
    ending.see_done(done, a_user("moderator"), TODAY)
    day_14, day_15 = TODAY + timedelta(days=14), TODAY + timedelta(days=15)

    assert [told_back.is_late(one, day) for one in (done, dropped) for day in (day_14, day_15)] == [False, True] * 2
    assert {one.code for one in telling.untold_actions()} == {done.code, dropped.code}
    factories.tell(done.code)
    assert not told_back.is_late(done, day_15)
    assert {one.code for one in telling.untold_actions()} == {dropped.code}


FORBIDDEN = {
    "a state nobody knows": "UPDATE action SET state = 'shiny'",
    "nothing to carry out": "UPDATE action SET proposal_number = NULL",
    "101 per cent": "UPDATE action SET progress = 101",
    "begun without a day": "UPDATE action SET started_on = NULL",
    "done without a second person": "UPDATE action SET state = 'done', ended_on = '2026-06-01'",
    "done by one person": "UPDATE action SET state = 'done', ended_on = '2026-06-01', checked_by_id = set_by_id",
    "seen by who set it": "UPDATE action SET checked_by_id = set_by_id",
    "over without a day": "UPDATE action SET state = 'dropped', dropped_because = 'x', result = 'x'",
    "dropped without a reason": "UPDATE action SET state = 'dropped', ended_on = '2026-06-01'",
    "a trial without a result": "UPDATE action SET state = 'dropped', ended_on = '2026-06-01', dropped_because = 'x', "
    "result = ' '",
    "research of a kind nobody knows": "UPDATE research SET kind = 'rumour'",
    "research without a date": "UPDATE research SET dated = NULL",
    "reviewed by nobody": "UPDATE research SET state = 'reviewed'",
    "published without a day": "UPDATE research SET state = 'published', reviewed_by_id = registered_by_id",
    "withdrawn without a reason": "UPDATE research SET state = 'withdrawn', published_on = '2026-06-01'",
    "a file without permission": "UPDATE research SET file_sha256 = 'abc', permission = ' '",
    "a relation nobody knows": "INSERT INTO research_relation VALUES (1, 1, 'proves')",
    "asked again for no reason": "INSERT INTO former_answer VALUES (1, 1, 'accepted', '', 'x', '2026-06-01', "
    "'2026-06-01', ' ')",
}


def test_the_database_refuses_what_no_step_allows(quarter: None) -> None:
    finished(is_trial=True)
    factories.a_research()
    db.db.session.commit()

    assert [fault for fault, statement in FORBIDDEN.items() if not _is_refused(statement)] == []
    assert not _is_refused("UPDATE action SET owner = 'Kommunen'")


def _is_refused(statement: str) -> bool:
    try:
        with db.db.session.begin_nested():
            db.db.session.execute(text(statement))
    except IntegrityError:
        return True
    return False
