"""The expected no: a sentence for the person who asked, never a traceback."""


class Refusal(Exception):
    """Something the rules do not allow, worded for the person who hears it.

    `str(refusal)` is that sentence. Subclasses stand beside the code that says them.
    Anything that is not a Refusal is a bug and is left to raise.
    """
