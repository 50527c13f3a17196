"""The Danish AFINN word list (F. Å. Nielsen, ODbL), read from the data file of the `afinn` package if it is there."""

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from app.core.folding import fold


@cache
def path() -> Path | None:
    """Where the list is; None without the package. The package itself, an English analyzer, is never imported."""
    found = find_spec("afinn")
    file = Path(found.origin).parent / "data" / "AFINN-da-32.txt" if found and found.origin else None
    return file if file and file.is_file() else None


def values() -> Mapping[str, int]:
    """Folded word → −5 to 5; empty without the package. Entries of several words are left out."""
    file = path()
    lines = file.read_text("utf-8").splitlines() if file else []
    pairs = (line.rsplit("\t", 1) for line in lines if "\t" in line)
    return {fold(word): int(value) for word, value in pairs if " " not in word}
