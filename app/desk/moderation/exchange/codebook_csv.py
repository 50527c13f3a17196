"""The codebook as CSV that opens in a Danish Excel: semicolons, a byte order mark, CRLF."""

import csv
import io
from collections.abc import Sequence

from flask_babel import gettext as _

from app.core.archives import FileRefused
from app.desk.moderation.codebook.lines import Line
from app.desk.moderation.exchange import tables
from app.desk.moderation.exchange.said import Said

_SEPARATORS = ";,\t"


def write(lines: Sequence[Line]) -> bytes:
    """All codes as one file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(tables.rows(lines))
    return out.getvalue().encode("utf-8-sig")


def read(content: bytes) -> tuple[Said, ...]:
    """The codes of a file in UTF-8; commas and tabs between cells are read as well."""
    try:
        text = content.decode("utf-8-sig")
        separator = max(_SEPARATORS, key=text.partition("\n")[0].count)
        return tables.read(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except UnicodeDecodeError as error:
        raise FileRefused(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from error
    except csv.Error as error:
        raise FileRefused(_("The file cannot be read as a table.")) from error
