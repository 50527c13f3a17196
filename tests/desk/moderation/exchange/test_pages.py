"""The pages: a codebook read in after a look, taken along by every reader, and statements taken out with a reason."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core import db
from app.desk.moderation.codebook import drafting
from app.desk.moderation.exchange import carried, codebook_csv, formats, statements, working
from app.desk.moderation.exchange.said import Said
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.exchange.test_working import NEEDLE, coded

SignIn = Callable[..., FlaskClient]
NEW = "key;parent;name_da;definition_da;example_da\r\nADG.ZZZ;ADG;Nøgler;Nøgler til skabe.;Jeg mangler en nøgle.\r\n"
FIELD = re.compile(r'name="(said|digest)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def book(content: None) -> None:
    factories.the_codebook()


def send(client: FlaskClient, content: str | bytes = NEW, name: str = "ny.csv") -> Any:
    """Choose a file."""
    data = content.encode() if isinstance(content, str) else content
    fields: dict[str, Any] = accounts.form(client, "codebook.import") | {"file": (io.BytesIO(data), name)}
    return client.post("/desk/codebook/import?lang=en", data=fields, content_type="multipart/form-data")


def confirm(client: FlaskClient, page: str, reason: str = "Foreslået af holdet", **changed: str) -> Any:
    """Say yes to what the page shows."""
    fields = accounts.form(client, "codebook.import") | dict(FIELD.findall(page)) | {"reason": reason} | changed
    return client.post("/desk/codebook/import/confirm?lang=en", data=fields)


def events() -> list[tuple[str, str]]:
    """What stands in the draft."""
    found = [(event.act, event.reason) for event in drafting.events()]
    db.db.session.commit()
    return found


def test_a_file_that_is_taken_along_names_its_letters_once(sign_in: SignIn) -> None:
    answer = sign_in("moderator").get("/desk/codebook/export.csv")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_a_file_is_shown_first_and_goes_into_the_draft_when_somebody_says_so(sign_in: SignIn) -> None:
    client = sign_in("moderator")

    page = send(client)

    assert page.status_code == 200
    assert "1 new code" in page.text
    assert "ADG.ZZZ" in page.text
    assert events() == []

    answer = confirm(client, page.text)

    assert (answer.status_code, answer.location) == (303, "/desk/codebook/draft")
    assert events() == [("add", "Foreslået af holdet")]


def test_a_row_that_cannot_be_stops_the_whole_file(sign_in: SignIn) -> None:
    client = sign_in("analyst")

    page = send(client, NEW + "ADG;MOB;Adgang;;\r\n")

    assert "1 row cannot be read in, so nothing is" in page.text
    assert '<th scope="row">3</th><td>A theme cannot become a sub-code' in page.text
    assert "<form class" not in page.text.partition("<main")[2]


def test_what_changed_meanwhile_is_shown_again_and_the_reason_stays(sign_in: SignIn) -> None:
    client, other = sign_in("moderator"), sign_in("moderator")
    page = send(client, "key;name_da\r\nADG;Adgang til huset\r\n").text
    confirm(other, send(other, "key;name_da\r\nADG;Adgang til huset\r\nMOD;Modtagelsen\r\n").text)

    again = confirm(client, page)

    assert again.status_code == 409
    assert "Nothing in the file differs" in again.text
    assert len(events()) == 2


def test_nothing_is_read_in_twice_by_a_repeated_press(sign_in: SignIn) -> None:
    client = sign_in("moderator")
    page = send(client).text

    first, second = confirm(client, page), confirm(client, page)

    assert (first.status_code, second.status_code) == (303, 409)
    assert len(events()) == 1


def test_without_a_reason_the_page_comes_back(sign_in: SignIn) -> None:
    client = sign_in("moderator")

    answer = confirm(client, send(client).text, reason=" ")

    assert answer.status_code == 422
    assert "ADG.ZZZ" in answer.text
    assert events() == []


def test_a_page_that_lay_too_long_comes_back_with_the_file_and_the_reason(sign_in: SignIn) -> None:
    client = sign_in("moderator")

    answer = confirm(client, send(client).text, reason="Foreslået af holdet", form_token="gammel")
    assert (answer.status_code, events()) == (422, [])
    assert "Foreslået af holdet" in answer.text

    assert confirm(client, answer.text).status_code == 303
    assert len(events()) == 1


def test_what_we_did_not_pack_is_not_unpacked(sign_in: SignIn) -> None:
    client = sign_in("moderator")
    page = send(client).text
    said = dict(FIELD.findall(page))["said"]

    answers = [confirm(client, page, said=one) for one in ("", "x", said[:-8] + "AAAAAAA=")]

    assert [one.status_code for one in answers] == [422, 422, 422]
    assert carried.unpack(carried.pack([Said(row=2, key="A", hints=("a", "b"))])) == (
        Said(row=2, key="A", hints=("a", "b")),
    )


def test_hostile_cells_are_shown_as_words_and_unreadable_files_refused(sign_in: SignIn) -> None:
    client = sign_in("moderator")

    page = send(client, "key;name_da\r\nADG;<script>alert(1)</script>\r\n").text
    refused = [send(client, b"x", "a.docx"), send(client, b"", "a.csv"), send(client, b"PK", "a.xlsx")]

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert [one.status_code for one in refused] == [422, 422, 422]
    assert all('role="alert"' in one.text for one in refused)


def test_every_reader_takes_the_codebook_along_and_reading_it_in_changes_nothing(sign_in: SignIn) -> None:
    reader, client = sign_in("peer"), sign_in("moderator")

    for one in formats.FORMATS:
        answer = reader.get(f"/desk/codebook/export.{one.name}")
        page = send(client, answer.data, f"a.{one.ending}").text

        assert answer.headers["Content-Disposition"].startswith('attachment; filename="kodebog-v1-')
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Nothing in the file differs" in page, one.name

    assert reader.get("/desk/codebook/export.exe").status_code == 404


def test_a_retired_code_is_in_the_tables_and_not_in_what_others_code_with(sign_in: SignIn) -> None:
    db.connection().exec_driver_sql("UPDATE code SET state = 'retired' WHERE key = 'ADG.DIG'")
    db.db.session.commit()
    client = sign_in("peer")

    table, qdc = (client.get(f"/desk/codebook/export.{name}").data for name in ("csv", "qdc"))

    assert "ADG.DIG" in {one.key for one in codebook_csv.read(table)}
    assert len(formats.read("a.qdc", qdc)) == 67


def export(
    client: FlaskClient, name: str = "csv", reason: str = "Til rapporten om foråret", period: str = "2026"
) -> Any:
    """Press the button of a format."""
    return client.post(
        f"/desk/export/{name}?lang=en", data=accounts.form(client, "export.statements", reason=reason, period=period)
    )


def test_an_export_is_sent_with_a_reason_and_stands_in_the_audit_trail_before_it_leaves(sign_in: SignIn) -> None:
    coded(NEEDLE)
    client = sign_in("analyst")

    content = ""
    for one in working.FORMATS:
        answer = export(client, one.name)
        content += answer.text if one.name == "csv" else ""
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store"), one.name
        assert answer.headers["Content-Disposition"] == f'attachment; filename="udsagn.{one.ending}"'

    acts = [row for row in factories.acts() if row[0] == "export.statements"]
    assert [(count, detail) for _act, _target, count, detail in acts] == [
        (int(one.name != "sps"), f"{one.name} 2026: Til rapporten om foråret") for one in working.FORMATS
    ]
    assert len({target for _act, target, _count, _detail in acts}) == len(acts)
    assert f"arbejdsudtræk {acts[0][1]}" in content


def test_an_export_is_refused_with_a_sentence(sign_in: SignIn) -> None:
    client = sign_in("analyst")

    for about, said in (
        ({"reason": "kort"}, "Say what the export is for"),
        ({"period": "2026-M03"}, "2026-M03"),
        ({"period": "2026-W10"}, "is not a period"),
    ):
        answer = export(client, **about)
        assert answer.status_code == 422
        assert said in answer.text

    assert [row for row in factories.acts() if row[0] == "export.statements"] == []


def test_more_than_a_format_takes_is_refused(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    coded(NEEDLE, "Maden er god")
    small = working.Format("docx", "docx", "x/y", "", working.FORMATS[0].write, 1)
    monkeypatch.setattr(working, "FORMATS", (small,))

    answer = export(sign_in("analyst"), "docx")

    assert answer.status_code == 422
    assert "at most 1 statement." in answer.text


def test_the_page_offers_the_periods_there_are_and_no_months_and_the_whole_time_at_first(sign_in: SignIn) -> None:
    coded(NEEDLE)
    client = sign_in("analyst")

    page = client.get("/desk/export").text

    assert NEEDLE in export(client, period="").text
    assert re.findall(r"<option[^>]*>(2026[^<]*)", page) == ["2026", "2026-H1", "2026-Q1"]


def test_an_export_that_is_broken_off_leaves_no_transaction_behind(sign_in: SignIn) -> None:
    coded(NEEDLE)
    reader = accounts.a_user("analyst")

    batches = statements.found(reader, statements.weeks_of("2026"), {})
    next(batches)
    batches.close()

    assert not db.db.session().in_transaction()
