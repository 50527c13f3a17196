"""What every page of moderation shows beside its own matter: the trays, the numbers of the day, keys, what was said."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from app.core import i18n
from app.desk.accounts.models import User
from app.desk.moderation import labels, states
from app.desk.moderation.codebook import queries as code_queries
from app.desk.moderation.dealing import counting, trays
from app.desk.moderation.filters import facets
from app.desk.moderation.filters.facets import Facets
from app.desk.moderation.keyboard import keys
from app.desk.moderation.queries import AnyRow
from app.desk.moderation.suggesting import teaching
from app.desk.moderation.undoing import showing

FORM = "text"


def around(me: User, given: Mapping[str, Any]) -> dict[str, Any]:
    """Names for the templates; `given` are the parameters of the address."""
    word, shown = given.get("said", ""), facets.parse(given)
    is_reader = me.role == "moderator"
    persons_keys = keys.of(me) if is_reader else keys.Keys(is_off=True)
    return {
        "said": _(labels.SAID[word], left=counting.left(me)) if word in labels.SAID else None,
        "just": word if word in labels.SAID else None,
        "labels": labels,
        "states": states,
        "facets": shown,
        "within": shown.address,
        "in_danish": i18n.current() == "da",
        "form_id": FORM,
        "flag_keys": labels.FLAGS,
        "keys": persons_keys,
        "key_cap": persons_keys.cap,
        **(beside(me, shown) if is_reader else {"trays": ()}),
    }


def beside(me: User, shown: Facets) -> dict[str, Any]:
    """The left column of a reader: trays, saved filters, the day."""
    teaching.begin()  # by the time the first text is opened, the suggestions are ready
    return {
        "trays": trays.TRAYS,
        "tray": trays.tray(shown.tray),
        "numbers": counting.numbers(me),
        "undoable": showing.newest(me),
    }


def codes_of(statements: Iterable[AnyRow]) -> dict[bytes, list[str]]:
    """Statement → keys of its codes."""
    found: dict[bytes, list[str]] = {row.id: [] for row in statements}
    for statement_id, key in code_queries.codes_of(found):
        found[statement_id].append(key)
    return found
