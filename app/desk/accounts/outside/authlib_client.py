"""Speaking with the other service: code with PKCE, state and nonce (OpenID Connect Core 1.0, 3.1; RFC 7636).

The only file that knows Authlib. It asks the service's host and no other, follows no redirects, and takes no
signature but those of public keys.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _

from app.core import config
from app.core.errors import Refusal

PATIENCE = 5.0  # seconds for each question
LEEWAY = 60  # seconds two clocks may differ
ALGORITHMS = ["RS256", "PS256", "ES256"]
CALLBACK = "/desk/elsewhere/back"


class ServiceRefused(Refusal):
    """The service does not answer, or not as it should."""


@dataclass(frozen=True)
class Proof:
    """What the service says of who signed in there."""

    subject: str
    acr: str
    amr: tuple[str, ...]


@dataclass(frozen=True)
class Secrets:
    """What an errand takes along or keeps."""

    state: str
    nonce: str
    verifier: str


def address(secrets: Secrets) -> str:
    """Where the browser goes to sign in."""
    with _client() as client:
        described = _described(client)
        wanted = {"acr_values": " ".join(config.settings().oidc_acr)} if config.settings().oidc_acr else {}
        found, _state = client.create_authorization_url(
            described["authorization_endpoint"], state=secrets.state, nonce=secrets.nonce,
            code_verifier=secrets.verifier, **wanted,
        )  # fmt: skip
    return str(found)


def proof(code: str, secrets: Secrets, now: datetime) -> Proof:
    """Who it was, for the code the browser came back with."""
    from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415 - see _client
    from joserfc.errors import JoseError  # noqa: PLC0415
    from requests import RequestException  # noqa: PLC0415

    try:
        with _client() as client:
            described = _described(client)
            token = client.fetch_token(
                described["token_endpoint"], grant_type="authorization_code", code=code,
                code_verifier=secrets.verifier, allow_redirects=False,
            )  # fmt: skip
            claims = _claims(token, _asked(client, described["jwks_uri"]), secrets.nonce, now)
    except (AuthlibBaseError, JoseError, RequestException, KeyError, ValueError, TypeError) as error:
        raise ServiceRefused(_("The other service did not say who you are. Try again.")) from error
    methods = claims.get("amr") or ()
    return Proof(str(claims["sub"]), str(claims.get("acr", "")), tuple(str(one) for one in methods))


def _client() -> Any:
    # Twenty megabytes and most of a second that only a process in which somebody signs in so should spend.
    from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415

    settings = config.settings()
    client = OAuth2Session(
        settings.oidc_client_id,
        settings.oidc_client_secret,
        scope="openid",
        redirect_uri=settings.desk_address + CALLBACK,
        code_challenge_method="S256",
        default_timeout=PATIENCE,
    )
    client.trust_env = False  # no proxy and no password of the machine's environment
    return client


def _described(client: Any) -> Mapping[str, Any]:
    """What the service says of itself, if it is the one of the settings and stays on its host."""
    issuer = config.settings().oidc_issuer
    found = _asked(client, issuer.rstrip("/") + "/.well-known/openid-configuration")
    ends = [str(found.get(name)) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    if found.get("issuer") != issuer or any(_origin(end) != _origin(issuer) for end in ends):
        raise ServiceRefused(_("The other service is not set up as it should be. Tell the operator."))
    methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    if "client_secret_basic" not in methods:
        client.token_endpoint_auth_method = "client_secret_post"  # noqa: S105 - the name of a method
    return found


def _asked(client: Any, url: str) -> Mapping[str, Any]:
    from requests import RequestException  # noqa: PLC0415 - see _client

    try:
        answer = client.get(url, withhold_token=True, allow_redirects=False)
        found = answer.json() if answer.status_code == 200 else None
    except (RequestException, ValueError) as error:
        raise ServiceRefused(_("The other service does not answer just now. Try again in a moment.")) from error
    if not isinstance(found, dict):
        raise ServiceRefused(_("The other service does not answer just now. Try again in a moment."))
    return found


def _claims(token: Mapping[str, Any], keys: Mapping[str, Any], nonce: str, now: datetime) -> Mapping[str, Any]:
    """The claims of the ID token: signed by the service, for us, now, and for this errand."""
    from authlib.oidc.core import CodeIDToken  # noqa: PLC0415 - see _client
    from joserfc import jwt  # noqa: PLC0415
    from joserfc.jwk import KeySet  # noqa: PLC0415

    settings = config.settings()
    opened = jwt.decode(token["id_token"], KeySet.import_key_set(dict(keys)), algorithms=ALGORITHMS)  # type: ignore[arg-type]
    options = {
        "iss": {"essential": True, "value": settings.oidc_issuer},
        "aud": {"essential": True, "value": settings.oidc_client_id},
        "sub": {"essential": True},
    }
    known = {"nonce": nonce, "client_id": settings.oidc_client_id, "access_token": token.get("access_token")}
    claims = CodeIDToken(opened.claims, opened.header, options, known)
    claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
    return dict(claims)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
