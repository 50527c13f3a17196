"""What texts write, gathered until it is our turn: then it goes to the database in one go."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from app.channels.sms import queries
from app.channels.sms.replies import TakenMeanwhile
from app.privacy.sealing import Month
from app.surveys import paradata, responses
from app.surveys.paradata import Event
from app.surveys.responses import Said, Setting

NIGHTS = 2
"""How many day keys die before a row that still grows is taken as finished."""


class Writes:
    """Rows by the statements that write them. Everything here is data; only `keep` speaks with the database."""

    def __init__(self) -> None:
        self._responses: dict[bytes, dict[str, object]] = {}
        self._changed: dict[bytes, dict[str, object]] = {}
        self._deleted: list[bytes] = []
        self._events: list[tuple[str, Event]] = []
        self._amounts: Counter[tuple[int, int]] = Counter()
        self._rows: dict[str, list[dict[str, Any]]] = {
            name: [] for name in ("answers", "opened", "saved", "ended", "claimed")
        }

    def begin(self, row: bytes, setting: Setting) -> None:
        """Open a response that still grows."""
        self._responses[row] = responses.response_row(setting, row, nights_left=NIGHTS)

    def answers(self, row: bytes, said: Sequence[Said], month: Month) -> None:
        """Add answers to a response."""
        self._rows["answers"] += responses.answer_rows(row, said, month)

    def place(self, row: bytes, place: str) -> None:
        """The response is about this place."""
        if row in self._responses:
            self._responses[row]["site_code"] = place
        else:
            self._change(row)["place"] = place

    def finish(self, row: bytes) -> None:
        """Nothing more will come: the response may leave with the next batch."""
        if row in self._responses:
            self._responses[row]["nights_left"] = 0
        else:
            self._change(row)["is_finished"] = True

    def delete(self, row: bytes) -> None:
        """Take the response back with all that is in it."""
        self._deleted.append(row)

    def conversation(self, sid: bytes, epoch: int, *, was: bytes | None, now: bytes | None) -> None:
        """The box of a conversation as it was read, and as it shall be; None: there is none."""
        if was is None and now is not None:
            self._rows["opened"].append({"sid": sid, "epoch": epoch, "box": now})
        elif was is not None and now is None:
            self._rows["ended"].append({"which": sid, "old_box": was})
        elif was is not None:
            self._rows["saved"].append({"which": sid, "old_box": was, "new_box": now})

    def claim(self, mid: bytes, epoch: int, box: bytes) -> None:
        """Remember the message with its reply."""
        self._rows["claimed"].append({"mid": mid, "epoch": epoch, "box": box})

    def event(self, week: str, event: Event) -> None:
        """Count what happened."""
        self._events.append((week, event))

    def amount(self, epoch: int, cell: int, n: int) -> None:
        """Count so many more in this cell."""
        self._amounts[epoch, cell] += n

    @property
    def are_none(self) -> bool:
        """Whether there is nothing to write: every message that is written about is claimed."""
        return not self._rows["claimed"]

    def keep(self) -> None:
        """Write it all. TakenMeanwhile if another text was first: roll back and ask again."""
        rows: dict[str, Sequence[dict[str, Any]]] = {
            **{name: sorted(rows, key=_first) for name, rows in self._rows.items()},
            "responses": sorted(self._responses.values(), key=_first),
            "changed": sorted(self._changed.values(), key=_first),
            "events": paradata.tallied(self._events),
            "amounts": [{"epoch": epoch, "cell": cell, "n": n} for (epoch, cell), n in sorted(self._amounts.items())],
        }
        written = queries.keep(rows)
        if any(written.get(name, 0) < len(rows[name]) for name in ("opened", "saved", "ended", "claimed")):
            raise TakenMeanwhile
        for row in self._deleted:  # behind its conversation, as everybody's locks are taken in that order
            responses.delete(row)

    def _change(self, row: bytes) -> dict[str, object]:
        """What changes of a stored response: all of it in one row, since PostgreSQL changes a row once a statement."""
        return self._changed.setdefault(row, {"row": row, "place": None, "is_finished": False})


def _first(row: dict[str, Any]) -> Any:
    """Its id. Two writers meet rows in the same order, so that neither waits for the other for ever; and random ids
    say nothing of who came first."""
    return next(iter(row.values()))
