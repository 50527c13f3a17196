"""What can be heard: the one place where every channel asks for a spoken prompt."""

import re
from dataclasses import dataclass

from app.surveys import prompts, recordings
from app.surveys.questions import Words

TYPE = "audio/mpeg"
_NAME = re.compile(r"[0-9a-f]{32}\.mp3", re.ASCII)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A sound by name. The name is a hash, so what it names never changes; a stop-gap is a robot's voice."""

    name: str
    is_stopgap: bool


def prompt(words: Words, lang: str) -> Prompt | None:
    """The prompt for a wording in just this language: nobody hears another language without asking."""
    text = words.get(lang, "")
    if recorded := recordings.name_of(text, lang):
        return Prompt(recorded, is_stopgap=False)
    made = prompts.find(text, lang)
    return Prompt(made, is_stopgap=True) if made else None


def sentence(key: str, lang: str) -> Prompt | None:
    """What the tablet says besides the questions: `idle`, `thanks` and the others of content/spoken.toml."""
    return prompt(prompts.sentences()[key], lang)


def read(name: str) -> bytes | None:
    """The sound of this name; None for a name that is not a prompt of ours."""
    return (prompts.sound(name) or recordings.sound(name)) if _NAME.fullmatch(name) else None
