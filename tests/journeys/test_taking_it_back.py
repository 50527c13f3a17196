"""Somebody takes their answer back: the words go from everywhere, also from a quote that was being prepared."""

from flask import Flask

from app.core import db
from app.desk.accounts.models import User
from app.desk.moderation.quoting import proposing, queries
from app.publication import quotes
from app.publication.quotes import Wording
from app.surveys import responses
from tests.desk.moderation import factories


def test_a_withdrawn_statement_takes_its_quote_with_it_in_one_transaction(app: Flask, content: None) -> None:
    factories.the_codebook()
    moderator = factories.a_moderator()
    withdrawn, kept = (_quoted(words, moderator) for words in ("Maden er god her", "Her er rart at sidde"))

    responses.delete(withdrawn[0])
    db.db.session.commit()

    assert queries.quote(withdrawn[1], moderator) is None
    assert queries.quote(kept[1], moderator)


def _quoted(words: str, moderator: User) -> tuple[bytes, bytes]:
    """A response with one approved statement and a quote that somebody has signed: the ids of both."""
    response_id = factories.a_response(words, quote_ok=True)
    text_id = factories.text_of(response_id)
    factories.approve(text_id, moderator, "BAS.MAD")
    source = proposing.source(queries.statement_of(text_id, moderator))
    quote = quotes.draft(source, Wording(text=words, kind="verbatim", theme="BAS"))
    db.db.session.commit()
    return response_id, quote.id
