"""A file of microdata with everything that is needed to read it: data, syntax, dictionary and a word of what it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.core import i18n, weeks
from app.core.errors import Refusal
from app.publication import catalogue, periods, quotes, tallies
from app.publication.formats import wording
from app.publication.microdata import columns, dictionary, groups, records, syntax, table
from app.publication.microdata.columns import FILES, Column
from app.publication.microdata.packing import Pack
from app.publication.periods import Period
from app.publication.tallies import Voice

DATA = "microdata.csv"
Parts = Iterator[tuple[str, Iterable[bytes]]]
"""The name of each part and its bytes, which are made when they are asked for."""


class NoSuchFile(Refusal):
    """Three files of a half-year are made, and no others."""


@dataclass(frozen=True)
class Asked:
    """Which file of which half-year, and who may have it: the last stands in what is sent."""

    file: str
    half: Period
    agreement: str

    @property
    def name(self) -> str:
        """As the file is called on the reader's disk."""
        return f"gadens-stemme-mikrodata-{self.half.code}-{self.file}"


def asked(file: str, half: str, agreement: str, today: date) -> Asked:
    """Refuses what is no file, no half-year, not counted for good yet, or what can still be taken back.

    Of two files with a withdrawal between them, the one without it would tell what was in that answer.
    """
    found = periods.parse(half)
    if file not in FILES or found.kind != "half":
        raise NoSuchFile(_("Choose file A, B or C of a half-year."))
    tallies.refuse_uncounted(found)
    first = weeks.sunday(found.weeks[-1]) + quotes.WINDOW
    if today < first:
        raise periods.TooEarly(
            _(
                "People can still take their answers of %(half)s back. Microdata of it can be made from %(day)s.",
                half=wording.period(found.code, i18n.current()),
                day=wording.day(first, i18n.current()),
            )
        )
    return Asked(file, found, agreement)


def parts(of: Asked, voices: Iterable[Voice], sites: Mapping[str, tuple[str, str]]) -> Parts:
    """What the packed file holds. `sites`: kind and region key of each."""
    head = columns_of(of.file, of.half)
    title = wording.period(of.half.code, "da")
    yield "LAES-MIG.txt", [_about(of, title)]
    yield "microdata.sps", [syntax.written(title, DATA, head)]
    yield "microdata_dictionary.csv", [dictionary.written(head)]
    yield DATA, table.written(head, rows(of, head, voices, sites))


def columns_of(file: str, half: Period) -> tuple[Column, ...]:
    """The closed list of columns of a file."""
    members = catalogue.of_year(half.year).variables["theme"].members
    codes = [one["code"] for one in members if not one.get("parent")]
    return columns.of(file, half.code, codes, columns.regions(half.year))


def rows(
    of: Asked, head: Sequence[Column], voices: Iterable[Voice], sites: Mapping[str, tuple[str, str]]
) -> Iterator[tuple[str, ...]]:
    """The records in no order, small groups joined or left out; without the running number."""
    where = records.places(sites)
    told_by_group = [one for one in head if one.name in ("half", "region", "kind")]
    own = head[1 + len(told_by_group) :]
    pack = Pack([one.codes for one in own])
    for voice in voices:
        pack.add(records.key(voice, of.file, where), records.said(voice, own))
    told = groups.told(pack.sizes)
    for key, said in pack.shuffled():
        found = told[key]
        if found is not None:
            words = {"half": of.half.code, "region": found.region, "kind": found.kind}
            yield (*(words[one.name] for one in told_by_group), *said)


def _about(of: Asked, title: str) -> bytes:
    lines = (
        f"Gadens Stemme: anonymiserede mikrodata, fil {of.file}, {title}.",
        f"Udleveret til: {of.agreement}.",
        "",
        "Filen må kun bruges af dem, der er nævnt i aftalen, og kun til det, der står i den.",
        "Den må ikke gives videre, og ingen må forsøge at finde ud af, hvem nogen er.",
        "",
        "Hver linje er et svar. Løbenumre og rækkefølge er nye i hver udtrækning.",
        "Fire ud af fem svar er med. De er trukket én gang for alle, så to udtrækninger kan ikke trækkes fra hinanden.",
        f"Ingen står i en gruppe af sted og region med færre end {groups.FEWEST}. Mindre grupper er slået sammen",
        "(dk: hele landet, any: alle slags steder) eller udeladt.",
        "Fil A, B og C kan ikke sættes sammen. Der er ingen ord, ingen uge, intet sted og ingen vægte i dem.",
        "",
        "Alle må bruge de offentliggjorte tal. Kilde: Gadens Stemme, Rådet for Socialt Udsatte.",
    )
    return "\r\n".join((*lines, "")).encode("utf-8-sig")
