"""`stemme survey speak`: the stop-gap voice of prompts, made at a developer's machine with espeak-ng and lame."""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import click

from app.core.config import ROOT
from app.core.errors import Refusal
from app.surveys import library, prompts
from app.surveys.prompts import Made
from app.surveys.questions import Words

PROGRAMS = ("espeak-ng", "lame")
_SURVEYS = ROOT / "content" / "surveys"
_SMALLER = (("--resample", "16", "-b", "16"), ("--resample", "12", "-b", "8"))
"""Mono, 16 kbit/s: 2 kB a second. What is still too big is said in half of that."""


@click.command()
def speak() -> None:
    """Make the spoken prompts that are missing, and drop those nothing says any more."""
    if lacking := [program for program in PROGRAMS if shutil.which(program) is None]:
        raise Refusal(f"Install {' and '.join(lacking)} to make prompts.")
    prompts.FOLDER.mkdir(exist_ok=True)
    known = prompts.manifest()
    made = {
        name: replace(known.get(name) or _made(name, text, lang), places=tuple(places))
        for name, (text, lang, places) in wanted().items()
    }
    for left in {path.name for path in prompts.FOLDER.glob("*.mp3")} - made.keys():
        (prompts.FOLDER / left).unlink()
    _write(made)
    new = len(made.keys() - known.keys())
    size = sum(one.size for one in made.values())
    click.echo(f"{len(made)} prompts, {new} of them new, {size // 1024} kB.")


def wanted() -> dict[str, tuple[str, str, list[str]]]:
    """File name → text, language and every place that says it."""
    said = [(f"spoken.{key}", words) for key, words in prompts.sentences().items()]
    for survey in library.read_folder(_SURVEYS):
        in_survey = [*prompts.asked(survey), *prompts.labels(survey)]
        said += [(f"{survey.id}.{place}", words) for place, words in in_survey]
    named: dict[str, tuple[str, str, list[str]]] = {}
    for place, words in said:
        for name, text, lang in _named(words):
            named.setdefault(name, (text, lang, []))[2].append(place)
    return named


def _named(words: Words) -> Iterator[tuple[str, str, str]]:
    for lang, text in words.items():
        if name := prompts.file_name(text, lang):
            yield name, text, lang


def _made(name: str, text: str, lang: str) -> Made:
    path = prompts.FOLDER / name
    _program, _version, voice, speed = prompts.VOICES[lang].split()
    spoken = _run("espeak-ng", "-v", voice, "-s", speed, "--stdout", "--", text, given=b"")
    for smaller in _SMALLER:
        path.write_bytes(_run("lame", "--quiet", "-t", "-m", "m", *smaller, "-", "-", given=spoken))
        if path.stat().st_size <= prompts.MOST_BYTES:
            break
    sound = path.read_bytes()
    return Made((), lang, hashlib.sha256(sound).hexdigest(), len(sound))


def _run(*command: str, given: bytes) -> bytes:
    ended = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603 - our own two programs
    if ended.returncode:
        raise Refusal(f"{command[0]} failed: {ended.stderr.decode(errors='replace').strip()[:200]}")
    return ended.stdout


def _write(made: dict[str, Made]) -> None:
    by_place = sorted(made.items(), key=lambda item: (item[1].places, item[1].lang))
    content = {
        "about": "Stop-gap prompts by a speech program. A name is the hash of voice, language and text.",
        "voices": prompts.VOICES,
        "prompts": {name: asdict(one) for name, one in by_place},
    }
    path: Path = prompts.MANIFEST
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
