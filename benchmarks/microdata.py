"""A file of microdata from a million answers: how much memory it takes while it is sent, and how long."""

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

ANSWERS = int(os.environ.get("ANSWERS", "1000000"))
SITES = {
    f"S{nth}": (("street_house", "mobile_unit", "consumption_room")[nth % 3], region)
    for nth, region in enumerate(("midtjylland", "syddanmark", "nordjylland", "hovedstaden", "sjaelland") * 12)
}


def sent() -> dict[str, float]:
    """In a process of its own, so that nobody else's memory is measured."""
    ran = subprocess.run([sys.executable, __file__], capture_output=True, text=True, check=True)
    seconds, memory, whole, size = map(float, ran.stdout.split())
    print(f"{ANSWERS:,} answers: {seconds:.0f} s, {memory:.0f} MB more ({whole:.0f} MB in all), {size:.0f} MB sent")
    return {"export_s": seconds, "export_mb": memory}


def _export() -> None:
    """Prints seconds, megabytes more than before, megabytes in all, and megabytes that left."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from app.core import packed_files  # noqa: PLC0415 - only the child measures
    from app.publication import periods  # noqa: PLC0415
    from app.publication.microdata import files  # noqa: PLC0415
    from app.publication.microdata.files import Asked  # noqa: PLC0415

    asked = Asked("A", periods.parse("2027-H1"), "Et forskningscenter (aftale 7)")
    before, began = _peak(), time.monotonic()
    size = sum(map(len, packed_files.packed(files.parts(asked, _voices(), SITES))))
    print(time.monotonic() - began, _peak() - before, _peak(), size / 1e6)


def _voices() -> Iterator[object]:
    """Some thousands of different answers, again and again: reading them is the database's part."""
    from app.publication.tallies import Voice  # noqa: PLC0415 - see above

    chance = random.Random(1)
    themes = ("ADG.AAB", "TRY", "SUN", "BAS.MAD", "KOM.RUN", "MOD")
    some = [
        Voice(
            response_id=bytes(16), site_code=chance.choice(list(SITES)), week="2027-W05", channel="web", lang="da",
            rating=chance.choice(("good", "mid", "bad", None)), safe=chance.choice(("yes", "partly", "no", None)),
            respect=chance.choice(("yes", "partly", "no", None)), has_words=chance.random() < 0.4,
            themes=frozenset(chance.sample(themes, chance.randint(0, 3))),
        )
        for _ in range(5000)
    ]  # fmt: skip
    return islice(cycle(some), ANSWERS)


def _peak() -> float:
    """The most memory this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    _export()
