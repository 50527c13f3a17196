"""The citizens' pages."""

from flask import Blueprint

from app.channels.web import wording

pages = Blueprint("web", __name__)
pages.app_context_processor(wording.names)
