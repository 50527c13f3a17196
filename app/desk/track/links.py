"""Where something of the track is read at the desk, by its public code."""

from flask import url_for

ENDPOINTS = {
    "U": "track.findings.show",
    "R": "track.research.show",
    "F": "track.proposals.show",
    "B": "track.decisions.show",
    "A": "track.actions.show",
}
"""By the first letter of a code that ends in a number."""


def to(code: str) -> str:
    """The address of U5, F3 and so on at the desk; of a release by its period, of a phase by its key."""
    if code[0].isdigit():
        return url_for("track.releases.show", code=code)
    if code[0] in ENDPOINTS:
        return url_for(ENDPOINTS[code[0]], code=code)
    return url_for("track.phases.show", key=code)
