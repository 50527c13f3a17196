"""Two moderators and the council in tests, with one approved text between them."""

import html
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.desk.moderation.quoting import wording
from tests.desk.accounts import factories as accounts
from tests.desk.moderation import factories
from tests.desk.moderation.factories import a_moderator, a_response

SAID = "Badet er altid koldt, og der er lang kø om morgenen."


class Desk:
    """Mona, Malik and Carl, with one approved text between them."""

    def __init__(self, app: Flask, *codes: str, quote_ok: bool = True, said: str = SAID) -> None:
        self.mona, self.malik = (accounts.sign_in(app, "moderator") for _ in range(2))
        self.carl = accounts.sign_in(app, "council")
        self.response_id = a_response(said, quote_ok=quote_ok)
        self.text_id = factories.text_of(self.response_id)
        factories.approve(self.text_id, a_moderator(), *(codes or ("ADG.KOE",)))

    def draft(self, words: str = SAID, kind: str = "verbatim", theme: str = "ADG") -> Any:
        fields = {"text": words, "kind": kind, "theme": theme}
        return self.post(self.mona, f"new/{self.text_id.hex()}", **fields)

    def act(self, client: FlaskClient, act: str, **fields: Any) -> Any:
        return self.post(client, f"{self.quote_id.hex()}/{act}", version=str(self.row("version")), **fields)

    def sign(self, client: FlaskClient) -> Any:
        return self.act(client, "sign", asked=list(wording.ASKED))

    def post(self, client: FlaskClient, address: str, **fields: Any) -> Any:
        return client.post(f"/desk/quotes/{address}?lang=en", data=accounts.form(client, "quote") | fields)

    def page(self, client: FlaskClient) -> str:
        return html.unescape(client.get(f"/desk/quotes/{self.quote_id.hex()}?lang=en").text)

    @property
    def quote_id(self) -> bytes:
        return bytes(self.row("id"))

    def row(self, column: str) -> Any:
        return factories.rows(f"SELECT {column} FROM quote")[0][0]
