"""Tablets of a demo place."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.channels.kiosk.tablet import Tablet

Connect = Callable[..., Tablet]


@pytest.fixture
def connect(app: Flask, content: None) -> Connect:
    """connect("GH2", words_screen=True) is a tablet of that place."""
    return lambda site="GH1", **settings: Tablet.enrolled(app, site, **settings)


@pytest.fixture
def tablet(connect: Connect) -> Tablet:
    """The tablet of Gadens Hus Ankeret, with a words screen."""
    return connect(words_screen=True)
