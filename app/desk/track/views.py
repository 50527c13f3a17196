"""Pages of track."""

from flask import Blueprint

pages = Blueprint("track", __name__, url_prefix="/desk")
