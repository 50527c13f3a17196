"""Pages of moderation."""

from flask import Blueprint

pages = Blueprint("moderation", __name__, url_prefix="/desk")
