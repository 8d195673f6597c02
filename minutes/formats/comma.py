"""Tables as text (.csv, .tsv): the delimiter is judged by what parts the rows evenly."""

from __future__ import annotations

import csv
import io
from collections import Counter

from minutes.formats import text
from minutes.formats.grid import Grid
from minutes.formats.model import Kind, Limits, Reason, Sheet, Unreadable
from minutes.formats.sniff import check_name

_DELIMITERS = ",\t;|"
_SAMPLE = 50


def read(content: bytes, name: str, limits: Limits) -> Sheet:
    """Read one table in UTF-8, UTF-16 with a mark, or Big5. Raises Unreadable."""
    source = text.decode(content, name)
    if len(source) > limits.characters:
        raise Unreadable(Reason.TOO_LARGE, f"characters {limits.characters}")
    plain = source.lstrip("\ufeff").replace("\x00", "")
    delimiter, body = _declared(plain) or (_delimiter(plain), plain)
    grid = Grid(limits, limits.cells)
    for row, cells in enumerate(_rows(body, delimiter)):
        for column, cell in enumerate(cells):
            grid.put(row, column, cell)
    check_name(Kind.CSV, name)
    return Sheet("", grid.rows())


def _declared(source: str) -> tuple[str, str] | None:
    """Excel's first line `sep=;`."""
    first, _, rest = source.partition("\n")
    first = first.strip()
    return (first[4], rest) if first.lower().startswith("sep=") and len(first) == 5 else None


def _delimiter(source: str) -> str:
    return max(_DELIMITERS, key=lambda delimiter: _evenness(source, delimiter))


def _evenness(source: str, delimiter: str) -> tuple[float, int]:
    """How many of the first rows have the most common width, for a delimiter that parts at all; then the width."""
    widths: Counter[int] = Counter()
    for number, row in enumerate(_rows(source, delimiter)):
        widths[len(row)] += bool(row)
        if number >= _SAMPLE:
            break
    width, count = max(widths.items(), key=lambda found: (found[1], found[0]), default=(0, 0))
    return (count / widths.total(), width) if width > 1 else (0.0, 0)


def _rows(source: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(len(source) + 1)
    try:
        return list(csv.reader(io.StringIO(source, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(Reason.DAMAGED, "csv") from error
