"""The webhook: who may knock, what it answers, and what it leaves when it refuses."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.channels.sms import queries, wording
from app.core import config, db
from app.core.i18n import translate
from app.privacy import queries as privacy
from app.privacy import sealing
from app.surveys import queries as surveys
from app.surveys import versions
from app.surveys.models import Answer, Site
from tests.channels.sms.factories import a_number, deliver, fields, message, text


def test_a_bad_signature_gets_403_and_leaves_no_trace(app: Flask, content: None) -> None:
    for answer in (
        deliver(app, fields("GH1"), signature="bm90IGEgc2lnbmF0dXJl"),
        deliver(app, fields("GH1"), signature=""),
        deliver(app, fields("GH1"), token="another-token"),
    ):
        assert answer.status_code == 403

    assert (queries.open_conversations(), privacy.count_seen(), surveys.count_responses()) == (0, 0, 0)


def test_a_text_to_another_number_is_not_ours(app: Flask, content: None) -> None:
    assert deliver(app, fields("GH1", To="+4590000001")).status_code == 403


def test_a_doubled_parameter_is_refused(app: Flask, content: None) -> None:
    form = MultiDict([*fields("GH1").items(), ("Body", "GH2")])

    assert deliver(app, form).status_code == 403


def test_only_a_form_posted_is_taken(app: Flask, content: None) -> None:
    client = app.test_client()

    assert client.get("/sms/twilio").status_code == 405
    assert client.post("/sms/twilio", json={"Body": "GH1"}).status_code == 415
    assert client.post("/sms/twilio", data={"Body": "x" * 70_000}).status_code in (403, 413)


def test_the_reply_is_twiml_and_sets_no_cookie(app: Flask, content: None) -> None:
    answer = deliver(app, fields("GH1"))

    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.get_data(as_text=True).startswith('<?xml version="1.0" encoding="UTF-8"?><Response><Message>')
    assert "Set-Cookie" not in answer.headers


def test_either_token_verifies_while_they_rotate(app: Flask, content: None, environ: dict[str, str]) -> None:
    environ["STEMME_TWILIO_AUTH_TOKEN"] = "new-token,demo-token"
    app.extensions["settings"] = config.load(environ)

    assert deliver(app, fields("GH1"), token="new-token").status_code == 200
    assert deliver(app, fields("GH1"), token="demo-token").status_code == 200


def test_ten_deliveries_at_once_are_one(app: Flask, content: None) -> None:
    sender = a_number()
    text(app, "GH1", sender=sender)
    text(app, "4", sender=sender)
    text(app, "ja", sender=sender)
    form = fields("Flere senge om natten", sender=sender)
    db.db.session.remove()

    with ThreadPoolExecutor(10) as pool:
        bodies = [answer.get_data() for answer in pool.map(lambda _: deliver(app, form), range(10))]

    assert len(set(bodies)) == 1
    assert message(deliver(app, form)) == translate("da", wording.OFFER)
    assert surveys.count_responses() == 1
    assert _words() == ["Flere senge om natten"]


@pytest.mark.parametrize(
    "body", ["x" * 1600, "ord " * 400, "😀" * 700, "a\0b\0c er her", "\u202egnortS er her", "' OR 1=1 --"]
)
def test_strange_texts_are_answered_kindly(app: Flask, content: None, body: str) -> None:
    reply = text(app, body)

    assert reply == "" or reply.endswith((".", "EN."))


def test_words_are_kept_without_what_cannot_be_stored(app: Flask, content: None) -> None:
    text(app, "Døren\0 er \x07altid låst")

    assert _words() == ["Døren er altid låst"]


def test_a_picture_is_refused_kindly_and_never_fetched(app: Flask, content: None) -> None:
    assert text(app, "", NumMedia="1", MediaUrl0="http://127.0.0.1:9/secret") == translate("da", wording.NO_PICTURES)


def test_an_unknown_code_is_named_in_the_answer(app: Flask, content: None) -> None:
    assert text(app, "gh 77") == translate("da", wording.UNKNOWN_PLACE, typed="GH77")


def test_a_closed_survey_says_so_and_takes_words(app: Flask, content: None) -> None:
    versions.close("sms_core", 1)
    db.db.session.commit()
    sender = a_number()

    closed = text(app, "GH1", sender=sender)
    offered = text(app, "Lås døren op om morgenen", sender=sender)

    assert closed == translate("da", wording.CLOSED, site="Gadens Hus Ankeret")
    assert offered == translate("da", wording.OFFER)
    assert _words() == ["Lås døren op om morgenen"]


def test_a_conversation_ends_on_the_version_it_began_with(app: Flask, content: None) -> None:
    sender = a_number()
    text(app, "GH1", sender=sender)
    versions.close("sms_core", 1)
    db.db.session.commit()

    text(app, "4", sender=sender)
    text(app, "ja", sender=sender)

    assert surveys.count_responses() == 1


def test_a_closed_place_is_as_a_closed_survey(app: Flask, content: None) -> None:
    site = db.db.session.get(Site, "GH1")
    assert site
    site.is_open = False
    db.db.session.commit()

    assert text(app, "GH1") == translate("da", wording.CLOSED, site="Gadens Hus Ankeret")


def test_an_unknown_language_falls_back(app: Flask, content: None) -> None:
    assert "Danger? Call 112." in text(app, "GH1 POLSKI")
    assert "Fare? Ring 112." in text(app, "GH1 KALAALLISUT")


@pytest.mark.parametrize("sender", ["1234", "INFO", "+4590000000", "Bank24"])
def test_a_machine_gets_no_answer_and_stores_nothing(app: Flask, content: None, sender: str) -> None:
    assert text(app, "Dette er en automatisk besked", sender=sender) == ""

    assert surveys.count_responses() == 0


def test_a_locked_database_answers_503_and_a_retry_succeeds(
    app: Flask, content: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not db.is_sqlite():
        pytest.skip("PostgreSQL waits with lock_timeout; see tests/faults")
    monkeypatch.setattr(db, "LONGEST_WAIT", 0.3)
    form = fields("GH1")
    blocker = db.db.engine.connect()
    blocker.execute(sa.text("SELECT 1"))

    with ThreadPoolExecutor(1) as pool:
        refused = pool.submit(lambda: deliver(app, form)).result()
    blocker.close()

    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "1"
    assert "112" in message(deliver(app, form))


def _words() -> list[str]:
    rows = (
        db.connection().execute(sa.select(Answer.id, Answer.month, Answer.sealed).where(Answer.kind == "words")).all()
    )
    return [sealing.unseal(row.sealed, answer_id=row.id, month=row.month) for row in rows]
