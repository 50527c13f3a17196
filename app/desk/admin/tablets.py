"""How a tablet is doing, in plain words: what it last said of itself, what that means, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.i18n import N_
from app.publication.formats import wording
from app.surveys import kiosk_settings
from app.surveys.models import Kiosk

SILENT_FROM = 3
"""Days without a word after which somebody should look."""
NEARLY_FULL = 80
"""Per cent of the room for what waits."""
STORAGE_STEP = 20
TELL_ADMIN_FROM = 30
"""Days an answer may wait before the administrator is told."""
EPOCH = date(1970, 1, 1)
QUEUES = {"0-4": N_("fewer than 5, or none"), "5+": N_("5 or more")}
CHECKLIST = {
    "lock": (
        N_("The tablet is locked to this one page."),
        N_("iPad: guided access. Android: lock task or app pinning. Computer: chromium --kiosk."),
    ),
    "keyboard": (
        N_("The keyboard does not learn words."),
        N_("Switch off suggestions and learning. If you cannot, leave the screen for words off."),
    ),
    "app": (N_("The page is installed as an app."), N_("Choose Add to home screen. An iPad needs it.")),
    "profile": (N_("The browser is not in a guest or private window."), N_("There it would forget what waits.")),
    "sound": (N_("Sound and headphones have been tried."), N_("Press the speaker on the first screen and listen.")),
    "place": (
        N_("Nobody can look over a person's shoulder."),
        N_("Turn the screen to a wall or corner."),
    ),
}
"""What staff tick once the tablet stands there: what must be so, and how to get there."""


@dataclass(frozen=True)
class Warned:
    """Something is not as it should be, and what to do."""

    words: str
    todo: str
    is_bad: bool = False


@dataclass(frozen=True)
class Tablet:
    """One tablet as a page shows it. No answer, no exact number of them, and no time is in it."""

    id: str
    label: str
    site_code: str
    state: str
    """'open', 'waiting' for its code, 'off' before that, or 'revoked'."""
    version: str
    contact: str
    queue: str
    oldest: str
    quarantined: int | None
    is_persisted: bool | None
    storage: str
    """Of the room for what waits, in steps so large that one answer hardly ever moves them."""
    warnings: tuple[Warned, ...]
    checklist_left: int

    @property
    def is_pressing(self) -> bool:
        """Whether something is wrong that cannot wait."""
        return any(warning.is_bad for warning in self.warnings)


def shown(kiosks: Iterable[Kiosk], *, now: datetime, today: date, lang: str) -> list[Tablet]:
    """Tablets as pages show them: by place, those that need somebody first, closed ones last."""
    found = [_tablet(one, now=now, today=today, lang=lang) for one in kiosks]
    return sorted(found, key=lambda one: (one.state == "revoked", one.site_code, not one.is_pressing, one.label))


def _tablet(kiosk: Kiosk, *, now: datetime, today: date, lang: str) -> Tablet:
    state = _state(kiosk, now)
    return Tablet(
        id=kiosk.id.hex(),
        label=kiosk.label,
        site_code=kiosk.site_code,
        state=state,
        version=kiosk.app_version or "",
        contact=_contact(kiosk.contact_day, today, lang),
        queue=_(QUEUES[kiosk.queue]) if kiosk.queue else "",
        oldest=ngettext("%(num)s day", "%(num)s days", kiosk.oldest_days) if kiosk.oldest_days else "",
        quarantined=kiosk.quarantined,
        is_persisted=kiosk.is_persisted,
        storage=_storage(kiosk.storage_pct),
        warnings=tuple(sorted(_warnings(kiosk, state, today=today, lang=lang), key=lambda one: not one.is_bad)),
        checklist_left=len(set(CHECKLIST) - set(kiosk_settings.checked(kiosk))) if state == "open" else 0,
    )


def _state(kiosk: Kiosk, now: datetime) -> str:
    if kiosk.token_hash is not None and not kiosk.is_revoked:
        return "open"
    if kiosk.code_until is not None and kiosk.code_until > now.timestamp():
        return "waiting"
    return "revoked" if kiosk.is_revoked else "off"


def _contact(day: int | None, today: date, lang: str) -> str:
    if day is None:
        return _("not yet")
    when = EPOCH + timedelta(days=day)
    if when >= today:  # a tablet that spoke just after our midnight is no news from the future
        return _("today")
    return _("yesterday") if today - when == timedelta(days=1) else wording.day(when, lang)


def _storage(percent: int | None) -> str:
    if percent is None:
        return ""
    if percent < STORAGE_STEP:
        return _("under %(percent)s %%", percent=STORAGE_STEP)
    return _("%(percent)s %% or more", percent=percent - percent % STORAGE_STEP)


def _warnings(kiosk: Kiosk, state: str, *, today: date, lang: str) -> Iterable[Warned]:
    if state == "revoked":
        return
    if state != "open":
        yield _not_connected(state)
        return
    yield from _about_contact(kiosk, today, lang)
    yield from _about_queue(kiosk)
    yield from _about_storage(kiosk)
    if kiosk.pin is None:
        yield Warned(_("Nobody can open the staff menu."), _("An administrator sets a PIN of 6 digits."))


def _not_connected(state: str) -> Warned:
    if state == "waiting":
        return Warned(_("Its code has not been used yet."), _("Type the code on the tablet while it opens."))
    return Warned(_("It is not connected."), _("An administrator makes a code. You type it on the tablet."))


def _about_contact(kiosk: Kiosk, today: date, lang: str) -> Iterable[Warned]:
    if kiosk.contact_day is None:
        yield Warned(_("We have not heard from it yet."), _("Open it where there is net, and wait 5 minutes."))
        return
    silent = (today - EPOCH).days - kiosk.contact_day
    if silent >= SILENT_FROM:
        words = _("We have not heard from it since %(day)s.", day=_contact(kiosk.contact_day, today, lang))
        yield Warned(words, _("See that it is switched on and has net. The answers on it are safe."), is_bad=True)


def _about_queue(kiosk: Kiosk) -> Iterable[Warned]:
    if kiosk.oldest_days is not None:
        words = ngettext(
            "Answers have waited on it for %(num)s day.", "Answers have waited on it for %(num)s days.",
            kiosk.oldest_days,
        )  # fmt: skip
        if kiosk.oldest_days >= TELL_ADMIN_FROM:
            todo = _("Take them out as a file in the staff menu of the tablet, and read the file in here.")
        else:
            todo = _("Carry it to where there is net, and press Send now in the staff menu.")
        yield Warned(words, todo, is_bad=kiosk.oldest_days >= TELL_ADMIN_FROM)
    if kiosk.quarantined:
        words = _("Something on it could not be sent.")
        yield Warned(words, _("Take it out as a file in the staff menu, and tell an administrator."), is_bad=True)


def _about_storage(kiosk: Kiosk) -> Iterable[Warned]:
    if kiosk.storage_pct is not None and kiosk.storage_pct >= NEARLY_FULL:
        yield Warned(_("It is nearly full."), _("Carry it to where there is net today."), is_bad=True)
    if kiosk.is_persisted is False:
        words = _("The browser may throw away what waits on it.")
        yield Warned(words, _("Install the page as an app. An administrator can help."))
