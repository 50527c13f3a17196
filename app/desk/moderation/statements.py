"""What the participation track may read: approved statements on a theme, within the reader's wall."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.desk.accounts.models import User
from app.desk.moderation import queries
from app.desk.moderation.codebook import queries as code_queries

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One statement as the track shows it."""

    id: bytes
    text: str
    lang: str
    week: str
    site_code: str | None
    site_kind: str | None
    channel: str | None
    voice: bytes
    codes: tuple[str, ...]


def on(theme: str, weeks: Iterable[str], reader: User, *, most: int = MOST) -> list[Heard]:
    """Statements with this theme (or sub-code) said in these weeks, newest week first, at most `most`."""
    rows = queries.statements(reader, theme=theme, weeks=weeks, size=most)
    codes: dict[bytes, list[str]] = {row.id: [] for row in rows}
    for statement_id, key in code_queries.codes_of(codes):
        codes[statement_id].append(key)
    return [
        Heard(
            id=row.id,
            text=row.text,
            lang=row.lang,
            week=row.week,
            site_code=row.site_code,
            site_kind=row.site_kind,
            channel=row.channel,
            voice=row.voice,
            codes=tuple(codes[row.id]),
        )
        for row in rows
    ]


def count_voices(theme: str, weeks: Iterable[str], reader: User) -> int:
    """How many voices that is: two statements of one response are one voice."""
    return queries.count_voices(theme, weeks, reader)
