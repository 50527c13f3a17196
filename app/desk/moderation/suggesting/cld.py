"""Google's language detector, if `pycld2` is installed. The only file that imports it."""

from importlib.util import find_spec


def is_here() -> bool:
    """Whether languages can be guessed at all."""
    return find_spec("pycld2") is not None


def guess(text: str) -> str | None:
    """The code of its best guess, `un` for none; None where it is not installed or chokes on the text."""
    if not is_here():
        return None
    import pycld2  # noqa: PLC0415 - optional, and memory that only a desk needs

    try:
        _is_reliable, _size, found = pycld2.detect(text, bestEffort=True)
    except (pycld2.error, UnicodeError):
        return None
    return str(found[0][1])
