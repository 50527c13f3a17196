"""Webhooks of the SMS providers."""

from flask import Blueprint

webhooks = Blueprint("sms", __name__)
