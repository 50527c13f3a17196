"""The carriers we speak with."""

from app.channels.sms.providers.base import Inbound, NotAuthentic, Provider
from app.channels.sms.providers.twilio import Twilio

PROVIDERS: tuple[Provider, ...] = (Twilio(),)

__all__ = ["PROVIDERS", "Inbound", "NotAuthentic", "Provider"]
