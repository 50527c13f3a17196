"""What a mask is, and the words that say why it is there."""

from dataclasses import dataclass
from typing import Literal

from app.core.i18n import N_

Kind = Literal["cpr", "phone", "email", "url", "plate", "address", "postcode", "bank", "name", "number"]

# Where two finds overlap they become one mask of the kind that stands first here.
KINDS: tuple[Kind, ...] = (
    "cpr", "email", "url", "bank", "plate", "phone", "number", "address", "postcode", "name",
)  # fmt: skip

EMAIL = N_("an e-mail address")
URL = N_("a web address")
HANDLE = N_("a user name")
PLATE = N_("a number plate")
DIGITS = N_("seven digits or more in a row")
DIGIT_WORDS = N_("a number in words")
CPR = N_("ten digits that begin with a date")
CPR_CUE = N_("stands after 'cpr'")
PHONE = N_("a phone number")
ACCOUNT = N_("an account or card number")
STREET = N_("a street and a number")
POSTCODE = N_("a postcode and a town")
NAME_CUE = N_("stands after words that name somebody")
NAME_KNOWN = N_("is on the list of names")
NAME_CAPITAL = N_("has a capital letter inside a sentence")
UNREAD = N_("is too long to be read")


@dataclass(frozen=True)
class Span:
    """A stretch of a text that should not be read by others; `why` is an English msgid.

    `start` and `end` count code points of the text as it was given, end exclusive.
    """

    type: Kind
    start: int
    end: int
    why: str
