"""The pages of the track, as each role meets them."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core import db
from app.desk.accounts.models import Audit
from app.desk.track.decisions.models import Decision
from app.desk.track.findings.models import Finding
from app.desk.track.proposals.models import Proposal
from app.publication import told
from tests.desk.accounts.factories import form
from tests.desk.track import factories

SignIn = Callable[..., FlaskClient]
ADDRESSES = {
    "/desk/track": {"staff", "peer", "moderator", "council", "analyst"},
    "/desk/track/findings": {"staff", "peer", "moderator", "council", "analyst"},
    "/desk/track/findings/new": {"moderator", "analyst"},
    "/desk/track/findings/U1": {"moderator", "council", "analyst"},
    "/desk/track/findings/U1/edit": {"moderator", "analyst"},
    "/desk/track/findings/U2": {"staff", "peer", "moderator", "council", "analyst"},
    "/desk/track/proposals": {"staff", "peer", "moderator", "council", "analyst"},
    "/desk/track/proposals/new": {"council"},
    "/desk/track/proposals/F1": {"moderator", "council"},
    "/desk/track/proposals/F2": {"staff", "peer", "moderator", "council", "analyst"},
    "/desk/track/proposals/F1/edit": {"council"},
    "/desk/track/decisions": {"staff", "peer", "moderator", "council", "analyst"},
    "/desk/track/decisions/new": {"council"},
    "/desk/track/decisions/B1": {"moderator", "council"},
    "/desk/track/decisions/B1/edit": {"council"},
    "/desk/track/phases": {"staff", "peer", "moderator", "council", "analyst"},
    "/desk/track/phases/listen_first": {"staff", "peer", "moderator", "council", "analyst"},
    "/desk/releases": {"moderator", "council", "analyst"},
    "/desk/releases/2026-Q1": {"moderator", "council", "analyst"},
}
ROLES = ("staff", "peer", "moderator", "safeguarding", "council", "analyst", "admin")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7*7 }}"


def post(client: FlaskClient, address: str, form_id: str, **fields: object) -> TestResponse:
    return client.post(address, data=form(client, form_id) | fields)


def finding_fields(**changes: str) -> dict[str, str]:
    return vars(factories.words(**changes))


def decision_fields(**changes: str) -> dict[str, object]:
    words = {name: value for name, value in vars(factories.decided(**changes)).items() if value is not None}
    return {**words, "decided_on": "2026-06-01"}


@pytest.mark.parametrize("role", ROLES)
def test_each_page_opens_for_its_roles_only(quarter: None, sign_in: SignIn, role: str) -> None:
    draft, public = factories.a_finding(), factories.a_finding("published")
    factories.a_proposal(on=public)
    factories.a_decision(of=factories.a_proposal("submitted", on=public))
    assert (draft.code, public.code) == ("U1", "U2")
    client = sign_in(role)

    statuses = {address: client.get(address).status_code for address in ADDRESSES}

    assert {address for address, status in statuses.items() if status == 200} == {
        address for address, roles in ADDRESSES.items() if role in roles
    }
    assert set(statuses.values()) <= {200, 403, 404}


def test_nobody_reads_the_track_without_signing_in(quarter: None, client: FlaskClient) -> None:
    factories.a_finding()

    assert {client.get(address).status_code for address in ADDRESSES} == {302}


def test_a_voice_becomes_a_decision_that_is_told_back(quarter: None, sign_in: SignIn) -> None:
    mona, malik, carl = sign_in("moderator"), sign_in("moderator"), sign_in("council")
    factories.a_phase()

    assert post(mona, "/desk/track/findings", "finding", **finding_fields()).status_code == 303
    assert post(mona, "/desk/track/findings/U1/ask", "finding.ask", version=1).status_code == 303
    for peer in (sign_in("peer"), sign_in("peer")):
        said = {"version": 1, "verdict": "agree"}
        assert post(peer, "/desk/track/peers/heard/U1", "verdict", **said).status_code == 303
    assert post(mona, "/desk/track/findings/U1/on", "finding.on", version=1).status_code == 303
    assert post(malik, "/desk/track/findings/U1/sign", "finding.sign", version=1).status_code == 303
    assert post(carl, "/desk/track/findings/U1/publish", "finding.publish", version=1).status_code == 303
    asked = {**vars(factories.ask()), "answer_due": "", "finding": "U1"}
    assert post(carl, "/desk/track/proposals", "proposal", **asked).status_code == 303
    assert post(carl, "/desk/track/proposals/F1/submit", "proposal.submit", version=1).status_code == 303
    decided = {**decision_fields(), "proposal": "F1", "list-U1": "considered"}
    assert post(carl, "/desk/track/decisions", "decision", **decided).status_code == 303
    assert post(carl, "/desk/track/decisions/B1/confirm", "decision.confirm", version=1).status_code == 422
    assert post(mona, "/desk/track/decisions/B1/confirm", "decision.confirm", version=1).status_code == 303
    factories.tell("B1")
    assert post(carl, "/desk/track/decisions/B1/publish", "decision.publish", version=1).status_code == 303

    assert [item.code for item in told.live()] == ["B1"]
    acts = [row.act for row in db.db.session.query(Audit).order_by(Audit.seq)]
    assert acts == [
        "finding.draft", "finding.ask", "verdict.give", "verdict.give", "finding.on", "finding.sign", "finding.publish",
        "proposal.draft", "proposal.submit", "decision.enter", "decision.confirm", "decision.publish",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "form_id", "roles"),
    [
        ("/desk/track/findings", "finding", {"moderator", "analyst"}),
        ("/desk/track/findings/U1", "finding", {"moderator", "analyst"}),
        ("/desk/track/findings/U1/sign", "finding.sign", {"moderator"}),
        ("/desk/track/findings/U1/back", "finding.back", {"moderator", "analyst"}),
        ("/desk/track/findings/U1/publish", "finding.publish", {"moderator", "council"}),
        ("/desk/track/findings/U1/drop", "finding.drop", {"moderator", "analyst"}),
        ("/desk/track/proposals", "proposal", {"council"}),
        ("/desk/track/proposals/F1", "proposal", {"council"}),
        ("/desk/track/proposals/F1/submit", "proposal.submit", {"council"}),
        ("/desk/track/proposals/F1/withdraw", "proposal.withdraw", {"council"}),
        ("/desk/track/decisions", "decision", {"council"}),
        ("/desk/track/decisions/B1", "decision", {"council"}),
        ("/desk/track/decisions/B1/confirm", "decision.confirm", {"council", "moderator"}),
        ("/desk/track/decisions/B1/publish", "decision.publish", {"council"}),
        ("/desk/releases/2026-Q2/preview", "release.preview", {"council", "analyst"}),
        ("/desk/releases/2026-Q2/sign", "release.sign", {"council", "moderator"}),
    ],
)
def test_each_act_is_for_its_roles_only(
    quarter: None, sign_in: SignIn, address: str, form_id: str, roles: set[str]
) -> None:
    for role in ROLES:
        status = post(sign_in(role), address, form_id).status_code

        assert (status == 403) == (role not in roles), f"{role}: {status}"


@pytest.mark.parametrize(
    ("address", "form_id"),
    [("/desk/track/findings", "finding"), ("/desk/track/findings/U1/sign", "finding.sign")],
)
def test_a_post_without_a_form_of_ours_changes_nothing(
    quarter: None, sign_in: SignIn, address: str, form_id: str
) -> None:
    factories.a_finding()
    client = sign_in("moderator")

    assert client.post(address, data={**finding_fields(claim="Et andet fund"), "version": "1"}).status_code == 422
    assert [(one.claim, one.state) for one in db.db.session.query(Finding)] == [(factories.words().claim, "draft")]


def test_a_refused_draft_comes_back_with_every_word(quarter: None, sign_in: SignIn) -> None:
    fields = finding_fields(claim="41 siger, at døren er låst.", body="Ord fra i går & i dag")

    response = post(sign_in("analyst"), "/desk/track/findings", "finding", **fields)

    assert response.status_code == 422
    assert "41 siger, at døren er låst." in response.text
    assert "Ord fra i går &amp; i dag" in response.text
    assert 'role="alert"' in response.text
    assert db.db.session.query(Finding).count() == 0


def test_a_refused_decision_comes_back_with_every_word(quarter: None, sign_in: SignIn) -> None:
    factories.a_phase()
    factories.a_finding("published")
    proposal = factories.a_proposal("submitted")
    decided = {**decision_fields(reason="Kort."), "proposal": proposal.code}
    decided |= {"list-U1": "set_aside", "why-U1": "Fordi det hører til et andet sted."}

    response = post(sign_in("council"), "/desk/track/decisions", "decision", **decided)

    assert response.status_code == 422
    assert factories.decided().body in response.text
    assert f'value="{proposal.code}" checked' in response.text
    assert 'value="set_aside" checked' in response.text
    assert "Fordi det hører til et andet sted." in response.text
    assert db.db.session.query(Decision).count() == 0


def test_what_was_changed_after_it_was_read_is_not_signed(quarter: None, sign_in: SignIn) -> None:
    author, signer = sign_in("moderator"), sign_in("moderator")
    post(author, "/desk/track/findings", "finding", **finding_fields())
    post(author, "/desk/track/findings/U1", "finding", version=1, **finding_fields(body="Nye ord."))

    response = post(signer, "/desk/track/findings/U1/sign", "finding.sign", version=1)

    assert response.status_code == 422
    assert "Nye ord." in response.text
    assert db.db.session.query(Finding).one().state == "draft"


def test_a_second_press_changes_nothing(quarter: None, sign_in: SignIn) -> None:
    factories.a_proposal()
    carl = sign_in("council")

    first = post(carl, "/desk/track/proposals/F1/submit", "proposal.submit", version=1)
    second = post(carl, "/desk/track/proposals/F1/submit", "proposal.submit", version=1)

    assert (first.status_code, second.status_code) == (303, 422)
    assert db.db.session.query(Proposal).one().state == "submitted"


@pytest.mark.parametrize(
    "address",
    ["findings/U9", "findings/U9/sign", "findings/x/sign", "proposals/F9/submit", "decisions/B9", "decisions/x"],
)
def test_a_post_to_a_code_nobody_knows_is_not_found(quarter: None, sign_in: SignIn, address: str) -> None:
    client = sign_in("moderator" if "sign" in address or "findings" in address else "council")

    assert client.post(f"/desk/track/{address}", data={"claim": "x", "ask": "x", "reason": "x"}).status_code == 404


def test_get_changes_nothing(quarter: None, sign_in: SignIn) -> None:
    factories.a_finding()
    client = sign_in("moderator")

    assert client.get("/desk/track/findings/U1/sign").status_code in (404, 405)
    assert db.db.session.query(Finding).one().state == "draft"


def test_hostile_words_are_inert_on_every_page(quarter: None, sign_in: SignIn) -> None:
    finding = factories.a_finding("signed", claim=f"{factories.FIGURE} {_without_digits()}", body=_without_digits())
    proposal = factories.a_proposal("submitted", on=finding, ask=_without_digits(), recipient_name=HOSTILE)
    factories.a_decision(of=proposal, title=_without_digits(), minority=_without_digits(), decided_by=HOSTILE)
    client = sign_in("council")

    for address in (
        "/desk/track", "/desk/track/findings", "/desk/track/findings/U1", "/desk/track/proposals",
        "/desk/track/proposals/F1", "/desk/track/decisions", "/desk/track/decisions/B1",
        "/desk/track/decisions/B1/edit", "/desk/track/decisions/new", "/desk/track/proposals/new",
        "/desk/releases/2026-Q1", "/desk/track/phases", "/desk/track/phases/listen_first",
    ):  # fmt: skip
        page = client.get(address).text
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
        assert "{{" not in page.replace("{{ 7*7 }}", "").replace("{{ seven }}", ""), address
        assert "&lt;script&gt;" in page or address.endswith(("2026-Q1", "findings")) or "script" in page


def test_codes_that_are_no_codes_are_not_found(quarter: None, sign_in: SignIn) -> None:
    client = sign_in("council")

    for code in ("U0", "U01", "F1", "1", "U1x", "u1", "U99999999999999999999", "U٣"):
        assert client.get(f"/desk/track/findings/{code}").status_code == 404, code


def test_the_board_says_what_waits_and_who_owes_an_answer(quarter: None, sign_in: SignIn) -> None:
    factories.a_decision()
    factories.a_proposal("submitted")

    page = sign_in("moderator").get("/desk/track").text

    assert "/desk/track/decisions/B1" in page
    assert "Helsingør Kommune" in page


def test_staff_see_only_what_is_public(quarter: None, sign_in: SignIn) -> None:
    secret = factories.a_finding("signed", claim="Vi har hørt noget, som er hemmeligt.")
    factories.a_proposal("submitted", on=factories.a_finding("signed"))
    client = sign_in("staff")

    assert "hemmeligt" not in client.get("/desk/track/findings").text
    assert client.get(f"/desk/track/findings/{secret.code}").status_code == 404
    assert "Mange savner" not in client.get("/desk/track/proposals/F1").text


def test_every_page_is_whole_and_plain(quarter: None, sign_in: SignIn) -> None:
    factories.a_decision()
    client = sign_in("council")

    for address, roles in ADDRESSES.items():
        if "council" not in roles or "F2" in address or "U2" in address:
            continue
        page = client.get(address).text
        assert len(re.findall("<h1", page)) == 1, address
        assert " style=" not in page, address
        assert not re.search(r"\son[a-z]+=", page), address
        assert len(ids := re.findall(r'\sid="([^"]+)"', page)) == len(set(ids)), address
        for control in re.findall(r'<(?:input|textarea|select)[^>]*\sid="([^"]+)"', page):
            assert f'for="{control}"' in page, (address, control)


def _without_digits() -> str:
    return HOSTILE.replace("7*7", "seven").replace("(1)", "()")


def test_an_answered_proposal_offers_no_withdrawal(quarter: None, sign_in: SignIn) -> None:
    asked = factories.a_proposal("submitted")
    carl = sign_in("council")
    before = carl.get(f"/desk/track/proposals/{asked.code}").text
    decision = factories.a_decision("published", of=asked)

    page = carl.get(f"/desk/track/proposals/{asked.code}").text

    assert "/withdraw" in before
    assert "/withdraw" not in page
    assert decision.code in page
