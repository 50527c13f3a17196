"""Where a peer belongs, in their own words: they never code a text from there."""

from collections.abc import Collection

from flask_babel import gettext as _

from app.core import db
from app.core.errors import Refusal
from app.desk.accounts.models import User
from app.desk.track.findings import places
from app.desk.track.findings import queries as findings
from app.desk.track.peers import queries
from app.desk.track.peers.models import PeerHome


class NotAMunicipality(Refusal):
    """A name that is not on the list."""


def name(peer: User, municipalities: Collection[str]) -> None:
    """These are the peer's own, and no others; none is an answer too."""
    if not set(municipalities) <= set(findings.municipalities()):
        raise NotAMunicipality(_("Choose from the list."))
    queries.take_turn(peer.id)
    found = queries.home(peer.id) or PeerHome(user_id=peer.id)
    found.municipalities = sorted(municipalities)
    db.db.session.add(found)


def of(peer: User) -> list[str] | None:
    """The municipalities a peer has named; None while they have not said."""
    found = queries.home(peer.id)
    return list(found.municipalities) if found else None


def sites_of(peer: User) -> frozenset[str]:
    """The sites a peer has ties to: where they work, and those in the municipalities they named."""
    return places.of_user(peer, of(peer) or ())
