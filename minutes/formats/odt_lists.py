"""List numbers of OpenDocument texts, which stand in list styles and not in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from minutes.formats import numerals
from minutes.formats.xml import integer

_PLACE = re.compile(r"%(\d{1,2})%")
_BULLET = "• "
_LEVEL_TAGS = {"list-level-style-number", "list-level-style-bullet", "list-level-style-image", "outline-level-style"}


@dataclass(frozen=True, slots=True)
class _Level:
    style: str = ""  # style:num-format; "" shows no number
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1  # text:display-levels: how many levels a number shows
    pattern: str = ""  # loext:num-list-format, with %1% … for the numbers
    bullet: bool = False


_Style = dict[int, _Level]


@dataclass(slots=True)
class Run:
    """One list as it counts: its style and how far each level (from 1) has come."""

    style: str
    counts: dict[int, int] = field(default_factory=dict)


class Lists:
    """Counts through a document; the reader opens lists and asks for each item's number in order."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[str, _Style] = {}
        self._outline: _Style = {}
        for root in roots:
            self._styles |= {style.get("name", ""): _levels(style) for style in root.iter("list-style")}
            for style in root.iter("outline-style"):
                self._outline = _levels(style)
        self._last: dict[str, Run] = {}
        self._by_id: dict[str, Run] = {}
        self._headings = Run("")

    def open(self, element: Element) -> Run:
        """Begin a list that is not inside another, or go on with an earlier one that it names."""
        style = element.get("style-name", "")
        earlier = self._by_id.get(element.get("continue-list", ""))
        if earlier is None and element.get("continue-numbering") == "true":
            earlier = self._last.get(style)
        run = Run(style, earlier.counts if earlier else {})
        self._last[style] = run
        if name := element.get("id"):
            self._by_id[name] = run
        return run

    def number(self, run: Run, level: int, item: Element) -> str:
        """The number of an item at a level (from 1)."""
        style = self._styles.get(item.get("style-override") or run.style, {})
        return _next(style, run.counts, level, item.get("start-value"))

    def heading(self, element: Element) -> str:
        """The number of a heading (text:h) by the document's outline style."""
        if element.get("is-list-header") == "true":
            return ""
        level = integer(element.get("outline-level"), 1, most=10)
        return _next(self._outline, self._headings.counts, level, element.get("start-value"))


def _levels(style: Element) -> _Style:
    return {
        integer(level.get("level"), 1): _Level(
            style=level.get("num-format", ""),
            prefix=level.get("num-prefix", ""),
            suffix=level.get("num-suffix", ""),
            start=integer(level.get("start-value"), 1),
            shown=integer(level.get("display-levels"), 1, most=10),
            pattern=level.get("num-list-format", ""),
            bullet=level.tag not in ("list-level-style-number", "outline-level-style"),
        )
        for level in style
        if level.tag in _LEVEL_TAGS
    }


def _next(style: _Style, counts: dict[int, int], level: int, start: str | None) -> str:
    here = style.get(level, _Level())
    counts[level] = integer(start, here.start) if start else counts.get(level, here.start - 1) + 1
    for deeper in [at for at in counts if at > level]:
        del counts[deeper]
    if here.bullet:
        return _BULLET
    return numerals.with_gap(_text(style, here, counts, level)) if here.style else ""


def _text(style: _Style, here: _Level, counts: dict[int, int], level: int) -> str:
    def number(at: int) -> str:
        found = style.get(at, _Level())
        return numerals.OPEN_DOCUMENT.get(found.style[:1], str)(counts.get(at, found.start))

    if here.pattern:
        return _PLACE.sub(lambda match: number(int(match[1])), here.pattern)
    shown = ".".join(number(at) for at in range(max(1, level - here.shown + 1), level + 1))
    return here.prefix + shown + here.suffix
