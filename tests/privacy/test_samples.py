"""What a database remembers of values to plan its work: nothing that somebody said."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import db
from app.privacy import samples
from app.surveys import responses
from tests.desk.moderation import factories
from tests.requirements import Figure

WORDS = "Kaffen smager af regnvejr"


@pytest.fixture(autouse=True)
def new_tables(app: Flask, content: None) -> None:
    """Tables as PostgreSQL makes them; those of the tests may have seen a night."""
    if db.is_sqlite():
        pytest.skip("SQLite copies no values")
    factories.the_codebook()
    for table, column in samples.columns():
        alter = f'ALTER TABLE "{table.name}" ALTER COLUMN "{column.name}" SET STATISTICS -1'
        db.connection().execute(sa.text(alter))
    db.db.session.commit()


def said_and_taken_back() -> None:
    """A text is approved, the database looks at its tables, and the text is taken back."""
    response_id = factories.a_response(WORDS, f"{WORDS} igen")
    for text_id in factories.texts_of(response_id):
        factories.approve(text_id, factories.a_moderator(), "MOD")
    db.db.session.commit()
    db.connection().execute(sa.text("ANALYZE statement, answer"))
    responses.delete(response_id)
    db.db.session.commit()


def remembered() -> list[str]:
    """Columns of which PostgreSQL still has values that hold what was said."""
    asked = (
        "SELECT tablename || '.' || attname FROM pg_stats WHERE attname IN ('text', 'folded', 'sealed') "
        "AND (most_common_vals IS NOT NULL OR histogram_bounds IS NOT NULL) AND tablename IN ('statement', 'answer')"
    )
    return sorted(db.connection().execute(sa.text(asked)).scalars())


@pytest.mark.requirement("R1")
def test_nothing_that_was_taken_back_is_kept_as_a_sample(figure: Figure) -> None:
    assert samples.forbid() > 0
    said_and_taken_back()

    assert remembered() == []
    assert samples.forbid() == 0
    figure(f"0 samples of {len(list(samples.columns()))} columns")


@pytest.mark.requirement("R1")
def test_samples_that_were_taken_before_go(app: Flask) -> None:
    said_and_taken_back()
    assert "statement.text" in remembered()  # the proof that there would be something to find

    samples.forbid()
    db.db.session.commit()

    assert remembered() == []


def test_every_column_with_words_is_known() -> None:
    names = {f"{table.name}.{column.name}" for table, column in samples.columns()}

    assert {
        "answer.sealed",
        "statement.text",
        "statement.folded",
        "memo.text",
        "quote.text",
        "sms_session.box",
    } <= names
    assert not {"response.id", "response.week", "answer.question"} & names
