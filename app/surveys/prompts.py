"""The spoken prompts that ship with the product: a stop-gap voice, made in advance, until a human has read them in.

`content/audio/manifest.json` names each file by the sha256 of its text, language and voice, so a changed text has no
prompt until one is made (`stemme survey speak`) or recorded at the desk.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.surveys import wordlists
from app.surveys.questions import Survey, Words

FOLDER = wordlists.CONTENT / "audio"
MANIFEST = FOLDER / "manifest.json"
VOICES = {"da": "espeak-ng 1.51 da 150", "en": "espeak-ng 1.51 en-gb 150"}
"""Language → program, version, voice and words a minute. Other languages have no voice one would want to hear."""

MOST_BYTES = 20 * 1024
MOST_WORDS = 26


@dataclass(frozen=True, slots=True)
class Made:
    """One line of the manifest: where the words stand, their language, and the file's bytes."""

    places: tuple[str, ...]
    lang: str
    sha256: str
    size: int


def file_name(text: str, lang: str) -> str | None:
    """What the stop-gap's file for these words is called; None where there is no voice for the language."""
    if lang not in VOICES:
        return None
    return hashlib.sha256(f"{VOICES[lang]}\n{lang}\n{text}".encode()).hexdigest()[:32] + ".mp3"


def manifest(folder: Path = FOLDER) -> dict[str, Made]:
    """File name → what is in it."""
    return _read(folder / MANIFEST.name)


def find(text: str, lang: str) -> str | None:
    """The name of the file that says these words; None if nobody has made it."""
    name = file_name(text, lang)
    return name if name in manifest() else None


def sound(name: str, folder: Path = FOLDER) -> bytes | None:
    """The MP3 of this name; None for any name the manifest does not know."""
    return (folder / name).read_bytes() if name in manifest(folder) else None


def is_stale(place: str, lang: str) -> bool:
    """Whether other words were spoken at this place: the text was changed after the recording."""
    return any(place in made.places and made.lang == lang for made in manifest().values())


def is_whole(name: str) -> bool:
    """Whether the file is there and is the one that was made."""
    path = FOLDER / name
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == manifest()[name].sha256


def asked(survey: Survey) -> list[tuple[str, Words]]:
    """What a survey says aloud, and where that stands."""
    spoken = [("about_audio", survey.about_audio)]
    return spoken + [(f"{question.id}.audio", question.audio) for question in survey.questions]


def labels(survey: Survey) -> list[tuple[str, Words]]:
    """The words of every answer, for those who cannot read them."""
    return [
        (f"{question.id}.{option.id}", option.words) for question in survey.questions for option in question.options
    ]


def sentences() -> dict[str, Words]:
    """What the tablet says besides the questions."""
    return dict(wordlists.load("spoken.toml"))


@cache
def _read(path: Path) -> dict[str, Made]:
    if not path.is_file():
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {name: Made(**{**made, "places": tuple(made["places"])}) for name, made in found["prompts"].items()}
