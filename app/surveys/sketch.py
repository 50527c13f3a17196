"""A question made of the few facts a trial line gives, for `stemme explain answer` and for trying wordings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.surveys import wordlists
from app.surveys.questions import UNNUMBERED, Option, Question


def question(
    type_name: str,
    options: Sequence[str | Mapping[str, object]] = (),
    *,
    max: int | None = None,
    top: int | None = None,
    low: int | None = None,
    high: int | None = None,
) -> Question:
    """Options are ids, or objects with an id and `words`: by language, or a list (Danish, English, then short ones).

    A smiley question without options gets the usual faces and "ved ikke".
    """
    made = tuple(_option(given) for given in options)
    if type_name == "smiley_5" and not made:
        made = _faces()
    trial = Question(id="trial", type=type_name, text={"da": "?", "en": "?"}, options=made)
    return replace(trial, max=max, top=top, low=low, high=high)


def _option(given: str | Mapping[str, object]) -> Option:
    if isinstance(given, str):
        return Option(id=given, words={} if given in UNNUMBERED else {"da": given})
    words = given.get("words", ())
    if isinstance(words, Mapping):
        return Option(id=str(given["id"]), words={str(lang): str(word) for lang, word in words.items()})
    listed = [str(word) for word in words] if isinstance(words, Iterable) else []
    return Option(
        id=str(given["id"]),
        words=dict(zip(("da", "en"), listed[:2], strict=False)),
        short=dict(zip(("da", "en"), listed[2:4], strict=False)),
    )


def _faces() -> tuple[Option, ...]:
    labels = wordlists.load("answer_words.toml")["smiley_5_labels"]
    faces = (Option(value, {"da": words[0], "en": words[1]}) for value, words in labels.items())
    return (*faces, Option("unknown", {"da": "Ved ikke", "en": "Do not know"}))
