"""At the desk no request holds a NUL: no text of a database can, no keyboard writes one, and a stranger might send it.

What citizens send is taken as it is, and cleaned where it is sealed: nothing they write is lost for a sign in it.
"""

from collections.abc import Iterable
from typing import IO, Any

from flask import Flask, Request, abort, request
from werkzeug.datastructures import MultiDict
from werkzeug.formparser import FormDataParser

from app.core import headers

Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, Any]]


def init(app: Flask) -> None:
    """400 for a NUL in an argument before any view runs, and in a form when it is read."""
    app.request_class = _Asked

    @app.before_request
    def refuse_arguments() -> None:
        _refuse(request.args)


class _Parser(FormDataParser):
    """Reads a form when the view has said how large it may be."""

    def parse(self, *given: Any, **more: Any) -> Parsed:
        stream, form, files = super().parse(*given, **more)
        _refuse(form)
        return stream, form, files


class _Asked(Request):
    """A request as Flask makes it, whose form is looked at once as it comes in."""

    form_data_parser_class = _Parser


def _refuse(said: MultiDict[str, str]) -> None:
    if headers.is_of_the_desk() and any("\0" in one for one in _texts(said)):
        abort(400)


def _texts(said: MultiDict[str, str]) -> Iterable[str]:
    for name, values in said.lists():
        yield name
        yield from values
