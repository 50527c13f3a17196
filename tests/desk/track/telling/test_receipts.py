"""What a receipt shows of what was told: by theme and phase, before and after its pointer is cut, and nothing else."""

from datetime import date

from app.core import clock, db
from app.desk.track.phases import queries as phases
from app.desk.track.telling import receipts as job
from app.privacy import queries, receipts
from app.publication import receipt_outcome, told
from app.publication.receipt_outcome import Status
from tests.desk.moderation import factories as texts
from tests.publication.telling import tell

FIRST, SECOND = "listen_first", "midway"


def in_phases(**days: tuple[date, date]) -> None:
    """The phases have these days."""
    for key, (opens_on, closes_on) in days.items():
        phase = phases.phase(key)
        assert phase is not None
        phase.opens_on, phase.closes_on = opens_on, closes_on
    db.db.session.flush()


def a_receipt(week: str, themes: str, *, is_read: bool = True) -> str:
    response_id = texts.a_response(week=week)
    words = " ".join(receipts.issue(response_id, week))
    if is_read:
        queries.mark_receipt(response_id, themes)
    return words


def shown(words: str) -> Status:
    db.db.session.flush()
    db.db.session.expire_all()
    found = receipt_outcome.status(words)
    assert found is not None
    return found


def told_of(words: str) -> list[str]:
    return [answer.body["da"] for answer in shown(words).answers]


def test_a_receipt_is_answered_by_its_theme_and_the_phase_of_its_week(quarter: None) -> None:
    in_phases(**{FIRST: (date(2026, 1, 5), date(2026, 3, 1)), SECOND: (date(2026, 3, 2), date(2026, 6, 28))})
    tell("B1", body="Nu er her varmt.", phase=FIRST)
    tell("A1", body="Der er sat ovne op.", phase=FIRST)
    tell("B2", body="Nu er her køligt.", phase=SECOND)
    early, late = a_receipt("2026-W03", "ADG.AAB,TRY"), a_receipt("2026-W10", "ADG")
    other, unread = a_receipt("2026-W03", "KOM"), a_receipt("2026-W03", "ADG", is_read=False)
    assert told_of(early) == [], "the job writes what answers whom"

    assert job.write(clock.now()) == 5  # three times the theme, twice everybody

    assert told_of(early) == ["Nu er her varmt.", "Der er sat ovne op."], "the decision, then what was done"
    assert told_of(late) == ["Nu er her køligt."]
    assert (told_of(other), told_of(unread)) == ([], [])
    assert job.write(clock.now()) == 0


def test_who_gave_only_marks_reads_the_answer_to_everybody(quarter: None) -> None:
    tell("B1", body="Nu er her varmt.")
    tell("B2", body="Kun i det ene hus.", places=("GH1",))
    tell("A1", body="Der er sat ovne op.")
    job.write(clock.now())

    assert told_of(a_receipt("2026-W03", "")) == ["Nu er her varmt."]


def test_two_with_the_same_theme_read_the_same_before_and_after_the_pointer_is_cut(quarter: None) -> None:
    tell("B1")
    job.write(clock.now())
    one, other = a_receipt("2026-W03", "ADG.AAB"), a_receipt("2026-W03", "ADG.LUK")
    before = shown(one)

    queries.cut_receipts("2026-W03")
    after = shown(one)

    assert (before.can_be_deleted, after.can_be_deleted) == (True, False)
    assert (before.themes, before.answers) == (after.themes, after.answers)
    assert after == shown(other), "no place, no sub-theme and no words of one's own"
    assert not {"GH1", "AAB", texts.SAID} & set(str(after).split())


def test_what_is_taken_down_and_what_moves_to_other_days_leaves_the_receipts(quarter: None) -> None:
    in_phases(**{FIRST: (date(2026, 1, 5), date(2026, 3, 1))})
    tell("B1", phase=FIRST)
    tell("B2", phase=FIRST, body="Nu er her varmt.")
    words = a_receipt("2026-W03", "ADG")
    job.write(clock.now())
    told.retire("B1")
    db.db.session.flush()

    assert told_of(words) == ["Nu er her varmt."], "at once, not when the job comes"
    tell("B2", phase=FIRST, channels=("sms",))
    assert told_of(words) == [], "what is told by text message alone is on no page"
    tell("B2", phase=FIRST, body="Nu er her varmt.")
    in_phases(**{FIRST: (date(2026, 2, 2), date(2026, 3, 1))})
    assert job.write(clock.now()) == 2
    assert told_of(words) == []
