"""A reading of a list in the form in which the corpus writes down what is expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from domain.calendar import WorkCalendar
from minutes.formats import Sheet
from minutes.lists.model import Field, Item, ListReading
from minutes.lists.read import Terms, read_list

TODAY = date(2021, 9, 27)


def terms(columns: Mapping[int, Field] | None = None, sheet: str | None = None) -> Terms:
    return Terms(today=TODAY, calendar=WorkCalendar(), columns=columns or {}, sheet=sheet)


def read_rows(*rows: tuple[str, ...], columns: Mapping[int, Field] | None = None) -> ListReading:
    """Read rows, made equally wide, as one sheet."""
    width = max(map(len, rows), default=0)
    padded = tuple((*row, *[""] * (width - len(row))) for row in rows)
    return read_list([Sheet("", padded)], terms(columns))


def summary(reading: ListReading) -> dict[str, Any]:
    """What a person checks of a reading."""
    return {
        "columns": [[f"{column.heading}={column.field}" for column in table.columns] for table in reading.tables],
        "items": [_item(item) for item in reading.items],
        "left_out": {str(left.row): left.why for left in reading.left_out},
        "unread": {str(unread.row): unread.why for unread in reading.unread},
    }


def unnamed(reading: ListReading) -> ListReading:
    """The reading without the sheet's name, which formats differ in."""
    return replace(reading, sheet="")


def _item(item: Item) -> dict[str, Any]:
    full = {
        "rows": list(item.rows),
        "number": item.number,
        "title": item.title,
        "lead": list(item.lead),
        "support": list(item.support),
        "due": item.due.text,
        "due_on": item.due.on.isoformat() if item.due.on else "",
        "progress": [f"{'、'.join(p.units)}@{p.on or ''}:{p.text}" for p in item.progress],
        "asks_release": item.asks_release,
        "section": item.section,
        "meeting": item.meeting,
        "note": item.note,
        "contract": item.is_contract,
        "stage": item.stage,
        "doubts": [f"{doubt.kind}@{doubt.cell}" for doubt in item.doubts],
    }
    return {key: value for key, value in full.items() if value or key == "number"}
