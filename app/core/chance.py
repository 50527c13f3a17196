"""Chance, in one place: a test may load the dice."""

import secrets
from collections.abc import Callable

from flask import current_app

Dice = Callable[[int], int]
"""Sides → a number from 0 up to, not including, the sides."""


def one_in(sides: int) -> bool:
    """True one time in `sides`, and nobody can tell when."""
    dice: Dice = current_app.extensions.get("dice", secrets.randbelow)
    return dice(sides) == 0
