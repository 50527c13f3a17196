"""Batches: beginning one, who has it in hand, keying and correcting its sheets, finishing it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from app.core import weeks
from app.core.errors import Refusal
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.paper import queries, sampling, sheets
from app.desk.paper.models import PaperBatch, PaperSheet
from app.desk.paper.sheets import Sheet
from app.surveys import queries as surveys
from app.surveys import responses, sites, versions
from app.surveys.models import Site
from app.surveys.questions import Survey, asked_at

OLDEST = 26
"""Weeks back that a batch may be about: boxes are emptied more often."""
MOST_SHEETS = 500
LONGEST_LABEL = 20


class BatchRefused(Refusal):
    """Something a batch does not allow as it stands, or does not allow this person."""


class Changed(Refusal):
    """Somebody, or another window, was here first."""


@dataclass(frozen=True)
class Wanted:
    """What a new batch is to be about, as it was typed."""

    version: str
    site_code: str
    week: str
    label: str


@dataclass(frozen=True)
class Hands:
    """Who keys, and who may not check because they have seen the first keying."""

    current: bytes | None
    name: str
    firsts: frozenset[bytes]


def weeks_to_choose(today: date) -> list[str]:
    """This week and those before it, the newest first."""
    return [weeks.week_of(today - timedelta(weeks=back)) for back in range(OLDEST + 1)]


def versions_on_paper(survey_id: str) -> list[Survey]:
    """Every version that was printed, open or closed, the newest first: sheets of it may still lie in a box."""
    numbers = [one.version for one in surveys.survey_versions() if one.survey_id == survey_id and one.state != "draft"]
    found = [versions.get(survey_id, number) for number in reversed(numbers)]
    return [survey for survey in found if survey and "paper" in survey.channels]


def sites_for(reader: User) -> list[Site]:
    """The places whose sheets this person may enter: every one but their own."""
    return [site for site in surveys.sites() if site.code != reader.site_code]


def begin(survey_id: str, wanted: Wanted, by: User, today: date) -> PaperBatch:
    """A new batch in this person's hands."""
    version = next((one for one in versions_on_paper(survey_id) if str(one.version) == wanted.version), None)
    site = next((one for one in sites_for(by) if one.code == wanted.site_code), None)
    if version is None or site is None:
        raise BatchRefused(_("Choose the version and the place."))
    label = _label(wanted.label)
    if wanted.week not in weeks_to_choose(today):
        raise BatchRefused(_("Choose a week that has begun, at most %(most)s weeks ago.", most=OLDEST))
    batch = PaperBatch(
        id=responses.new_id(), survey_id=survey_id, version=version.version, site_code=site.code, week=wanted.week,
        label=label, turn=1,
    )  # fmt: skip
    if not queries.add_batch(batch):
        raise BatchRefused(_("There is a batch of this name already. Go on with it, or choose another name."))
    queries.hand_over(batch.id, 1, "first", by.id)
    record("paper.begin", batch)
    return batch


def survey_of(batch: PaperBatch) -> Survey:
    """The version the sheets were printed from, as it is asked there; a version never goes away, closed or not."""
    survey = versions.get(batch.survey_id, batch.version)
    if survey is None:
        raise LookupError(f"{batch.survey_id} {batch.version} of a batch is not there")
    site = sites.by_code(batch.site_code)
    return asked_at(survey, site.kind if site else None)


def part_of(batch: PaperBatch) -> str:
    """Which of the two keyings is going on."""
    return "first" if batch.state == "keying" else "second"


def hands(batch: PaperBatch) -> Hands:
    """Who has the sheets now."""
    everybody = queries.hands(batch.id, batch.turn)
    now = [(hand.user_id, name) for hand, name in everybody if hand.part == part_of(batch) and hand.is_current]
    firsts = frozenset(hand.user_id for hand, _name in everybody if hand.part == "first")
    user_id, name = now[0] if now else (None, "")
    return Hands(user_id, name, firsts)


def take(batch: PaperBatch, me: User) -> None:
    """Take the sheets in hand: to begin, or from somebody who does not go on. Taking what one has changes nothing."""
    if batch.state not in ("keying", "checking"):
        raise Changed(_("There is nothing more to key in this batch."))
    held = hands(batch)
    if batch.state == "checking" and me.id in held.firsts:
        raise BatchRefused(_("You have keyed this batch. Somebody else must check it."))
    if held.current == me.id:
        return
    queries.hand_over(batch.id, batch.turn, part_of(batch), me.id)
    record("paper.take", batch)


def check_holder(batch: PaperBatch, me: User, state: str) -> None:
    """Refuse whoever does not have these sheets in hand in this state."""
    if batch.state != state:
        raise Changed(_("This batch has gone on meanwhile. Look where it stands."))
    held = hands(batch)
    if state == "checking" and me.id in held.firsts:
        raise BatchRefused(_("You have keyed this batch. Somebody else must check it."))
    if held.current != me.id:
        raise BatchRefused(_("Somebody else has this batch in hand. Take it over first."))


def next_place(places: Sequence[int]) -> int:
    """The number of the next sheet, after the highest so far."""
    return max(places, default=0) + 1


def save(batch: PaperBatch, me: User, place: int, sheet: Sheet, *, seen: str) -> None:
    """Keep a sheet, new or corrected. `seen` is the mark of what the form showed, "" for a sheet that was new.

    The same sheet twice is one. Raises Changed if another window has kept something else there.
    """
    check_holder(batch, me, "keying")
    known = queries.sheet(batch.id, place)
    if known is None:
        _add(batch, place, sheet)
        return
    if seen != mark(known.first):
        _same_or_changed(sheets.unseal(known.first, known.month, known.id, "first"), sheet)
        return
    known.first = sheets.seal(sheet, sheets.month(batch.week), known.id, "first")


def take_out(batch: PaperBatch, me: User, place: int) -> None:
    """Forget a sheet that was keyed by mistake; the numbers of the others stay as they are pencilled."""
    check_holder(batch, me, "keying")
    queries.delete_sheet(batch.id, place)


def finish(batch: PaperBatch, me: User) -> None:
    """The pile is through: draw the sheets that somebody else keys without seeing these."""
    check_holder(batch, me, "keying")
    places = queries.places(batch.id)
    if not places:
        raise BatchRefused(_("There is no sheet in this batch yet."))
    queries.set_draw(batch.id, sampling.draw(places, len(places)), 1)
    batch.state = "checking"
    record("paper.finish", batch, count=len(places))


def delete(batch: PaperBatch) -> None:
    """Throw an open batch away with everything keyed; what was accepted stays."""
    if batch.state == "accepted":
        raise BatchRefused(_("This batch is stored already."))
    record("paper.delete", batch, count=len(queries.places(batch.id)))
    queries.delete_batch(batch.id)


def mark(box: bytes | None) -> str:
    """Tells one keying from another without opening it: every sealing makes another box."""
    return hashlib.sha256(box).hexdigest()[:16] if box else ""


def record(act: str, batch: PaperBatch, *, count: int | None = None, detail: str = "") -> None:
    """An audit row that names the pile, never a sheet."""
    target = f"{batch.survey_id} {batch.version} {batch.site_code} {batch.week}"
    audit.record(act, target, count=count, detail=f"{batch.label} {detail}".strip())


def _add(batch: PaperBatch, place: int, sheet: Sheet) -> None:
    places = queries.places(batch.id)
    if place != next_place(places):
        raise Changed(_("This batch has gone on meanwhile. Look where it stands."))
    if len(places) >= MOST_SHEETS:
        raise BatchRefused(_("A batch has at most %(most)s sheets. Finish it and begin another.", most=MOST_SHEETS))
    month = sheets.month(batch.week)
    sheet_id = responses.new_id()
    box = sheets.seal(sheet, month, sheet_id, "first")
    queries.add_all([PaperSheet(id=sheet_id, batch_id=batch.id, place=place, month=month.name, first=box)])


def _same_or_changed(known: Sheet, sheet: Sheet) -> None:
    if known != sheet:
        raise Changed(_("This sheet was keyed in another window meanwhile. Look at it before you go on."))


def _label(typed: str) -> str:
    label = " ".join(typed.split())
    if not 1 <= len(label) <= LONGEST_LABEL or not label.isprintable():
        raise BatchRefused(_("Write the name on the envelope, with at most %(most)s characters.", most=LONGEST_LABEL))
    return label
