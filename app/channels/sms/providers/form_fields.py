"""Known parameters of a signed form, each of them once."""

from collections.abc import Iterable

from werkzeug.datastructures import MultiDict

from app.channels.sms.providers.base import NotAuthentic


def read(form: MultiDict[str, str], names: Iterable[str]) -> dict[str, str]:
    """The parameters of these names, empty where one is missing.

    A signature joins names and values without a mark between them, so an unknown parameter is not
    looked at and a doubled one is refused: which of the two was meant could not be told.
    """
    return {name: _only(form, name) for name in names}


def _only(form: MultiDict[str, str], name: str) -> str:
    values = form.getlist(name)
    if len(values) > 1:
        raise NotAuthentic
    return values[0] if values else ""
