"""Paragraphs → a tree by numbering and labels. Every paragraph belongs to exactly one node."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from minutes.columns import names_columns
from minutes.labels import ATTRIBUTES, HEADER, Label, Role, read_label
from minutes.lines import Paragraph, is_row, read_message
from minutes.markers import Marker, MarkerKind, read_marker
from minutes.words import any_of, words

_CHAPTERS = tuple(words("headings", "agenda")) + tuple(words("headings", "end"))
_SLIP_HEADINGS = frozenset(word for word in _CHAPTERS if len(word) >= 4)
_BARE_UNIT = re.compile(rf"[一-鿿]{{1,6}}{any_of(words('units', 'suffixes'))}")
_STOP = re.compile(r"[。;!?:,]\s*|\s+")
_CELLS = re.compile(r"\s*[\t|]+\s*")
_HEADLINE = re.compile(r"[【\[〔《<]([^【】\[\]]{4,40})[】\]〕》>]")
_FEWEST_MESSAGES = 3
_LONGEST_MARKER = 12
_TOP = (MarkerKind.FORMAL,)
_CODES = (MarkerKind.CODE, MarkerKind.BARE_CODE)


@dataclass(slots=True)
class Node:
    """One numbered or labelled part of the minutes; `body` is its text without numbering and label."""

    marker: Marker | None = None
    label: Label | None = None
    parent: Node | None = None
    body: list[Paragraph] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    @property
    def role(self) -> Role | None:
        """Its own role, or the one it inherits."""
        node: Node | None = self
        while node is not None:
            if node.label and node.label.role not in ATTRIBUTES:
                return node.label.role
            node = node.parent
        return None

    @property
    def section(self) -> str:
        labels = [node.marker.label for node in [*reversed(list(self.ancestors())), self] if node.marker]
        return "-".join(labels)

    @property
    def text(self) -> str:
        return " ".join(paragraph.text for paragraph in self.body)

    def ancestors(self) -> Iterator[Node]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def walk(self) -> Iterator[Node]:
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


def build(paragraphs: Iterable[Paragraph]) -> Node:
    """Build the tree; the root holds what stands before the first part."""
    every = tuple(paragraphs)
    builder = _Builder(is_chat=sum(read_message(paragraph.text) is not None for paragraph in every) >= _FEWEST_MESSAGES)
    for paragraph in every:
        for piece in _enumerated(paragraph):
            builder.add(piece)
    return builder.root


def _enumerated(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Part `一、…。二、…` written in one paragraph where the numbers follow on."""
    first = read_marker(paragraph.text)
    start = 0
    if first and first.ordinal == 1:
        for stop in _STOP.finditer(paragraph.text):
            marker = read_marker(paragraph.text[stop.end() : stop.end() + _LONGEST_MARKER])
            if marker and marker.kind is first.kind and marker.ordinal == first.ordinal + 1:
                yield paragraph.slice(start, stop.end()).strip()
                start, first = stop.end(), marker
    yield paragraph.slice(start).strip()


class _Builder:
    def __init__(self, *, is_chat: bool) -> None:
        self.root = Node()
        self.is_chat = is_chat
        self.stack = [self.root]
        self.in_header = True
        self.reports_by_unit = False

    def add(self, paragraph: Paragraph) -> None:
        if is_row(paragraph.text):
            self.in_header = self.in_header and not names_columns(_CELLS.split(paragraph.text))
            self._append(paragraph)
            return
        if self.is_chat and (message := read_message(paragraph.text)):
            self._message(paragraph, message)
            return
        marker = read_marker(paragraph.text) or self._slip(paragraph.text)
        rest = paragraph.slice(marker.length) if marker else paragraph
        label = self._label(rest.text, marker)
        if marker:
            parent = self._parent_for(marker, label, rest.text)
            self._open(Node(marker, _heard(label, parent)), parent, rest, paragraph)
        elif label:
            self._open(Node(None, label), self._parent_for_label(label), rest, paragraph)
        elif self._is_next_report(paragraph.text):
            speaker = Label(Role.SPEAKER, paragraph.text, len(paragraph.text))
            self._open(Node(None, speaker), self._parent_for_label(speaker), paragraph, paragraph)
        else:
            self._append(paragraph)

    def _is_next_report(self, text: str) -> bool:
        """A unit alone on its line, where units reported so before what the chair said: 學務處."""
        role = self.stack[-1].role
        if role in HEADER or len(self.stack) == 1 or not _BARE_UNIT.fullmatch(text):
            return False
        concludes = role is Role.CONCLUSION
        self.reports_by_unit = self.reports_by_unit or not concludes
        return self.reports_by_unit and concludes

    def _message(self, paragraph: Paragraph, head: re.Match[str]) -> None:
        """A message of a saved chat: somebody speaking, unless it begins with a heading of the minutes."""
        rest = paragraph.slice(head.end())
        label = _headline(rest.text) or read_label(rest.text)
        if label is None or label.role not in (Role.CONCLUSION, Role.AGENDA, *HEADER):
            label, rest = Label(Role.MESSAGE, head["who"], head.end()), paragraph
        self._open(Node(None, label), self.root, rest, paragraph)

    def _append(self, paragraph: Paragraph) -> None:
        node = self.stack[-1]
        node.body.append(paragraph)
        node.lines.extend(paragraph.lines)

    def _open(self, node: Node, parent: Node, rest: Paragraph, whole: Paragraph) -> None:
        node.parent = parent
        parent.children.append(node)
        self.stack = [*reversed(list(node.ancestors())), node]
        inner = rest.slice(node.label.length).strip() if node.label else rest
        node.lines.extend(whole.lines)
        if node.label and node.label.role not in ATTRIBUTES | HEADER and read_marker(inner.text):
            for piece in _enumerated(inner):
                self.add(piece)
        elif inner.text:
            node.body.append(inner)

    def _label(self, text: str, marker: Marker | None) -> Label | None:
        label = read_label(text)
        if label is None:
            return None
        if label.role in HEADER:
            return label if self._header_label(label) else _as_speaker(label)
        self.in_header = self.in_header and (label.role is Role.PRESENT or label.name == "主旨")  # a letter's head
        if label.role is Role.SPEAKER and not label.spoken and self._inside_conclusion() and not self._in_turns():
            return Label(Role.ADDRESSEE, label.name, label.length)
        if label.role is Role.AGENDA and marker is None and self._inside_conclusion() and label.length < len(text):
            return None
        return label

    def _header_label(self, label: Label) -> bool:
        return self.in_header or label.role is Role.OTHER

    def _inside_conclusion(self) -> bool:
        return self.stack[-1].role in (Role.CONCLUSION, Role.ADDRESSEE)

    def _in_turns(self) -> bool:
        """Tell a conclusion said in one line between speakers: whoever is named next speaks again."""
        node = self.stack[-1]
        if node.marker or node.parent is None or not node.body or not node.label:
            return False
        others = node.parent.children[:-1]
        return bool(others and others[-1].label and others[-1].label.role is Role.SPEAKER)

    def _parent_for_label(self, label: Label) -> Node:
        if label.role in ATTRIBUTES:
            return self._holder_of_attributes()
        if label.role in (Role.END,):
            return self.root
        if label.role is Role.AGENDA:
            return self._above(lambda node: node.marker is None)
        if label.role is Role.ADDRESSEE:
            return self._above(lambda node: bool(node.label and node.label.role is Role.ADDRESSEE))
        return self._above(lambda node: node.marker is None and not _is_root_like(node))

    def _holder_of_attributes(self) -> Node:
        for node in reversed(self.stack):
            if not node.label or node.label.role not in ATTRIBUTES:
                return node
        return self.root

    def _above(self, closes: object) -> Node:
        """The parent of the innermost open node that the new part closes, or the current node."""
        assert callable(closes)
        for node in reversed(self.stack[1:]):
            if closes(node) and not (node.label and node.label.role in ATTRIBUTES):
                assert node.parent is not None
                return node.parent
        return self._holder_of_attributes()

    def _parent_for(self, marker: Marker, label: Label | None, text: str) -> Node:
        sibling = self._sibling_for(marker, label, text)
        if sibling is not None:
            assert sibling.parent is not None
            return sibling.parent
        if marker.kind in _TOP:
            return self.root
        if marker.kind is MarkerKind.BARE_CODE and self._inside_conclusion():
            return self._holder_of_parts()
        if marker.kind in (MarkerKind.CASE, *_CODES) or marker.ordinal != 1 or _is_chapter(label):
            return self._above(lambda node: node.marker is None and not _is_root_like(node))
        return self._holder_of_parts()

    def _holder_of_parts(self) -> Node:
        """The innermost open node that may hold numbered parts: no line of the header, no attribute."""
        closed = ATTRIBUTES | HEADER
        for node in reversed(self.stack):
            if node.marker or not node.label or node.label.role not in closed:
                return node
        return self.root

    def _sibling_for(self, marker: Marker, label: Label | None, text: str) -> Node | None:
        """The open node whose next sibling this is: the same numbering, the next number, innermost first."""
        same = [node for node in reversed(self.stack) if node.marker and node.marker.kind is marker.kind]
        following = [node for node in same if node.marker and node.marker.ordinal + 1 == marker.ordinal]
        if following:
            return following[-1] if _is_chapter(label) or text[:4] in _SLIP_HEADINGS else following[0]
        if marker.kind in _CODES or (marker.kind is MarkerKind.CASE and same):
            return same[0] if same else None
        if marker.ordinal == 1:
            return None
        smaller = [node for node in same if node.marker and node.marker.ordinal < marker.ordinal]
        return next(iter(smaller or same), None)

    def _slip(self, text: str) -> Marker | None:
        """A chapter heading whose formal numeral was misread: 多、報告事項 after 貳."""
        if len(text) < 4 or text[1] not in "、." or not any(text[2:].startswith(word) for word in _SLIP_HEADINGS):
            return None
        formal = [node.marker for node in self.root.children if node.marker and node.marker.kind is MarkerKind.FORMAL]
        if not formal:
            return None
        ordinal = formal[-1].ordinal + 1
        return Marker(MarkerKind.FORMAL, ordinal, "零壹貳參肆伍陸柒捌玖拾"[min(ordinal, 10)], 2)


def _headline(text: str) -> Label | None:
    """A whole message in brackets: 【新市民廣場第3次工作會議 重點】"""
    bracketed = _HEADLINE.fullmatch(text)
    return Label(Role.AGENDA, bracketed[1], len(text)) if bracketed else None


def _heard(label: Label | None, parent: Node) -> Label | None:
    """Where the number closes the conclusion that stood open, a unit before a colon is speaking again."""
    if label and label.role is Role.ADDRESSEE and parent.role not in (Role.CONCLUSION, Role.ADDRESSEE):
        return Label(Role.SPEAKER, label.name, label.length)
    return label


def _is_chapter(label: Label | None) -> bool:
    return label is not None and label.role in (Role.AGENDA, Role.END)


def _is_root_like(node: Node) -> bool:
    return node.label is not None and node.label.role is Role.AGENDA


def _as_speaker(label: Label) -> Label | None:
    """Outside the header, `主席:` is somebody speaking; the other header words are plain text."""
    if label.role in (Role.CHAIR, Role.RECORDER):
        return Label(Role.SPEAKER, label.name, label.length)
    return None
