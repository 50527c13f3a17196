"""What must hold at every sign-in, as functions over an application: the right one, and wrong ones made on purpose."""

import re
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from app.core import clock, db
from app.desk.accounts import session, users
from app.desk.accounts.models import HALF, User
from app.desk.accounts.outside import connecting
from tests.desk.accounts import factories, telephones
from tests.desk.accounts.factories import PASSWORD, Browser
from tests.desk.accounts.telephones import Telephone, show, with_telephone

ROUNDS = 5
HANDS = 4
PAGES = ("/desk", "/desk/queue", "/desk/search", "/desk/audit", "/desk/password")
OTHER_PASSWORD = "syv hvide ulve i sneen"


# ── Codes ────────────────────────────────────────────────────────────────────────


def codes_shown_again(app: Flask) -> tuple[int, int]:
    """How often a code was shown that had been good before or was older than one that had, and how often it opened.

    A code never shown before opens each time; else the tries would prove nothing.
    """
    user, telephone, _ = with_telephone("moderator", "mona")
    tried = accepted = 0
    for _ in range(ROUNDS):
        code, older = telephone.shows(), telephone.shows(-1)
        assert show(owing_a_code(app, user), code) == 303
        tries = [show(owing_a_code(app, user), code), show(owing_a_code(app, user), older)]
        clock.clock().moved_by += 30
        tries.append(show(owing_a_code(app, user), code))
        assert set(tries) <= {303, 422}, "somebody was told to wait, which proves nothing"
        tried, accepted = tried + len(tries), accepted + tries.count(303)
        clock.clock().moved_by += 60
    return tried, accepted


def code_in_many_hands(app: Flask) -> list[int]:
    """The answers to one code that several browsers show at once."""
    user, telephone, _ = with_telephone("moderator", "mona")
    browsers = [owing_a_code(app, user) for _ in range(HANDS)]
    code = telephone.shows()
    forms = [factories.form(browser, "code", code=code) for browser in browsers]
    with ThreadPoolExecutor(HANDS) as hands:
        return sorted(
            hands.map(lambda browser, form: browser.post("/desk/code", data=form).status_code, browsers, forms)
        )


def owing_a_code(app: Flask, user: User) -> FlaskClient:
    """A browser in which the password of this person was right."""
    token = session.begin(user, clock.now(), HALF)
    db.db.session.commit()
    client = Browser(app, app.response_class)
    client.set_cookie(session.cookie_name(), token)
    return client


def doors_open_to_a_password(app: Flask) -> list[str]:
    """Which pages open in production for somebody who has shown a password and nothing else.

    Without a telephone they are led to set one up; with one, which they have not shown, to sign in.
    """
    app.extensions["settings"] = replace(app.extensions["settings"], env="production")
    mona = factories.browser_of(app, factories.a_user("moderator", name="mona", password=PASSWORD))
    malik = with_telephone("moderator", "malik")[0]
    onward = {page: factories.browser_of(app, malik).get(page).headers.get("Location", "") for page in PAGES}
    return [page for page in PAGES if mona.get(page).headers.get("Location") != "/desk/factor"] + [
        f"{page}, with a telephone" for page, place in onward.items() if not place.startswith("/desk/login")
    ]


# ── Sessions ─────────────────────────────────────────────────────────────────────


def sessions_that_survive(app: Flask) -> list[str]:
    """After which change of an account a session that was there before is still good."""
    app.extensions["settings"] = replace(app.extensions["settings"], oidc_issuer="https://elsewhere.example")
    return [change.__name__ for change in CHANGES if _survives(app, change)]


def _survives(app: Flask, change: Callable[[FlaskClient, User, Telephone], object]) -> bool:
    name = change.__name__.replace("_", "-")
    user, telephone, _ = with_telephone("peer", name)
    if change is sets_a_telephone_up:
        user.totp_secret = None
        db.db.session.commit()
    other, mine = (factories.browser_of(app, user) for _ in range(2))
    assert other.get("/desk/password").status_code == 200
    change(mine, user, telephone)
    db.db.session.commit()
    return other.get("/desk/password").status_code == 200


def chooses_a_password(mine: FlaskClient, _user: User, _telephone: Telephone) -> None:
    form = factories.form(mine, "password", current=PASSWORD, new=OTHER_PASSWORD)
    assert mine.post("/desk/password", data=form).status_code == 303


def gets_another_role(_mine: FlaskClient, user: User, _telephone: Telephone) -> None:
    users.change_role(user.name, "council", None, by_operator=True)


def gets_another_place(_mine: FlaskClient, user: User, _telephone: Telephone) -> None:
    users.change_role(user.name, user.role, "GH1", by_operator=True)


def gets_a_first_password(_mine: FlaskClient, user: User, _telephone: Telephone) -> None:
    users.reset(user.name, by_operator=True)


def loses_the_telephone(_mine: FlaskClient, user: User, _telephone: Telephone) -> None:
    users.lose_phone(user.name)


def sets_a_telephone_up(mine: FlaskClient, _user: User, _telephone: Telephone) -> None:
    page = mine.get("/desk/factor").text
    code, sealed = telephones.reads(page).shows(), telephones.sealed_on(page)
    assert mine.post("/desk/factor", data=factories.form(mine, "factor", code=code, sealed=sealed)).status_code == 200


def takes_the_telephone_out(mine: FlaskClient, _user: User, telephone: Telephone) -> None:
    form = factories.form(mine, "factor", code=telephone.shows())
    assert mine.post("/desk/factor/remove", data=form).status_code == 303


def makes_recovery_codes(mine: FlaskClient, _user: User, telephone: Telephone) -> None:
    form = factories.form(mine, "factor", code=telephone.shows())
    assert mine.post("/desk/factor/codes", data=form).status_code == 200


def signs_in_elsewhere(_mine: FlaskClient, user: User, _telephone: Telephone) -> None:
    connecting.connect(user, "12345")


def leaves(_mine: FlaskClient, user: User, _telephone: Telephone) -> None:
    users.leave(user.name, clock.today())


CHANGES = (
    chooses_a_password, gets_another_role, gets_another_place, gets_a_first_password, loses_the_telephone,
    sets_a_telephone_up, takes_the_telephone_out, makes_recovery_codes, signs_in_elsewhere, leaves,
)  # fmt: skip


# ── Names ────────────────────────────────────────────────────────────────────────


def times_of_names(app: Flask, many: int) -> tuple[float, float]:
    """Median processor seconds of a sign-in that fails, for a name that exists and for one that does not."""
    _ = [factories.a_user("moderator", name="mona", password=PASSWORD)]
    visitor = Browser(app, app.response_class)
    times: dict[str, list[float]] = {"mona": [], "nora": []}
    for name in ("mona", "nora") * (many + 1):
        clock.clock().moved_by += 13  # the next try need not wait
        form = factories.form(visitor, "login", name=name, password="not the password")
        began = time.process_time()
        answer = visitor.post("/desk/login", data=form)
        times[name].append(time.process_time() - began)
        assert answer.status_code == 422
    known, unknown = (statistics.median(times[name][1:]) for name in ("mona", "nora"))
    return known, unknown


def pages_of_names(app: Flask, names: Sequence[str]) -> set[bytes]:
    """The pages that come back for these names and a wrong password; one if nothing tells the names apart."""
    visitor = Browser(app, app.response_class)
    return {_page_for(visitor, name) for name in names}


def _page_for(visitor: Browser, name: str) -> bytes:
    form = factories.form(visitor, "login", name=name, password="not the password")
    response = visitor.post("/desk/login", data=form)
    told = sorted((key, value) for key, value in response.headers if key != "Content-Length")
    page = re.sub(rb'name="form_token" value="[^"]+"', b"", response.data).replace(f'value="{name}"'.encode(), b"")
    return page + repr((response.status_code, told)).encode()
