"""Missing voices, target groups and offers, as those who plan meet them."""

import io
import re
from collections.abc import Callable
from typing import TypeVar

import pytest
from flask.testing import FlaskClient

from app.core import db
from app.core.clock import Clock
from app.core.config import ROOT
from app.desk.accounts.models import Audit
from app.desk.track.releases.models import ReleasePreview
from app.publication import published
from app.publication.presence import offers, queries, target_sets
from tests.desk.accounts.factories import form
from tests.desk.track.factories import SUMMER
from tests.publication.presence import factories

SignIn = Callable[..., FlaskClient]
T = TypeVar("T")
FILE = (ROOT / "tests" / "oracles" / "interop" / "denominators.csv").read_bytes()
BAD = b"\n999;Ukendt;7+8;18-59;10;;;2014;x\n"


def read(what: Callable[[], T]) -> T:
    """Asked of the database, which is let go of again: the next post may write."""
    found = what()
    db.db.session.rollback()
    return found


def send(client: FlaskClient, content: bytes) -> str:
    fields = form(client, "presence.groups") | {"file": (io.BytesIO(content), "vive.csv")}
    return client.post("/desk/track/presence/groups", data=fields).get_data(as_text=True)


def test_a_ratio_stands_beside_shown_figures_only_also_in_a_preview(
    content: None, clock: Clock, sign_in: SignIn
) -> None:
    clock.set(SUMMER)
    release = factories.a_half()
    factories.counts("Helsingør;217;1000;800;1200", "Horsens;615;900;;")
    stored = published.rendering(release.id, "json")
    assert stored is not None
    preview = stored.content.replace(b"2026-H1", b"2026-Q2")
    db.db.session.add(ReleasePreview(period="2026-Q2", asked_on=SUMMER.date(), document=preview))
    db.db.session.commit()
    client = sign_in("council")

    for period in ("2026-H1", "2026-Q2"):
        page = client.get(f"/desk/track/presence?lang=en&period={period}").get_data(as_text=True)
        helsingoer, horsens = (
            re.search(rf'<tr id="{place}">.*?</tr>', page, re.DOTALL) for place in ("K-helsingoer", "K-horsens")
        )
        assert helsingoer is not None
        assert "6.0 <small>(3.8–9.7)" in helsingoer[0]
        assert "<rect" in helsingoer[0]
        assert horsens is not None
        assert "900" in horsens[0]
        assert "<rect" not in horsens[0]
        assert "Horsens: 900 in the target group, too few answers to show." in page


def test_a_file_is_looked_at_first_and_kept_only_when_somebody_says_so(content: None, sign_in: SignIn) -> None:
    client = sign_in("analyst")

    looked = send(client, FILE + BAD)
    assert "999;Ukendt;7+8;18-59;10;;;2014;x" in looked
    assert read(target_sets.known) == []

    packed = re.search(r'name="content" value="([^"]+)"', looked)
    assert packed is not None
    kept = client.post(
        "/desk/track/presence/groups/confirm", data=form(client, "presence.groups") | {"content": packed[1]}
    )

    assert kept.status_code == 303
    assert [one.taken_in for one in queries.files()] == [4]
    assert db.db.session.query(Audit).filter_by(act="presence.groups").count() == 1
    assert "VIVE" not in client.get("/desk/track/presence/groups").get_data(as_text=True)
    assert "Opdigtet eksempel" in client.get("/desk/track/presence/groups").get_data(as_text=True)


@pytest.mark.parametrize("content_field", ["", "abc", "eJw="])
def test_what_we_did_not_pack_is_refused(content: None, sign_in: SignIn, content_field: str) -> None:
    client = sign_in("council")

    answer = client.post(
        "/desk/track/presence/groups/confirm", data=form(client, "presence.groups") | {"content": content_field}
    )

    assert answer.status_code in (400, 422)
    assert list(queries.files()) == []


def test_an_administrator_words_an_offer_and_can_go_back_to_the_overview(content: None, sign_in: SignIn) -> None:
    client = sign_in("admin")
    told = {
        "name": "Bostøtte om natten",
        "referral": "no",
        "target_group": "Alle",
        "basis": "aftale",
        "is_shown": "yes",
    }
    before = len(read(offers.kinds))

    client.post("/desk/offers/housing_support", data=form(client, "offer") | told)
    client.post("/desk/offers/new", data=form(client, "offer") | told | {"name": "Natcafé"})
    page = client.get("/desk/offers?lang=en").get_data(as_text=True)

    assert page.count("worded here") == 2
    assert page.count("ifølge Rådets oversigt") == 14  # the heading, and thirteen of fourteen lines
    assert [one.key for one in read(offers.kinds)][before:] == ["natcafe"]

    client.post("/desk/offers/housing_support/overview", data=form(client, "offer"))
    client.post("/desk/offers/natcafe", data=form(client, "offer") | told | {"name": ""})

    assert offers.kind("housing_support") == next(one for one in offers.kinds() if one.name == "Bostøtte")
    assert [one.name for one in offers.kinds() if one.is_ours] == ["Natcafé"]


def test_what_exists_where_needs_a_source_and_a_day(content: None, clock: Clock, sign_in: SignIn) -> None:
    clock.set(SUMMER)
    client = sign_in("analyst")
    fields = {"area": "fyn", "offer": "street_workers", "source": "Odense Kommune", "seen_on": "2026-05-01"}

    for wrong in ({"source": ""}, {"seen_on": "2026-06-02"}, {"area": "narnia"}):
        answer = client.post("/desk/offers/nearby", data=form(client, "offer.nearby") | fields | wrong)
        assert answer.status_code == 422
    client.post("/desk/offers/nearby", data=form(client, "offer.nearby") | fields)
    assert [(one.area_name, one.kind.key) for one in read(offers.nearby)] == [("Sundhedsråd Fyn", "street_workers")]

    client.post("/desk/offers/nearby", data=form(client, "offer.nearby") | fields | {"act": "forget"})
    assert list(offers.nearby()) == []
