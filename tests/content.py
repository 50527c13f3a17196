"""The content that ships with the product, as tests use it."""

from functools import cache

from app.core.config import ROOT
from app.surveys import library
from app.surveys.definition import Survey


@cache
def demo_surveys() -> tuple[Survey, ...]:
    return tuple(library.read_folder(ROOT / "content" / "surveys"))
