"""What a helper writes down for somebody who speaks; marked as written by another wherever it is shown."""

from app.surveys.question_types.text import Text


class Note(Text):
    """Read and taken as words."""

    name = "note"
