"""Which text comes next for whom: what is urgent, then the rest of the round, then what was left for later."""

import re
from collections.abc import Sequence

from app.desk.accounts.models import User
from app.desk.moderation.dealing import claims, queries, unsure
from app.desk.moderation.dealing.queries import Place
from app.desk.moderation.dealing.trays import Tray
from app.desk.moderation.filters import queries as filtered
from app.desk.moderation.filters.facets import UNSURE, Facets
from app.desk.moderation.queries import AnyRow

PAGE = 20
_PLACE = re.compile(r"([0-2])\.(\d{4}-W\d\d)\.([0-9a-f]{32})", re.ASCII)


def texts(tray: Tray, facets: Facets, reader: User, after: str | None) -> Sequence[AnyRow]:
    """One more than a page of texts, from where the last page ended: approved ones where the tray holds these."""
    place = parse(after)
    if tray.state:
        return queries.page(tray, facets, reader, after=place, now=claims.now(), size=PAGE + 1)
    after_statement = place[1:] if place else None
    return filtered.statements(facets, reader, untagged=tray.is_untagged, after=after_statement, size=PAGE + 1)


def next_text(tray: Tray, facets: Facets, reader: User, after: Place | None = None) -> bytes | None:
    """The next one to read. Urgent texts go first whatever came before; past the end of the queue it begins again,
    and what the reader left for later comes when nothing else is left."""
    now = claims.now()
    if facets.order == UNSURE:
        return unsure.next_text(tray, facets, reader, now)
    found = queries.free(tray, facets, reader, now=now, only_first=True)
    found = found or queries.free(tray, facets, reader, now=now, after=after)
    found = found or (queries.free(tray, facets, reader, now=now) if after else ())
    row = found[0] if found else queries.skipped(tray, facets, reader, now=now, after=after)
    row = row or (queries.skipped(tray, facets, reader, now=now) if after else None)
    return bytes(row.answer_id) if row else None


def following(tray: Tray, facets: Facets, reader: User, place: Place) -> bytes | None:
    """The text after this place, whoever reads it."""
    if not tray.state:
        return filtered.statement_after(facets, reader, place[1:], untagged=tray.is_untagged)
    found = queries.page(tray, facets, reader, after=place, now=claims.now(), size=1)
    return found[0].answer_id if found else None


def preceding(tray: Tray, facets: Facets, reader: User, place: Place) -> bytes | None:
    """The text before this place."""
    if tray.state:
        return queries.before(tray, facets, reader, place)
    return filtered.statement_before(facets, reader, place[1:], untagged=tray.is_untagged)


def skip(item: AnyRow, reader: User) -> None:
    """Leave a text for later, for this reader; somebody else may take it at once."""
    queries.add_skipped(item.answer_id, reader)
    claims.give_back(reader)


def place_of(row: AnyRow, tray: Tray) -> str:
    """Where a page ends, for the link to the next one."""
    return f"{row.turn}.{row.week}.{row.answer_id.hex()}" if tray.state else f"0.{row.week}.{row.id.hex()}"


def parse(place: str | None) -> Place | None:
    """The place again; anything else begins at the top."""
    found = _PLACE.fullmatch(place or "")
    return (int(found[1]), found[2], bytes.fromhex(found[3])) if found else None
