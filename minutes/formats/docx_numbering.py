"""Word's automatic list numbers, which stand in numbering.xml and the styles and not in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from minutes.formats import numerals
from minutes.formats.xml import child, integer, value

_PLACE = re.compile(r"%([1-9])")
_BULLET = "• "


@dataclass(frozen=True, slots=True)
class _Level:
    style: str = "decimal"  # ST_NumberFormat
    text: str = ""  # lvlText, with %1 … %9 for the numbers
    start: int = 1
    restart: int | None = None  # lvlRestart: levels above this one (1-based) restart it; 0: none does
    paragraph_style: str | None = None
    legal: bool = False  # isLgl: all numbers as decimals


@dataclass(slots=True)
class _Scheme:
    """An abstractNum: its levels and how far each has counted."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    style_link: str | None = None


@dataclass(slots=True)
class _List:
    """A num: a use of a scheme, perhaps with levels or starts of its own."""

    scheme: _Scheme
    levels: dict[int, _Level]
    starts: dict[int, int]
    used: bool = False


class Styles:
    """The numbering that paragraph styles bring along, inherited through basedOn."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {style.get("styleId", ""): style for style in root.iter("style")} if root is not None else {}
        self._default = next((name for name, style in self._styles.items() if _is_default(style)), None)

    def numbering(self, name: str | None) -> tuple[str | None, int | None, str | None]:
        """numId, level, and the style that named the numId."""
        number: str | None = None
        level: int | None = None
        seen: set[str] = set()
        name = name or self._default
        while name in self._styles and name not in seen and number is None:
            assert name is not None
            seen.add(name)
            style = self._styles[name]
            number = value(style, "pPr", "numPr", "numId")
            found = value(style, "pPr", "numPr", "ilvl")
            level = level if level is not None or found is None else integer(found, 0)
            owner = name
            name = value(style, "basedOn")
        return number, level, owner if number is not None else None


def _is_default(style: Element) -> bool:
    return style.get("type") == "paragraph" and style.get("default") in ("1", "true", "on")


class Numbering:
    """Counts through a document; ask for each numbered paragraph once and in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        if root is not None:
            schemes = {item.get("abstractNumId", ""): _scheme(item) for item in root.findall("abstractNum")}
            self._lists = {item.get("numId", ""): _list(item, schemes) for item in root.findall("num")}
            self._link_styles(schemes)

    def _link_styles(self, schemes: dict[str, _Scheme]) -> None:
        """A scheme may stand for the one that a numbering style uses."""
        for scheme in schemes.values():
            number = self._styles.numbering(scheme.style_link)[0] if scheme.style_link else None
            if number in self._lists and not scheme.levels:
                scheme.levels = self._lists[number].scheme.levels

    def label(self, properties: Element | None) -> str:
        """The number of the paragraph with these properties (pPr), as Word would show it; "" for none."""
        number, level = self._reference(properties)
        used = self._lists.get(number or "")
        return self._next(used, level) if used else ""

    def _reference(self, properties: Element | None) -> tuple[str | None, int]:
        own = child(properties, "numPr") if properties is not None else None
        style = value(properties, "pStyle") if properties is not None else None
        number, level, owner = self._styles.numbering(style)
        if own is not None:
            direct = value(own, "numId")
            own_level = value(own, "ilvl")
            return direct or number, min(integer(own_level, level or 0), 8)
        return number, self._level_of_style(number, owner, level)

    def _level_of_style(self, number: str | None, owner: str | None, level: int | None) -> int:
        used = self._lists.get(number or "")
        levels = used.scheme.levels | used.levels if used and owner else {}
        linked = [at for at, found in levels.items() if found.paragraph_style == owner]
        return linked[0] if linked else level or 0

    def _next(self, used: _List, level: int) -> str:
        counts = used.scheme.counts
        levels = used.scheme.levels | used.levels
        self._begin(used, counts)
        here = levels.get(level, _Level())
        counts[level] = counts.get(level, here.start - 1) + 1
        for deeper in [at for at in counts if at > level and _restarts(levels.get(at, _Level()), at, level)]:
            del counts[deeper]
        return _text(here, levels, counts)

    @staticmethod
    def _begin(used: _List, counts: dict[int, int]) -> None:
        if not used.used:
            used.used = True
            counts.update({level: start - 1 for level, start in used.starts.items()})


def _restarts(deeper: _Level, at: int, level: int) -> bool:
    return level < (at if deeper.restart is None else deeper.restart)


def _text(here: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    if here.style == "bullet":
        return _BULLET
    if here.style == "none":
        return ""

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        level = levels.get(at, _Level())
        style = "decimal" if here.legal else level.style
        return numerals.WORD.get(style, str)(counts.get(at, level.start))

    return numerals.with_gap(_PLACE.sub(number, here.text))


def _scheme(element: Element) -> _Scheme:
    levels = {integer(level.get("ilvl"), 0): _level(level) for level in element.findall("lvl")}
    return _Scheme(levels, style_link=value(element, "numStyleLink"))


def _list(element: Element, schemes: dict[str, _Scheme]) -> _List:
    scheme = schemes.get(value(element, "abstractNumId") or "") or _Scheme()
    levels: dict[int, _Level] = {}
    starts: dict[int, int] = {}
    for override in element.findall("lvlOverride"):
        at = integer(override.get("ilvl"), 0)
        own = child(override, "lvl")
        start = value(override, "startOverride")
        if own is not None:
            levels[at] = _level(own)
        if start is not None:
            starts[at] = integer(start, 1)
            levels[at] = replace(levels.get(at) or scheme.levels.get(at) or _Level(), start=starts[at])
    return _List(scheme, levels, starts)


def _level(element: Element) -> _Level:
    restart = value(element, "lvlRestart")
    legal = child(element, "isLgl")
    return _Level(
        style=_format(element),
        text=value(element, "lvlText") or "",
        start=integer(value(element, "start"), 1),
        restart=None if restart is None else integer(restart, 0),
        paragraph_style=value(element, "pStyle"),
        legal=legal is not None and legal.get("val", "1") not in ("0", "false", "off"),
    )


def _format(element: Element) -> str:
    """numFmt, or the fallback where a newer format stands in mc:AlternateContent."""
    direct = value(element, "numFmt")
    return direct or value(element, "AlternateContent", "Fallback", "numFmt") or "decimal"
