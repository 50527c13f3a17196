"""Errors on the routes of a real server, each provoked in earnest: what is sent, and what must come back."""

import http.client
import json
import socket
import urllib.parse
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from twilio.request_validator import RequestValidator

from tests.channels.sms import factories

NUMBER = "+4500391754"
WORDS = "Jeg hedder noget helt særligt, og låsen er i stykker"
AGENT = "Klodset-Spion/7.7 (Telefon 3310)"
ADDRESS = "127.0.0.77"
MESSAGE_ID = "SM5ecre7000000000000000000000000aa"
IN_A_MESSAGE = "said-in-the-message-of-an-exception"
NEEDLES = {"agent": AGENT, "address": ADDRESS, "message id": MESSAGE_ID, "message": IN_A_MESSAGE}
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Knock:
    """One request, and the status it must get; 0 if the server may just hang up."""

    name: str
    status: int
    method: str = "POST"
    path: str = "/sms/twilio"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_chunked: bool = False


def form(**more: str) -> dict[str, str]:
    """The text that all of it is about."""
    return factories.fields(f"GH1 {WORDS}", sender=NUMBER) | {"MessageSid": MESSAGE_ID} | more


def signed(url: str, name: str, status: int, fields: dict[str, str], *, token: str = "demo-token") -> Knock:
    """A form with a signature."""
    signature = RequestValidator(token).compute_signature(f"{url}/sms/twilio", fields)
    body = urllib.parse.urlencode(fields).encode()
    return Knock(name, status, body=body, headers={"Content-Type": FORM, "X-Twilio-Signature": signature})


def bad_requests(url: str) -> Iterator[Knock]:
    """What strangers, other software and a broken line send."""
    urlencoded = urllib.parse.urlencode(form()).encode()
    as_form = {"Content-Type": FORM}
    nonsense = {"X-Twilio-Signature": "bm9uc2Vuc2U="}
    yield Knock("no signature", 403, body=urlencoded, headers=as_form)
    yield Knock("an empty signature", 403, body=urlencoded, headers=as_form | {"X-Twilio-Signature": ""})
    yield Knock("a wrong signature", 403, body=urlencoded, headers=as_form | nonsense)
    yield signed(url, "a token of somebody else", 403, form(), token="another-token")
    yield signed(url, "a text to another number", 403, form(To="+4500391755"))
    yield signed(url, "a text without an id", 403, form(MessageSid=""))
    yield Knock("a doubled parameter", 403, body=urlencoded + b"&Body=4", headers=as_form | nonsense)
    yield Knock("broken UTF-8", 403, body=urlencoded + b"&x=\xff\xfe\xed\xa0\x80", headers=as_form | nonsense)
    yield Knock("broken escapes", 403, body=urlencoded + b"&x=%ff%zz%", headers=as_form | nonsense)
    yield Knock("ten thousand parameters", 403, body=urlencoded + b"&a=" * 9000, headers=as_form | nonsense)
    yield Knock("a number in the query", 403, path=f"/sms/twilio?{urlencoded.decode()}", headers=as_form)
    yield Knock("no form but JSON", 415, body=urlencoded, headers={"Content-Type": "application/json"})
    yield Knock("no type at all", 415, body=urlencoded)
    yield Knock("a form in parts", 415, body=urlencoded, headers={"Content-Type": "multipart/form-data; boundary=x"})
    yield Knock("too much", 413, body=urlencoded * 400, headers=as_form | nonsense)
    # Without a length only the first 64 KiB are read, and what was cut off is missing under the signature.
    yield Knock("too much in pieces", 403, body=urlencoded * 400, headers=as_form | nonsense, is_chunked=True)
    for method in ("GET", "PUT", "DELETE", "PATCH", NUMBER.strip("+")):
        yield Knock(f"method {method}", 405, method=method, body=urlencoded, headers=as_form)
    yield Knock("a carrier of nobody", 404, path=f"/sms/{urllib.parse.quote(NUMBER)}", body=urlencoded)
    yield Knock("a token that is none", 403, path="/sms/gatewayapi", headers={"X-Gwapi-Signature": f"{MESSAGE_ID}.x.y"})
    yield Knock("the simulator without its secret", 403, path="/sms/console", body=urlencoded, headers=as_form)
    yield Knock("an unsigned status", 403, path="/sms/twilio/status", body=urlencoded, headers=as_form)
    yield from _bad_pages(urlencoded)
    yield Knock("an endless header", 0, headers=as_form | {"X-Long": NUMBER * 20_000})


def _bad_pages(urlencoded: bytes) -> Iterator[Knock]:
    """What goes wrong on pages, tablets and the desk; a page that only asks again has a status of its own."""
    said, as_form, as_json = urllib.parse.quote(f"{NUMBER} {WORDS}"), {"Content-Type": FORM}, _JSON
    record = json.dumps({"v": 1, "kid": NUMBER, "box": WORDS}).encode()
    yield Knock("a place that is none", 404, method="GET", path=f"/s/{said}")
    yield Knock("a code in an address", 0, method="GET", path=f"/?kode={said}")
    yield Knock("a token that was made up", 0, method="GET", path=f"/s/GH1?t={said}")
    yield Knock("answers without a page", 0, path="/s/GH1", body=urlencoded, headers=as_form)
    yield Knock("answers from another site", 403, path="/s/GH1", body=urlencoded, headers=as_form | _ELSEWHERE)
    yield Knock("answers from another origin", 403, path="/s/GH1", body=urlencoded, headers=as_form | _STRANGE)
    yield Knock("answers that are too many", 413, path="/s/GH1", body=urlencoded * 400, headers=as_form)
    yield Knock("answers in parts", 415, path="/s/GH1", body=urlencoded, headers=_PARTS)
    yield Knock("answers by PUT", 405, method="PUT", path="/s/GH1", body=urlencoded, headers=as_form)
    yield Knock("a receipt of nobody", 0, path="/kvittering", body=urlencoded, headers=as_form)
    yield Knock("a sound that is none", 404, method="GET", path=f"/lyd/{said}")
    yield Knock("figures that are none", 404, method="GET", path=f"/resultater/{said}")
    yield Knock("a file that is none", 404, method="GET", path=f"/api/v1/releases/{said}.json")
    yield Knock("a page that is none", 404, method="GET", path=f"/{said}")
    yield Knock("a tablet of nobody", 0, path="/kiosk/api/v1/responses", body=record, headers=as_json)
    yield Knock("a heartbeat of nobody", 0, path="/kiosk/api/v1/heartbeat", body=record[:-1], headers=as_json)
    yield Knock("a code that connects nothing", 422, path="/kiosk/enrol", body=b"code=" + urlencoded, headers=as_form)
    yield Knock("a sign-in without a page", 0, path="/desk/login", body=b"name=" + urlencoded, headers=as_form)
    yield Knock("a desk without a session", 0, method="GET", path=f"/desk/statements/{said}")
    yield Knock("a way back from nowhere", 0, method="GET", path=f"/desk/elsewhere/back?state={said}&code={said}")
    yield Knock("figures for strangers", 0, method="GET", path=f"/metrics?token={said}", headers=_FORWARDED)


_JSON = {"Content-Type": "application/json", "Idempotency-Key": NUMBER}
_PARTS = {"Content-Type": "multipart/form-data; boundary=x"}
_ELSEWHERE, _STRANGE = {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://example.org"}
_FORWARDED = {"X-Forwarded-For": ADDRESS}


def knock(url: str, request: Knock) -> tuple[int, dict[str, str], str]:
    """Send it from ADDRESS; status (0 if the line was cut), headers by lower-case name, and body."""
    port = urllib.parse.urlsplit(url).port
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15, source_address=(ADDRESS, 0))
    headers = {"User-Agent": AGENT, **request.headers}
    body = iter([request.body]) if request.is_chunked else request.body
    try:
        connection.request(request.method, request.path, body, headers, encode_chunked=request.is_chunked)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, {}, ""
    finally:
        connection.close()


def broken_lines(url: str) -> None:
    """What is not even a request: nonsense, a body that ends too soon, a line that says nothing."""
    port = urllib.parse.urlsplit(url).port
    head = f"POST /sms/twilio HTTP/1.1\r\nHost: x\r\nUser-Agent: {AGENT}\r\nContent-Type: {FORM}\r\n"
    body = urllib.parse.urlencode(form())
    for sent in (
        f"{NUMBER} {WORDS}\r\n\r\n",
        f"POST /sms/twilio?{body} HTTP/9.9\r\n\r\n",
        f"{head}Content-Length: minus {NUMBER}\r\n\r\n{body}",
        f"{head}Content-Length: 5000\r\n\r\n{body}",
        f"{head}Transfer-Encoding: chunked\r\n\r\nzz{NUMBER}\r\n{body}",
        "",
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=5, source_address=(ADDRESS, 0)) as line:
            line.sendall(sent.encode())
            with suppress(OSError):  # the server may have hung up by now
                line.shutdown(socket.SHUT_WR)
                line.recv(1000)
