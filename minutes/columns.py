"""The columns of tracking tables, known by their names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minutes.words import words

NUMBER, ROW_NUMBER, SUBJECT, RULING, LEAD, SUPPORT, DUE, STATUS, PROGRESS, REMARK = (
    "number", "row_number", "subject", "ruling", "lead", "support", "due", "status", "progress", "remark",
)  # fmt: skip
_COLUMNS: dict[str, str] = {
    word: column
    for column, table, name in (
        (SUBJECT, "columns", "subject"),
        (PROGRESS, "columns", "progress"),
        (NUMBER, "columns", "number"),
        (LEAD, "labels", "attribute_lead"),
        (SUPPORT, "labels", "attribute_support"),
        (DUE, "labels", "attribute_due"),
        (STATUS, "labels", "attribute_status"),
    )
    for word in words(table, name)
} | {"備註": REMARK, "單位": LEAD, "追蹤": STATUS, "管考": STATUS, "列管": STATUS}
RULINGS = re.compile(r"^.{0,4}(?:決議|裁示|結論|指示|決定)(?:事項)?$")
_ROW_NUMBERS = frozenset({"項次", "序號", "次序", "No", "NO", "No.", "號次"})
_SHAPES = (
    (SUPPORT, re.compile(r"^(?:協辦|配合|協助)")),
    (LEAD, re.compile(r"^(?:主辦|主責|權責|承辦|負責|執行|辦理)(?:單位|機關|人|科室|處室|局處)")),
    (DUE, re.compile(r"(?:期限|時限|限期|完成日期?|完成時間)$")),
    (
        STATUS,
        re.compile(
            r"^(?:列管|追蹤|管考).{0,4}(?:情形|狀態|結果|建議|與否)$|^(?:審議|審查|本次|會議|決議|裁示|管制).{0,2}結果$"
        ),
    ),
    (
        SUBJECT,
        re.compile(
            r"(?:裁示|指示|決議|結論|列管|交辦|待辦|追蹤|工作|應辦|協調|協商|討論|辦理|決定)(?:事項|項目|內容)$|^.{0,4}(?:決定|裁示|決議|結論)$"
        ),
    ),
)


def names_columns(names: Iterable[str]) -> bool:
    """Tell whether names are those of a heading row."""
    return sum(column_of(name) is not None for name in names) >= 2


def is_row_number(name: str) -> bool:
    """Tell whether a column of that name numbers the rows or names the case."""
    return column_of(name) in (ROW_NUMBER, NUMBER)


def column_of(name: str) -> str | None:
    """What the column of that name holds, or None for a name that tells nothing."""
    if name in _ROW_NUMBERS:
        return ROW_NUMBER
    return _COLUMNS.get(name) or next((column for column, pattern in _SHAPES if pattern.search(name)), None)
