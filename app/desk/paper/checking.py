"""The blind second keying: what differs, what follows from it, and who was right."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.accounts.models import User
from app.desk.paper import batches, entry, queries, sampling, sheets
from app.desk.paper.batches import Changed
from app.desk.paper.models import PaperBatch, PaperCheck, PaperSheet
from app.desk.paper.sampling import Verdict
from app.desk.paper.sheets import Sheet
from app.surveys.question_types.base import Reading
from app.surveys.questions import Survey

FIRST, SECOND, OTHER = "first", "second", "other"


class NotDecided(Refusal):
    """Differences that nobody has decided yet, or not so that it can be kept."""

    def __init__(self, sentence: str, names: frozenset[str]) -> None:
        super().__init__(sentence)
        self.names = names


@dataclass(frozen=True)
class Difference:
    """One field that two people read differently."""

    sheet: PaperSheet
    field: str
    first: Reading
    second: Reading

    @property
    def name(self) -> str:
        """What it is called in the form: `12-q-safe`."""
        return f"{self.sheet.place}-{self.field}"


@dataclass(frozen=True)
class Choice:
    """Who was right; `typed` is what stands on the sheet where neither was."""

    right: str
    typed: str = ""


def save(batch: PaperBatch, me: User, place: int, sheet: Sheet, *, seen: str) -> None:
    """Keep a second keying. As `batches.save`, for the sheets that were drawn."""
    batches.check_holder(batch, me, "checking")
    known = queries.sheet(batch.id, place)
    if known is None or known.draw != draw_of(batch):
        raise Changed(_("This sheet is not among those to check."))
    if known.second is not None and seen != batches.mark(known.second):
        if sheets.unseal(known.second, known.month, known.id, "second") != sheet:
            raise Changed(_("This sheet was keyed in another window meanwhile. Look at it before you go on."))
        return
    known.second = sheets.seal(sheet, sheets.month(batch.week), known.id, "second")


def draw_of(batch: PaperBatch) -> int:
    """The draw that is being checked or decided."""
    return max((draw for draw, _is_done in queries.drawn(batch.id).values()), default=0)


def to_key(batch: PaperBatch) -> dict[int, bool]:
    """Place → whether it is keyed, of the sheets of this draw."""
    draw = draw_of(batch)
    return {place: is_done for place, (one, is_done) in queries.drawn(batch.id).items() if one == draw}


def compare(batch: PaperBatch, me: User) -> Verdict:
    """Count what differs in the sheets of this draw. Above 3 % the whole batch is begun again."""
    batches.check_holder(batch, me, "checking")
    if not all(to_key(batch).values()):
        raise batches.BatchRefused(_("Not every sheet is checked yet."))
    check = _counted(batch)
    queries.add_all([check])
    batches.record("paper.check", batch, count=check.sheets, detail=f"{check.differing}/{check.fields}")
    if check.verdict == "again":
        queries.delete_sheets(batch.id)
        batch.turn += 1
        batch.state = "keying"
    else:
        batch.state = "deciding"
    return check.verdict  # type: ignore[return-value]


def latest(batch: PaperBatch) -> PaperCheck:
    """What the last draw showed."""
    return queries.checks(batch.id)[-1]


def rate(checks: list[PaperCheck]) -> tuple[int, int]:
    """Differing fields and all fields of these draws together."""
    return sum(check.differing for check in checks), sum(check.fields for check in checks)


def differences(batch: PaperBatch) -> list[Difference]:
    """Every field of this draw that two people read differently, in the order of the pile."""
    survey, found = batches.survey_of(batch), []
    for row in queries.sheets(batch.id, draw=draw_of(batch)):
        first, second = _keyings(row)
        for name in sheets.differing(first, second, survey):
            found.append(Difference(row, name, first.fields[name], second.fields[name]))
    return found


def settle(batch: PaperBatch, choices: Mapping[str, Choice]) -> bool:
    """Keep what was decided about every difference; True if no more sheets need to be drawn.

    Otherwise as many as the rate asks for are drawn, and the batch goes back to be checked.
    """
    if batch.state != "deciding":
        raise Changed(_("This batch has gone on meanwhile. Look where it stands."))
    _keep(batch, choices)
    left = [place for place in queries.places(batch.id) if place not in queries.drawn(batch.id)]
    if latest(batch).verdict == "accept" or not left:
        return True
    chosen = sampling.draw(left, len(queries.places(batch.id)))
    queries.set_draw(batch.id, chosen, draw_of(batch) + 1)
    batch.state = "checking"
    batches.record("paper.widen", batch, count=len(chosen))
    return False


def settled(row: PaperSheet) -> Sheet:
    """What counts of a sheet: what was decided, else the first keying."""
    if row.settled is not None:
        return sheets.unseal(row.settled, row.month, row.id, "settled")
    return sheets.unseal(row.first, row.month, row.id, "first")


def _counted(batch: PaperBatch) -> PaperCheck:
    survey, draw = batches.survey_of(batch), draw_of(batch)
    rows = queries.sheets(batch.id, draw=draw)
    fields = len(rows) * len(sheets.fields(survey))
    differing = sum(len(sheets.differing(*_keyings(row), survey)) for row in rows)
    before = [check for check in queries.checks(batch.id) if check.turn == batch.turn]
    differing_before, fields_before = rate(before)
    verdict = sampling.verdict(fields + fields_before, differing + differing_before)
    return PaperCheck(
        batch_id=batch.id, turn=batch.turn, draw=draw, sheets=len(rows), fields=fields, differing=differing,
        verdict=verdict,
    )  # fmt: skip


def _keyings(row: PaperSheet) -> tuple[Sheet, Sheet]:
    if row.second is None:
        raise LookupError("a sheet that was not keyed twice has nothing to compare")
    return (
        sheets.unseal(row.first, row.month, row.id, "first"),
        sheets.unseal(row.second, row.month, row.id, "second"),
    )


def _keep(batch: PaperBatch, choices: Mapping[str, Choice]) -> None:
    survey = batches.survey_of(batch)
    found = [(one, _decided(one, choices.get(one.name, Choice("")), survey)) for one in differences(batch)]
    if undecided := frozenset(one.name for one, reading in found if reading is None):
        raise NotDecided(_("Decide what stands on the sheet, for every difference."), undecided)
    fields: dict[bytes, dict[str, Reading]] = {}
    for one, reading in found:
        known = fields.setdefault(one.sheet.id, dict(_keyings(one.sheet)[0].fields))
        known[one.field] = reading or one.first
        one.sheet.settled = sheets.seal(Sheet(known), sheets.month(batch.week), one.sheet.id, "settled")


def _decided(one: Difference, choice: Choice, survey: Survey) -> Reading | None:
    if choice.right == OTHER:
        return entry.field(one.field, choice.typed, survey)
    return {FIRST: one.first, SECOND: one.second}.get(choice.right)
