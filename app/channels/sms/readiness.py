"""What an operator must know, and do by hand, before real people text us; `stemme check` says it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from app.channels.sms.providers import named
from app.core.config import Settings
from app.core.i18n import LANGUAGES, REVIEWED
from app.surveys import help_lines

CONNECTION = "#ct=3000&rt=8000&tt=15000&rc=3&rp=ct,rt,5xx"
"""What stands behind the webhook's address at Twilio: how long it waits and when it tries again."""


class Kind(Enum):
    """Whether a point is only said, or somebody has to act."""

    SO = "so"
    BY_HAND = "by hand"


@dataclass(frozen=True)
class Point:
    """One sentence for the operator."""

    kind: Kind
    says: str


def points(settings: Settings, today: date) -> Iterator[Point]:
    """Carrier, number, replies, copies, limits, languages and help lines, as these settings and this content have them.

    Needs an app (what a carrier can do depends on the settings), no database and no network.
    """
    abilities = named(settings.sms_provider).abilities
    way = "in the answer to the webhook" if abilities.replies_inline else "by API once stored"
    yield _so(f"Carrier {settings.sms_provider}, number {settings.sms_number or 'missing'}; replies leave {way}.")
    yield _so(f"At most {settings.sms_daily_segments} segments leave in a day.")
    if abilities.deletes:
        yield _so("The worker deletes the carrier's copies. It must run where the webhook runs.")
    else:
        yield _by_hand("This carrier cannot delete copies: set their retention in its account, say it on /privatliv.")
    yield from _AT_THE_CARRIER[settings.sms_provider](settings)
    yield from _languages()
    yield from _help_lines(today)


def _twilio(settings: Settings) -> Iterator[Point]:
    yield _by_hand(f"Webhook and fallback, both by POST: {settings.public_base_url}/sms/twilio{CONNECTION}")
    yield _by_hand("Ask Twilio's support to switch off its own opt-out: it keeps numbers and blocks our replies.")
    yield _by_hand("A subaccount of its own, log retention 7 days, archive off, Smart Encoding off, Denmark only.")
    if len(settings.twilio_auth_tokens) > 1:
        yield _by_hand("Two auth tokens are believed: take the old one away when the change is done.")
    if not settings.twilio_api_key:
        yield _by_hand("The API is used with the account's own token: make a key that may only use messages.")


def _gatewayapi(settings: Settings) -> Iterator[Point]:
    yield _by_hand(f"Webhook, with the secret as its token: {settings.public_base_url}/sms/gatewayapi")
    keyword = settings.gatewayapi_keyword
    yield _so(f"Every text begins with the keyword {keyword}." if keyword else "The number is ours, without a keyword.")
    yield _by_hand("Send one text, then look: its id in the webhook and its mosms_id in the list must be the same.")


def _console(settings: Settings) -> Iterator[Point]:
    yield _so("The simulator: nobody can text us, and nothing leaves this machine.")


_AT_THE_CARRIER = {"twilio": _twilio, "gatewayapi": _gatewayapi, "console": _console}


def _languages() -> Iterator[Point]:
    waiting = [lang for lang in LANGUAGES if lang not in REVIEWED]
    yield _so(f"Texts are sent in {', '.join(REVIEWED)}.")
    if waiting:
        yield _by_hand(f"Understood, but not sent until a speaker has read the texts: {', '.join(waiting)}.")


def _help_lines(today: date) -> Iterator[Point]:
    book = help_lines.every()
    waiting = [line.key for line in book.lines if not help_lines.is_confirmed(line, book, today=today)]
    if waiting:
        yield _by_hand(
            f"Help lines that nobody has confirmed for {book.max_age_days} days; in production only 112 is shown "
            f"unconfirmed: {', '.join(waiting)}."
        )
    else:
        yield _so("Every help line is confirmed.")


def _so(says: str) -> Point:
    return Point(Kind.SO, says)


def _by_hand(says: str) -> Point:
    return Point(Kind.BY_HAND, says)
