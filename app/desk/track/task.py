"""One thing that waits for somebody, as the subpackages report it to the board."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """What to do, what it is about, and where."""

    sentence: str
    about: str
    address: str
