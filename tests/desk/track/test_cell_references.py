"""Figures in texts are frozen cells."""

from datetime import date

import pytest

from app.core import db
from app.desk.track import cell_references, printed
from app.desk.track.cell_references import Reference, ReferenceRefused
from app.desk.track.releases.models import ReleasePreview
from app.publication.formats import json
from app.publication.periods import NotAPeriod
from tests.desk.track import factories
from tests.desk.track.factories import FIGURE, PERIOD


def test_a_reference_is_read_part_by_part() -> None:
    assert cell_references.of("x [[2026-Q1 T5 DK ADG]] y [[ 2026-Q1  T1 DK ]]") == [
        Reference("2026-Q1", "T5", "DK", "ADG"),
        Reference("2026-Q1", "T1", "DK"),
    ]


@pytest.mark.parametrize("text", ["[[]]", "[[2026-Q1 T5]]", "[[a b c d e]]"])
def test_what_looks_like_a_reference_and_is_none_is_refused(app: object, text: str) -> None:
    with pytest.raises(ReferenceRefused):
        cell_references.of(text)


def test_a_published_cell_is_shown_with_share_and_interval(quarter: None) -> None:
    assert cell_references.shown(FIGURE, "da") == "41 af 96 svar (43 %, usikkerhed 33–53 %)"
    assert cell_references.shown(FIGURE, "en") == "41 of 96 answers (43 %, uncertainty 33–53 %)"


def test_a_count_of_everybody_has_no_share(quarter: None) -> None:
    assert cell_references.shown(f"[[{PERIOD} T1 DK]]", "en") == "96 answers"


def test_a_hidden_cell_shows_no_number(quarter: None) -> None:
    shown = cell_references.shown(f"[[{PERIOD} T5 DK MOB]]", "en")

    assert shown == "too few answers to show"


def test_an_unpublished_cell_says_so_and_cannot_go_public(quarter: None) -> None:
    text = "[[2026-Q2 T5 DK ADG]]"

    assert "2026-Q2 T5 DK ADG" in cell_references.shown(text, "en")
    with pytest.raises(ReferenceRefused, match="2026-Q2 T5 DK ADG"):
        cell_references.check_published(f"Se {text}.")


def test_a_cell_outside_the_catalogue_cannot_go_public(quarter: None) -> None:
    with pytest.raises(ReferenceRefused):
        cell_references.check_published(f"[[{PERIOD} T5 GH1 ADG]]")


def test_words_can_be_taken_back_for_36_days_after_the_last_sunday(app: object) -> None:
    assert cell_references.free_from(PERIOD) == date(2026, 5, 4)
    with pytest.raises(NotAPeriod):
        cell_references.free_from("2026-W10")


def test_those_who_write_see_previewed_figures_and_nobody_else_does(quarter: None) -> None:
    preview = printed.figures(PERIOD)
    assert preview is not None
    text = "[[2026-Q2 T5 DK ADG]]"
    document = {**preview.document, "period": "2026-Q2"}
    db.db.session.add(ReleasePreview(period="2026-Q2", asked_on=factories.TODAY, document=json.canonical(document)))

    assert cell_references.in_draft(text, "en") == "41 of 96 answers (43 %, uncertainty 33–53 %) (preview)"
    assert cell_references.in_draft(FIGURE, "en") == cell_references.shown(FIGURE, "en")
    assert "41" not in cell_references.shown(text, "en")
    with pytest.raises(ReferenceRefused):
        cell_references.check_published(text)
