"""One delivery over HTTP, told as it went: the status (0: no answer came), the body, the seconds it took."""

import http.client
import time
import urllib.parse
from dataclasses import dataclass

from twilio.request_validator import RequestValidator

PATIENCE = 15  # seconds: what Twilio gives a webhook


@dataclass(frozen=True)
class Answer:
    """What came back for one delivery."""

    status: int
    body: str = ""
    retry_after: str | None = None
    seconds: float = 0.0


def post(address: str, form: dict[str, str], *, port: int | None = None, token: str = "demo-token") -> Answer:
    """Deliver a signed form once. `port` is the process that is asked, if it is not the one of the address."""
    url, data = f"{address}/sms/twilio", urllib.parse.urlencode(form)
    headers = {
        "X-Twilio-Signature": RequestValidator(token).compute_signature(url, form),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port or urllib.parse.urlsplit(url).port, timeout=PATIENCE)
    try:
        connection.request("POST", "/sms/twilio", data, headers)
        answer = connection.getresponse()
        body = answer.read().decode()
    except (OSError, http.client.HTTPException):
        return Answer(0, seconds=time.monotonic() - began)
    finally:
        connection.close()
    return Answer(answer.status, body, answer.getheader("Retry-After"), time.monotonic() - began)
