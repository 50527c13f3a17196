"""The track as citizens read it: a copy of every object that is public, with its way up and down the chain.

The desk calls `show` whenever something becomes public or changes in public; the citizens' pages read here only.
"""

from app.publication.track.entries import Entry, Link, entries, entry, hide, in_order, linked_to, show
from app.publication.track.models import KINDS, RELATIONS

__all__ = ["KINDS", "RELATIONS", "Entry", "Link", "entries", "entry", "hide", "in_order", "linked_to", "show"]
