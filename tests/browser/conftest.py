"""A server of our own for Chromium, for what only a browser can show."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.databases import Databases

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if item.path.is_relative_to(Path(__file__).parent)]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if os.environ.get("SKIP_BROWSER") == "1":
            item.add_marker(pytest.mark.skip(reason="SKIP_BROWSER=1"))


@pytest.fixture(scope="session")
def browser_databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """SQLite is enough here: what a browser shows does not depend on the database."""
    return Databases("sqlite", tmp_path_factory.mktemp("browser"), None)


@pytest.fixture
def database_url(browser_databases: Databases) -> Iterator[str]:
    url = browser_databases.fresh()
    yield url
    browser_databases.forget(url)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which this very process serves an app, on a port that nobody else can hold."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def live_server(app: Flask, content: None) -> Iterator[str]:
    """The address of the app."""
    with served(app) as address:
        yield address


@pytest.fixture
def open_page(chromium: Browser, live_server: str) -> Iterator[OpenPage]:
    """open_page("/s/GH1", lang="ar", width=320) is a new visitor there; scripts are off unless asked for."""
    contexts = []

    def opened(address: str = "/", *, lang: str = "da", width: int = 320, script: bool = False) -> Page:
        context = chromium.new_context(
            base_url=live_server,
            viewport={"width": width, "height": 640},
            locale=lang,
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def tablet(chromium: Browser, app: Flask, live_server: str) -> Iterator[Callable[..., Any]]:
    """tablet(keep_partial=True) is a tablet of GH1 with these settings, enrolled, at its start screen."""
    from tests.browser import tablets  # noqa: PLC0415 - it needs what is said above

    contexts = []

    def enrolled(address: str = live_server, *, is_open: bool = True, size: Any = None, **settings: Any) -> Any:
        device, token = tablets.device(**settings)
        context = chromium.new_context(base_url=address, viewport=size or tablets.SCREEN, locale="da")
        contexts.append(context)
        context.add_cookies([tablets.cookie(address, token)])
        found = tablets.opened(context, device.id.hex())
        return found.open() if is_open else found

    yield enrolled
    for context in contexts:
        context.close()
