"""A carrier that delivers over real HTTP and, like a real one, tries again when it gets no 200."""

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request

from twilio.request_validator import RequestValidator

from tests.channels.sms import factories


class Carrier:
    """Delivers signed texts to a server; keeps trying for a while."""

    def __init__(self, url: str, *, token: str = "demo-token") -> None:
        self.url, self.token = f"{url}/sms/twilio", token

    def text(self, body: str, *, sender: str) -> str:
        """Deliver one text until it is taken; the reply."""
        return self.deliver(factories.fields(body, sender=sender))

    def deliver(self, form: dict[str, str], *, tries: int = 900) -> str:
        """Deliver a form until it is taken; the reply."""
        for _ in range(tries):
            answer = self.once(form)
            if answer is not None:
                return factories.message_of(answer)
            time.sleep(0.1)
        raise AssertionError("the text was never taken")

    def once(self, form: dict[str, str]) -> str | None:
        """One try; the body of a 200, else None."""
        signature = RequestValidator(self.token).compute_signature(self.url, form)
        data = urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(self.url, data, {"X-Twilio-Signature": signature})  # noqa: S310 - loopback
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - loopback
                return str(answer.read().decode())
        except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError):
            return None
