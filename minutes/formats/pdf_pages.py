"""Page headers, footers and page numbers: what repeats at the edge of pages is no part of the text."""

from __future__ import annotations

import re
from collections import Counter

_BLANKS = " \u3000\xa0\r\f\v"  # no tabs: a table row may begin with an empty cell
_EDGE = 2  # lines at the top and at the bottom of a page that may be furniture
_MOST_PAGES = 0.6
_FEWEST_TOP, _FEWEST_BOTTOM = 2, 3  # pages on which a line must stand: a title cannot be the text of the next page
_DIGITS = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_PAGE_NUMBER = re.compile(
    r"(?:[-–—~ ]*(?P<bare>\d{1,4})[-–—~ ]*|第\s*(?P<page>\d{1,4})\s*頁.{0,12}|(?P<of>\d{1,4})\s*/\s*\d{1,4}"
    r"|(?:Page|P\.?)\s*(?P<latin>\d{1,4}).{0,12})",
    re.I,
)


def without_furniture(pages: list[str]) -> tuple[list[str], list[str]]:
    """The pages without their furniture, and an example of each piece. A repeated header stays on its first page."""
    lines = [[line.strip(_BLANKS) for line in page.split("\n") if line.strip()] for page in pages]
    offsets = _offsets_of_page_numbers(lines)
    bare = [_without_number(page, number, offsets) for number, page in enumerate(lines)]
    tops = _repeated([page[:_EDGE] for page in bare], _FEWEST_TOP)
    bottoms = _repeated([page[-_EDGE:] for page in bare], _FEWEST_BOTTOM)
    seen: set[str] = set()
    kept = [_without_repeats(page, number, tops, bottoms, seen) for number, page in enumerate(bare)]
    left_out = {
        _DIGITS.sub("#", line): line
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


def _repeated(edges: list[list[str]], fewest: int) -> set[str]:
    counted = Counter(
        shape for number, edge in enumerate(edges) for shape in set().union(*(_shapes(line, number) for line in edge))
    )
    needed = max(fewest, _MOST_PAGES * len(edges))
    return {shape for shape, count in counted.items() if count >= needed}


def _without_repeats(page: list[str], number: int, tops: set[str], bottoms: set[str], seen: set[str]) -> list[str]:
    first, last = 0, len(page)
    for line in page[:_EDGE]:
        repeated = _shapes(line, number) & tops
        if not repeated:
            break
        first += not repeated.isdisjoint(seen)
        seen |= repeated
    while last > first and len(page) - last < _EDGE and _shapes(page[last - 1], number) & bottoms:
        last -= 1
    return page[first:last]


def _shapes(line: str, number: int) -> set[str]:
    """What a line may repeat as: itself, or itself with one number that counts with the pages."""
    plain = "".join(line.split())
    counting = (
        f"{plain[: match.start()]}#{int(match[0]) - number}#{plain[match.end() :]}" for match in _DIGITS.finditer(plain)
    )
    return {plain, *counting}
