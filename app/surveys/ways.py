"""The ways through a survey: how long the longest is, whatever a person answers."""

from app.surveys.models import SITE_KINDS
from app.surveys.questions import Option, Question, Survey, asked_at

_Met = frozenset[int]
"""The places of the conditional questions whose condition holds."""


def longest(survey: Survey) -> int:
    """The most questions one person can be asked, at whichever kind of place."""
    return max(_longest(asked_at(survey, kind)) for kind in SITE_KINDS)


def _longest(survey: Survey) -> int:
    met_so_far: dict[_Met, int] = {frozenset(): 0}
    for place, question in enumerate(survey.questions):
        after: dict[_Met, int] = {}
        for met, count in met_so_far.items():
            is_asked = question.show_if is None or place in met
            for more in _effects(survey, question) if is_asked else [frozenset()]:
                key = met | more
                after[key] = max(after.get(key, 0), count + is_asked)
        met_so_far = after
    return max(met_so_far.values())


def _effects(survey: Survey, question: Question) -> list[_Met]:
    """What each possible answer makes true. Several choices at once are taken as all of them, the longest case."""
    each = [_met_by(survey, question, option) for option in question.options]
    several = max(question.max or 1, question.top or 1) > 1
    together = [frozenset().union(*each)] if several and each else []
    return list({frozenset(), *each, *together})


def _met_by(survey: Survey, question: Question, option: Option) -> _Met:
    return frozenset(
        place
        for place, later in enumerate(survey.questions)
        if later.show_if and later.show_if.question == question.id and option.id in later.show_if.any_of
    )
