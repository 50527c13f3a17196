"""Everything that is written, in one place: database, its log, its temporary files, keys, the program's own log."""

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest
from flask import Flask

from app.core.log import OneLineOfJson
from tests.databases import Databases
from tests.privacy import forensics


class Disk(Protocol):
    """Where these needles stand, in any file but those of one folder."""

    def __call__(self, needles: Mapping[str, bytes], but: Path | None = None) -> list[str]: ...


@pytest.fixture
def disk(databases: Databases, tmp_path: Path) -> Disk:
    """Looks through everything that is written: instance folder, logs, database, its log, its temporary files."""
    folders = [tmp_path, databases.server.folder if databases.server else databases.folder]
    return lambda needles, but=None: forensics.found(folders, needles, but=but)


@pytest.fixture
def written_log(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """What the application logs, in a file as a careless operator would keep it."""
    path = tmp_path / "stemme.log"
    handler = logging.FileHandler(path)
    handler.setFormatter(OneLineOfJson())
    logging.getLogger().addHandler(handler)
    yield path
    logging.getLogger().removeHandler(handler)
    handler.close()
