"""The records of a file as a table that opens in a Danish Excel, made as it is sent."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from app.publication.microdata.columns import Column

AT_ONCE = 5000
_END = "\r\n"


def written(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The header, then each record under a new running number; the first column is that number.

    Every cell is one of a closed list of codes without a separator in it, so nothing has to be quoted.
    """
    yield (";".join(one.name for one in columns) + _END).encode("utf-8-sig")
    numbered = enumerate(rows, 1)
    while some := "".join(f"{nth};{';'.join(row)}{_END}" for nth, row in islice(numbered, AT_ONCE)):
        yield some.encode()
