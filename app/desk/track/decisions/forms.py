"""The form of a decision: what it asks for, and what it sends."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _

from app.core import i18n
from app.desk.track import queries, reading
from app.desk.track.decisions import decisions, weighing
from app.desk.track.decisions.models import Decision
from app.desk.track.decisions.weighing import Item, Lists
from app.desk.track.phases import phases
from app.desk.track.phases import queries as stored
from app.desk.track.phases.models import Phase
from app.desk.track.proposals.models import Proposal

_LIST = re.compile(r"list-([UR][1-9][0-9]{0,8})", re.ASCII)
_READ_BY_ITSELF = {"decided_on", "minority", "corrects_number"}


@dataclass(frozen=True)
class Choice:
    """One thing to weigh, as somebody has put it so far."""

    item: Item
    list: str
    """'considered', 'set_aside', or '' while nobody has chosen."""
    reason: str


def words() -> decisions.Words:
    """What was written. Refuses a form without a day."""
    day = reading.day("decided_on")
    if day is None:
        raise decisions.DecisionRefused(_("Write who decided it and on which day, today at the latest."))
    names = set(decisions.Words.__dataclass_fields__) - _READ_BY_ITSELF
    corrected = reading.field("corrects")
    return decisions.Words(
        decided_on=day,
        minority=reading.field("minority") or None,
        corrects_number=reading.number(corrected, "B") if corrected else None,
        **{name: reading.field(name) for name in names},
    )


def lists() -> Lists:
    """What was put in which list, with the reasons."""
    chosen = {found[1]: put for name, put in request.form.items() if (found := _LIST.fullmatch(name))}
    return Lists(
        considered=tuple(code for code, put in chosen.items() if put == "considered"),
        set_aside={code: reading.field(f"why-{code}") for code, put in chosen.items() if put == "set_aside"},
    )


def proposals() -> list[Proposal]:
    """The proposals that were ticked."""
    found = [queries.proposal(reading.number(code, "F")) for code in dict.fromkeys(request.form.getlist("proposal"))]
    return [proposal for proposal in found if proposal]


def written(decision: Decision) -> Mapping[str, Any]:
    """A stored decision as the form names its fields."""
    fields = {name: getattr(decision, name) for name in decisions.Words.__dataclass_fields__}
    put = {f"list-{one.code}": "set_aside" if one.reason else "considered" for one in decision.weighed}
    why = {f"why-{one.code}": one.reason for one in decision.set_aside}
    return {**fields, "minority": decision.minority or "", "corrects": decision.corrects, **put, **why}


def choices(phase_key: str, sent: Mapping[str, Any]) -> list[Choice]:
    """Everything to weigh in the phase, as it was put."""
    return [
        Choice(item, sent.get(f"list-{item.code}", ""), sent.get(f"why-{item.code}", ""))
        for item in weighing.items(phase_key)
    ]


def phase(key: str) -> Phase | None:
    """The phase a decision is about: the named one, else the only one that can be decided on."""
    found = possible()
    return next((one for one in found if one.key == key), found[0] if len(found) == 1 and not key else None)


def possible() -> Sequence[Phase]:
    """The phases a decision can belong to."""
    return [one for one in stored.phases() if one.state not in ("planned", "cancelled")]


def name(found: Phase) -> str:
    """What the phase is called, for the reader."""
    return phases.name(found, i18n.current())
