"""How texts reach the desk: after a shuffled batch was let out, never before."""

from app.desk.moderation import queries


def take_in() -> int:
    """Put every released text that has no item yet into the queue, urgent ones marked; how many.

    Job; runs right after `batches.release`. Running it twice changes nothing.
    """
    return queries.take_in()
