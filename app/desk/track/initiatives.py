"""The initiatives of the dignity reform that a proposal may name, by the names citizens read too."""

from app.publication.initiatives import names

__all__ = ["names"]
