"""Three faces: bad, in between, good."""

from collections.abc import Mapping

from app.surveys.question_types.faces import Faces

_OF_THREE = {"1": "1", "2": "1", "3": "2", "4": "3", "5": "3"}


class Smiley3(Faces):
    """1 to 3 by number, stars, face or label."""

    name = "smiley_3"
    top = 3

    def _meanings(self) -> Mapping[str, str]:
        return {face: _OF_THREE[value] for face, value in super()._meanings().items()}
