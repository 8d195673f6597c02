"""The wording around the 執行情形彙整表 in the chat; the report's own is in minutes/report/phrases.py."""

from __future__ import annotations

from collections.abc import Sequence

from domain.case import Series
from handlers.messages import Choice, Message
from handlers.phrases import short
from minutes.report.line_text import MAX_UNITS, utf16_units

FILE = (
    "LINE 不能由我傳檔案。要 .odt、.docx 或 .xlsx，請在電腦上執行：\n"
    "lieguan report --series {series} --meeting {meeting} --format odt"
)


def report(texts: Sequence[str], series: Series, ordinal: int | None, case_ids: tuple[int, ...]) -> Message:
    """Show a report and say how its file is made."""
    how = FILE.format(series=_quoted(series.name), meeting="next" if ordinal is None else ordinal)
    last = f"{texts[-1]}\n\n{how}"
    shown = [*texts[:-1], last if utf16_units(last) <= MAX_UNITS else texts[-1]]
    return Message(text=shown[0], more=tuple(shown[1:]), case_ids=case_ids)


def which_series(series: Sequence[Series], ordinal: int | None, *, unknown: str) -> Message:
    """Ask which series' report is meant."""
    said = [f"報表 {one.name}" + (f" 第{ordinal}次" if ordinal is not None else "") for one in series]
    first = f"查無會議「{short(unknown, 30)}」。請輸入：" if unknown else "請問是哪一個會議的報表？請輸入："
    choices = tuple(Choice(short(one.name, 20), words) for one, words in zip(series, said, strict=True))
    return Message(text="\n".join([first, *said]), choices=choices)


def _quoted(name: str) -> str:
    """A name as a shell takes it."""
    return f'"{name}"' if " " in name else name
