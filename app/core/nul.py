"""At the desk no request holds a NUL: no text of a database can, no keyboard writes one, and a stranger might send it.

What citizens send is taken as it is, and cleaned where it is sealed: nothing they write is lost for a sign in it.
"""

from collections.abc import Iterator
from typing import IO, Any

from flask import Flask, abort, request
from werkzeug.datastructures import MultiDict
from werkzeug.formparser import FormDataParser

from app.core import headers

Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, Any]]


def init(app: Flask) -> None:
    """400 for a NUL in an argument before any view runs, and in a form when it is read."""

    @app.before_request
    def refuse_nul() -> None:
        if headers.is_of_the_desk():
            _refuse(request.args)
            request.form_data_parser_class = _Parser


class _Parser(FormDataParser):
    """Reads a form once the view has said how large it may be."""

    def parse(self, *given: Any, **more: Any) -> Parsed:
        stream, form, files = super().parse(*given, **more)
        _refuse(form)
        return stream, form, files


def _refuse(said: MultiDict[str, str]) -> None:
    if any("\0" in one for one in _texts(said)):
        abort(400)


def _texts(said: MultiDict[str, str]) -> Iterator[str]:
    for name, values in said.lists():
        yield name
        yield from values
