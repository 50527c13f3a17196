"""The application with a reply budget no load can use up: what is measured is answering, not falling silent."""

from app import create_app
from app.channels.sms import meter

meter.REPLIES_AN_HOUR = 10**9
app = create_app()
