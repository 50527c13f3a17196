"""How texts reach the desk: after a shuffled batch was let out, never before."""

from app.desk.moderation import queries
from app.desk.moderation.alerts import matching
from app.desk.moderation.second_coding import drawing


def take_in() -> int:
    """Put every released text that has no item yet into the queue, urgent ones marked; how many.

    Which of them are coded twice is drawn now, and those that hold an alert word are marked, before anybody has read
    them.

    Job; runs right after `batches.release`. Running it twice changes nothing.
    """
    taken = queries.take_in()
    drawing.draw()
    matching.match_new()
    return taken
