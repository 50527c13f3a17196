"""The content that ships with the product, as tests use it."""

from functools import cache

from app.core import db
from app.core.config import ROOT
from app.desk.track.phases import phases
from app.surveys import library, sites, versions
from app.surveys.definition import Survey
from tests import kept


@cache
def demo_surveys() -> tuple[Survey, ...]:
    return tuple(library.read_folder(ROOT / "content" / "surveys"))


def put() -> None:
    """The demo's places and published surveys, into a database without any."""
    kept.once("content", _import)


def _import() -> None:
    sites.import_file((ROOT / "content" / "sites_demo.toml").read_text("utf-8"), "sites_demo.toml")
    for survey in demo_surveys():
        versions.publish(survey)
    phases.load()
    db.db.session.commit()
