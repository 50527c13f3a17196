"""What must be stored and which question is open, said once more in a few lines, without asking the engine.

Three questions (a rating, yes-partly-no, words), then the offer of a code; words without a code ask for their place.
"""

from collections import Counter
from dataclasses import dataclass, field

RESPECT = {"1": "yes", "2": "partly", "3": "no"}
LONGEST_LIFE = 48 * 3600


@dataclass(eq=False)
class Row:
    """A response as it must lie in the database."""

    place: str | None
    values: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.place} {sorted(self.values.items())} {sorted(self.words)}"


@dataclass
class Phone:
    """One person: what is open, how often they were misunderstood, their draft and their row."""

    open: str | None = None
    key: tuple[int, int] = (0, 0)
    """Day and number of the key this conversation dies with."""
    place: str | None = None
    tries: int = 0
    draft: dict[str, str] = field(default_factory=dict)
    row: Row | None = None


@dataclass
class Model:
    """Everybody, and all that is stored."""

    phones: dict[str, Phone] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    births: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Day → which key it has, and when that was made, on the clock nobody can set back."""
    made: int = 0
    """Keys so far: a day whose key has died gets another one, even at the same moment."""

    # ── time ──────────────────────────────────────────────────────────────────────

    def key_of(self, day: int, boot: int) -> tuple[int, int]:
        """Today's key, made now if there is none."""
        if day not in self.births or boot - self.births[day][1] >= LONGEST_LIFE:
            self.made += 1
            self.births[day] = (self.made, boot)
        return day, self.births[day][0]

    def bury(self, day: int, boot: int) -> None:
        """Keys die; what was filed under them is gone, answers that were not finished with it."""
        self.births = {
            d: (key, born) for d, (key, born) in self.births.items() if abs(d - day) <= 1 and boot - born < LONGEST_LIFE
        }
        for phone in self.phones.values():
            if phone.open and not self.is_alive(phone.key):
                phone.open = None

    def is_alive(self, key: tuple[int, int]) -> bool:
        return key[0] in self.births and self.births[key[0]][0] == key[1]

    # ── what people send ──────────────────────────────────────────────────────────

    def code(self, phone: Phone, code: str) -> None:
        if phone.open == "place":
            self._row(phone).place = code
            phone.open = "offer"
        elif phone.open not in ("q1", "q2", "q3") or phone.place != code:
            self._begin(phone, "q1", code)

    def number(self, phone: Phone, number: str) -> None:
        if phone.open == "q1":
            phone.draft = {"last_time": number}
            self._next(phone, "q2")
        elif phone.open == "q2" and number in RESPECT:
            phone.draft["respect"] = RESPECT[number]
            self._finish(phone)
        elif phone.open == "q2":
            self._misunderstood(phone, number, keeps_first=False)
        elif phone.open in ("q3", "place"):
            self.words(phone, number)
        elif phone.open == "offer":
            phone.open = None

    def words(self, phone: Phone, words: str) -> None:
        if phone.open is None:
            self._begin(phone, "place", None)
            self._row(phone).words.append(words)
        elif phone.open in ("q1", "q2"):
            self._misunderstood(phone, words, keeps_first=True)
        else:
            self._row(phone).words.append(words)
            if phone.open == "offer":
                phone.open = None
            elif phone.open == "place" and not phone.tries:
                phone.tries = 1
            else:
                phone.open = "offer"

    def skip(self, phone: Phone) -> None:
        if phone.open == "q1":
            self._next(phone, "q2")
        elif phone.open == "q2":
            self._finish(phone)
        elif phone.open == "q3":
            phone.open = "offer" if phone.row else None
        elif phone.open:
            phone.open = "offer" if phone.open == "place" else None

    def stop(self, phone: Phone) -> None:
        phone.open = None

    def delete(self, phone: Phone) -> None:
        if phone.open and phone.row:
            self.rows.remove(phone.row)
        phone.open = None

    def _begin(self, phone: Phone, what: str, place: str | None) -> None:
        phone.open, phone.place, phone.tries, phone.draft, phone.row = what, place, 0, {}, None

    def _next(self, phone: Phone, what: str) -> None:
        phone.open, phone.tries = what, 0

    def _misunderstood(self, phone: Phone, text: str, *, keeps_first: bool) -> None:
        if keeps_first or phone.tries:
            self._row(phone).words.append(text)
        if not phone.tries:
            phone.tries = 1
        elif phone.open == "q1":
            self._next(phone, "q2")
        else:
            self._finish(phone)

    def _finish(self, phone: Phone) -> None:
        self._next(phone, "q3")
        if phone.draft or phone.row:
            self._row(phone).values |= phone.draft

    def _row(self, phone: Phone) -> Row:
        if phone.row is None:
            phone.row = Row(phone.place)
            self.rows.append(phone.row)
        return phone.row

    @property
    def stored(self) -> Counter[str]:
        return Counter(map(str, self.rows))
