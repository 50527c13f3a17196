"""One place in or around the house."""

from app.surveys.question_types.menu_type import OneOfAMenu


class Place(OneOfAMenu):
    """Read like every menu."""

    name = "place"
