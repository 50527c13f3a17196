"""Signed requests of Twilio that somebody changed on the way: none of them may be taken."""

import random
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from flask import Flask
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from tests.channels.sms import factories

PATH, SIGNATURE, OURS = "/sms/twilio", "X-Twilio-Signature", "demo-token"
ACCOUNT = "AC" + "0" * 32
READ = ("MessageSid", "AccountSid", "From", "To", "Body")
"""The parameters a text is made of. Border or number of others may be changed without changing what is read."""
LETTERS = string.ascii_letters + string.digits
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sent:
    """One request, and what was changed in it."""

    what: str
    form: Pairs
    headers: dict[str, str] = field(default_factory=dict)
    path: str = PATH
    method: str = "POST"

    def answered(self, app: Flask) -> int:
        """The status it gets."""
        data = MultiDict(self.form) if self.method == "POST" else None
        query = dict(self.form) if self.method == "GET" else None
        client = app.test_client()
        return client.open(
            self.path, method=self.method, data=data, query_string=query, headers=self.headers
        ).status_code


def signed(form: Pairs, address: str, token: str = OURS) -> dict[str, str]:
    return {SIGNATURE: RequestValidator(token).compute_signature(address, MultiDict(form))}


def true_one(dice: random.Random, base: str) -> Sent:
    """As Twilio would send it."""
    text = "".join(dice.choices("abcæøå GH1 ", k=dice.randint(1, 40)))
    form = tuple(factories.fields(text, AccountSid=ACCOUNT).items())
    return Sent("nothing", form, signed(form, f"{base}{PATH}"))


def _value(dice: random.Random, sent: Sent, base: str) -> Sent:
    name, value = dice.choice(sent.form)
    at = dice.randint(0, len(value))
    changed = value[:at] + dice.choice(LETTERS) + value[at + dice.randint(0, 1) :]
    return replace(sent, form=_with(sent.form, name, changed if changed != value else f"{value}x"))


def _added(dice: random.Random, sent: Sent, base: str) -> Sent:
    return replace(sent, form=(*sent.form, (dice.choice(("OptOutType", "Extra", "MediaUrl0", "")), "STOP")))


def _dropped(dice: random.Random, sent: Sent, base: str) -> Sent:
    gone = dice.choice(sent.form)
    return replace(sent, form=tuple(pair for pair in sent.form if pair != gone))


def _doubled(dice: random.Random, sent: Sent, base: str) -> Sent:
    name = dice.choice(READ)
    value = dict(sent.form)[name]
    return replace(sent, form=(*sent.form, (name, dice.choice((value, f"{value}0")))))


def _border(dice: random.Random, sent: Sent, base: str) -> Sent:
    """The same letters in the same order, cut elsewhere: the signature is true."""
    name = dice.choice(READ)
    value = dict(sent.form)[name]
    by = dice.randint(1, min(4, len(name) - 1, max(1, len(value))))
    moved = (name + value[:by], value[by:]) if dice.random() < 0.5 and value else (name[:-by], name[-by:] + value)
    return replace(sent, form=tuple(moved if pair[0] == name else pair for pair in sent.form))


def _swallowed(dice: random.Random, sent: Sent, base: str) -> Sent:
    """A value takes the next parameter in: the signature is true, too."""
    ordered = sorted(sent.form)
    at = dice.choice([nth for nth, pair in enumerate(ordered[:-1]) if ordered[nth + 1][0] in READ])
    (name, value), (following, its) = ordered[at], ordered[at + 1]
    return replace(sent, form=(*ordered[:at], (name, value + following + its), *ordered[at + 2 :]))


def _address(dice: random.Random, sent: Sent, base: str) -> Sent:
    return (
        replace(sent, path=dice.choice((f"{PATH}?a=b", f"{PATH}/status", "/sms/gatewayapi")))
        if (dice.random() < 0.5)
        else replace(sent, headers=signed(sent.form, f"{base}{PATH}{dice.choice(('/', '?a=b', 'x'))}"))
    )


def _host(dice: random.Random, sent: Sent, base: str) -> Sent:
    """Signed by our account for somebody else's webhook, and brought to ours under that name."""
    host = dice.choice(("other.example", "localhost", "127.0.0.1:8001"))
    return replace(sent, headers={"Host": host} | signed(sent.form, f"http://{host}{PATH}"))


def _scheme(dice: random.Random, sent: Sent, base: str) -> Sent:
    address = base.replace("http://", "https://", 1) if base.startswith("http://") else base.replace("https", "http", 1)
    return replace(sent, headers={"X-Forwarded-Proto": "https"} | signed(sent.form, f"{address}{PATH}"))


def _signature(dice: random.Random, sent: Sent, base: str) -> Sent:
    true = sent.headers[SIGNATURE]
    at = dice.randrange(len(true) - 2)  # what stands behind is filled up, and two letters may mean the same
    other = dice.choice([letter for letter in LETTERS if letter != true[at]])
    wrong = ("", " ", true[:at], true.swapcase(), true[:at] + other + true[at + 1 :], f"{true}A", "demo-token")
    return replace(sent, headers={SIGNATURE: dice.choice(wrong)} if dice.random() < 0.9 else {})


def _method(dice: random.Random, sent: Sent, base: str) -> Sent:
    address = f"{base}{PATH}?" + "&".join(f"{name}={value}" for name, value in sent.form)
    return replace(sent, method="GET", headers=signed((), address))


def _account(dice: random.Random, sent: Sent, base: str) -> Sent:
    if dice.random() < 0.5:
        return replace(sent, headers=signed(sent.form, f"{base}{PATH}", dice.choice(("", " ", "demo-toke", "another"))))
    form = _with(sent.form, "AccountSid", "AC" + "1" * 32)
    return replace(sent, form=form, headers=signed(form, f"{base}{PATH}"))


KINDS: dict[str, Callable[[random.Random, Sent, str], Sent]] = {
    "a value changed": _value, "a parameter added": _added, "one dropped": _dropped, "one doubled": _doubled,
    "a border moved": _border, "the next one taken in": _swallowed, "another address": _address,
    "another host": _host, "another scheme": _scheme, "another signature": _signature, "GET": _method,
    "another account": _account,
}  # fmt: skip


def mutations(n: int, base: str, seed: int) -> Iterator[Sent]:
    """`n` of them, each kind as often as the others."""
    dice = random.Random(seed)
    for nth in range(n):
        what = list(KINDS)[nth % len(KINDS)]
        yield replace(KINDS[what](dice, true_one(dice, base), base), what=what)


def complaints(app: Flask, n: int, *, base: str, seed: int = 7) -> list[str]:
    """What was taken although it was changed, and what was refused although it was true."""
    dice = random.Random(seed)
    taken = [sent.what for sent in mutations(n, base, seed) if sent.answered(app) == 200]
    with_blanks = tuple({**dict(true_one(dice, base).form), "Body": "", "FromCity": "", "FromZip": ""}.items())
    true = (true_one(dice, base), Sent("blanks", with_blanks, signed(with_blanks, f"{base}{PATH}")))
    return [f"taken: {what}" for what in taken] + [f"refused: {one.what}" for one in true if one.answered(app) != 200]


def _with(form: Pairs, name: str, value: str) -> Pairs:
    return tuple((known, value if known == name else was) for known, was in form)
