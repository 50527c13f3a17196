"""Where something of the track is read at the desk, by its public code."""

from flask import url_for

ENDPOINTS = {
    "U": "track.findings.show",
    "R": "track.research.show",
    "F": "track.proposals.show",
    "B": "track.decisions.show",
    "A": "track.actions.show",
}
"""By the first letter of the code."""


def to(code: str) -> str:
    """The address of U5, F3 and so on at the desk."""
    return url_for(ENDPOINTS[code[0]], code=code)
