"""Page headers, footers and page numbers: what repeats at the edge of pages is no part of the text."""

from __future__ import annotations

import re
from collections import Counter

_EDGE = 2  # lines at the top and at the bottom of a page that may be furniture
_MOST_PAGES = 0.6
_FEWEST = 3  # pages on which a line must stand before it counts as repeated
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—~ ]*(?P<bare>\d{1,4})[-–—~ ]*|第\s*(?P<page>\d{1,4})\s*頁.{0,12}|(?P<of>\d{1,4})\s*/\s*\d{1,4}"
    r"|(?:Page|P\.?)\s*(?P<latin>\d{1,4}).{0,12})",
    re.I,
)


def without_furniture(pages: list[str]) -> tuple[list[str], list[str]]:
    """The pages without their furniture, and an example of each piece. A repeated header stays on its first page."""
    lines = [[line.strip() for line in page.split("\n") if line.strip()] for page in pages]
    offsets = _offsets_of_page_numbers(lines)
    bare = [_without_number(page, number, offsets) for number, page in enumerate(lines)]
    tops = _repeated([page[:_EDGE] for page in bare])
    bottoms = _repeated([page[-_EDGE:] for page in bare])
    seen: set[str] = set()
    kept = [_without_repeats(page, tops, bottoms, seen) for page in bare]
    left_out = {
        _shape(line): line
        for whole, page in zip(lines, kept, strict=True)
        for line in (Counter(whole) - Counter(page)).elements()
    }
    return ["\n".join(page) for page in kept], list(left_out.values())


def _offsets_of_page_numbers(pages: list[list[str]]) -> set[int]:
    """The differences between printed number and place that hold on most pages."""
    counted = Counter(
        offset
        for number, page in enumerate(pages)
        for offset in {_offset(line, number) for line in [*page[:_EDGE], *page[-_EDGE:]]}
        if offset is not None
    )
    needed = max(2, _MOST_PAGES * len(pages))
    return {offset for offset, count in counted.items() if count >= needed}


def _offset(line: str, number: int) -> int | None:
    match = _PAGE_NUMBER.fullmatch(line)
    return int(next(filter(None, match.groups()))) - number if match else None


def _without_number(page: list[str], number: int, offsets: set[int]) -> list[str]:
    edge = {*range(_EDGE), *range(len(page) - _EDGE, len(page))}
    return [line for at, line in enumerate(page) if at not in edge or _offset(line, number) not in offsets]


def _repeated(edges: list[list[str]]) -> set[str]:
    counted = Counter(shape for edge in edges for shape in {_shape(line) for line in edge})
    needed = max(_FEWEST, _MOST_PAGES * len(edges))
    return {shape for shape, count in counted.items() if count >= needed}


def _without_repeats(page: list[str], tops: set[str], bottoms: set[str], seen: set[str]) -> list[str]:
    first, last = 0, len(page)
    for line in page[:_EDGE]:
        shape = _shape(line)
        if shape not in tops:
            break
        first += shape in seen
        seen.add(shape)
    while last > first and len(page) - last < _EDGE and _shape(page[last - 1]) in bottoms:
        last -= 1
    return page[first:last]


def _shape(line: str) -> str:
    return _DIGITS.sub("#", "".join(line.split()))
