"""The codebook between its tables and its value: reading it, writing what differs, and undoing what was written."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.desk.moderation.codebook import lines, version_queries
from app.desk.moderation.codebook.standing import Merged, Standing

Delta = Mapping[str, Any]
"""What a change did: {"lines": {guid: {"before": fields or None, "after": fields}}, "merged": …, "splits": …}.

The maps of merged codes and of splits stand there as they were and are, where the change touched them.
"""


def read() -> Standing:
    """The published codebook."""
    found = [lines.from_row(row) for row in version_queries.code_rows()]
    merged = {
        row.from_guid: Merged(row.into_guid, tuple(row.hints), tuple(row.brought))
        for row in version_queries.redirect_rows()
    }
    splits: dict[str, tuple[str, ...]] = {}
    for code, target in sorted(version_queries.split_rows()):
        splits[code] = (*splits.get(code, ()), target)
    return Standing({line.guid: line for line in found}, merged, splits)


def write(before: Standing, after: Standing) -> None:
    """Make the tables say what comes after; they say what came before."""
    new = [lines.as_row(line) for line in after.in_order() if line.guid not in before.lines]
    version_queries.add_lines(new)
    for guid, line in after.lines.items():
        if before.lines.get(guid, line) != line:
            version_queries.save_line(lines.as_row(line))
    if before.merged != after.merged:
        version_queries.replace_redirects(_redirects(after))
    if before.splits != after.splits:
        rows = [{"code_guid": guid, "target_guid": one} for guid, into in after.splits.items() for one in into]
        version_queries.replace_splits(rows)
    for guid in set(before.lines) - set(after.lines):
        version_queries.delete_line(guid)


def delta(before: Standing, after: Standing) -> dict[str, Any]:
    """What differs."""
    found: dict[str, Any] = {
        "lines": {
            guid: {
                "before": lines.as_row(before.lines[guid]) if guid in before.lines else None,
                "after": lines.as_row(line),
            }
            for guid, line in after.lines.items()
            if before.lines.get(guid) != line
        }
    }
    if before.merged != after.merged:
        found["merged"] = {"before": _merged(before), "after": _merged(after)}
    if before.splits != after.splits:
        found["splits"] = {"before": _splits(before), "after": _splits(after)}
    return found


def rolled_back(standing: Standing, newest_first: Iterable[Delta]) -> Standing:
    """The codebook before these changes."""
    for one in newest_first:
        found = dict(standing.lines)
        for guid, change in one["lines"].items():
            if change["before"] is None:
                del found[guid]
            else:
                found[guid] = lines.read(change["before"])
        merged, splits = standing.merged, standing.splits
        if "merged" in one:
            merged = {
                guid: Merged(m["into"], tuple(m["hints"]), tuple(m["brought"]))
                for guid, m in one["merged"]["before"].items()
            }
        if "splits" in one:
            splits = {guid: tuple(into) for guid, into in one["splits"]["before"].items()}
        standing = Standing(found, merged, splits)
    return standing


def _redirects(standing: Standing) -> list[dict[str, Any]]:
    ends = standing.redirects
    return [
        {
            "from_guid": guid,
            "into_guid": one.into,
            "to_guid": ends[guid],
            "hints": list(one.hints),
            "brought": list(one.brought),
        }
        for guid, one in standing.merged.items()
    ]


def _merged(standing: Standing) -> dict[str, Any]:
    return {
        guid: {"into": one.into, "hints": list(one.hints), "brought": list(one.brought)}
        for guid, one in standing.merged.items()
    }


def _splits(standing: Standing) -> dict[str, list[str]]:
    return {guid: list(into) for guid, into in standing.splits.items()}
