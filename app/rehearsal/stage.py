"""What a rehearsal is held with: the places and surveys of this house, or those of files."""

from collections.abc import Callable
from pathlib import Path

from app.core import config
from app.rehearsal import queries
from app.surveys import library, sites, versions
from app.surveys.questions import Survey

Furnish = Callable[[], None]
"""Fills an empty database; called in the rehearsal's own app, which commits."""

CONTENT = config.ROOT / "content"


def of_house(code: str, survey_id: str | None = None) -> Furnish:
    """A copy of this house's places and surveys; `code` may try another survey than it asks."""
    rows = queries.house()

    def furnish() -> None:
        queries.furnish(rows)
        if survey_id:
            queries.ask_everywhere(survey_id, code)

    return furnish


def of_files(survey: Survey | None = None, places: Path = CONTENT / "sites_demo.toml") -> Furnish:
    """The places of a file and the surveys that ship with the product; `survey` is then asked at every place."""

    def furnish() -> None:
        versions.forget()  # a file may say something else under a number that was read before
        sites.import_file(places.read_text("utf-8"), places.name)
        for shipped in library.read_folder(CONTENT / "surveys"):
            if survey is None or shipped.id != survey.id:
                versions.publish(shipped)
        if survey:
            versions.publish(survey)
            queries.ask_everywhere(survey.id)

    return furnish
