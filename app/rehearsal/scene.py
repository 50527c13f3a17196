"""A rehearsal as the page shows it: telephones with their bubbles, what each reply costs, what was stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.channels.sms.segments import Segments
from app.core import clock
from app.rehearsal import clocks, cost, stored
from app.rehearsal.cost import Cost
from app.rehearsal.phones import Act
from app.rehearsal.sandbox import Rehearsal
from app.rehearsal.stored import Stored


@dataclass(frozen=True)
class Bubble:
    """A text to us and our reply, or time that passed."""

    act: Act
    counted: Segments
    cost: Cost

    @property
    def pause(self) -> timedelta:
        """How long a pause was; nothing for texts."""
        return timedelta(minutes=self.act.minutes)


@dataclass(frozen=True)
class Telephone:
    """One telephone and what is on its screen; time passes on all of them."""

    name: str
    number: str
    bubbles: Sequence[Bubble]

    @property
    def has_sent(self) -> bool:
        """Whether there is a text that could be delivered again."""
        return any(bubble.act.kind == "text" for bubble in self.bubbles)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Everything on the page."""

    id: str
    place: str
    day: int
    """Counted from 1, by UTC."""
    time: str
    telephones: Sequence[Telephone]
    stored: Stored
    segments: int
    cost: Cost


def look(rehearsal: Rehearsal) -> Scene:
    """The page of a rehearsal; in its own app."""
    now = clock.now()
    total = sum(cost.of(act.reply)[1].segments for act in rehearsal.phones.acts)
    return Scene(
        id=rehearsal.folder.name,
        place=rehearsal.place,
        day=(now.date() - clocks.BEGINNING.date()).days + 1,
        time=f"{now:%H.%M}",
        telephones=[_telephone(rehearsal, name) for name in rehearsal.phones.numbers],
        stored=stored.look(rehearsal),
        segments=total,
        cost=Cost(total),
    )


def _telephone(rehearsal: Rehearsal, name: str) -> Telephone:
    shown = [act for act in rehearsal.phones.acts if act.kind == "time" or act.phone == name]
    return Telephone(name, rehearsal.phones.numbers[name], [Bubble(act, *cost.of(act.reply)) for act in shown])
