"""What may be shown of conversations by text: nobody can be found in it, and it does show something."""

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from app.core import config
from app.publication import answering, courses, dispositions, guard
from app.publication.courses import COUNTED, COURSE, EVERYWHERE, HINT, KIND, LANG, Lot
from app.publication.dimensions import Cell
from app.surveys import library
from app.surveys.questions import Condition, Survey
from tests.mutants.guard_mutants import ThresholdOnly
from tests.publication.course_attacker import Someone, everybody, pinned

KINDS = ("consumption_room", "mobile_unit", "street_house")
LANGS = ("da", "en")
PEOPLE = everybody(KINDS, LANGS)
SEEDS = range(8)


@pytest.fixture(scope="module")
def sms_core() -> Survey:
    return library.read(Path(config.ROOT) / "content" / "surveys" / "sms_core.toml")


def crowd(seed: int) -> Counter[Someone]:
    """A quarter of conversations: few or many, even or lopsided."""
    chance = random.Random(seed)
    weights = [
        chance.choice((0, 1, 1, 3)) * (8 if one.standing == "complete" else 1) * 0.4 ** len(one.hints) for one in PEOPLE
    ]
    weights = [
        weight * (6 if one.kind == "street_house" else 1) * (4 if one.lang == "da" else 1)
        for weight, one in zip(weights, PEOPLE, strict=True)
    ]
    return Counter(chance.choices(PEOPLE, weights, k=chance.choice((14, 40, 90, 200))))


def lots(people: Counter[Someone]) -> list[Lot]:
    """As the tally holds them: how each hint went on is nowhere."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for one, n in people.items():
        found[one.kind, one.lang, one.question, one.standing] += n
        for asked in one.hints:
            found[one.kind, one.lang, asked, HINT] += n
    return [Lot(kind=kind, lang=lang, question=q, event=event, n=n) for (kind, lang, q, event), n in found.items()]


def alike(started: int, **ended: int) -> list[Lot]:
    """Danish conversations at street houses: so many complete, the others as named (`standing__question`)."""
    found = {("", "complete"): started - sum(n for name, n in ended.items() if not name.startswith(HINT))}
    for name, n in ended.items():
        standing, _, question = name.partition("__")
        found[question, standing] = n
    return [Lot(kind="street_house", lang="da", question=q, event=event, n=n) for (q, event), n in found.items()]


def at(**dims: str) -> Cell:
    return Cell.at({KIND: EVERYWHERE} | dims)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_group_of_one_to_four_can_be_found_in_what_is_shown(sms_core: Survey, seed: int) -> None:
    people = crowd(seed)

    assert pinned(5, PEOPLE, dispositions.of_survey(sms_core, lots(people)), people) == []


def test_a_threshold_alone_gives_people_away(sms_core: Survey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "decide", ThresholdOnly.decides)

    leaks = [pinned(5, PEOPLE, dispositions.of_survey(sms_core, lots(people)), people) for people in map(crowd, SEEDS)]

    assert sum(map(bool, leaks)) > len(SEEDS) / 2


def test_it_shows_what_is_large_enough(sms_core: Survey) -> None:
    shown = dispositions.of_survey(
        sms_core, alike(100, refused__last_time=20, breakoff__respect=15, partial__change=10)
    )

    assert shown[at()] == 100
    assert (shown[at(course="refused")], shown[at(course="breakoff")], shown[at(course=COUNTED)]) == (20, 15, 65)
    assert shown[at(course=courses.left("respect"))] == 15
    assert shown[at(course=courses.reached("change"))] == 65


def test_figures_are_exact_where_they_are_shown(sms_core: Survey) -> None:
    people = crowd(3)

    shown = dispositions.of_survey(sms_core, lots(people))

    assert shown
    assert all(n == sum(m for one, m in people.items() if one.is_in(cell)) >= 5 for cell, n in shown.items())


def test_fewer_than_ten_conversations_show_nothing(sms_core: Survey) -> None:
    assert dispositions.of_survey(sms_core, alike(9)) == {}


def test_a_kind_of_place_with_few_hides_another_one_too(sms_core: Survey) -> None:
    few = Lot(kind="mobile_unit", lang="da", question="", event="complete", n=3)
    many = Lot(kind="consumption_room", lang="da", question="", event="complete", n=30)

    shown = dispositions.of_survey(sms_core, [few, many, *alike(40, refused__last_time=12)])

    assert at() in shown
    assert sum(Cell.at({KIND: kind}) in shown for kind in KINDS) == 1


def test_those_who_understood_at_once_are_hidden_when_they_are_few(sms_core: Survey) -> None:
    shown = dispositions.of_survey(sms_core, alike(60, refused__last_time=20, hint__respect=38))

    assert shown[at(course=courses.reached("respect"))] == 40
    assert at(hint="respect") not in shown


def test_counts_that_cannot_be_true_show_nothing(sms_core: Survey) -> None:
    assert dispositions.decided(sms_core, alike(40, hint__last_time=41)) == {}


def test_a_question_after_some_answers_only_has_no_figures_of_its_own(sms_core: Survey) -> None:
    first, second, third = sms_core.questions
    branched = replace(
        sms_core, questions=(first, replace(second, show_if=Condition(first.id, frozenset("12"))), third)
    )

    found = courses.stages(branched)

    assert [one.id for one in found] == [first.id, third.id]
    assert found[0].questions == {first.id, second.id}


def test_words_without_a_survey_are_counted_by_whether_their_place_is_known() -> None:
    found = [Lot(kind="", lang="", question="", event=event, n=n) for event, n in (("placed", 12), ("unplaced", 8))]

    assert dispositions.of_free_words(found) == {at(): 20, at(course="placed"): 12, at(course="unplaced"): 8}


def test_what_is_kept_reads_back_the_same(sms_core: Survey) -> None:
    shown = dispositions.of_survey(sms_core, lots(crowd(3)))

    assert answering.from_json(answering.to_json(shown)) == shown


def test_a_question_many_misread_wants_other_words(sms_core: Survey) -> None:
    shown = dispositions.of_survey(sms_core, alike(100, hint__last_time=15, hint__respect=14))

    read = answering.quarter(sms_core, "2026-Q1", shown, {})

    assert read.unclear == ("last_time",)


def test_completion_is_complete_and_partial_of_those_who_began(sms_core: Survey) -> None:
    shown = dispositions.of_survey(sms_core, alike(100, refused__last_time=20, partial__change=10))

    share = answering.quarter(sms_core, "2026-Q1", shown, {}).everybody.completion

    assert share is not None
    assert (share.percent, share.low, share.high) == (80, 71, 87)


def test_a_language_is_shown_beside_another_only_when_both_are_large_enough(sms_core: Survey) -> None:
    few = Lot(kind="street_house", lang="en", question="", event="complete", n=4)

    shown = dispositions.of_survey(sms_core, [few, *alike(60, refused__last_time=12)])

    assert not [cell for cell in shown if cell.get(LANG)]
    assert [cell for cell in shown if cell.get(COURSE)]
