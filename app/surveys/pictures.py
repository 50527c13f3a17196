"""The pictures an answer may have: outline drawings by name, the same for web, tablet and paper."""

from dataclasses import dataclass
from functools import cache

from app.surveys import wordlists
from app.surveys.questions import Survey


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing in a square of 24 by 24, as the path data of its lines: no fill, the colour of the words beside it."""

    name: str
    paths: tuple[str, ...]


def get(name: str) -> Picture | None:
    """The picture of a name such as `tabler:clock` or `own:face-1`."""
    return _all().get(name)


def names() -> frozenset[str]:
    """Every name a definition may use."""
    return frozenset(_all())


def of(survey: Survey) -> dict[str, Picture]:
    """The pictures of a survey by name; a name without a drawing is left out (the lints name it)."""
    asked = {option.picture for question in survey.questions for option in question.options if option.picture}
    return {name: picture for name in sorted(asked) if (picture := get(name))}


@cache
def _all() -> dict[str, Picture]:
    found = wordlists.load("pictures.toml")
    return {
        f"{source}:{name}": Picture(f"{source}:{name}", tuple(paths))
        for source, drawings in found.items()
        for name, paths in drawings.items()
    }
