"""A release that is out stays byte for byte the same, whatever happens to the codebook afterwards."""

from typing import Any

from app.core import db
from app.desk.moderation import queries
from app.desk.moderation.codebook import splitting
from app.desk.moderation.codebook.changes import Change
from app.publication import themes
from app.publication.models import Release
from tests.desk.moderation import factories
from tests.desk.moderation.codebook import factories as book

FROZEN = ("release", "cell", "rendering", "tally", "counted_month")


def frozen() -> dict[str, list[Any]]:
    """Every row of what is out, and of what it was counted from."""
    return {table: sorted(map(repr, factories.rows(f"SELECT * FROM {table}"))) for table in FROZEN}


def test_no_change_of_the_codebook_moves_a_byte_of_a_release(release: Release) -> None:
    factories.the_codebook()
    me = factories.a_moderator()
    statement = book.a_statement("Der er lukket om aftenen", "ADG.AAB", by=me)
    before, counts = frozen(), queries.voices_by_code(me)
    assert before["rendering"]

    book.publish(book.merge("ADG.AAB", "TRY.UTR"))
    assert queries.voices_by_code(me) != counts
    assert frozen() == before

    book.publish(Change("move", book.guid("TRY.UTR"), {"parent_key": "SUN"}), book.a_new_code())
    book.publish(book.split("TRY.UTR", "ADG.KOE", "BAS.KAF"))
    splitting.sort(book.guid("TRY.UTR"), {statement: "BAS.KAF"}, me)
    db.db.session.commit()
    assert book.line("TRY.UTR").state == "split"
    assert frozen() == before

    book.publish(Change("retire", book.guid("ADG.KOE")), Change("edit", book.guid("ADG"), {"name_da": "Adgang"}))
    book.publish(Change("restore", book.guid("ADG.AAB")), Change("restore", book.guid("TRY.UTR")))
    assert frozen() == before


def test_the_next_release_names_the_version_the_desk_counts_by(content: None) -> None:
    factories.the_codebook()
    assert themes.version() == "1.0"

    book.publish(book.a_new_code())

    assert themes.version() == "2.0"
