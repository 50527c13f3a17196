"""XML we write, element by element and never as a whole in memory."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOBase
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

_NEVER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold (XML 1.0, section 2.2)."""


class Writer:
    """A document on its way to a stream."""

    def __init__(self, out: TextIOBase) -> None:
        self._xml = XMLGenerator(out, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    @contextmanager
    def element(self, name: str, /, **attributes: str) -> Iterator[None]:
        """An element around what is written meanwhile."""
        self._xml.startElement(name, AttributesImpl({key: clean(value) for key, value in attributes.items()}))
        yield
        self._xml.endElement(name)

    def empty(self, name: str, /, **attributes: str) -> None:
        """An element with nothing in it."""
        with self.element(name, **attributes):
            pass

    def text(self, name: str, content: str, /, **attributes: str) -> None:
        """An element with a text in it."""
        with self.element(name, **attributes):
            self._xml.characters(clean(content))


def clean(text: str) -> str:
    """The text with one kind of line end, without what XML cannot hold."""
    return _NEVER.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
