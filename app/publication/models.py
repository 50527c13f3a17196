"""What was counted, what was printed, and what was told back. A published figure never changes again."""

from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Connection,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import CITIZEN, ID, Model, random_id
from app.publication import frozen

RELEASE_STATES = ("planned", "checking", "ready", "published", "failed")
QUOTE_STATES = ("draft", "first_signed", "approved", "released", "taken_down")
QUOTE_KINDS = ("verbatim", "paraphrase")
OUTCOMES = ("did", "did_not")
TOLD_ON = ("web", "poster", "kiosk", "sms")
"""The channels on which something is told back; each has words of its own."""
SMALLEST = 5
"""No smaller figure is ever printed, nought included; the database holds it too."""


def _one_of(column: str, allowed: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in allowed)})", name=column)


class CountedMonth(Model):
    """A month whose answers are counted for good; its themes follow with the quarter."""

    __tablename__ = "counted_month"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    has_themes: Mapped[bool] = mapped_column(default=False)
    destroyed_on: Mapped[date | None] = mapped_column(Date)
    """When its small numbers were destroyed; what is printed of it stays."""


class Tally(Model):
    """How many said it, by place and month. Small numbers live here: desk only, no page, no export."""

    __tablename__ = "tally"
    __table_args__ = (CheckConstraint("n > 0", name="n"),)

    catalogue: Mapped[str] = mapped_column(String(12), primary_key=True)
    place: Mapped[str] = mapped_column(String(40), primary_key=True)
    month: Mapped[str] = mapped_column(ForeignKey("counted_month.month"), primary_key=True)
    variable: Mapped[str] = mapped_column(String(40), primary_key=True)
    """A split, or '' for every answer."""
    category: Mapped[str] = mapped_column(String(40), primary_key=True)
    n: Mapped[int]


class Release(Model):
    """One period, published once. The hash is over the JSON that holds the hash of the release before it."""

    __tablename__ = "release"
    __table_args__ = (
        _one_of("state", RELEASE_STATES),
        CheckConstraint("signed_first <> signed_second", name="two_people"),
        CheckConstraint(
            "state <> 'published' OR (number IS NOT NULL AND published_on IS NOT NULL AND hash IS NOT NULL "
            "AND previous_hash IS NOT NULL AND signed_first IS NOT NULL AND signed_second IS NOT NULL)",
            name="published",
        ),
    )

    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    catalogue: Mapped[str] = mapped_column(String(12), index=True)
    period: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(10))
    is_early: Mapped[bool] = mapped_column(default=False)
    """Shown before its time, to try things out; the page says so."""
    number: Mapped[int | None] = mapped_column(unique=True)
    """Its place in the chain, from 1."""
    published_on: Mapped[date | None] = mapped_column(Date)
    signed_first: Mapped[str | None] = mapped_column(String(40))
    signed_second: Mapped[str | None] = mapped_column(String(40))
    fault: Mapped[str] = mapped_column(String(400), default="")
    """Why it could not be published, for the desk."""
    previous_hash: Mapped[str | None] = mapped_column(String(71))
    hash: Mapped[str | None] = mapped_column(String(71))


class Cell(Model):
    """One figure as it was printed. A hidden one holds nothing, and nobody can tell why it was hidden."""

    __tablename__ = "cell"
    __table_args__ = (
        CheckConstraint(f"value >= {SMALLEST}", name="value"),
        # A quote points at the very figure it leans on.
        Index("ix_cell_figure", "release_id", "table", "place", "period", "split", "category", "value", unique=True),
    )

    release_id: Mapped[str] = mapped_column(ForeignKey("release.id"), primary_key=True)
    table: Mapped[str] = mapped_column(String(20), primary_key=True)
    place: Mapped[str] = mapped_column(String(40), primary_key=True)
    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    split: Mapped[str] = mapped_column(String(40), primary_key=True)
    """The splits of the table, joined by '|'; '' for none."""
    category: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int]
    """Its place in the release: the catalogue's order, never by size."""
    value: Mapped[int | None]


class Rendering(Model):
    """The bytes of a release in one format and language, made once and sent ever after."""

    __tablename__ = "rendering"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"),)

    release_id: Mapped[str] = mapped_column(ForeignKey("release.id"), primary_key=True)
    format: Mapped[str] = mapped_column(String(8), primary_key=True)
    part: Mapped[str] = mapped_column(String(20), primary_key=True)
    """One table of a long page; '' for the whole."""
    lang: Mapped[str] = mapped_column(String(3), primary_key=True)
    """'' where the format has no language."""
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Answering(Model):
    """What may be shown of a version's conversations by text in one quarter; hidden figures are not in it."""

    __tablename__ = "answering"

    survey_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    """'' for words without a survey."""
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    figures: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class Moderated(Model):
    """What may be shown of how texts were dealt with in one quarter; hidden figures are not in it."""

    __tablename__ = "moderated"

    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    figures: Mapped[dict[str, int]] = mapped_column(JSON)
    """By outcome; '' for all texts."""


class Quote(Model):
    """Somebody's words, shown with a kind of place, a region and a season: never with a site and a week.

    Whoever writes here, the database lets nothing be shown without two people, a yes to the person's own words,
    the end of the weeks in which they can be taken back, and a printed figure of at least five on the theme there.
    """

    __tablename__ = "quote"
    __table_args__ = (
        _one_of("state", QUOTE_STATES),
        _one_of("kind", QUOTE_KINDS),
        CheckConstraint("kind <> 'verbatim' OR has_consent", name="consent"),
        CheckConstraint("first_by <> second_by", name="two_people"),
        CheckConstraint("state <> 'draft' OR (first_by IS NULL AND second_by IS NULL)", name="draft"),
        CheckConstraint("state <> 'first_signed' OR (first_by IS NOT NULL AND second_by IS NULL)", name="first_signed"),
        CheckConstraint(
            "state NOT IN ('first_signed', 'approved', 'released') OR (signed_text IS NOT NULL AND signed_text = text)",
            name="signed_text",
        ),
        CheckConstraint(
            "state NOT IN ('approved', 'released') OR (first_by IS NOT NULL AND second_by IS NOT NULL AND flags = '' "
            "AND approved_week IS NOT NULL AND approved_week >= free_week)",
            name="approved",
        ),
        CheckConstraint(
            "state NOT IN ('approved', 'released') OR (release_id IS NOT NULL AND cell_table IS NOT NULL "
            "AND cell_place IS NOT NULL AND cell_period IS NOT NULL AND cell_split IS NOT NULL AND voices IS NOT NULL)",
            name="printed",
        ),
        CheckConstraint(
            "cell_place = region || '/' || place_kind AND cell_split = 'theme'", name="printed_at_that_level"
        ),
        CheckConstraint(f"voices >= {SMALLEST}", name="voices"),
        CheckConstraint("(state IN ('released', 'taken_down')) = (draft_of IS NULL)", name="draft_of"),
        CheckConstraint("draft_of = statement_id", name="one_statement"),
        CheckConstraint("version > 0", name="version"),
        ForeignKeyConstraint(
            ["release_id", "cell_table", "cell_place", "cell_period", "cell_split", "theme", "voices"],
            ["cell.release_id", "cell.table", "cell.place", "cell.period", "cell.split", "cell.category", "cell.value"],
            name="fk_quote_cell",
        ),
        CITIZEN,
    )

    id: Mapped[bytes] = random_id()
    theme: Mapped[str] = mapped_column(String(12), index=True)
    statement_id: Mapped[bytes] = mapped_column(ID, index=True)
    draft_of: Mapped[bytes | None] = mapped_column(ID, ForeignKey("statement.id", ondelete="CASCADE"), index=True)
    """The same statement, while nobody has been shown the words: then they go with it, in one transaction."""
    kind: Mapped[str] = mapped_column(String(10))
    has_consent: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    signed_text: Mapped[str | None] = mapped_column(Text)
    """The wording the signatures stand under: another one cannot be shown."""
    lang: Mapped[str] = mapped_column(String(3))
    place_kind: Mapped[str] = mapped_column(String(40))
    region: Mapped[str] = mapped_column(String(40))
    season: Mapped[str] = mapped_column(String(12))
    flags: Mapped[str] = mapped_column(String(40), default="")
    """What was found in the words since they were drafted; nothing may be open when they are shown."""
    free_week: Mapped[str] = mapped_column(String(8))
    """The first week in which the words cannot be taken back with a receipt any more."""
    state: Mapped[str] = mapped_column(String(12))
    version: Mapped[int] = mapped_column(default=1)
    """Counts every change: a form made before it is stale."""
    first_by: Mapped[str | None] = mapped_column(String(40))
    second_by: Mapped[str | None] = mapped_column(String(40))
    approved_week: Mapped[str | None] = mapped_column(String(8))
    release_id: Mapped[str | None] = mapped_column(String(12))
    cell_table: Mapped[str | None] = mapped_column(String(20))
    cell_place: Mapped[str | None] = mapped_column(String(40))
    cell_period: Mapped[str | None] = mapped_column(String(8))
    cell_split: Mapped[str | None] = mapped_column(String(40))
    voices: Mapped[int | None]
    """The printed figure that shows that at least five spoke of the theme at that kind of place in that region."""


class Told(Model):
    """What was done, or why not, told back where it was said: a copy for people who are not signed in."""

    __tablename__ = "told"
    __table_args__ = (_one_of("outcome", OUTCOMES),)

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    themes: Mapped[list[str]] = mapped_column(JSON)
    """The main themes of the findings it answers; none: it answers everybody."""
    phase: Mapped[str] = mapped_column(String(40), default="")
    places: Mapped[list[str]] = mapped_column(JSON)
    """Codes of the tree of places; none: the whole country."""
    outcome: Mapped[str] = mapped_column(String(8))
    decided_by: Mapped[str] = mapped_column(String(80), default="")
    decided_on: Mapped[date] = mapped_column(Date)
    wordings: Mapped[list["ToldWording"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class ToldWording(Model):
    """The words of it for one channel, in one language."""

    __tablename__ = "told_wording"
    __table_args__ = (_one_of("channel", TOLD_ON),)

    code: Mapped[str] = mapped_column(ForeignKey(Told.code, ondelete="CASCADE"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(6), primary_key=True)
    lang: Mapped[str] = mapped_column(String(3), primary_key=True)
    said: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)


class ReceiptAnswer(Model):
    """That a theme is answered in these weeks: whoever has a receipt of one of them is shown it, whatever they said."""

    __tablename__ = "receipt_answer"
    __table_args__ = (CheckConstraint("first_week <= last_week", name="weeks"),)

    theme: Mapped[str] = mapped_column(String(12), primary_key=True)
    """A main theme; '' answers those in whose words nobody found one."""
    code: Mapped[str] = mapped_column(ForeignKey(Told.code, ondelete="CASCADE"), primary_key=True, index=True)
    first_week: Mapped[str] = mapped_column(String(8))
    last_week: Mapped[str] = mapped_column(String(8))


@event.listens_for(Rendering.__table__, "after_create")
def _freeze(table: Table, connection: Connection, **_: Any) -> None:
    """The last of the frozen tables exists now: let the database itself refuse to change what is published."""
    for statement in frozen.statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
