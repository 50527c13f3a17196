"""A filter of the queue: facets from closed sets, so that an address or a saved filter can never hold a word."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from app.core import weeks
from app.desk.moderation import labels

WAITING = "waiting"
NO_THEME = "none"
"""In place of a code: texts without a theme."""
UNSURE = "unsure"
"""The order of learning: what the suggestions are least sure of first."""
FLAGS_BEFORE = ("AKUT", "VARSEL")
"""Flags that come with the text and so can be asked for before it is read."""
_TRAY = re.compile(r"[a-z]{1,16}", re.ASCII)
_LANG = re.compile(r"[a-z]{2,3}", re.ASCII)
_CODE = re.compile(r"[A-Z]{1,8}(?:\.[A-Z]{1,8})?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Facets:
    """What of a queue is shown; '' is all."""

    tray: str = WAITING
    kind: str = ""
    channel: str = ""
    spoken: str = ""
    """The language of the text; `lang` is the page's."""
    since: str = ""
    until: str = ""
    code: str = ""
    type: str = ""
    flag: str = ""
    order: str = ""

    @property
    def address(self) -> dict[str, Any]:
        """As parameters of an address; what is all is left out."""
        said = {name: str(value) for name, value in asdict(self).items() if value}
        return said if self.tray != WAITING else {name: value for name, value in said.items() if name != "tray"}

    @property
    def is_narrow(self) -> bool:
        """Whether it shows less than its whole queue."""
        return any(value for name, value in asdict(self).items() if name not in ("tray", "order"))


def parse(given: Mapping[str, Any]) -> Facets:
    """Facets from an address or from storage; what is not one of the known values is left out."""
    read = {
        "tray": _like(_TRAY, given.get("tray")) or WAITING,
        "kind": _one_of([kind for kind in labels.SITE_KINDS if kind], given.get("kind")),
        "channel": _one_of(labels.CHANNELS, given.get("channel")),
        "spoken": _like(_LANG, given.get("spoken")),
        "since": _week(given.get("since")),
        "until": _week(given.get("until")),
        "code": NO_THEME if given.get("code") == NO_THEME else _like(_CODE, given.get("code")),
        "type": _like(_CODE, given.get("type")),
        "flag": _like(_CODE, given.get("flag")),
        "order": _one_of((UNSURE,), given.get("order")),
    }
    return Facets(**read)


def _like(pattern: re.Pattern[str], given: object) -> str:
    return given if isinstance(given, str) and pattern.fullmatch(given) else ""


def _one_of(known: Any, given: object) -> str:
    return given if isinstance(given, str) and given in known else ""


def _week(given: object) -> str:
    try:
        weeks.thursday(str(given))
    except ValueError:
        return ""
    return str(given)
