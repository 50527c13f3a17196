"""What a person does with a quote at the desk: write, sign, show, take down. Views commit."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from app.core import weeks
from app.core.clock import COPENHAGEN
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import changing, opening
from app.desk.moderation import queries as texts
from app.desk.moderation.codebook import codes
from app.desk.moderation.codebook import queries as codebook
from app.desk.moderation.quoting import queries, wording
from app.desk.moderation.safeguarding import cases
from app.privacy import retention
from app.publication import quotes
from app.publication.models import Quote
from app.publication.quotes import Source, Wording
from app.surveys.retention import RESPONSE_MONTHS

SIX_WEEKS = timedelta(weeks=6)
"""From the week something was said to the first week in which it cannot be taken back."""


def source(statement: queries.AnyRow | None, quote: Quote | None = None) -> Source:
    """What a quote is made from, as it stands now. Raises NotQuotable where the statement or its place is not known.

    Once the way from a statement to its answer is cut, the yes is the one that was known when the quote was written.
    """
    if statement is None:
        raise quotes.NotQuotable(_("The text is not there any more, or it is being read again."))
    if statement.region is None:
        raise quotes.NotQuotable(_("We do not know at which place this was said. It cannot be quoted."))
    keys = [key for _statement_id, key in codebook.codes_of([statement.id])]
    book = codes.book()
    flags = frozenset(flag.key for flag in book.flags)
    no_themes = flags | {one.key for one in book.types}
    has_consent = statement.quote_ok if statement.response_id else quote is not None and quote.has_consent
    return Source(
        statement_id=statement.id,
        statement=statement.text,
        lang=statement.lang,
        week=statement.week,
        place_kind=statement.site_kind,
        region=statement.region,
        has_consent=bool(has_consent),
        themes=tuple(key for key in keys if key not in no_themes),
        flags=flags.intersection(keys),
        has_open_case=bool(statement.response_id) and cases.is_about(statement.response_id),
    )


def write(said: Source, words: Wording, quote: Quote | None = None) -> Quote:
    """A new quote, or other words for one; the masker looks at them like at everything that leaves.

    The same words twice are one quote.
    """
    _refuse_personal(words.text, said)
    if quote is None and (same := quotes.same_draft(said, words)):
        return same
    if quote is None:
        quote = quotes.draft(said, words)
        audit.record("quote.draft", quote.id.hex())
    else:
        quotes.reword(quote, said, words)
        audit.record("quote.edit", quote.id.hex())
    return quote


def sign(quote: Quote, said: Source, asked: Collection[str], by: User, today: date) -> None:
    """One of the two signatures, after every question is answered."""
    if set(asked) != set(wording.ASKED):
        raise changing.NotYet(_("Answer all the questions before you sign."))
    _refuse_personal(quote.text, said)
    quotes.sign(quote, said, by=by.id.hex(), today=today)
    audit.record("quote.sign", quote.id.hex(), detail=quote.state)


def release(quote: Quote, said: Source) -> None:
    """The council shows it."""
    quotes.release(quote, said)
    audit.record("quote.release", quote.id.hex())


def drop(quote: Quote, reason: str) -> None:
    """Taken down, or thrown away if nobody was shown it."""
    if reason not in wording.DOWN_REASONS:
        raise changing.NotYet(_("Choose why."))
    quotes.drop(quote)
    audit.record("quote.take_down", quote.id.hex(), detail=reason)


def keep_true(now: datetime) -> int:
    """Take down what is shown and should not be any more: its statement is gone or being read again, carries a flag,
    or somebody is worried about who wrote it. A statement that is gone for its age takes nothing with it. How many.
    """
    today = now.astimezone(COPENHAGEN).date()
    forgotten = retention.months_before(today, RESPONSE_MONTHS) + SIX_WEEKS
    rows = queries.shown()
    flagged = {
        statement_id
        for statement_id, key in codebook.codes_of([row.id for row in rows if row.id])
        if key in quotes.BLOCKING_FLAGS
    }
    wrong = [
        row.statement_id
        for row in rows
        if (row.id is None and row.free_week > weeks.week_of(forgotten))
        or row.id in flagged
        or (row.response_id and cases.is_about(row.response_id))
    ]
    return quotes.take_down(wrong)


def _refuse_personal(text: str, said: Source) -> None:
    """What the masker sees in the words, and nobody has let stand in the statement."""
    found = opening.find(text, texts.place_names())
    personal = [one for one in found if one.is_structured or text[one.start : one.end] not in said.statement]
    if personal:
        raise quotes.NotQuotable(_("Something in the words looks personal. Write them without it."))
