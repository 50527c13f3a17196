"""Where our processes may connect to: with the hook in place, nothing of ours or of a library reaches anybody else."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.core import config, egress, setting_values
from app.core.config import ROOT
from app.core.egress import Guard, NotAllowed
from tests.production import DESK

TWILIO = {"STEMME_SMS_PROVIDER": "twilio", "STEMME_TWILIO_ACCOUNT_SID": "AC0", "STEMME_TWILIO_AUTH_TOKEN": "token"}
CARRIER = ("api.twilio.com", 443, 0, 0, 0)
SOCKET = object()
STRANGER = ("192.0.2.7", 80)  # RFC 5737: nobody's


def test_a_guard_lets_through_what_the_settings_name_and_this_machine() -> None:
    guard = Guard({"api.twilio.com", *egress.LOOPBACK})

    guard("socket.getaddrinfo", CARRIER)
    guard("socket.connect", (SOCKET, ("198.51.100.1", 443)))
    guard("socket.connect", (SOCKET, ("127.0.0.1", 5432)))
    guard("socket.connect", (SOCKET, ("127.0.1.1", 5432)))
    guard("socket.connect", (SOCKET, "/run/postgresql/.s.PGSQL.5432"))


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("socket.getaddrinfo", ("translate.google.com", 80, 0, 0, 0)),
        ("socket.getaddrinfo", (b"api.twilio.com.example", 443, 0, 0, 0)),
        ("socket.gethostbyname", ("example.org",)),
        ("socket.getaddrinfo", ("127.secret.example.org", 80, 0, 0, 0)),
        ("socket.connect", (SOCKET, ("127.secret.example.org", 80))),
        ("socket.connect", (SOCKET, STRANGER)),
        ("socket.sendto", (SOCKET, STRANGER)),
        ("socket.sendmsg", (SOCKET, STRANGER)),
    ],
)
def test_a_guard_refuses_everybody_else(event: str, arguments: tuple[object, ...]) -> None:
    with pytest.raises(NotAllowed):
        Guard(egress.LOOPBACK)(event, arguments)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "", None])
def test_a_name_of_this_machine_opens_no_way_to_an_address(name: str | None) -> None:
    guard = Guard(egress.LOOPBACK)
    guard("socket.getaddrinfo", (name, 80, 0, 0, 0))

    with pytest.raises(NotAllowed):
        guard("socket.connect", (SOCKET, STRANGER))


def test_an_address_is_a_strangers_after_a_name_that_was_refused() -> None:
    guard = Guard({"api.twilio.com", *egress.LOOPBACK})
    guard("socket.getaddrinfo", CARRIER)
    with pytest.raises(NotAllowed):
        guard("socket.getaddrinfo", ("example.org", 80, 0, 0, 0))

    with pytest.raises(NotAllowed):
        guard("socket.connect", (SOCKET, STRANGER))


def test_only_the_citizens_side_speaks_with_the_carrier(tmp_path: Path) -> None:
    environ = DESK | TWILIO | {"STEMME_ENV": "testing", "STEMME_INSTANCE_DIR": str(tmp_path)}
    by_side = {side: egress.hosts(config.load(environ | {"STEMME_SIDE": side})) for side in setting_values.SIDES}

    assert {side for side, hosts in by_side.items() if "api.twilio.com" in hosts} == {"all", "citizen"}
    assert by_side["desk"] == frozenset(egress.LOOPBACK)


@pytest.mark.requirement("R5", mutants=True)
def test_a_library_that_phones_home_is_stopped_in_a_real_process() -> None:
    """One popular text library had a `translate` that posted to Google: this is what it did."""
    phones_home = (
        "import urllib.request; from app.core import egress; egress.allow_only(egress.LOOPBACK)\n"
        "try: urllib.request.urlopen('http://translate.google.com/translate_a/t', b'client=te&q=Flere+senge')\n"
        "except Exception as error: print(type(error.__cause__ or error.__context__ or error).__name__)\n"
        "else: print('it got through')"
    )

    done = subprocess.run([sys.executable, "-c", phones_home], capture_output=True, text=True, cwd=ROOT, check=True)

    assert done.stdout.strip() == "NotAllowed"
    assert "q=Flere" not in done.stderr
