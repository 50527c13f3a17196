"""Taking data out: a reason and a row in the audit trail for each file, and nothing in it that nobody agreed to."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import db
from app.core.clock import Clock
from app.desk.moderation import voices
from app.publication import periods, tallies, track
from app.publication.track import Entry
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.publication.factories import nothing_written

NEEDLE = "Der er for lang kø til badet om morgenen."
HALF = periods.parse("2026-H1")
REASON = "Til undersøgelsen af ventetid"
WHO = {"researchers": "Et forskningscenter", "agreement": "Aftale 7 af 2026", "is_signed": "yes"}
TITLE = "Åbent hele natten om fredagen"
ROW = re.compile(r'<option value="(417[^"]*)"')


@pytest.fixture
def analyst(sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in("analyst")


def post(client: FlaskClient, address: str, form_id: str, **fields: Any) -> TestResponse:
    given = accounts.form(client, form_id) | fields
    return client.post(f"/desk/exports{address}?lang=en", data=given)


def in_public(code: str, kind: str, **changes: Any) -> None:
    """A proposal or an action that everybody can read."""
    told = {"da": f"{TITLE}. Det har mange bedt om."} if kind == "proposal" else {"da": "Huset holder åbent til kl. 02"}
    day = date(2026, 7, 1)
    given = {"state": "rejected", "first_on": day, "changed_on": day, "title": told}
    track.show(Entry(code=code, kind=kind, **given | changes))
    db.db.session.commit()


def exports(client: FlaskClient) -> str:
    return client.get("/desk/exports?lang=en").text


def test_microdata_leave_with_an_agreement_and_hold_no_word_and_no_place(
    clock: Clock, sign_in: Callable[..., FlaskClient]
) -> None:
    clock.set(datetime(2026, 8, 3, 10, 0, tzinfo=UTC))  # the first day on which nobody can take an answer back
    analyst = sign_in("analyst")
    factories.the_codebook()
    for _ in range(20):
        factories.a_response(NEEDLE, values={"today": "5"})
    tallies.freeze("2026-H1", voices.voices, nothing_written, today=HALF.may_be_published_on())
    db.db.session.commit()
    asked = {"file": "A", "half": "2026-H1", "reason": REASON}

    refused = [post(analyst, "/microdata", "export.microdata", **asked | WHO | wrong) for wrong in (
        {"is_signed": ""}, {"reason": "kort"}, {"half": "2026-Q1"}, {"form_token": "gammel"},
    )]  # fmt: skip
    assert [one.status_code for one in refused] == [422] * 4
    assert "Nothing has been taken out yet." in exports(analyst)

    answer = post(analyst, "/microdata", "export.microdata", **asked | WHO)

    parts = zipfile.ZipFile(io.BytesIO(answer.data))
    texts = {name: parts.read(name).decode("utf-8-sig") for name in parts.namelist()}
    assert sorted(texts) == ["LAES-MIG.txt", "microdata.csv", "microdata.sps", "microdata_dictionary.csv"]
    header, *rows = texts["microdata.csv"].splitlines()
    assert header.startswith("record;half;region;kind;rating")
    assert [row.split(";")[1:5] for row in rows] == [["2026-H1", "hoved", "street_house", "3"]] * 20
    assert {row[-1] for row in rows} == {"1"}
    assert not [name for name, text in texts.items() if NEEDLE in text or "GH1" in text or "2026-W" in text]
    assert "Aftale 7 af 2026" in texts["LAES-MIG.txt"]
    assert f"A 2026-H1, Et forskningscenter (Aftale 7 af 2026): {REASON}" in exports(analyst)


def test_what_decidim_exports_gives_our_answers_their_numbers(analyst: FlaskClient) -> None:
    in_public("F3", "proposal", parts={"answer": {"state": "rejected", "words": "Nej, ikke i år."}})
    in_public("A7", "action", state="started", parts={"progress": 60, "started_on": "2026-05-01"})
    why = {"reason": REASON}

    sent = post(analyst, "/decidim/proposals.csv", "export.decidim", code="F3", **{"taxonomies-F3": "12, 14"} | why)
    assert f"\n{TITLE};;" in sent.text
    assert ";12,14;" in sent.text

    back = f"id;title/da;state;reference;url\n417;{TITLE};;GS-PROP-417;https://decidim.example/417\n".encode()
    page = post(analyst, "/decidim/numbers", "decidim.link", file=(io.BytesIO(back), "back.csv"))
    (row,) = ROW.findall(page.text)
    kept = post(analyst, "/decidim/links", "decidim.link", **{"code": "F3", "row-F3": row})
    assert kept.status_code == 303

    answers = post(analyst, "/decidim/answers.csv", "export.decidim", **why)
    results = post(analyst, "/decidim/results.csv", "export.decidim", **{"status-started": "3"} | why)
    assert answers.text.splitlines()[1] == '417;rejected;rejected;"Nej, ikke i år.";'
    assert results.text.splitlines()[1].endswith(";2026-05-01;;3;60;")
    wrong = [
        post(analyst, "/decidim/results.csv", "export.decidim", **{"status-started": "tre"} | why),
        post(analyst, "/decidim/proposals.json", "export.decidim", **why),
        post(analyst, "/decidim/numbers", "decidim.link"),
        post(analyst, "/decidim/andet.csv", "export.decidim", **why),
    ]
    assert [one.status_code for one in wrong] == [422, 422, 422, 404]


def test_a_survey_leaves_as_a_form_with_its_pictures_and_sounds(analyst: FlaskClient) -> None:
    alone = post(analyst, "/forms/sms_core.xlsx", "export.form", reason=REASON)
    packed = post(analyst, "/forms/sms_core.zip", "export.form", reason=REASON)

    names = zipfile.ZipFile(io.BytesIO(packed.data)).namelist()
    assert zipfile.ZipFile(io.BytesIO(alone.data)).testzip() is None
    assert {"sms_core.xlsx", "media/face-1.svg", "media/last_time.da.mp3", "media/about.en.mp3"} <= set(names)
    assert post(analyst, "/forms/nothing.xlsx", "export.form", reason=REASON).status_code == 404
    assert post(analyst, "/forms/sms_core.zip", "export.form", reason="").status_code == 422
    assert f"sms_core v1: {REASON}" in exports(analyst)
