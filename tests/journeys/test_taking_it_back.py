"""Somebody takes their answer back: the words go from everywhere, also from a quote that was being prepared."""

from dataclasses import replace

from flask import Flask

from app import jobs
from app.core import clock, db
from app.desk.moderation import queries
from app.publication import quotes
from app.surveys import responses
from tests.desk.moderation import factories
from tests.publication.test_quotes import CANDIDATE


def test_a_withdrawn_statement_leaves_no_words_in_a_proposed_quote(app: Flask, content: None) -> None:
    factories.the_codebook()
    moderator = factories.a_moderator()
    withdrawn, kept = (_statement(words, moderator) for words in ("Maden er god her", "Her er rart at sidde"))
    for statement_id in (withdrawn[1], kept[1]):
        quotes.propose(replace(CANDIDATE, statement_id=statement_id), by="mona")
    responses.delete(withdrawn[0])
    db.db.session.commit()

    retention = jobs.by_name("retention")
    assert retention
    jobs.run(retention, clock.now())

    assert [quote.statement_id for quote in quotes.proposed()] == [kept[1]]
    assert queries.still_there([withdrawn[1], kept[1]]) == {kept[1]}


def _statement(words: str, moderator: object) -> tuple[bytes, bytes]:
    """A response with one approved statement: the ids of both."""
    response_id = factories.a_response(words)
    text_id = factories.text_of(response_id)
    factories.approve(text_id, moderator)  # type: ignore[arg-type]
    found = queries.statement(text_id, moderator)  # type: ignore[arg-type]
    assert found
    return response_id, found.id
