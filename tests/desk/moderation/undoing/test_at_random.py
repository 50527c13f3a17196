"""Three moderators do whatever comes to mind, undo some of it, and in the end all of it: nothing has happened."""

import random
from dataclasses import dataclass, field

import pytest
from flask import Flask

from app.core import db
from app.core.errors import Refusal
from app.desk.accounts.models import User
from app.desk.moderation import queries as statements
from app.desk.moderation.bulk import bulk
from app.desk.moderation.memos import memos
from app.desk.moderation.undoing import queries
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text, rows
from tests.desk.moderation.undoing import factories as acts

CODES = ("ADG", "BAS.MAD", "MOD.LYT")
TYPES = ("ROS", "KRITIK")
ACTS = 36
Model = dict[bytes, tuple[str, frozenset[str]]]
"""Text → its state, and what its statement is about."""


@dataclass
class Desk:
    """The texts, who works, what the dictionary says should stand, and what each act had changed of it."""

    dice: random.Random
    texts: list[bytes]
    people: list[User]
    model: Model
    before: dict[bytes, Model] = field(default_factory=dict)
    """Entry of an act → how the model of the texts it changed was."""


def test_after_undoing_all_nothing_has_happened(app: Flask, content: None) -> None:
    factories.the_codebook()
    app.extensions["dice"] = lambda sides: 1
    texts = [a_text(acts.SAID) for _ in range(4)]
    people = [a_moderator() for _ in range(3)]
    desk = Desk(random.Random(20_26), texts, people, {text_id: ("waiting", frozenset()) for text_id in texts})
    beginning = acts.dump()

    done = sum(_something(desk) for _ in range(ACTS))

    assert done > ACTS / 3  # not only refusals
    assert acts.dump() != beginning
    _undo_all(desk)
    assert acts.dump() == beginning


def _something(desk: Desk) -> bool:
    """One act of one person, or one undo; whether it was allowed. The tables say what the dictionary says."""
    me, text_id = desk.dice.choice(desk.people), desk.dice.choice(desk.texts)
    act = desk.dice.choice([_approve, _hold, _reject, _reopen, _mask, _tag, _untag, _memo, _bulk, _undo])
    known, before = queries.known(me.id), dict(desk.model)
    db.db.session.rollback()
    try:
        act(desk, text_id, me)
    except Refusal:
        db.db.session.rollback()
        desk.model = before
        is_done = False
    else:
        is_done = True
        for entry in queries.known(me.id) - known:
            desk.before[entry] = {one: was for one, was in before.items() if desk.model[one] != was}
    assert _tables(desk) == desk.model
    if desk.dice.random() < 0.5:
        statements.note_themes(("", b""), most=9)
        db.db.session.commit()
    assert _noted() <= {text_id for text_id, (_state, codes) in desk.model.items() if codes & set(CODES)}
    return is_done


def _noted() -> set[bytes]:
    """The texts whose statement the machine says has a theme."""
    return {bytes(row[0]) for row in rows("SELECT answer_id FROM statement WHERE has_theme")}


def _tables(desk: Desk) -> Model:
    states = {bytes(row[0]): row[1] for row in rows("SELECT answer_id, state FROM text_item")}
    coded = rows(
        "SELECT answer_id, key FROM statement JOIN tagging ON statement_id = statement.id JOIN code ON guid = code_guid"
    )
    return {
        text_id: (states[text_id].removesuffix("_masked"), frozenset(key for at, key in coded if bytes(at) == text_id))
        for text_id in desk.texts
    }


def _approve(desk: Desk, text_id: bytes, me: User) -> None:
    codes, type_ = desk.dice.sample(CODES, 2), desk.dice.choice(TYPES)
    factories.approve(text_id, me, *codes, type_=type_)
    desk.model[text_id] = ("approved", frozenset({*codes, type_}))


def _hold(desk: Desk, text_id: bytes, me: User) -> None:
    acts.hold(text_id, me)
    desk.model[text_id] = ("held", frozenset())


def _reject(desk: Desk, text_id: bytes, me: User) -> None:
    acts.reject(text_id, me)
    desk.model[text_id] = ("rejected", frozenset())


def _reopen(desk: Desk, text_id: bytes, me: User) -> None:
    acts.reopen(text_id, me)
    desk.model[text_id] = ("waiting", frozenset())


def _mask(desk: Desk, text_id: bytes, me: User) -> None:
    acts.mask(text_id, me)


def _memo(desk: Desk, text_id: bytes, me: User) -> None:
    memos.write(memos.Target("text", text_id.hex()), "Husk det", me)
    db.db.session.commit()


def _tag(desk: Desk, text_id: bytes, me: User) -> None:
    _need_approved(desk, text_id)
    key = desk.dice.choice([*CODES, *TYPES])
    acts.tag(text_id, me, key)
    _set(desk, text_id, key)


def _untag(desk: Desk, text_id: bytes, me: User) -> None:
    _need_approved(desk, text_id)
    key = desk.dice.choice([*CODES, *TYPES])
    acts.untag(text_id, me, key)
    state, codes = desk.model[text_id]
    desk.model[text_id] = (state, codes - {key})


def _bulk(desk: Desk, _text_id: bytes, me: User) -> None:
    key, is_off = desk.dice.choice([*CODES, *TYPES]), desk.dice.random() < 0.5
    plan = bulk.plan({"put": key, "set": "off" if is_off else "on"}, me)
    assert plan is not None
    bulk.carry_out(plan, plan.token, me)
    db.db.session.commit()
    for text_id, (state, codes) in desk.model.items():
        if state == "approved" and is_off:
            desk.model[text_id] = (state, codes - {key})
        elif state == "approved":
            _set(desk, text_id, key)


def _undo(desk: Desk, _text_id: bytes, me: User) -> None:
    """A press of `u`. What it gives back is what the dictionary said of those texts before, code by code."""
    entry = queries.newest(me.id)
    if entry is None:
        return
    changed = desk.before[entry.id]
    acts.undo(entry, me)
    for text_id in changed:
        desk.model[text_id] = _tables(desk)[text_id]
    _check_state(desk, changed)


def _check_state(desk: Desk, changed: Model) -> None:
    """Codes may have come from others since; where the whole text changed its state it is as it was."""
    for text_id, (state, _codes) in changed.items():
        assert desk.model[text_id][0] == state


def _need_approved(desk: Desk, text_id: bytes) -> None:
    if desk.model[text_id][0] != "approved":
        raise Refusal("only approved texts have codes")


def _set(desk: Desk, text_id: bytes, key: str) -> None:
    state, codes = desk.model[text_id]
    desk.model[text_id] = (state, (codes - set(TYPES) if key in TYPES else codes) | {key})


def _undo_all(desk: Desk) -> None:
    """Newest first within a person, in any order between them, until nothing is left to undo."""
    left = True
    while left:
        left, is_stuck = False, True
        for me in desk.dice.sample(desk.people, 3):
            entry = queries.newest(me.id)
            if entry is None:
                continue
            left = True
            try:
                acts.undo(entry, me)
            except Refusal:
                continue
            is_stuck = False
        if left and is_stuck:
            pytest.fail("nobody can undo any more")
