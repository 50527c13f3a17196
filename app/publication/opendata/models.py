"""Bytes of files that are about more than one release."""

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class OpenFile(Model):
    """A file as it was made when the last release came out, and sent ever since."""

    __tablename__ = "open_file"
    __table_args__ = (CheckConstraint("length(sha256) = 64", name="sha256"),)

    name: Mapped[str] = mapped_column(String(24), primary_key=True)
    """'dictionary.csv', '2027.zip'."""
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
