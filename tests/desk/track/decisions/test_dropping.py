"""A decision entered by mistake is dropped where it is read."""

from app.core import db
from app.desk.accounts.models import Audit
from tests.desk.track import factories
from tests.desk.track.test_pages import SignIn, post


def test_a_decision_entered_by_mistake_is_dropped_on_its_page_with_a_reason(quarter: None, sign_in: SignIn) -> None:
    factories.a_decision()
    carl = sign_in("council")
    address = "/desk/track/decisions/B1/drop"

    assert post(carl, address, "decision.drop", version=1, reason=" ").status_code == 422
    assert post(carl, address, "decision.drop", version=1, reason="Skrevet to gange.").status_code == 303

    shown = carl.get("/desk/track/decisions/B1?lang=da").text
    assert "Skrevet to gange." in shown
    assert "/confirm" not in shown
    assert db.db.session.scalars(db.db.select(Audit.act).order_by(Audit.seq.desc())).first() == "decision.drop"
