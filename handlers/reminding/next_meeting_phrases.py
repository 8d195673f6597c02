"""The wording of the next meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.calendar import roc
from domain.case import Series
from domain.meetings import NextMeeting, report_day
from domain.ports import UnreportedLine
from handlers.language.example_days import in_example
from handlers.messages import Choice, Message
from handlers.phrases import UNDO_HINT, short
from handlers.reminding.chase_phrases import by_unit, counted
from handlers.reminding.reminders import View

EXAMPLE = "下次會議 {day}"


@dataclass(frozen=True, slots=True)
class Coming:
    """A series with its next meeting and the lines that have not been reported."""

    series: Series
    meeting: NextMeeting | None
    missing: Sequence[UnreportedLine]


def shown(found: Sequence[Coming], chase: Sequence[int], day: View, *, may_set: bool) -> Message:
    """Say when the meetings are and who has not reported."""
    lines: list[str] = []
    for one in found:
        lines += [day_of(one.series, one.meeting, day), *_report_date(one.meeting, chase, day)]
        lines.append(f"　{counted(one.missing)}：{by_unit(one.missing)}" if one.missing else "　各單位都已填辦理情形")
    if may_set:
        lines.append(f"更正日期請輸入：{in_example(EXAMPLE, day.today)}")
    if any(one.missing for one in found):
        lines.append("填報請輸入：回報 案號 辦理情形")
    case_ids = tuple(dict.fromkeys(line.case_id for one in found for line in one.missing))
    return Message(text="\n".join(lines), case_ids=case_ids)


def day_of(series: Series, meeting: NextMeeting | None, day: View) -> str:
    """Name a series' next meeting; what is predicted says so."""
    if meeting is None:
        return f"{series.name}下次會議：還沒有設定"
    left = (meeting.on - day.today).days
    when = f"還有 {left} 天" if left else "就是今天"
    how = "（依過去開會間隔推估，尚未確認）" if meeting.is_predicted else ""
    return f"{series.name}下次會議{'預估' if meeting.is_predicted else ''}：{roc(meeting.on)}，{when}{how}"


def changed(series: Series, on: date, missing: Sequence[UnreportedLine], chase: Sequence[int], day: View) -> Message:
    """Say that the day was set, when the chase goes out, and who would be in it."""
    meeting = NextMeeting(on)
    off = "" if day.calendar.is_working_day(on) else "\n　請注意：這天是放假日"
    lines = [
        f"已設定{day_of(series, meeting, day)}{off}",
        *_report_date(meeting, chase, day),
        f"　{counted(missing)}" if missing else "　各單位都已填辦理情形",
        UNDO_HINT,
    ]
    return Message(text="\n".join(lines), choices=(Choice("復原", "復原"),))


def _report_date(meeting: NextMeeting | None, chase: Sequence[int], day: View) -> list[str]:
    if meeting is None or not chase:
        return []
    due = report_day(meeting.on, chase[0], day.calendar)
    return [f"　請於 {roc(due)} 前填報，當天在群組提醒未填的單位"] if due >= day.today else []


def no_day(why: str, today: date) -> Message:
    """Say that the words hold no day."""
    return Message(text=f"沒有變更：日期看不懂。{why}\n請寫明日期，例如：\n{in_example(EXAMPLE, today)}")


def past(on: date, today: date) -> Message:
    """Refuse a day that is over."""
    return Message(text=f"沒有變更：{roc(on)} 已經過了。請輸入之後的日期，例如：\n{in_example(EXAMPLE, today)}")


def may_not_set() -> Message:
    """Refuse a change by somebody who is no coordinator."""
    return Message(text="沒有變更：下次會議的日期由管考幕僚設定。看日期請輸入：下次會議")


def unknown_series(name: str) -> Message:
    """Say that no series of that name is seen here."""
    return Message(text=f"查無會議「{short(name, 30)}」。看這裡的會議請輸入：下次會議")


def which_series(series: Sequence[Series], typed_day: str) -> Message:
    """Ask which series is meant."""
    said = [f"{one.name}下次會議 {typed_day}" for one in series]
    choices = tuple(Choice(short(one.name, 20), words) for one, words in zip(series, said, strict=True))
    return Message(text="\n".join(["請問是哪一個會議？請輸入：", *said]), choices=choices)
