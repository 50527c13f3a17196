"""Addresses somebody types as a link: only such that a browser opens as a page."""

import re

from flask_babel import gettext as _

from app.core.errors import Refusal

LONGEST = 400
_ADDRESS = re.compile(r"https?://[^\s/?#]+\.[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)


class AddressRefused(Refusal):
    """What is typed is no address of a page."""


def check(address: str) -> None:
    """Refuse what is neither empty nor an address on the web: a script could hide in it."""
    if address and (len(address) > LONGEST or not _ADDRESS.fullmatch(address)):
        raise AddressRefused(_("A link begins with https:// and is the address of a page."))
