"""An accepted batch becomes responses like any others; what led from a sheet to a response is forgotten."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from flask_babel import gettext as _

from app.core import weeks
from app.desk.paper import batches, checking, queries, sheets
from app.desk.paper.models import PaperBatch, PaperSheet
from app.desk.paper.sheets import HELPED, LANG, QUOTE_OK, Sheet
from app.privacy import retention
from app.surveys import interview, question_types, responses, risk
from app.surveys import queries as surveys
from app.surveys.question_types.base import Reading, Skip, Unreadable, Value
from app.surveys.questions import Question, Survey
from app.surveys.responses import Said, Setting
from app.surveys.retention import RESPONSE_MONTHS

SHRED_WITHIN = 14
"""Days from acceptance until the sheets must be shredded."""
FORGOTTEN_AFTER = 52
"""Weeks: a batch that nobody finished goes with all that was keyed."""

_dice = random.SystemRandom()


def accept(batch: PaperBatch, today: date) -> int:
    """Store what the sheets say, in random order; how many responses that makes. A blank sheet makes none.

    Both keyings of the checked sheets are kept without their place until the sheets are shredded; everything else that
    was keyed is deleted in the same transaction.
    """
    rows, survey = list(queries.sheets(batch.id)), batches.survey_of(batch)
    given = [sheet for sheet in map(checking.settled, rows) if not sheet.is_blank(survey)]
    _store(batch, survey, given)
    kept = [_without_place(batch, row) for row in rows if row.second is not None]
    queries.delete_sheets(batch.id)
    _dice.shuffle(kept)
    queries.add_all(kept)
    batch.state, batch.accepted_on, batch.stored = "accepted", today, len(given)
    batches.record("paper.accept", batch, count=len(given))
    return len(given)


def shredded(batch: PaperBatch, today: date) -> None:
    """The paper is gone, and with it both keyings. Saying it twice changes nothing."""
    if batch.state != "accepted":
        raise batches.BatchRefused(_("Keep the sheets: this batch is not stored yet."))
    if batch.shredded_on is None:
        queries.delete_sheets(batch.id)
        batch.shredded_on = today
        batches.record("paper.shred", batch)


def shred_by(batch: PaperBatch) -> date | None:
    """The last day for the shredder; None while the sheets are needed or once they are gone."""
    if batch.accepted_on is None or batch.shredded_on is not None:
        return None
    return batch.accepted_on + timedelta(days=SHRED_WITHIN)


def forget(today: date) -> None:
    """What nobody needs any more: keyings after 14 days, batches never finished, batches as old as lost answers."""
    queries.delete_sheets_accepted_through(today - timedelta(days=SHRED_WITHIN))
    queries.delete_open_batches_through(weeks.week_of(today - timedelta(weeks=FORGOTTEN_AFTER)))
    queries.delete_batches_through(weeks.week_of(retention.months_before(today, RESPONSE_MONTHS)))


def said(survey: Survey, sheet: Sheet) -> list[Said]:
    """The answers of one sheet, as every channel stores them.

    A question behind a condition that does not hold was not asked: a tick there is not stored, words are.
    """
    lang, run, found = sheet.about(LANG), interview.begin(survey), []
    while question := interview.next_question(run):
        reading = sheet.of(question)
        if not _is_no_note(question, reading, sheet):
            found.append(_said(question, reading, lang))
        run = interview.answer(run, question, reading)
    asked = {taken.question_id for taken in run.taken}
    return [*found, *_words_elsewhere(survey, sheet, asked)]


def _store(batch: PaperBatch, survey: Survey, given: Sequence[Sheet]) -> None:
    month, ids = sheets.month(batch.week), sorted(responses.new_id() for _one in given)
    in_any_order = _dice.sample(given, len(given))
    pairs = list(zip(ids, in_any_order, strict=True))
    surveys.ADD_RESPONSES.run([responses.response_row(_setting(batch, sheet), new) for new, sheet in pairs])
    answers = [row for new, sheet in pairs for row in responses.answer_rows(new, said(survey, sheet), month)]
    surveys.ADD_ANSWERS.run(_dice.sample(answers, len(answers)))


def _setting(batch: PaperBatch, sheet: Sheet) -> Setting:
    return Setting(
        channel="paper", lang=sheet.about(LANG), week=batch.week, site_code=batch.site_code,
        survey_id=batch.survey_id, version=batch.version, helped=sheet.about(HELPED),
        quote_ok=sheet.about(QUOTE_OK) == "yes",
    )  # fmt: skip


def _said(question: Question, reading: Reading, lang: str) -> Said:
    if isinstance(reading, Unreadable):
        return Said(question=question.id, kind="unreadable")
    if isinstance(reading, Skip):
        return Said(question=question.id, kind=reading.kind)
    if question_types.by_name(question.type).is_words:
        words = str(reading.value)
        return Said(question=question.id, kind="words", words=words, is_urgent=risk.kind(words, lang=lang) is not None)
    value = reading.value if isinstance(reading.value, str) else ",".join(reading.value)
    return Said(question=question.id, kind="value", value=value)


def _is_no_note(question: Question, reading: Reading, sheet: Sheet) -> bool:
    """Who answered alone was not asked for a helper's note."""
    return question.type == "note" and sheet.about(HELPED) == "none" and isinstance(reading, Skip)


def _words_elsewhere(survey: Survey, sheet: Sheet, asked: set[str]) -> Iterator[Said]:
    for question in survey.questions:
        is_words = question_types.by_name(question.type).is_words
        if is_words and question.id not in asked and isinstance(sheet.of(question), Value):
            yield _said(question, sheet.of(question), sheet.about(LANG))


def _without_place(batch: PaperBatch, row: PaperSheet) -> PaperSheet:
    """Both keyings again, under an id that nothing knows."""
    new, month = responses.new_id(), sheets.month(batch.week)
    boxes: dict[str, bytes] = {}
    for keying in ("first", "second", "settled"):
        box = getattr(row, keying)
        if box is not None:
            boxes[keying] = sheets.seal(sheets.unseal(box, row.month, row.id, keying), month, new, keying)
    return PaperSheet(id=new, batch_id=batch.id, draw=row.draw, month=row.month, **boxes)
