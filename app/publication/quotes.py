"""Quotes: words that two people let out, where at least five spoke of the same, after nobody can take them back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from app.core import db, folding, weeks
from app.core.errors import Refusal
from app.publication import queries, themes, tree
from app.publication.models import Quote

WINDOW = timedelta(days=36)
"""After the Sunday of its week nobody can take a response back any more: 30 whole days, and the week itself."""
BLOCKING_FLAGS = frozenset({"PII", "ANSAT", "TREDJE"})
TOO_MANY_IN_A_ROW = 5
_SEASONS = ("winter", "spring", "summer", "autumn")


class NotQuotable(Refusal):
    """Words that may not be shown, or not yet."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An approved statement somebody wants to quote, and the words that would be shown."""

    text: str
    kind: str
    lang: str
    theme: str
    statement_id: bytes
    statement: str
    week: str
    place_kind: str
    region: str
    """As the site has it."""
    has_consent: bool
    flags: Collection[str] = frozenset()


def propose(candidate: Candidate, *, by: str) -> Quote:
    """The first signature. The words and the consent are looked at here, the rest at the second."""
    _refuse_wrong_words(candidate)
    quote = Quote(
        theme=themes.main(candidate.theme),
        statement_id=candidate.statement_id,
        kind=candidate.kind,
        has_consent=candidate.has_consent,
        text=candidate.text.strip(),
        lang=candidate.lang,
        place_kind=candidate.place_kind,
        region=tree.region_of(candidate.region, weeks.thursday(candidate.week).year),
        season=season_of(candidate.week),
        flags=_blocking(candidate.flags),
        free_from=weeks.sunday(candidate.week) + WINDOW,
        state="proposed",
        first_by=by,
    )
    db.db.session.add(quote)
    db.db.session.flush()
    return quote


def sign(quote_id: bytes, *, by: str, today: date, flags: Collection[str] = frozenset()) -> Quote:
    """The second signature lets the words out. `flags` are those the statement carries now."""
    quote = _proposed(quote_id)
    quote.flags = _blocking(flags)
    if quote.flags:
        raise NotQuotable(_("Somebody could be recognised in these words. They cannot be quoted."))
    if by == quote.first_by:
        raise NotQuotable(_("Another person must approve the quote."))
    if today < quote.free_from:
        raise NotQuotable(_("The person can still take the words back. Wait until %(day)s.", day=quote.free_from))
    release_id = _release_that_shows(quote)
    if release_id is None:
        raise NotQuotable(_("No published table shows this theme for this kind of place in this region."))
    quote.state, quote.second_by, quote.approved_on, quote.release_id = "approved", by, today, release_id
    db.db.session.flush()
    return quote


def refuse(quote_id: bytes) -> None:
    """The second person says no."""
    _proposed(quote_id).state = "refused"


def take_down(statement_ids: Collection[bytes]) -> int:
    """The statements are gone: so are their quotes, words and all. How many."""
    return queries.take_down_quotes(statement_ids) if statement_ids else 0


def not_yet_shown() -> frozenset[bytes]:
    """The statements whose quotes hold words nobody has seen; an approved quote's can no longer be taken back."""
    return queries.statements_quoted(("proposed", "refused"))


def proposed() -> Sequence[Quote]:
    """What waits for a second signature."""
    return queries.quotes("proposed")


def approved(codes: Collection[str] | None = None) -> Sequence[Quote]:
    """What may be shown, for these main themes or for all."""
    return queries.quotes("approved", codes)


def season_of(week: str) -> str:
    """'2027-spring'. December belongs to the winter of the year that follows."""
    day = weeks.thursday(week)
    year = day.year + (day.month == 12)
    return f"{year}-{_SEASONS[day.month % 12 // 3]}"


def _proposed(quote_id: bytes) -> Quote:
    quote = queries.quote(quote_id)
    if quote is None or quote.state != "proposed":
        raise NotQuotable(_("This quote does not wait for a signature."))
    return quote


def _blocking(flags: Collection[str]) -> str:
    return ",".join(sorted(BLOCKING_FLAGS.intersection(flags)))


def _refuse_wrong_words(candidate: Candidate) -> None:
    if not candidate.text.strip():
        raise NotQuotable(_("There are no words to quote."))
    if candidate.kind == "verbatim" and not candidate.has_consent:
        raise NotQuotable(_("The person has not said yes to being quoted. Say it in other words."))
    if candidate.kind == "paraphrase" and _words_in_a_row(candidate.text) & _words_in_a_row(candidate.statement):
        raise NotQuotable(_("Five words in a row are the person's own. Say it in other words."))


def _words_in_a_row(text: str) -> set[tuple[str, ...]]:
    said = folding.words(folding.fold(text))
    return {tuple(said[nth : nth + TOO_MANY_IN_A_ROW]) for nth in range(len(said) - TOO_MANY_IN_A_ROW + 1)}


def _release_that_shows(quote: Quote) -> str | None:
    place = f"{quote.region}/{quote.place_kind}"
    released = (one.id for one in queries.published_releases())
    return next((one for one in released if queries.shows_theme(one, place, quote.theme)), None)
