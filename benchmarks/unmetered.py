"""The application with a reply budget no load can use up: what is measured is answering, not falling silent."""

from app.channels.sms import meter
from wsgi import app

__all__ = ["app"]
meter.REPLIES_AN_HOUR = 10**9
