"""Pages of accounts."""

from flask import Blueprint

pages = Blueprint("accounts", __name__, url_prefix="/desk")
