"""Splitting a code: each of its statements is sorted to one of the new codes, or stays. Views commit.

The code stays in use until its list is empty; then it is split, and keeps what was let stay.
"""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.accounts import audit
from app.desk.accounts.models import User
from app.desk.moderation import tagging, undoing
from app.desk.moderation.codebook import queries, split_queries, storing, version_queries
from app.desk.moderation.codebook.lines import Line
from app.desk.moderation.codebook.standing import Standing
from app.desk.moderation.queries import AnyRow

END = "split_end"
STAY = "stay"
PAGE = 10


class NotSorted(Refusal):
    """Why a statement is not sorted."""


def lists(standing: Standing, reader: User) -> list[tuple[Line, int]]:
    """Codes with a work list, and how many statements this person may sort there."""
    found = ((standing.lines[guid], split_queries.count_left_for(guid, reader)) for guid in standing.splits)
    return [(line, left) for line, left in found if line.is_active or left]


def targets(standing: Standing, guid: str) -> list[Line]:
    """The codes a statement may go to; one that was merged meanwhile is the one it went into."""
    ends = standing.redirects
    into = dict.fromkeys(ends.get(one, one) for one in standing.splits.get(guid, ()))
    return [standing.lines[one] for one in into if standing.lines[one].is_active]


def page(guid: str, reader: User, after: bytes | None) -> Sequence[AnyRow]:
    """One more than a page of statements to sort."""
    return split_queries.to_sort(guid, reader, after=after, size=PAGE + 1)


def sort(guid: str, chosen: Mapping[bytes, str], by: User) -> int:
    """Give each statement the key of a new code, or let it stay; how many were sorted, those sorted already aside."""
    version_queries.take_turn()
    standing = storing.read()
    if guid not in standing.splits:
        raise NotSorted(_("That code is not being split."))
    into = {line.key: line for line in targets(standing, guid)}
    if unknown := set(chosen.values()) - {STAY, *into}:
        raise NotSorted(_("A text cannot go to %(key)s in this split.", key=", ".join(sorted(unknown))))
    version = max(line.version for line in standing.lines.values())
    done = sum(_sort_one(guid, one, into.get(key), version, by) for one, key in chosen.items())
    if done:
        audit.record("codebook.sort", standing.lines[guid].key, count=done)
    end_if_empty(guid, by)
    return done


def end_if_empty(guid: str, by: User) -> None:
    """The code is split once nothing is left to sort, for anybody. It was agreed to with the version."""
    before = storing.read()
    line, newest = before.lines[guid], version_queries.newest()
    if newest is None or not line.is_active or split_queries.count_left(guid):
        return
    after = before.with_line(line.with_(state="split", version=newest.number))
    storing.write(before, after)
    delta = storing.delta(before, after)
    version_queries.add_event(version=newest.number, act=END, code_guid=guid, by=by.id, delta=delta)
    audit.record("codebook.split_end", line.key)


def has_gone_on(number: int) -> bool:
    """Whether somebody sorted by this version, or ended a split of an earlier one."""
    events = version_queries.events(number)
    split = [str(event.code_guid) for event in events if event.act == "split"]
    ended = {event.code_guid for event in events if event.act == END}
    return split_queries.has_stays(split) or bool(ended - set(split))


def _sort_one(guid: str, statement_id: bytes, into: Line | None, version: int, by: User) -> bool:
    row = split_queries.is_to_sort(statement_id, guid, by)
    if row is None:
        return False
    with undoing.remembering(by, "split", row.answer_id):
        if into is None:
            split_queries.let_stay(statement_id, guid, by)
            return True
        rounds = split_queries.rounds_of(statement_id, guid)
        split_queries.take_off(statement_id, guid)
        for round_ in rounds:
            _recode(statement_id, into.guid, round_, version, by)
    tagging.tell_receipt(row.response_id)
    return True


def _recode(statement_id: bytes, guid: str, round_: str, version: int, by: User) -> None:
    queries.add_tagging(
        {
            "statement_id": statement_id,
            "code_guid": guid,
            "coder": by.id,
            "round": round_,
            "source": "recode",
            "codebook_version": version,
        }
    )
