"""Figures leaving the house: the guard over three years of a country, a quarter's files, and an attack on it all."""

import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from app import create_app
from app.core import config, db
from app.publication import catalogue, ledger, published, queries, releases
from app.publication.catalogue import Catalogue
from app.publication.counts import Counts
from app.publication.document import Chained
from app.publication.formats import PDF, by_name, json
from app.publication.formats.base import Document, Edition
from app.publication.periods import Period
from app.publication.releases import Preview, Question
from benchmarks.three_years import YEARS, Country, periods_of
from tests.publication.country_attacker import Reader

YEARS_HEARD = int(os.environ.get("YEARS", str(len(YEARS))))

Made = TypeVar("Made")


def of_forty_sites() -> dict[str, float]:
    """The first month and the first quarter of a country of 40 sites, and the files of that quarter."""
    country = Country(sites=40)
    with _empty():
        decided = dict(_publish(country, YEARS[0], until="Q1"))
        month, quarter = decided[f"{YEARS[0]}-M01"], decided[f"{YEARS[0]}-Q1"]
        edition = Edition(_documents(YEARS[0])[-1])
        xlsx, _ = _timed(lambda: list(by_name("xlsx").render(edition)))
        pdf, _ = _timed(lambda: list(PDF.render(edition)))
        print(f"40 sites: month {month:.1f} s, quarter {quarter:.1f} s, XLSX {xlsx:.1f} s, PDF {pdf:.1f} s")
        return {"month_s": month, "quarter_s": quarter, "xlsx_s": xlsx, "pdf_s": pdf}


def of_three_years() -> dict[str, float]:
    """60 sites in 98 municipalities for twelve quarters; then everything is verified, and attacked."""
    country = Country()
    found: list[str] = []
    with _empty():
        for year in YEARS[:YEARS_HEARD]:
            decided = dict(_publish(country, year))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        verified, faults = _timed(lambda: list(releases.faults()))
        begun = time.monotonic()
        for year in YEARS[:YEARS_HEARD]:
            found += Reader(_documents(year)).leaks(country.people(year))
        attacked = time.monotonic() - begun
    last = YEARS[YEARS_HEARD - 1]
    quarter, half, year = (decided[code] for code in (f"{last}-Q4", f"{last}-H2", f"{last}"))
    print(f"{YEARS_HEARD} years: last quarter {quarter:.1f} s, half {half:.1f} s, year {year:.1f} s, {memory:.0f} MB")
    print(f"verified in {verified:.1f} s: {faults}")
    print(f"attacked for {attacked:.0f} s; pinned down: {found or 'nobody'}")
    figures = {
        "last_quarter_s": quarter,
        "last_half_s": half,
        "last_year_s": year,
        "memory_mb": memory,
        "verify_s": verified,
        "attack_s": attacked,
    }
    return figures | {"faults": float(len(faults)), "leaks": float(len(found))}


def _publish(country: Country, year: int, until: str = "") -> Iterator[tuple[str, float]]:
    """Every month, quarter and half of a year comes out, and the year; how many seconds the guard thought."""
    asked, counts = country.catalogue(year), country.counts(year)
    for period in periods_of(year):
        decided = releases.decide(_question(country, asked, period, counts))
        releases.freeze(decided, period.may_be_published_on(), "carl", "mona")
        db.db.session.commit()
        _tell(decided)
        yield period.code, decided.seconds
        if until and period.code.endswith(until):
            return


def _question(country: Country, asked: Catalogue, period: Period, counts: Counts) -> Question:
    dimensions = asked.dimensions(country.places)
    newest = queries.newest_release()
    return Question(
        year=asked,
        period=period,
        places=country.places,
        dimensions=dimensions,
        planned=catalogue.planned_cells(asked, period, country.places),
        counts=counts,
        ledger=ledger.read(asked.id, dimensions),
        previous=Chained(*newest) if newest else Chained(),
        is_early=False,
        deeds=(),
        quotes=(),
    )


def _documents(year: int) -> list[Document]:
    """What was printed in a year, oldest first."""
    out = [one for one in reversed(published.published()) if one.catalogue == str(year)]
    found = [published.rendering(one.id, "json") for one in out]
    return [json.read(one.content) for one in found if one is not None]


def _tell(decided: Preview) -> None:
    code, planned = decided.question.period.code, len(decided.question.planned)
    print(f"  {code:9}{len(decided.shown):5} of {planned:5} figures shown, {decided.seconds:6.1f} s", flush=True)


def _timed(act: Callable[[], Made]) -> tuple[float, Made]:
    begun = time.monotonic()
    made = act()
    return time.monotonic() - begun, made


@contextmanager
def _empty() -> Iterator[Any]:
    """A database with nothing in it."""
    with tempfile.TemporaryDirectory() as name:
        settings = config.load({"STEMME_ENV": "testing", "STEMME_INSTANCE_DIR": str(Path(name) / "instance")})
        with create_app(settings).app_context():
            db.db.create_all()
            yield
            db.db.session.remove()
            db.db.engine.dispose()
