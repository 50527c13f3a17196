"""The numbers Decidim gave to what we sent there."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class DecidimLink(Model):
    """A proposal or action of ours as Decidim knows it: found by its title, confirmed by a person."""

    __tablename__ = "decidim_link"
    __table_args__ = (CheckConstraint("decidim_id > 0", name="decidim_id"),)

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    """F3 or A7."""
    decidim_id: Mapped[int]
    reference: Mapped[str] = mapped_column(String(80), default="")
    url: Mapped[str] = mapped_column(String(300), default="")
