"""Parse XML without document types, entities or bottomless nesting; names come without their namespaces."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from minutes.formats.model import Limits, Reason, Unreadable

_CHUNK = 64 * 1024


class _Bounded(TreeBuilder):
    """Build the tree of a document while it keeps within the limits."""

    def __init__(self, limits: Limits, part: str) -> None:
        super().__init__()
        self._depth = limits.depth
        self._elements = limits.elements
        self._part = part

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise Unreadable(Reason.UNSAFE_XML, self._part)

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self._depth -= 1
        self._elements -= 1
        if self._depth < 0 or self._elements < 0:
            raise Unreadable(Reason.UNSAFE_XML if self._depth < 0 else Reason.TOO_LARGE, self._part)
        return super().start(local(tag), {local(name): value for name, value in attrs.items()})

    def end(self, tag: str) -> Element:
        self._depth += 1
        return super().end(local(tag))


def parse(content: bytes, limits: Limits, part: str) -> Element:
    """Parse one part. Namespaces are dropped, so the strict and the usual OOXML read alike.

    Raises Unreadable: damaged, unsafe_xml (a document type, nesting too deep), too_large (too many elements).
    """
    parser = XMLParser(target=_Bounded(limits, part))
    try:
        for at in range(0, len(content), _CHUNK):
            parser.feed(content[at : at + _CHUNK])
        root: Element = parser.close()
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable(Reason.DAMAGED, part) from error
    return root


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


def child(element: Element, *path: str) -> Element | None:
    """The first child down a path of tags."""
    found: Element | None = element
    for tag in path:
        if found is None:
            return None
        found = found.find(tag)
    return found


def value(element: Element, *path: str) -> str | None:
    """The `val` attribute of a child down a path of tags."""
    found = child(element, *path)
    return None if found is None else found.get("val")


def integer(text: str | None, default: int, *, most: int = 1_000_000) -> int:
    """A whole number of an attribute, cut at `most`; the default where it is none."""
    try:
        return max(-most, min(most, int(text))) if text is not None and len(text) < 20 else default
    except ValueError:
        return default
