"""The pages of research and actions, of what has happened, and of where we stand, as each role meets them."""

import re
from collections.abc import Callable
from io import BytesIO

from flask.testing import FlaskClient

from app.core import db
from app.desk.track.actions import queries as actions
from app.desk.track.research import queries as research
from tests.desk.accounts.factories import form
from tests.desk.track import factories
from tests.desk.track.test_pages import HOSTILE

SignIn = Callable[..., FlaskClient]
READERS = {"staff", "peer", "moderator", "council", "analyst"}
WORKERS = {"moderator", "council", "analyst"}
ADDRESSES = {
    "/desk/track/timeline": READERS,
    "/desk/track/aloud": READERS,
    "/desk/track/research": READERS,
    "/desk/track/research/new": {"council", "analyst"},
    "/desk/track/research/R1": WORKERS,
    "/desk/track/research/R1/edit": {"council", "analyst"},
    "/desk/track/research/R2": READERS,
    "/desk/track/proposals/F1": READERS,
    "/desk/track/actions": READERS,
    "/desk/track/actions/new": {"council"},
    "/desk/track/actions/A1": READERS,
    "/desk/track/actions/A1/edit": {"council"},
}
ROLES = ("staff", "peer", "moderator", "safeguarding", "council", "analyst", "admin")
BAD = HOSTILE.replace("7*7", "seven").replace("(1)", "()")


def test_each_page_is_for_its_roles_whole_and_inert(quarter: None, sign_in: SignIn) -> None:
    factories.a_research(title=BAD, institution=BAD)
    factories.a_research("published", title=BAD, says=BAD)
    factories.an_action(title=BAD, owner=BAD)

    for role in ROLES:
        client = sign_in(role)
        pages = {address: client.get(address) for address in ADDRESSES}
        assert {address for address, page in pages.items() if page.status_code == 200} == {
            address for address, roles in ADDRESSES.items() if role in roles
        }, role
        for address, page in pages.items():
            _is_whole(page.text, address)
    assert "&lt;script&gt;" in sign_in("staff").get("/desk/track/actions/A1").text


def test_a_file_larger_than_any_form_is_kept_and_given_back(quarter: None, sign_in: SignIn) -> None:
    aksel = sign_in("analyst")
    content = b"%PDF-1.7 " + bytes(300_000) + b"%%EOF"
    written = {**_written(), "permission": "Et brev", "file": (BytesIO(content), "../../rap<port>.pdf")}

    created = aksel.post("/desk/track/research", data=form(aksel, "research") | written)
    given = aksel.get("/desk/track/research/R1/file")

    assert created.status_code == 303
    assert (given.data, given.mimetype) == (content, "application/pdf")
    assert given.headers["Content-Disposition"] == 'attachment; filename="R1.pdf"'
    found = research.research(1)
    assert found is not None
    assert found.file_name == "....rapport.pdf"
    assert sign_in("staff").get("/desk/track/research/R1/file").status_code == 403


def test_what_is_refused_comes_back_with_every_word(quarter: None, sign_in: SignIn) -> None:
    carl, action = sign_in("council"), factories.an_action("started", site_code="GH1")
    stine, elsewhere = sign_in("staff", "GH1"), sign_in("staff", "MUE2")
    shown = {"shows": "Vi har åbnet 7 dage & nætter", "version": action.version}

    research_page = carl.post(
        "/desk/track/research", data=form(carl, "research") | _written(says="Ord & mere", dated="")
    )
    address = f"/desk/track/actions/{action.code}"
    refused = stine.post(f"{address}/evidence", data=form(stine, "action.evidence") | shown)
    walled = elsewhere.post(f"{address}/evidence", data=form(elsewhere, "action.evidence") | shown)
    shown["shows"] = "Vi har åbnet hver dag."
    taken = stine.post(f"{address}/evidence", data=form(stine, "action.evidence") | shown)

    assert (research_page.status_code, refused.status_code, walled.status_code, taken.status_code) == (
        422,
        422,
        403,
        303,
    )
    assert "Ord &amp; mere" in research_page.text
    assert "Vi har åbnet 7 dage &amp; nætter" in refused.text
    db.db.session.expire_all()
    kept = actions.action(action.number)
    assert kept is not None
    assert [(one.text, one.shown_by_id) for one in kept.evidence] == [("Vi har åbnet hver dag.", None)]
    assert "Vi har åbnet hver dag." not in sign_in("peer").get(address).text
    assert "Vi har åbnet hver dag." in carl.get(address).text


def _written(**changes: str) -> dict[str, str]:
    written = {
        "kind": "final",
        "title": "Efter to år",
        "institution": "Et center",
        "dated": "2026-05-01",
        "says": "Godt.",
    }
    return {**written, **changes}


def _is_whole(page: str, address: str) -> None:
    assert len(re.findall("<h1", page)) == 1, address
    assert "<script>alert" not in page, address
    assert "<img src=x" not in page, address
    assert " style=" not in page, address
    assert len(ids := re.findall(r'\sid="([^"]+)"', page)) == len(set(ids)), address
    for control in re.findall(r'<(?:input|textarea|select)[^>]*\sid="([^"]+)"', page):
        assert f'for="{control}"' in page, (address, control)
