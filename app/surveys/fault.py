"""One reason why a survey may not open."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Where it is, and a sentence that says why."""

    where: str
    reason: str
