"""Who sent it: a telephone number in E.164, or a machine that is not to be answered."""

import phonenumbers

SHORTEST_NUMBER = 7  # digits; anything shorter is a service, not a person
_REGION = "DK"


def normalised(sender: str, *, ours: str) -> tuple[str, bool]:
    """The sender in E.164 where it is a number, and whether it is a machine."""
    digits = sum(character.isdigit() for character in sender)
    if digits < SHORTEST_NUMBER or any(character.isalpha() for character in sender):
        return sender, True
    try:
        number = phonenumbers.parse(sender, _REGION)
    except phonenumbers.NumberParseException:
        return sender, True
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return e164, e164 == ours
