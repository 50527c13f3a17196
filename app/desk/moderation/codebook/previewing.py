"""What a change would do, before anybody proposes it: how many statements and voices, and what they count for then."""

from dataclasses import dataclass

from app.desk.accounts.models import User
from app.desk.moderation.codebook import effect_queries
from app.desk.moderation.codebook.changes import Change
from app.desk.moderation.codebook.lines import Line
from app.desk.moderation.codebook.standing import Standing


@dataclass(frozen=True)
class Count:
    """The voices of a code now, and as they would be."""

    line: Line
    now: int
    then: int


@dataclass(frozen=True)
class Effect:
    """What a change touches. Releases that are out are never touched."""

    statements: int
    voices: int
    both: int = 0
    """Statements that have the code and the one it goes into."""
    counts: tuple[Count, ...] = ()
    hints: tuple[str, ...] = ()
    """Hints that move along."""


def effect(before: Standing, after: Standing, change: Change, reader: User) -> Effect:
    """What the change from one codebook to the other does to what is counted, within the reader's wall."""
    guid = change.guid
    statements, voices = effect_queries.count(effect_queries.having(_through(before, guid)), reader)
    touched = [line for line in after.in_order() if line.is_active and _counted(before, line) != _counted(after, line)]
    counts = tuple(
        Count(line, voices_of(before, line, reader), voices_of(after, line, reader))
        for line in touched
        if line.guid in before.lines and line.guid != guid
    )
    into = change.fields.get("into")
    if change.act != "merge" or not isinstance(into, str):
        return Effect(statements, voices, counts=counts)
    here, there = (effect_queries.having(_through(before, one)) for one in (guid, into))
    both, _voices_of_both = effect_queries.count(here & there, reader)
    return Effect(statements, voices, both, counts, after.merged[guid].hints)


def _through(standing: Standing, guid: str) -> list[str]:
    return [guid, *(one for one, end in standing.redirects.items() if end == guid)]


def _counted(standing: Standing, line: Line) -> frozenset[str]:
    """Every guid that counts for a line: its own, its sub-codes', and what was merged into them."""
    under = [one.guid for one in standing.lines.values() if one.parent_key == line.key and one.state != "merged"]
    return frozenset(one for guid in (line.guid, *under) for one in _through(standing, guid))


def voices_of(standing: Standing, line: Line, reader: User) -> int:
    """The voices that count for a line, with all under it and all merged into it."""
    return effect_queries.count(effect_queries.having(sorted(_counted(standing, line))), reader)[1]
