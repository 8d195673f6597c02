"""The wording of lists over many cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from domain.calendar import roc
from domain.case import Case, Meeting, Series
from domain.ports import UnitTally
from handlers.ask_commands import Search, Window
from handlers.asking.case_cards import case_row
from handlers.buttons import Choice
from handlers.cards import ListCard, Section
from handlers.messages import Message
from handlers.phrases import case_line, meeting_name, short
from handlers.reminding.reminders import View
from handlers.unit_reports import is_for_all

WINDOWS = {
    Window.TODAY: ("今天到期", "今天到期"),
    Window.TOMORROW: ("明天到期", "明天到期"),
    Window.THIS_WEEK: ("本週到期", "本週到期"),
    Window.NEXT_WEEK: ("下週到期", "下週到期"),
    Window.THIS_MONTH: ("本月到期", "本月到期"),
    Window.NEXT_MONTH: ("下月到期", "下月到期"),
}
"""The heading of a window's list, and how it is asked for."""
UNITS = 6  # named in one line


def span(first: date, last: date) -> str:
    """Say from which day to which."""
    return roc(first) if first == last else f"{roc(first)} 至 {roc(last)}"


def by_unit(tallies: Iterable[UnitTally], silent: Iterable[str]) -> str:
    """Say which units have not reported, and how many lines each; `silent` owe one each on a line of every unit."""
    counts = Counter(silent)
    named = bool(counts)
    for tally in tallies:
        counts[tally.unit] += 0 if named and is_for_all(tally.unit) else tally.unreported
    owing = [f"{unit} {count}" for unit, count in counts.most_common() if count]
    more = f" 等 {len(owing)} 個單位" if len(owing) > UNITS else ""
    return f"上次會議後未填報：{'、'.join(owing[:UNITS])}{more}" if owing else ""


def meeting(series: Series, held: Meeting) -> str:
    """Name a meeting of a series."""
    return f"{series.name} {meeting_name(held)}".rstrip()


def no_meeting() -> Message:
    """Say that no meeting is known."""
    return Message(text="還沒有匯入任何一次會議紀錄。看列管案件請輸入：列管", choices=(Choice("列管", "列管"),))


def too_short(words: str) -> Message:
    """Refuse to search for single characters."""
    said = f"「{short(words, 20)}」太短，" if words.strip() else ""
    return Message(text=f"{said}關鍵字每個至少兩個字，例如：\n搜尋 換文")


def found(command: Search, cases: Sequence[Case], day: View, *, has_more: bool) -> Message:
    """Show one page of what a search found."""
    words = short(command.words, 40)
    if not cases:
        return _nothing(words, command.page)
    title = f"含「{words}」的案件" + (f"（第 {command.page} 頁）" if command.page > 1 else "")
    note = "還有更多：下一頁" if has_more else ""
    lines = [title, *(case_line(case, day) for case in cases), note]
    following = (Choice("下一頁", "下一頁"),) if has_more else ()
    card = ListCard(
        title=title,
        sections=(Section(tuple(case_row(case, day) for case in cases)),),
        notes=(note,) if note else (),
        buttons=following,
    )
    choices = (*following, *(Choice(case.number, case.number) for case in cases))
    text = "\n".join(line for line in lines if line)
    return Message(text=text, choices=choices, case_ids=tuple(case.id for case in cases), card=card)


def _nothing(words: str, page: int) -> Message:
    if page > 1:
        return Message(text=f"含「{words}」的案件沒有第 {page} 頁。")
    return Message(
        text=f"沒有案件的標題或原文含「{words}」。可以換個說法，或看全部：列管", choices=(Choice("列管", "列管"),)
    )
