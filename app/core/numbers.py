"""Whole numbers as requests say them: plain digits, and never one that no column could hold."""

LONGEST = 9
"""Digits. Nine always fit the smaller of the whole numbers that databases keep, of 32 bits."""


def read(said: str, *, longest: int = LONGEST) -> int | None:
    """The number that these digits say; None for a sign, a letter, nothing at all, or too many."""
    plain = said.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= longest else None


def whole(said: str, *, longest: int = LONGEST) -> int:
    """The same for `request.args.get(…, type=whole)`, which wants a ValueError."""
    found = read(said, longest=longest)
    if found is None:
        raise ValueError("not a whole number of ours")
    return found


def small(said: str) -> int:
    """The same of at most two digits, as principles have."""
    return whole(said, longest=2)
