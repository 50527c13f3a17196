"""Whether everybody comes through a survey: not too far, and never down a branch that cannot be right."""

from collections.abc import Iterator

from flask_babel import gettext as _

from app.surveys import question_types, ways
from app.surveys.fault import Fault
from app.surveys.questions import Condition, Question, Survey

MOST_QUESTIONS = 8


def check(survey: Survey) -> Iterator[Fault]:
    """The longest way, each branch, and words last. Most of it is refused when a file is read, too."""
    longest = ways.longest(survey)
    if longest > MOST_QUESTIONS:
        reason = _(
            "One way through asks %(count)s questions. %(most)s is the most.", count=longest, most=MOST_QUESTIONS
        )
        yield Fault(survey.id, reason)
    yield from _words_last(survey)
    for place, question in enumerate(survey.questions):
        if question.show_if:
            yield from _branch(survey, question, question.show_if, place)


def _words_last(survey: Survey) -> Iterator[Fault]:
    is_late = False
    for question in survey.questions:
        is_words = question_types.by_name(question.type).is_words
        if is_late and not is_words:
            yield Fault(question.id, _("Questions answered in words come last: people write when they have chosen."))
        is_late = is_late or is_words


def _branch(survey: Survey, question: Question, condition: Condition, place: int) -> Iterator[Fault]:
    where = f"{question.id}.show_if"
    asked = next((known for known in survey.questions[:place] if known.id == condition.question), None)
    if asked is None:
        yield Fault(where, _not_before(survey, question, condition))
        return
    offered = {option.id for option in asked.options}
    for unknown in sorted(condition.any_of - offered):
        reason = _("“%(id)s” has no answer “%(option)s”, so this is never asked for it.", id=asked.id, option=unknown)
        yield Fault(where, reason)
    if "declined" in condition.any_of:
        yield Fault(where, _("Who would rather not say is not asked more about it."))
    if {option.id for option in asked.menu} <= condition.any_of:
        reason = _("It is asked after every answer to “%(id)s”: leave the condition out.", id=asked.id)
        yield Fault(where, reason)


def _not_before(survey: Survey, question: Question, condition: Condition) -> str:
    if condition.question == question.id:
        return _("It waits for its own answer, so it is never asked.")
    if any(known.id == condition.question for known in survey.questions):
        reason = _("It waits for “%(id)s”, which comes later, so it is never asked.", id=condition.question)
        return str(reason)
    return _("It waits for “%(id)s”, and there is no such question.", id=condition.question)
