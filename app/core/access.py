"""Every view says who may call it; a test walks the addresses and refuses one that does not."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, request

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
PROVIDER = "provider"  # proves itself by a signature over the request
KIOSK = "kiosk"  # proves itself by the tablet's credential
OPERATOR = "operator"  # loopback or the operator's bearer token
ROLES = ("staff", "peer", "moderator", "safeguarding", "council", "analyst", "admin")


def access(*who: str) -> Callable[[View], View]:
    """Declare who may call a view: PUBLIC, PROVIDER, KIOSK, OPERATOR or roles."""
    unknown = set(who) - {PUBLIC, PROVIDER, KIOSK, OPERATOR, *ROLES}
    if unknown or not who:
        raise ValueError(f"access is declared with known names only, not {sorted(unknown)}")

    def declare(view: View) -> View:
        view.access = frozenset(who)  # type: ignore[attr-defined]
        return view

    return declare


def declared(app: Flask, endpoint: str) -> frozenset[str]:
    """Who may call this endpoint; nobody if the view does not say."""
    if endpoint == "static":
        return frozenset({PUBLIC})
    found: frozenset[str] = getattr(app.view_functions[endpoint], "access", frozenset())
    return found


def of_request(app: Flask) -> frozenset[str]:
    """Who may make the request at hand; PUBLIC where there is no such address."""
    return declared(app, request.endpoint) if request.endpoint else frozenset({PUBLIC})
