"""Who sent it: a telephone number in E.164, or a machine that is not to be answered."""

import re

import phonenumbers

SHORTEST_NUMBER = 7  # digits; anything shorter is a service, not a person
_REGION = "DK"
_DANISH = re.compile(r"\+45[2-9][0-9]{7}")


def normalised(sender: str, *, ours: str) -> tuple[str, bool]:
    """The sender in E.164 where it is a number, and whether it is a machine."""
    if _DANISH.fullmatch(sender):  # as carriers write nearly all of them; the library takes 40 µs for the same answer
        return sender, sender == ours
    digits = sum(character.isdigit() for character in sender)
    if digits < SHORTEST_NUMBER or any(character.isalpha() for character in sender):
        return sender, True
    try:
        number = phonenumbers.parse(sender, _REGION)
    except phonenumbers.NumberParseException:
        return sender, True
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return e164, e164 == ours
