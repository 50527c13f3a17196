"""Forms that no browser sends: a sign of control, the same box ticked twice, names nobody asked for."""

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.desk.accounts.factories import form
from tests.desk.track import factories

SignIn = Callable[..., FlaskClient]


def test_what_no_browser_sends_is_no_fault_of_ours(quarter: None, sign_in: SignIn) -> None:
    signed, sent, phase = factories.a_finding("signed"), factories.a_proposal("submitted"), factories.a_phase()
    mona, carl = sign_in("moderator"), sign_in("council")
    ask = {"ask": "Hold\x01 åbent.", "recipient": "municipality", "recipient_name": "K", "finding": [signed.code] * 2}
    decided = vars(factories.decided(phase_key=phase.key)) | {
        "minority": "",
        "corrects": "",
        "list-U1\x01" * 9: "considered",
    }
    words = {
        name: word
        for name, word in vars(factories.words(body="De\x01 går.", phase="")).items()
        if isinstance(word, str)
    }

    posted = (
        mona.post("/desk/track/findings", data=form(mona, "finding") | words),
        carl.post("/desk/track/proposals", data=form(carl, "proposal") | ask),
        carl.post("/desk/track/decisions", data=form(carl, "decision") | decided | {"proposal": [sent.code] * 2}),
    )

    assert [one.status_code for one in posted] == [303] * 3
