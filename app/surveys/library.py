"""Survey files on disk: one definition with its translations beside it."""

from collections.abc import Iterator
from pathlib import Path

from app.core.errors import Refusal
from app.surveys import definition
from app.surveys.definition import Survey


def read_folder(folder: Path) -> Iterator[Survey]:
    """Every survey of a folder, in the order of names."""
    for path in sorted(folder.glob("*.toml")):
        if "." not in path.stem:
            yield read(path)


def read(path: Path) -> Survey:
    """The survey of `<id>.toml` with the wordings of every `<id>.<lang>.toml` beside it."""
    texts = {lang: _text(beside) for lang, beside in files(path).items()}
    return definition.load(texts.pop(""), path.name, texts)


def files(path: Path) -> dict[str, Path]:
    """The files of a survey by language; its own, with Danish and English, has none."""
    beside = {one.stem.split(".")[1]: one for one in sorted(path.parent.glob(f"{path.stem}.*.toml"))}
    return {"": path, **beside}


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{path}: cannot be read as text.") from error
