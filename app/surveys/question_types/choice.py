"""One of two to nine things in words."""

from app.surveys.question_types.menu_type import OneOfAMenu


class Choice(OneOfAMenu):
    """Read like every menu."""

    name = "choice"
