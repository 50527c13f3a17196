"""The demo's tablet: one at the first place, with a code that is ready to be typed."""

from datetime import datetime

from app.surveys import kiosk_settings, kiosks

SITE, LABEL, PIN = "GH1", "Ved døren", "274913"


def code(now: datetime) -> str | None:
    """A fresh code; None once somebody has connected the tablet."""
    device = next((one for one in kiosks.listed(SITE) if one.label == LABEL), None)
    if device is None:
        device, code = kiosks.create(SITE, LABEL, now)
        kiosk_settings.check_off(device, kiosk_settings.CHECKS)
        kiosk_settings.change(device, words_screen=True)
        kiosk_settings.set_pin(device, PIN)
        return code
    return None if device.token_hash or device.is_revoked else kiosks.new_code(device, now)
