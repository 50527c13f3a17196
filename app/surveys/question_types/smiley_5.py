"""Five faces, from very bad to very good."""

from app.surveys.question_types.faces import Faces


class Smiley5(Faces):
    """1 to 5 by number, stars, face or label."""

    name = "smiley_5"
    top = 5
