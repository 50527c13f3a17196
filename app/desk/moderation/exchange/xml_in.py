"""XML from outside: no document type, no entities, nothing fetched, and no deep nests."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree
from flask_babel import gettext as _

from app.core.archives import LARGEST, FileRefused

DEEPEST = 40
"""Elements inside each other; a codebook of eight levels and its project around it need fifteen."""


def read(content: bytes) -> Element:
    """The root of a document."""
    if len(content) > LARGEST:
        raise FileRefused(_("The file holds more than we unpack."))
    try:
        root: Element = ElementTree.fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise FileRefused(_("The file is not XML we can read.")) from error
    if _depth(root) > DEEPEST:
        raise FileRefused(_("The codes stand too deep inside each other."))
    return root


def name(element: Element) -> str:
    """What it is called, without its namespace."""
    return element.tag.rpartition("}")[2]


def namespace(element: Element) -> str:
    """Its namespace, '' where it has none."""
    return element.tag.rpartition("}")[0].removeprefix("{")


def inside(element: Element | None, wanted: str) -> Iterator[Element]:
    """The direct children of this name, whatever their namespace."""
    return (child for child in (() if element is None else element) if name(child) == wanted)


def first(element: Element | None, wanted: str) -> Element | None:
    """The first such child."""
    return next(inside(element, wanted), None)


def _depth(root: Element) -> int:
    deepest, level = 0, [root]
    while level:
        deepest, level = deepest + 1, [child for element in level for child in element]
    return deepest
