"""What may be done with a code as it stands."""

from app.desk.moderation.codebook.lines import CONTENT, Line
from app.desk.moderation.codebook.standing import Standing

ALL = ("edit", "move", "merge", "split", "retire", "restore")


def acts_on(line: Line, standing: Standing) -> tuple[str, ...]:
    """The acts its page offers; whether one is refused in the end is for changes to say."""
    if not line.is_active:
        return ("restore",) if line.state == "merged" else ("edit", "restore")
    if line.kind not in CONTENT:
        return ("edit",)
    busy = {guid for splitting, into in standing.open_splits.items() for guid in (splitting, *into)}
    if line.guid in busy or (line.kind == "theme" and standing.subs(line.key)):
        return ("edit",)
    return ("edit", "move", "merge", "split", "retire") if line.kind == "sub" else ("edit", "merge", "split", "retire")
