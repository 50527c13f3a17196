"""Quotes: words that two people let out, where at least five spoke of the same, after nobody can take them back."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from app.core import db, folding, i18n, weeks
from app.core.errors import Refusal
from app.publication import queries, themes, tree
from app.publication.formats import wording as wordings
from app.publication.models import Cell, Quote

WINDOW = timedelta(days=36)
"""After the Sunday of its week nobody can take a response back any more: 30 whole days, and the week itself.
So the first free day is a Monday."""
BLOCKING_FLAGS = frozenset({"PII", "ANSAT", "TREDJE"})
TOO_MANY_IN_A_ROW = 5
LONGEST = 400
UNSIGNED, HALF_SIGNED = "draft", "first_signed"
WITHHELD = (UNSIGNED, HALF_SIGNED, "approved")
"""States in which nobody outside the desk has seen the words."""
_FIGURE = {
    "release_id": "release_id", "cell_table": "table", "cell_place": "place", "cell_period": "period",
    "cell_split": "split", "voices": "value",
}  # fmt: skip
"""Columns of a quote that point at a printed figure, and that figure's own."""
_GAP = re.compile(r"\[?(?:…|\.\.\.)\]?")
_SEASONS = ("winter", "spring", "summer", "autumn")


class NotQuotable(Refusal):
    """Words that may not be shown, or not yet."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """The statement a quote is made from, as it stands now, and what speaks against it."""

    statement_id: bytes
    statement: str
    lang: str
    week: str
    place_kind: str
    region: str
    """As the site has it."""
    has_consent: bool
    themes: Collection[str]
    """Codes of the statement; their main themes count."""
    flags: Collection[str] = frozenset()
    has_open_case: bool = False


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What would be shown: the person's own words, shortened at most, or somebody else's for the same."""

    text: str
    kind: str
    theme: str


def draft(source: Source, wording: Wording) -> Quote:
    """A quote nobody has signed. Raises NotQuotable for words that can never be shown."""
    quote = Quote(
        statement_id=source.statement_id,
        draft_of=source.statement_id,
        place_kind=source.place_kind,
        region=tree.region_of(source.region, weeks.thursday(source.week).year),
        season=season_of(source.week),
        free_week=weeks.week_of(weeks.sunday(source.week) + WINDOW),
    )
    _write(quote, source, wording)
    db.db.session.add(quote)
    db.db.session.flush()
    return quote


def same_draft(source: Source, wording: Wording) -> Quote | None:
    """The unsigned quote of this statement with just these words, if somebody wrote it: a button pressed twice."""
    wanted = (wording.text.strip(), wording.kind, themes.main(wording.theme))
    drafts = (one for one in queries.quotes_from(source.statement_id) if one.state == UNSIGNED)
    return next((one for one in drafts if (one.text, one.kind, one.theme) == wanted), None)


def reword(quote: Quote, source: Source, wording: Wording) -> None:
    """Other words: whoever signed has signed something else, so both signatures go."""
    if quote.state not in WITHHELD:
        raise NotQuotable(_("The quote has been shown. Take it down and write another one."))
    _write(quote, source, wording)
    _keep(quote)


def sign(quote: Quote, source: Source, *, by: str, today: date) -> None:
    """The first signature, or the second one, which lets the words out as far as the council."""
    _refuse(faults(quote, source))
    if quote.state == UNSIGNED:
        quote.state, quote.first_by, quote.signed_text = HALF_SIGNED, by, quote.text
    elif quote.state == HALF_SIGNED:
        if by == quote.first_by:
            raise NotQuotable(_("Another person must approve the quote."))
        _refuse(waits(quote, today))
        _lean_on(quote, _printed(quote))
        quote.flags, quote.state, quote.second_by, quote.approved_week = "", "approved", by, weeks.week_of(today)
    else:
        raise NotQuotable(_("This quote does not wait for a signature."))
    _keep(quote)


def release(quote: Quote, source: Source) -> None:
    """Show it beside the figures from the next printing on. Until now it could be taken back with its statement."""
    if quote.state != "approved":
        raise NotQuotable(_("A quote is shown when two people have signed it."))
    _refuse(faults(quote, source))
    quote.state, quote.draft_of = "released", None
    _keep(quote)


def take_down(statement_ids: Collection[bytes]) -> int:
    """Take the shown quotes of these statements down, words and all, and throw away the others. How many."""
    return queries.take_down_quotes(statement_ids) if statement_ids else 0


def drop(quote: Quote) -> None:
    """Throw away what nobody has been shown; take down what somebody has."""
    if quote.state in WITHHELD:
        db.db.session.delete(quote)
    else:
        quote.state, quote.text, quote.signed_text = "taken_down", "–", None
        quote.version += 1
    db.db.session.flush()


def statement_changed(statement_id: bytes, text: str) -> None:
    """The statement reads differently now: signatures fall, and shown words that are not in it any more come down."""
    for quote in queries.quotes_from(statement_id):
        if quote.state in WITHHELD:
            _unsign(quote)
            _keep(quote)
        elif quote.kind == "verbatim" and not is_cut_from(quote.text, text):
            drop(quote)


def faults(quote: Quote, source: Source) -> list[str]:
    """What stands in the way whatever time passes, in whole sentences."""
    return [
        *wording_faults(source, Wording(text=quote.text, kind=quote.kind, theme=quote.theme)),
        *source_faults(source),
    ]


def waits(quote: Quote, today: date) -> list[str]:
    """What stands in the way for now, in whole sentences."""
    found = []
    if weeks.week_of(today) < quote.free_week:
        day = wordings.day(free_from(quote), i18n.current())
        found.append(_("The person can still take the words back. Wait until %(day)s.", day=day))
    if _printed(quote) is None:
        found.append(_("No published table shows this theme for this kind of place in this region."))
    return found


def source_faults(source: Source) -> Iterator[str]:
    """What stands in the way of quoting this statement at all."""
    if BLOCKING_FLAGS.intersection(source.flags):
        yield _("Somebody could be recognised in these words. They cannot be quoted.")
    if source.has_open_case:
        yield _("Somebody is worried about the person who wrote this. Wait until that is settled.")


def wording_faults(source: Source, wording: Wording) -> Iterator[str]:
    """What is wrong with these words for this statement."""
    text = wording.text.strip()
    if not folding.words(folding.fold(text)):
        yield _("There are no words to quote.")
    if len(text) > LONGEST:
        yield _("That is too long. Use at most %(most)s characters.", most=LONGEST)
    if themes.main(wording.theme) not in {themes.main(code) for code in source.themes}:
        yield _("Choose a theme that the text has.")
    if wording.kind == "verbatim":
        if not source.has_consent:
            yield _("The person has not said yes to being quoted. Say it in other words.")
        if not is_cut_from(text, source.statement):
            yield _("These are not the person's own words. Only leave out, marked with …, or say it in other words.")
    elif wording.kind != "paraphrase":
        yield _("Choose whose words these are.")
    elif _words_in_a_row(text) & _words_in_a_row(source.statement):
        yield _("Five words in a row are the person's own. Say it in other words.")


def is_cut_from(text: str, statement: str) -> bool:
    """Whether the text is the statement with nothing but stretches left out, marked with … or [...]."""
    said, at = " ".join(statement.split()), 0
    for piece in (" ".join(part.split()) for part in _GAP.split(text)):
        found = _whole(piece).search(said, at)
        if found is None:
            return False
        at = found.end()
    return True


def free_from(quote: Quote) -> date:
    """The first day on which nobody can take the words back any more."""
    return weeks.monday(quote.free_week)


def approved() -> Sequence[Quote]:
    """What two people have signed and nobody has been shown."""
    return queries.quotes("approved")


def released(codes: Collection[str] | None = None) -> Sequence[Quote]:
    """What is shown, for these main themes or for all."""
    return queries.quotes("released", codes)


def season_of(week: str) -> str:
    """'2027-spring'. December belongs to the winter of the year that follows."""
    day = weeks.thursday(week)
    year = day.year + (day.month == 12)
    return f"{year}-{_SEASONS[day.month % 12 // 3]}"


def _write(quote: Quote, source: Source, wording: Wording) -> None:
    _refuse(list(wording_faults(source, wording)))
    quote.text = wording.text.strip()
    quote.kind, quote.theme = wording.kind, themes.main(wording.theme)
    quote.lang = source.lang if wording.kind == "verbatim" else "da"
    quote.has_consent = source.has_consent
    quote.flags = ",".join(sorted(BLOCKING_FLAGS.intersection(source.flags)))
    _unsign(quote)


def _unsign(quote: Quote) -> None:
    quote.state, quote.first_by, quote.second_by, quote.signed_text = UNSIGNED, None, None, None
    quote.approved_week = None
    _lean_on(quote, None)


def _keep(quote: Quote) -> None:
    quote.version += 1
    db.db.session.flush()


def _refuse(found: Sequence[str]) -> None:
    if found:
        raise NotQuotable(found[0])


def _whole(piece: str) -> re.Pattern[str]:
    """The piece where it is not cut out of a longer word."""
    before, after = (r"(?<!\w)" if piece[:1].isalnum() else "", r"(?!\w)" if piece[-1:].isalnum() else "")
    return re.compile(before + re.escape(piece) + after)


def _words_in_a_row(text: str) -> set[tuple[str, ...]]:
    said = folding.words(folding.fold(text))
    return {tuple(said[nth : nth + TOO_MANY_IN_A_ROW]) for nth in range(len(said) - TOO_MANY_IN_A_ROW + 1)}


def _printed(quote: Quote) -> Cell | None:
    return queries.figure_of_theme(f"{quote.region}/{quote.place_kind}", quote.theme)


def _lean_on(quote: Quote, cell: Cell | None) -> None:
    for own, its in _FIGURE.items():
        setattr(quote, own, getattr(cell, its) if cell else None)
