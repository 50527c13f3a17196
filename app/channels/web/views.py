"""The citizens' pages."""

from flask import Blueprint

pages = Blueprint("web", __name__)
