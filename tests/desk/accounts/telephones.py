"""A telephone with an app for codes, and who has one."""

import re
from dataclasses import dataclass

from flask.testing import FlaskClient

from app.core import clock, db
from app.desk.accounts.factors import one_time_codes, recovery, sealed_secrets
from app.desk.accounts.factors.models import RecoveryCode
from app.desk.accounts.models import User
from tests.desk.accounts import factories


@dataclass
class Telephone:
    """The app in somebody's hand: it knows the secret, and what time it is."""

    secret: str

    def shows(self, steps: int = 0) -> str:
        """The code of now, or of so many half minutes later."""
        return one_time_codes.code(self.secret, one_time_codes.step_of(clock.now()) + steps)


def with_telephone(role: str, name: str) -> tuple[User, Telephone, list[str]]:
    """Somebody who has set up a telephone long ago, and the recovery codes on their paper."""
    user = factories.a_user(role, name=name, password=factories.PASSWORD)
    secret = one_time_codes.new_secret()
    user.totp_secret = sealed_secrets.sealed(secret, user.id)
    codes = recovery.make(user.id)
    db.db.session.commit()
    return user, Telephone(secret), codes


def reads(page: str) -> Telephone:
    """A telephone whose owner typed the key that stands on the page."""
    (groups,) = re.findall(r'<strong class="code" dir="ltr">([A-Z2-7 ]+)</strong>', page)
    return Telephone(groups.replace(" ", ""))


def sealed_on(page: str) -> str:
    """What the form of the page carries."""
    (sealed,) = re.findall(r'name="sealed" value="([^"]+)"', page)
    return str(sealed)


def sign_in(client: FlaskClient, name: str, password: str = factories.PASSWORD) -> str:
    """Name and password; where one is led then."""
    form = factories.form(client, "login", name=name, password=password)
    return client.post("/desk/login", data=form).headers.get("Location", "")


def show(client: FlaskClient, code: str) -> int:
    """The code; the status of the answer, 303 where one is in."""
    return client.post("/desk/code", data=factories.form(client, "code", code=code)).status_code


def hashes_of(user: User) -> list[bytes]:
    """The recovery codes as they are stored."""
    found = [row.code_hash for row in db.db.session.query(RecoveryCode).filter_by(user_id=user.id)]
    db.db.session.rollback()
    return found
