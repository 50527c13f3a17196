"""Sends a file while it is being made, without holding anything of the request while the reader takes it in."""

from collections.abc import Iterator

from flask import Flask


def streamed(app: Flask, parts: Iterator[bytes]) -> Iterator[bytes]:
    """The parts, each made in an application context of its own: between two of them no connection is held.

    Flask's own `stream_with_context` keeps one open from the first byte to the last, however slow the reader is.
    """
    while True:
        with app.app_context():
            part = next(parts, None)
        if part is None:
            return
        yield part
