"""How the night run went, step by step: `night.json` in the instance folder, for operators and for `/readyz`."""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from app.core import clock, config
from app.core.clock import COPENHAGEN

DONE = "done"
MORNING = 6
"""O'clock in Copenhagen: by then the night is over."""
MOST_BAD_NIGHTS = 1


@dataclass(frozen=True)
class Report:
    """One night. `steps` tells of each step: done, busy, or failed with the class of the fault."""

    day: date
    whole_on: date
    """The last night that was whole; before the first run the night before it."""
    steps: dict[str, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether every step that was tried is done."""
        return bool(self.steps) and set(self.steps.values()) == {DONE}

    @property
    def undone(self) -> str:
        """Each step that was busy or failed, and which of the two."""
        return ", ".join(f"{step} ({how})" for step, how in self.steps.items() if how != DONE)

    def is_done(self, step: str) -> bool:
        """Whether this step, and every one before it, was done earlier this night."""
        return self.steps.get(step) == DONE

    def noted(self, step: str, how: str) -> "Report":
        """The same with one step more."""
        return replace(self, steps={**self.steps, step: how})

    def ended(self) -> "Report":
        """The same at the end of a run."""
        return replace(self, whole_on=self.day) if self.is_whole else self


def tonight(now: datetime) -> Report:
    """What was done of this night. After a whole run the next one begins anew."""
    today = now.astimezone(COPENHAGEN).date()
    last = read()
    if last is None:
        return Report(today, today - timedelta(days=1))
    if last.day != today or last.whole_on == today:
        return Report(today, last.whole_on)
    return replace(last, steps=_up_to_the_first_fault(last.steps))


def read() -> Report | None:
    """The last report, if there was a night."""
    try:
        told = json.loads(_path().read_text("ascii"))
        return Report(date.fromisoformat(told["day"]), date.fromisoformat(told["whole_on"]), told["steps"])
    except (FileNotFoundError, ValueError, KeyError):  # none yet, or one of an older version
        return None


def write(report: Report) -> None:
    """Replace the last report, whole or not at all."""
    draft = _path().with_name("night.json.new")
    draft.write_text(json.dumps(asdict(report), default=str), "ascii")
    draft.replace(_path())


def fault() -> str | None:
    """One line if two nights in a row were not whole: what came in since then lies in order of arrival."""
    last = read()
    if last is None:
        return None
    newest = (clock.now().astimezone(COPENHAGEN) - timedelta(hours=MORNING)).date()
    if (newest - last.whole_on).days <= MOST_BAD_NIGHTS:
        return None
    return "The night run was not whole two nights in a row: night.json says which step."


def _up_to_the_first_fault(steps: dict[str, str]) -> dict[str, str]:
    """What need not be done again: a step that is done later must be followed by all that come after it."""
    names = list(steps)
    broken = next((nth for nth, name in enumerate(names) if steps[name] != DONE), len(names))
    return dict.fromkeys(names[:broken], DONE)


def _path() -> Path:
    return config.settings().instance_dir / "night.json"
