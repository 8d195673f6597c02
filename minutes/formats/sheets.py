"""Read lists of cases as tables: .xlsx, .ods, .csv."""

from __future__ import annotations

from minutes.formats import check_size, comma, sandbox, sniff
from minutes.formats.model import Limits, Reason, Sheet, Unreadable


def read_sheets(content: bytes, name: str = "", *, limits: Limits | None = None) -> tuple[Sheet, ...]:
    """Read each sheet of a file that holds anything, in the file's order. Raises Unreadable.

    Days are ISO text (2021-09-23), whole numbers have no `.0`, a merged block's value stands in each of its rows.
    """
    limits = limits or Limits()
    check_size(content, limits)
    sheets = _read(content, name, limits)
    filled = tuple(sheet for sheet in sheets if sheet.rows)
    if not filled:
        raise Unreadable(Reason.EMPTY)
    return filled


def _read(content: bytes, name: str, limits: Limits) -> tuple[Sheet, ...]:
    if sniff.shell(content) is sniff.Shell.TEXT:
        return (comma.read(content, name, limits),)
    found = sandbox.run("sheets", content, name, limits)
    return tuple(Sheet(sheet["name"], tuple(map(tuple, sheet["rows"]))) for sheet in found["sheets"])
