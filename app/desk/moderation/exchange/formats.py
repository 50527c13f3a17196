"""The files a codebook is written to and read from, and which of them a file is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core import workbooks
from app.core.archives import FileRefused
from app.core.i18n import N_
from app.desk.moderation.codebook.lines import Line
from app.desk.moderation.exchange import (
    codebook_csv,
    codebook_json,
    ifrc,
    refi_codes,
    refi_project,
    refi_reading,
    tables,
)
from app.desk.moderation.exchange.said import Said

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Reasons = Mapping[str, str]


@dataclass(frozen=True)
class Format:
    """A kind of file, and what it is good for."""

    name: str
    ending: str
    mimetype: str
    about: str
    write: Callable[[Sequence[Line], Reasons], bytes]
    has_states: bool = False
    """Whether it can say that a code is no longer in use; the others hold only those that are."""


FORMATS = (
    Format("csv", "csv", "text/csv; charset=utf-8", N_("CSV: a table for any spreadsheet."),
           lambda lines, _reasons: codebook_csv.write(lines), has_states=True),
    Format("xlsx", "xlsx", WORKBOOK, N_("XLSX: the same table for Excel."),
           lambda lines, _reasons: workbooks.write({"codebook": tables.rows(lines)}), has_states=True),
    Format("json", "json", "application/json", N_("JSON: everything a code says, for other programs."),
           lambda lines, _reasons: codebook_json.write(lines), has_states=True),
    Format("ifrc", "xlsx", WORKBOOK, N_("IFRC: the codebook sheet of the community feedback kit, in English."),
           lambda lines, reasons: workbooks.write(ifrc.codebook(lines, reasons))),
    Format("qdc", "qdc", "application/xml", N_("REFI-QDA codebook: NVivo, MAXQDA, ATLAS.ti, QualCoder."),
           lambda lines, _reasons: refi_codes.write(lines)),
    Format("qdpx", "qdpx", "application/zip", N_("REFI-QDA project: the codebook as a project without texts."),
           lambda lines, _reasons: refi_project.write_codebook(lines)),
)  # fmt: skip


def named(name: str) -> Format | None:
    """The format of this name."""
    return next((one for one in FORMATS if one.name == name), None)


def read(filename: str, content: bytes) -> tuple[Said, ...]:
    """The codes of a file, by the ending of its name. A workbook may be ours or the IFRC's."""
    ending = filename.rpartition(".")[2].lower()
    if ending not in _READERS:
        raise FileRefused(_("Choose a file that ends in .csv, .xlsx, .json, .qdc or .qdpx."))
    return _READERS[ending](content)


def _read_workbook(content: bytes) -> tuple[Said, ...]:
    sheets = [table for table in workbooks.read(content).values() if table]
    kit = next((table for table in sheets if ifrc.is_codebook(table[0])), None)
    if kit is not None:
        return ifrc.read(kit)
    return tables.read(sheets[0] if sheets else ())


_READERS: Mapping[str, Callable[[bytes], tuple[Said, ...]]] = {
    "csv": codebook_csv.read,
    "xlsx": _read_workbook,
    "json": codebook_json.read,
    "qdc": refi_reading.read,
    "qdpx": refi_reading.read_project,
}
