"""What a reminder says: number, title, deadline with days left, the source sentence, the last report, what to type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from functools import cache

from domain.calendar import WorkCalendar, roc
from domain.case import Report
from domain.notice import Notice
from domain.ports import DueLine, UnitOfWork
from handlers.messages import Choice, Message

DETAILED = 5  # up to so many entries come with their sentence and last report
LISTED = 20  # up to so many have a line of their own; the others are listed by number
SENTENCE = 60  # characters of the source sentence that a phone shows well
OVERDUE, TODAY, COMING = "已逾期", "今天到期", "即將到期"


@dataclass(frozen=True, slots=True)
class View:
    """The day on which a reminder is read, the working days around it, and the zone of its readers."""

    today: date
    calendar: WorkCalendar
    zone: tzinfo
    escalate_after: int = 3  # working days overdue without progress, then the chief is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One notice in words. `unit` is the heading under which it stands."""

    notice: Notice
    title: str
    due: str  # the second line: deadline or meeting, with the days left
    tally: str  # what the first line of a digest counts it as: 已逾期, 未填辦理情形
    unit: str = ""
    unit_id: int | None = None
    number: str = ""
    case_id: int | None = None
    details: tuple[str, ...] = ()  # further lines, where there is room
    line_id: int | None = None  # the line whose last report is told, where there is room
    days: int = 0  # left; the fewest stand first
    hint: str = ""  # what to type; for a case, unless given, how to report

    @property
    def order(self) -> tuple[int, str, str]:
        """The most pressing first."""
        return self.days, self.number, self.unit


def deadlines(notices: Sequence[Notice], uow: UnitOfWork, view: View) -> Sequence[Entry]:
    """Put rungs of deadlines into words; a line that is not open, or due on another day now, is not reminded."""
    lines = {
        line.assignment_id: line for line in uow.reminders.lines([notice.assignment_id or 0 for notice in notices])
    }
    holding = [(notice, lines.get(notice.assignment_id or 0)) for notice in notices]
    due = cache(lambda deadline: when(deadline, view.today, view.calendar) + _announced(deadline, view))
    valid = [
        (notice, line)
        for notice, line in holding
        if line and line.deadline == notice.for_on and not _is_quiet(notice, line)
    ]
    spoken = with_one_voice(valid, view.today)
    return [_deadline(notice, line, due(line.deadline), view) for notice, line in spoken]


def with_one_voice(told: Sequence[tuple[Notice, DueLine]], today: date) -> Iterable[tuple[Notice, DueLine]]:
    """Let the oldest of a recurring duty's overdue periods speak for all of them, however many were missed."""
    late: dict[int, list[DueLine]] = {}
    for _, line in sorted(told, key=lambda pair: pair[1].deadline):
        others = late.setdefault(line.line_id, [])
        if line.period and line.deadline < today and line not in others:
            others.append(line)
    for notice, line in told:
        same = late[line.line_id]
        if line not in same:
            yield notice, line
        elif line == same[0]:
            yield notice, replace(line, period="、".join(one.period for one in same))


def _is_quiet(notice: Notice, line: DueLine) -> bool:
    """Tell whether somebody said 收到 before a rung ahead of the deadline was told."""
    return line.acknowledged_at is not None and notice.rung.startswith("-")


def _deadline(notice: Notice, line: DueLine, due: str, view: View) -> Entry:
    days = (line.deadline - view.today).days
    return Entry(
        notice=notice,
        title=line.heading,
        due=due,
        tally=OVERDUE if days < 0 else COMING if days else TODAY,
        unit=line.unit,
        unit_id=line.unit_id,
        number=line.number,
        case_id=line.case_id,
        details=(f"原文：「{short(line.sentence)}」",),
        line_id=line.line_id,
        days=days,
    )


def _announced(deadline: date, view: View) -> str:
    """Say what comes next, where something does: who is overdue knows when the chief will be told."""
    told_on = view.calendar.add_working_days(deadline, view.escalate_after)
    if not deadline < view.today < told_on:
        return ""
    return f"；{roc(told_on).split('/', 1)[1]} 仍無進度將通知單位主管"


def with_last_reports(entries: Sequence[Entry], uow: UnitOfWork, view: View) -> Sequence[Entry]:
    """What one chat is told, with the last reports of its lines where it is so little that there is room for them."""
    lines = [entry.line_id for entry in entries if entry.line_id is not None]
    if not lines or len(distinct(entries)) > DETAILED:
        return entries
    reports = uow.cases.last_reports(lines)
    return [_with_report(one, reports.get(one.line_id or 0), view) for one in entries]


def _with_report(entry: Entry, report: Report | None, view: View) -> Entry:
    if entry.line_id is None:
        return entry
    return replace(entry, details=(*entry.details, f"上次回報：{last_report(report, view)}"))


def digest(entries: Sequence[Entry], view: View) -> Message:
    """Pack what one chat is told into one message: by unit, the most pressing first."""
    ordered = distinct(sorted(entries, key=lambda entry: entry.order))
    text = [f"【列管提醒】{roc(view.today)}，共 {len(ordered)} 項{_counted(ordered)}"]
    text += _by_unit(ordered[:LISTED], detailed=len(ordered) <= DETAILED)
    text += _by_number(ordered[LISTED:])
    text.append(f"\n{ordered[0].hint or how_to_report(ordered[0].number)}")
    return Message(text="\n".join(text), choices=_choices(ordered), case_ids=_case_ids(ordered))


def aside(entries: Sequence[Entry], view: View) -> Message:
    """Say in a few lines, behind an answer, what waits for this chat."""
    text = [f"【順帶提醒】{len(entries)} 項{_counted(entries)}", *_by_unit(entries, detailed=False)]
    text.append(f"\n{entries[0].hint or how_to_report(entries[0].number)}")
    return Message(text="\n".join(text), choices=_choices(entries), case_ids=_case_ids(entries))


def distinct(entries: Sequence[Entry]) -> list[Entry]:
    """Those that say something different: a coordinator of three series is warned of the quota once."""
    return list(
        {(entry.unit, entry.number, entry.case_id, entry.title, entry.due): entry for entry in entries}.values()
    )


def how_to_report(number: str) -> str:
    """Say what to type about a case."""
    return f"回報請輸入：回報 {number} 辦理情形\n辦妥請輸入：完成 {number}"


def _counted(entries: Sequence[Entry]) -> str:
    counts = Counter(entry.tally for entry in entries)
    return "：" + "、".join(f"{tally} {count}" for tally, count in counts.items()) if len(entries) > 1 else ""


def _by_unit(entries: Sequence[Entry], *, detailed: bool) -> Iterable[str]:
    for unit, some in grouped(entries).items():
        yield f"\n▍{unit}（{len(some)}）"
        for entry in some:
            details = entry.details if detailed else ()
            yield "\n　".join([f"{entry.number} {entry.title}".strip(), entry.due, *details])


def _by_number(entries: Sequence[Entry]) -> Iterable[str]:
    if entries:
        yield f"\n▍其餘（{len(entries)}），可輸入編號查詢"
    for unit, some in grouped(entries).items():
        yield f"{unit}：" + "、".join(entry.number or entry.title for entry in some)


def grouped(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Entries by the heading under which they stand."""
    by_unit: dict[str, list[Entry]] = {}  # in the order of each unit's most pressing entry
    for entry in entries:
        by_unit.setdefault(entry.unit or entry.tally, []).append(entry)
    return by_unit


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


def last_report(report: Report | None, view: View) -> str:
    """Tell what was reported last, when, and on a line of every unit by which one."""
    if report is None:
        return "尚未填報"
    day = roc(report.at.astimezone(view.zone).date())
    return " ".join(part for part in (day, report.unit, short(report.text)) if part)


def short(text: str) -> str:
    """Cut a text to what a phone shows well."""
    return text if len(text) <= SENTENCE else text[: SENTENCE - 1] + "…"


def _choices(entries: Sequence[Entry]) -> tuple[Choice, ...]:
    numbers = list(dict.fromkeys(entry.number for entry in entries if entry.number))[:4]
    return tuple(Choice(f"看 {number}", number) for number in numbers)


def _case_ids(entries: Sequence[Entry]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(entry.case_id for entry in entries if entry.case_id is not None))
