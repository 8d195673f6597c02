"""The wording of typhoon days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from domain.calendar import roc
from domain.ports import DayOff
from handlers.language.example_days import in_example
from handlers.messages import Choice, Message
from handlers.phrases import UNDO_HINT
from handlers.reminding.reminders import View

EXAMPLE = "停班 {day} 臺北市"


def name_of(day_off: DayOff) -> str:
    """A day and where: 110/12/17(五) 臺北市."""
    return f"{roc(day_off.day)} {day_off.city or '各縣市'}"


def closed(day_off: DayOff, day: View) -> Message:
    """Say that nothing is reminded of on that day, and where its reminders go."""
    before = day.calendar.last_working_day(day_off.day - timedelta(days=1))
    after = day.calendar.next_working_day(day_off.day + timedelta(days=1))
    lines = [
        f"已設定停班：{name_of(day_off)}",
        f"當天不發提醒；期限前的提早到 {roc(before)}，其餘延到 {roc(after)}。已送出的不再重送，期限本身不變。",
        UNDO_HINT,
    ]
    return Message(text="\n".join(lines), choices=(Choice("復原", "復原"),))


def reopened(days: Sequence[DayOff]) -> Message:
    """Say that the day is a working day again."""
    named = "、".join(name_of(one) for one in days)
    return Message(text=f"已取消停班，照常上班：{named}\n{UNDO_HINT}", choices=(Choice("復原", "復原"),))


def off_already(day: date) -> Message:
    """Say that nobody works on that day anyway."""
    return Message(text=f"{roc(day)} 本來就是放假日，沒有變更。")


def closed_already(day_off: DayOff) -> Message:
    """Say that the day is off already."""
    return Message(text=f"{name_of(day_off)} 已經設定停班，沒有變更。取消請輸入：{_reopen(day_off)}")


def not_closed(day_off: DayOff) -> Message:
    """Say that the day is no typhoon day."""
    return Message(text=f"{name_of(day_off)} 沒有設定停班，沒有變更。")


def past(day: date, today: date) -> Message:
    """Refuse a day that is over."""
    return Message(text=f"沒有變更：{roc(day)} 已經過了。請輸入今天或之後的日期，例如：\n{in_example(EXAMPLE, today)}")


def no_day(why: str, today: date) -> Message:
    """Say that the words hold no day."""
    return Message(text=f"沒有變更：日期看不懂。{why}\n請寫明日期，例如：\n{in_example(EXAMPLE, today)}")


def may_not_set() -> Message:
    """Refuse a change by somebody who is no coordinator."""
    return Message(text="沒有變更：停班由管考幕僚設定。")


def _reopen(day_off: DayOff) -> str:
    return f"恢復上班 {day_off.day.month}/{day_off.day.day} {day_off.city}".strip()
