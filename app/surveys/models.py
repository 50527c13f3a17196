"""What was asked and what was said: sites, frozen surveys, responses, answers."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Connection,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    event,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import CITIZEN, ID, Model, random_id

SITE_KINDS = ("street_house", "mobile_unit", "consumption_room")
CHANNELS = ("sms", "web", "kiosk", "paper")
ANSWER_KINDS = ("value", "skipped", "declined", "unreadable", "words")
HELPERS = ("none", "peer", "staff")
SURVEY_STATES = ("draft", "published", "closed")
QUEUE_CLASSES = ("0-4", "5+")
"""How much waits on a tablet: a count that moves after one visitor would be a count of that visitor."""


def one_of(column: str, allowed: tuple[str, ...]) -> CheckConstraint:
    """A CHECK that holds a closed set in the database too."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in allowed)})", name=column)


class Site(Model):
    """A place we listen at: a street house, a mobile unit or a consumption room."""

    __tablename__ = "site"
    __table_args__ = (CheckConstraint("code = upper(code)", name="code"),)

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    municipality: Mapped[str] = mapped_column(String(40))
    region: Mapped[str] = mapped_column(String(40))
    languages: Mapped[list[str]] = mapped_column(JSON)
    local_help: Mapped[dict[str, str]] = mapped_column(JSON)
    hours: Mapped[Any] = mapped_column(JSON)
    sms_survey: Mapped[str | None] = mapped_column(String(40))
    web_survey: Mapped[str | None] = mapped_column(String(40))
    kiosk_survey: Mapped[str | None] = mapped_column(String(40))
    paper_survey: Mapped[str | None] = mapped_column(String(40))
    is_open: Mapped[bool] = mapped_column(default=True)
    stops: Mapped[list["Stop"]] = relationship(back_populates="site", cascade="all, delete-orphan")


class Stop(Model):
    """Where a mobile unit halts. Answers belong to the unit, never to a stop."""

    __tablename__ = "stop"

    site_code: Mapped[str] = mapped_column(ForeignKey("site.code", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    municipality: Mapped[str] = mapped_column(String(40))
    region: Mapped[str] = mapped_column(String(40))
    hours: Mapped[list[str]] = mapped_column(JSON)
    site: Mapped[Site] = relationship(back_populates="stops")


class SurveyVersion(Model):
    """One version of a survey. Once published its definition never changes (a trigger says so too)."""

    __tablename__ = "survey_version"
    __table_args__ = (one_of("state", SURVEY_STATES), CheckConstraint("version > 0", name="version"))

    survey_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(String(10))
    definition: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))


class Response(Model):
    """One person's anonymous run: a place, a week, a channel, and nothing that says who or when."""

    __tablename__ = "response"
    __table_args__ = (
        one_of("channel", CHANNELS),
        one_of("helped", HELPERS),
        CheckConstraint("length(id) = 16", name="id"),
        CheckConstraint("nights_left BETWEEN 0 AND 2", name="nights_left"),
        ForeignKeyConstraint(["survey_id", "version"], ["survey_version.survey_id", "survey_version.version"]),
        Index("ix_response_waiting", "is_released", "nights_left"),
        Index("ix_response_week", "week", "site_code"),
        CITIZEN,
    )

    id: Mapped[bytes] = random_id()
    site_code: Mapped[str | None] = mapped_column(ForeignKey("site.code"))
    survey_id: Mapped[str | None] = mapped_column(String(40))
    version: Mapped[int | None]
    channel: Mapped[str] = mapped_column(String(8))
    lang: Mapped[str] = mapped_column(String(3))
    week: Mapped[str] = mapped_column(String(8))
    helped: Mapped[str] = mapped_column(String(5), default="none")
    quote_ok: Mapped[bool] = mapped_column(default=False)
    is_test: Mapped[bool] = mapped_column(default=False)
    is_burst: Mapped[bool | None]
    """A tablet saw runs come faster than people answer; left out of the counts. None where nobody looked."""
    is_partial: Mapped[bool | None]
    """The person left half-way, at a place that keeps what was tapped until then."""
    nights_left: Mapped[int] = mapped_column(default=0)
    """While the person may still be writing; one less at each death of a day key."""
    is_due: Mapped[bool] = mapped_column(default=False)
    """Waited over a night: goes out with the next morning's batch even if few wait."""
    is_released: Mapped[bool] = mapped_column(default=False)
    """Left the batch: the desk may see it."""
    is_held: Mapped[bool | None]
    """Came when more came than people write, and waits until a moderator lets it in."""
    counted_month: Mapped[str | None] = mapped_column(String(7))
    """The month whose frozen tallies hold this response."""
    is_in_sample: Mapped[bool | None]
    """Whether it may be in microdata: drawn once, when it is counted, so that two exports cannot be subtracted."""
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="response", cascade="all, delete-orphan", passive_deletes=True
    )


class Answer(Model):
    """One answer. Words are only ever in `sealed`; a value is an option id, a number or ids with commas."""

    __tablename__ = "answer"
    __table_args__ = (
        one_of("kind", ANSWER_KINDS),
        CheckConstraint("length(id) = 16", name="id"),
        CheckConstraint("kind = 'value' OR value IS NULL", name="value"),
        CheckConstraint("kind = 'words' OR sealed IS NULL", name="sealed"),
        CITIZEN,
    )

    id: Mapped[bytes] = random_id()
    response_id: Mapped[bytes] = mapped_column(ID, ForeignKey("response.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))
    value: Mapped[str | None] = mapped_column(String(200))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    month: Mapped[str] = mapped_column(String(7))
    is_urgent: Mapped[bool] = mapped_column(default=False)
    """A risk word was in it: the desk reads it first."""
    response: Mapped[Response] = relationship(back_populates="answers")


class Withdrawal(Model):
    """How many responses of a quarter people took back. Nothing else of them is left."""

    __tablename__ = "withdrawal"
    __table_args__ = (CheckConstraint("responses > 0", name="responses"),)

    quarter: Mapped[str] = mapped_column(String(7), primary_key=True)
    responses: Mapped[int]


class Kiosk(Model):
    """A tablet of a place, and what it last said of itself: overwritten, never a history."""

    __tablename__ = "kiosk"
    __table_args__ = (
        one_of("queue", QUEUE_CLASSES),
        CheckConstraint("length(id) = 16", name="id"),
        CheckConstraint("oldest_days >= 3", name="oldest_days"),
    )

    id: Mapped[bytes] = random_id()
    site_code: Mapped[str] = mapped_column(ForeignKey("site.code"))
    label: Mapped[str] = mapped_column(String(40))
    """What people call it: "by the door"."""
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    code_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    code_until: Mapped[int | None] = mapped_column(BigInteger)
    """Seconds since 1970 until which the one-time code opens."""
    pin: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What a PIN is checked against on the tablet: salt, hash, rounds."""
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What differs from the usual times."""
    is_revoked: Mapped[bool] = mapped_column(default=False)
    app_version: Mapped[str | None] = mapped_column(String(16))
    contact_day: Mapped[int | None]
    """Days since 1970 in Copenhagen; nothing finer, and no answer changes it."""
    queue: Mapped[str | None] = mapped_column(String(3))
    oldest_days: Mapped[int | None]
    """Age of what has waited longest there; None under 3 days."""
    quarantined: Mapped[int | None]
    is_persisted: Mapped[bool | None]
    storage_pct: Mapped[int | None]
    site: Mapped[Site] = relationship()


class SmsTally(Model):
    """How often something happened in text conversations of a week. No place, nobody's path."""

    __tablename__ = "sms_tally"
    __table_args__ = CITIZEN

    week: Mapped[str] = mapped_column(String(8), primary_key=True)
    survey_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    site_kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    lang: Mapped[str] = mapped_column(String(3), primary_key=True)
    question: Mapped[str] = mapped_column(String(40), primary_key=True)
    event: Mapped[str] = mapped_column(String(12), primary_key=True)
    n: Mapped[int]


class Recording(Model):
    """A prompt read in by a person of the house, found by the hash of the words it says: other words have none."""

    __tablename__ = "recording"
    __table_args__ = (CheckConstraint("length(sound) BETWEEN 1 AND 20480", name="sound"),)

    lang: Mapped[str] = mapped_column(String(3), primary_key=True)
    text_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    sound: Mapped[bytes] = mapped_column(LargeBinary)
    """MP3, at most 20 kB."""


FROZEN = {
    "sqlite": (
        "CREATE TRIGGER survey_version_frozen BEFORE UPDATE OF definition, sha256 ON survey_version "
        "WHEN OLD.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'a published survey never changes'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION survey_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF OLD.state <> 'draft' AND (OLD.definition, OLD.sha256) IS DISTINCT FROM (NEW.definition, NEW.sha256) "
        "THEN RAISE EXCEPTION 'a published survey never changes' USING ERRCODE = 'check_violation'; END IF; "
        "RETURN NEW; END $$",
        "CREATE TRIGGER survey_version_frozen BEFORE UPDATE ON survey_version "
        "FOR EACH ROW EXECUTE FUNCTION survey_version_frozen()",
    ),
}
"""The database refuses a change of what was asked, whoever tries."""


@event.listens_for(SurveyVersion.__table__, "after_create")
def _freeze(target: Table, connection: Connection, **_: object) -> None:
    for statement in FROZEN[connection.dialect.name]:
        connection.execute(text(statement))
