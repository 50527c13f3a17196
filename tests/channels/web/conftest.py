"""Visitors of the citizens' pages."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.channels.web.visitor import Visitor

Arrive = Callable[..., Visitor]


@pytest.fixture
def arrive(app: Flask, content: None) -> Arrive:
    """arrive("ar") is somebody whose browser asks for Arabic."""
    return lambda lang="da": Visitor(app.test_client(), lang)
