"""What a reminder says: number, title, deadline with days left, the source sentence, the last report, what to type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from domain.calendar import WorkCalendar, roc
from domain.case import Report
from domain.ports import DueLine
from handlers.messages import Choice, Message

DETAILED = 5  # up to so many lines come with their sentence and last report; more are listed briefly
SENTENCE = 60  # characters of the source sentence that a phone shows well
HEADINGS = ("已逾期", "今天到期", "即將到期")


@dataclass(frozen=True, slots=True)
class View:
    """The day on which a reminder is read, the working days around it, and the zone of its readers."""

    today: date
    calendar: WorkCalendar
    zone: tzinfo


def digest(lines: Sequence[DueLine], reports: Mapping[int, Report], view: View) -> Message:
    """Pack the reminders of one chat into one message, most urgent first."""
    ordered = sorted(lines, key=lambda line: (line.deadline, line.number, line.unit))
    text = [f"【列管提醒】{roc(view.today)}，共 {len(ordered)} 項"]
    for heading, group in _groups(ordered, view.today):
        text.append(f"\n▍{heading}（{len(group)}）")
        text += [entry(line, reports, view, detailed=len(ordered) <= DETAILED) for line in group]
    first = ordered[0].number
    text.append(f"\n回報請輸入：回報 {first} 辦理情形\n辦妥請輸入：完成 {first}")
    return Message(text="\n".join(text), choices=_choices(ordered), case_ids=_case_ids(ordered))


def entry(line: DueLine, reports: Mapping[int, Report], view: View, *, detailed: bool) -> str:
    """Write one line of the digest."""
    brief = f"{line.number} {line.title}（{line.unit}）\n　{when(line.deadline, view.today, view.calendar)}"
    if not detailed:
        return brief
    report = reports.get(line.assignment_id)
    last = f"{roc(report.at.astimezone(view.zone).date())} {_short(report.text)}" if report else "尚未填報"
    return f"{brief}\n　原文：「{_short(line.sentence)}」\n　上次回報：{last}"


def when(deadline: date, today: date, calendar: WorkCalendar) -> str:
    """Say a deadline with the days left: 期限 110/9/30(四)，今天到期."""
    stated = f"期限 {roc(deadline)}"
    last_day = calendar.last_working_day(deadline)
    if last_day != deadline and today <= last_day:
        stated += f" 為放假日，最後上班日 {roc(last_day)}"
    return f"{stated}，{days_left(deadline, today)}"


def days_left(deadline: date, today: date) -> str:
    """Say how far a deadline is, in calendar days."""
    days = (deadline - today).days
    if days < 0:
        return f"已逾期 {-days} 天"
    return f"還有 {days} 天" if days else "今天到期"


def _groups(lines: Sequence[DueLine], today: date) -> Iterable[tuple[str, list[DueLine]]]:
    for heading, wanted in zip(HEADINGS, (-1, 0, 1), strict=True):
        group = [line for line in lines if _sign((line.deadline - today).days) == wanted]
        if group:
            yield heading, group


def _sign(days: int) -> int:
    return (days > 0) - (days < 0)


def _short(text: str) -> str:
    return text if len(text) <= SENTENCE else text[: SENTENCE - 1] + "…"


def _choices(lines: Sequence[DueLine]) -> tuple[Choice, ...]:
    numbers = list(dict.fromkeys(line.number for line in lines))[:4]
    return tuple(Choice(f"看 {number}", number) for number in numbers)


def _case_ids(lines: Sequence[DueLine]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(line.case_id for line in lines))
