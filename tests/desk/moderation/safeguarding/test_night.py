"""The night run goes over cases and quotes like over everything of a citizen's, and takes nothing with it."""

from flask.testing import FlaskClient

from app.core import clock, db
from app.desk.moderation.quoting import proposing, queries
from app.privacy import night
from app.publication.quotes import Wording
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_text
from tests.desk.moderation.safeguarding.raising import SAID, raise_, the_case


def test_cases_and_quotes_outlive_the_night(mona: FlaskClient) -> None:
    raise_(mona, a_text(SAID))
    text_id, malik = a_text("Der er altid kaffe", quote_ok=True), a_moderator()
    factories.approve(text_id, malik, "MOD")
    source = proposing.source(queries.statement_of(text_id, malik))
    quote_id = proposing.write(source, Wording(text="Der er altid kaffe", kind="verbatim", theme="MOD")).id
    db.db.session.commit()

    night.run(clock.now())

    assert the_case().concern == "own_life"
    assert queries.quote(quote_id, malik)
