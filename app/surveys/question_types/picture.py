"""One of two to nine pictures, each with its words."""

from app.surveys.question_types.menu_type import OneOfAMenu


class Picture(OneOfAMenu):
    """Read like every menu."""

    name = "picture"
