"""The carriers we speak with. A new one is a file here and a name in the line below."""

from app.channels.sms.providers.base import CarrierDown, Inbound, NotAuthentic, Provider
from app.channels.sms.providers.console import Console
from app.channels.sms.providers.gatewayapi import GatewayApi
from app.channels.sms.providers.twilio import Twilio

PROVIDERS: tuple[Provider, ...] = (Twilio(), GatewayApi(), Console())


def named(name: str) -> Provider:
    """The carrier of this name."""
    return next(provider for provider in PROVIDERS if provider.name == name)


__all__ = ["PROVIDERS", "CarrierDown", "Inbound", "NotAuthentic", "Provider", "named"]
