"""Tables that a page break parts: the repeated heading goes, and a row that was cut in two is one row again."""

from __future__ import annotations

from collections.abc import Sequence
from operator import add

_ENDED = ("。", "；", "！", "？", "」", ")", "）")
_TITLE = 1  # lines above a heading that are repeated with it: a cell over the whole width


def whole_rows(pages: Sequence[str]) -> list[str]:
    """The lines of all pages. A table row is a line with tabs."""
    lines: list[str] = []
    for page in pages:
        own = page.split("\n")
        heading = _heading(lines)
        if heading is not None:
            own = _without_heading(own, lines[max(0, heading - _TITLE) : heading + 1])
            if own and _is_rest(own[0], lines[-1]):
                lines[-1] = "\t".join(map(add, lines[-1].split("\t"), own[0].split("\t")))
                own = own[1:]
        lines += own
    return lines


def _heading(lines: Sequence[str]) -> int | None:
    """Where the table that the last line belongs to begins; None if it belongs to none."""
    first = None
    for number in range(len(lines) - 1, -1, -1):
        if "\t" not in lines[number] or lines[number].count("\t") != lines[-1].count("\t"):
            break
        first = number
    return first


def _without_heading(own: list[str], heading: Sequence[str]) -> list[str]:
    for size in range(len(heading), 0, -1):
        if own[:size] == heading[-size:]:
            return own[size:]
    return own


def _is_rest(line: str, before: str) -> bool:
    """Tell the rest of a row: nothing in its first cell, and only cells go on that had not come to an end."""
    cells, above = line.split("\t"), before.split("\t")
    if len(cells) < 2 or len(cells) != len(above) or cells[0]:
        return False
    return all(up and not up.endswith(_ENDED) for cell, up in zip(cells, above, strict=True) if cell)
