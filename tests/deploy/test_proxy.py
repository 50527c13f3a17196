"""What the proxy of deploy/nginx answers by itself wears the same headers as every answer of ours."""

import http.client
import re
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from email.message import Message
from pathlib import Path

import pytest
from flask import Flask

from app.core import headers
from tests.browser.conftest import served
from tests.faults import proxy
from tests.faults.proxy import NAME, Proxy

pytestmark = [pytest.mark.one_database, pytest.mark.skipif(not proxy.FOUND, reason="no nginx here")]

DESK = f"desk.{NAME}"
OWN = dict(headers.of_machines(is_https=True))
TOO_MUCH = "x" * 70_000
Figure = Callable[[str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "proxy"
    found.mkdir()
    return found


@pytest.fixture
def front(app: Flask, content: None, folder: Path) -> Iterator[Proxy]:
    """The proxy before an app that answers."""
    with served(app) as address, Proxy(int(address.rpartition(":")[2]), folder) as front:
        yield front


@pytest.fixture
def lonely(folder: Path) -> Iterator[Proxy]:
    """The proxy before nobody."""
    with Proxy(proxy.free_port(), folder) as front:
        yield front


def asked(front: Proxy, path: str, *, host: str = NAME, body: str | None = None) -> tuple[int, Message, str]:
    """Status, headers and text of one answer through TLS, whose certificate nobody has signed."""
    trusting = ssl._create_unverified_context()  # noqa: S323 - the test's own certificate
    line = http.client.HTTPSConnection("127.0.0.1", front.port, timeout=15, context=trusting)
    line.request("POST" if body else "GET", path, body, {"Host": host})
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer.status, answer.headers, text


def naked(found: Message) -> dict[str, list[str]]:
    """The headers of ours that are missing, doubled or different."""
    return {name: found.get_all(name, []) for name, value in OWN.items() if found.get_all(name, []) != [value]}


@pytest.mark.requirement("R19")
def test_its_own_answers_wear_our_headers(front: Proxy, figure: Figure) -> None:
    found = {
        "the desk under the citizens' name": asked(front, "/desk"),
        "figures of health": asked(front, "/metrics"),
        "too much text": asked(front, "/s/GH1", body=TOO_MUCH),
        "too large a file": asked(front, "/desk/track", host=DESK, body=TOO_MUCH * 330),
        "no address": asked(front, "/" + "x" * 9_000),
    }

    assert [status for status, _, _ in found.values()] == [404, 404, 413, 413, 414]
    assert {name: naked(told) for name, (_, told, _) in found.items() if naked(told)} == {}
    assert "Det var for meget tekst" in found["too much text"][2]
    assert "20 MB" in found["too large a file"][2]
    figure(f"{len(found)} answers of the proxy itself dressed")


def test_what_the_app_has_dressed_is_not_dressed_twice(front: Proxy) -> None:
    status, found, _ = asked(front, "/", host="127.0.0.1")

    assert status == 200
    assert [name for name in OWN if len(found.get_all(name, [])) > 1] == []
    assert found["Content-Security-Policy"] == headers.POLICIES["citizen"]
    assert "Retry-After" not in found


@pytest.mark.parametrize(("host", "words"), [(NAME, "Dit svar er ikke gemt"), (DESK, "Skrivebordet svarer ikke")])
def test_while_we_are_away_it_says_so_in_kind_words(lonely: Proxy, host: str, words: str) -> None:
    status, found, text = asked(lonely, "/", host=host)

    assert (status, found["Retry-After"], naked(found)) == (503, "30", {})
    assert words in text


@pytest.mark.requirement("R12")
def test_no_body_of_a_citizen_is_laid_aside_and_none_of_staff_outside_memory(folder: Path, figure: Figure) -> None:
    """A body of unknown length is read into a buffer, and into a file where that is full before its end is seen."""
    limit = 64 * 1024
    with Proxy(proxy.free_port(), folder, level="warn") as front:
        found = [chunked(front, NAME, size) for size in (limit - 1, limit, limit + 1)]
        over_two = [over_http_2(front, size) for size in (limit, limit + 1)] if shutil.which("curl") else []
        laid_aside = [line for line in front.written.splitlines() if "temporary file" in line]
        staff = chunked(front, DESK, 10 * limit)
        places = re.findall(r"temporary file (\S+?)/\d", front.written)

    assert found == [503, 503, 413]
    assert over_two in ([], [503, 413])
    assert laid_aside == []
    assert (staff, set(places)) == (503, {f"{folder}/stemme-bodies"})
    figure(f"0 of {len(found) + len(over_two)} bodies around 64 KiB laid aside by the proxy")


def chunked(front: Proxy, host: str, size: int) -> int:
    """The status of a body that does not say how long it is."""
    trusting = ssl._create_unverified_context()  # noqa: S323 - the test's own certificate
    line = http.client.HTTPSConnection("127.0.0.1", front.port, timeout=15, context=trusting)
    line.request("POST", "/s/GH1", iter([b"x" * size]), {"Host": host}, encode_chunked=True)
    status = line.getresponse().status
    line.close()
    return status


def over_http_2(front: Proxy, size: int) -> int:
    """The same as browsers speak, which need no chunks for it."""
    said = subprocess.run(
        ["curl", "-sk", "--http2", "-m", "15", "-X", "POST", "-T", "-", "-o", "/dev/null", "-w", "%{http_code}",
         "--resolve", f"{NAME}:{front.port}:127.0.0.1", f"https://{NAME}:{front.port}/s/GH1"],
        input=b"x" * size, capture_output=True, check=False,
    )  # fmt: skip
    return int(said.stdout)


@pytest.mark.parametrize("host", [NAME, DESK])
def test_whoever_signs_our_certificate_finds_the_proof_on_port_80(lonely: Proxy, host: str) -> None:
    place = lonely.folder / "acme" / ".well-known" / "acme-challenge"
    place.mkdir(parents=True)
    (place / "token").write_text("proof", "ascii")
    line = http.client.HTTPConnection("127.0.0.1", lonely.plain_port, timeout=15)
    line.request("GET", "/.well-known/acme-challenge/token", headers={"Host": host})

    assert line.getresponse().read() == b"proof"
    line.close()


@pytest.mark.parametrize(
    ("host", "leads_to"),
    [(NAME, f"https://{NAME}/s/GH1?x=1"), (DESK, f"https://{DESK}/s/GH1?x=1"), ("ond.example", None)],
)
def test_the_plain_door_leads_to_our_own_names_only(lonely: Proxy, host: str, leads_to: str | None) -> None:
    line = http.client.HTTPConnection("127.0.0.1", lonely.plain_port, timeout=15)
    line.request("GET", "/s/GH1?x=1", headers={"Host": host})
    try:
        found = line.getresponse().headers["Location"]
    except http.client.RemoteDisconnected:
        found = None
    line.close()

    assert found == leads_to
