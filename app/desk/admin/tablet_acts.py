"""What staff do with a tablet, each act written down: adding, codes, closing, PIN, times, the checklist."""

from collections.abc import Collection, Mapping
from datetime import datetime

from flask_babel import gettext as _

from app.core import db
from app.core.errors import Refusal
from app.core.i18n import N_
from app.desk.accounts import audit, queries
from app.desk.admin import tablet_files
from app.desk.admin.tablet_files import File
from app.surveys import kiosk_settings, kiosks, sites
from app.surveys.kiosk_settings import SettingRefused
from app.surveys.kiosks import KioskRefused
from app.surveys.models import Kiosk

TIMES = {
    "idle": N_("Ask “Are you still there?” after"),
    "idle_words": N_("The same while somebody writes words"),
    "warn": N_("Then wait before it deletes"),
}
SCREENS = ("words_screen", "keep_partial")


class TabletRefused(Refusal):
    """Something that cannot be done with a tablet like this, and the field of the form it is about."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        """`field` is the id of the input to go to; '' for the form as a whole."""
        super().__init__(sentence)
        self.field = field


def add(site_code: str, label: str, now: datetime) -> tuple[Kiosk, str]:
    """A new tablet of a place, and its code, shown once. Two of one name at a place are one pressed twice."""
    label = " ".join(label.split())
    queries.take_audit_turn()
    site = sites.by_code(site_code) if site_code else None
    if site is None:
        raise TabletRefused(_("Choose where the tablet stands."), field="site")
    if not label.isprintable():
        raise TabletRefused(_("Write the name with ordinary letters and digits."), field="label")
    if any(one.label.casefold() == label.casefold() for one in kiosks.listed(site.code) if not one.is_revoked):
        raise TabletRefused(_("%(label)s is there already. Open it to make a new code.", label=label), field="label")
    try:
        device, code = kiosks.create(site.code, label, now)
    except KioskRefused as refusal:
        raise TabletRefused(str(refusal), field="label") from refusal
    audit.record("kiosk.add", _named(device))
    return device, code


def new_code(device: Kiosk, now: datetime) -> str:
    """Another code; the one before opens nothing any more."""
    _take(device)
    code = kiosks.new_code(device, now)
    audit.record("kiosk.code", _named(device))
    return code


def revoke(device: Kiosk) -> None:
    """Close a tablet; one that is closed stays so, and nothing is written down twice."""
    _take(device)
    if device.is_revoked:
        return
    kiosks.revoke(device)
    audit.record("kiosk.revoke", _named(device))


def set_pin(device: Kiosk, pin: str) -> None:
    """Another PIN for the staff menu. The trail says that it was set, never what it is."""
    _take(device)
    try:
        kiosk_settings.set_pin(device, pin)
    except SettingRefused as refusal:
        raise TabletRefused(str(refusal), field="pin") from refusal
    audit.record("kiosk.pin", _named(device))


def set_times(device: Kiosk, written: Mapping[str, str]) -> None:
    """Times in seconds and which screens there are, as the form says: all of it, or nothing."""
    _take(device)
    screens = {name: written.get(name) == "yes" for name in SCREENS}
    if screens["words_screen"] and "keyboard" not in kiosk_settings.checked(device):
        sentence = _("First tick in the checklist that the keyboard does not learn words.")
        raise TabletRefused(sentence, field="check-keyboard")
    before = kiosk_settings.of(device)
    for name, label in TIMES.items():
        _set_time(device, name, _(label), written.get(name, ""))
    kiosk_settings.change(device, **screens)
    changed = {name: value for name, value in kiosk_settings.of(device).items() if value != before[name]}
    if changed:
        detail = " ".join(f"{name}={value}" for name, value in sorted(changed.items()))
        audit.record("kiosk.times", _named(device), detail=detail)


def tick(device: Kiosk, ticked: Collection[str]) -> None:
    """What of the checklist holds. The same again changes nothing."""
    _take(device)
    before = kiosk_settings.checked(device)
    kiosk_settings.check_off(device, ticked)
    after = kiosk_settings.checked(device)
    if after != before:
        audit.record("kiosk.tick", _named(device), detail=" ".join(after))


def open_file(device: Kiosk, content: bytes) -> File:
    """The sealed answers of a file, to be stored. The trail says that it was read in, not how many there were."""
    found = tablet_files.read(device, content)
    audit.record("kiosk.read_in", _named(device))
    return found


def _take(device: Kiosk) -> None:
    """Of two presses at once the second sees what the first has done."""
    queries.take_audit_turn()
    db.db.session.refresh(device)


def _named(device: Kiosk) -> str:
    return f"{device.site_code} {device.label}"


def _set_time(device: Kiosk, name: str, label: str, written: str) -> None:
    try:
        kiosk_settings.change(device, **{name: int(written)})
    except SettingRefused as refusal:
        raise TabletRefused(f"{label}: {refusal}", field=name) from refusal
    except ValueError:
        raise TabletRefused(_("Write the times as whole seconds."), field=name) from None
