"""Recurring duties: reading one, an occurrence as a line of its own, the report that closes it, a changed rule."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from domain.calendar import WorkCalendar
from domain.case import Assignment, Case, Closing, Deadline, Occurrence, State
from domain.dates import Kind, Reading
from domain.recurrence import Period, completed, names_its_days
from handlers.context import Context

_LIMIT = re.compile(r"(?:前|內|為限|截止)$")
_REPORTING = re.compile(r"[^,，。;；]{0,12}?(?:[填提回函彙陳通]報|報送|報告|提送|繳交|送交|更新(?!案))")


def duty_of(reading: Reading) -> Deadline | None:
    """A duty that recurs, as it was read; it has no day until it is tracked. None of anything else."""
    if reading.kind is not Kind.RECURRENCE or not reading.recurrence:
        return None
    if not names_its_days(reading.recurrence, reading.text):
        return None
    return Deadline(text=reading.text, rule=reading.rule, recurrence=reading.recurrence)


def binds(reading: Reading, sentence: str) -> bool:
    """Tell whether minutes make something recurring a duty to report (每月5日前, 按月填報), not a habit (每日巡查)."""
    behind = sentence.partition(reading.text)[2]
    is_daily = (reading.recurrence or "").startswith("FREQ=DAILY")
    return not is_daily and bool(_LIMIT.search(reading.text) or _REPORTING.match(behind))


def tracked(deadline: Deadline, today: date, calendar: WorkCalendar) -> Deadline:
    """A deadline as it is tracked from today on: a duty's is when its first occurrence is due."""
    if not deadline.recurrence:
        return deadline
    begun = replace(deadline, recurrence=completed(deadline.recurrence, today))
    assert begun.duty is not None, "it recurs"
    return replace(begun, on=next(begun.duty.periods(today, calendar)).due_on)


def oldest_open(case: Case, line: Assignment) -> Occurrence | None:
    """The occurrence that a report on a line closes."""
    return next(iter(case.occurrences_of(line)), None)


def upcoming(case: Case, line: Assignment, calendar: WorkCalendar) -> Period | None:
    """The next occurrence of a line, not opened yet; None where nothing recurs."""
    duty = case.deadline.duty
    return next(duty.periods(line.recurs_on, calendar)) if duty and line.recurs_on else None


def as_lines(case: Case) -> list[tuple[Case, Assignment]]:
    """The lines that have a deadline of their own: of a recurring duty each open occurrence, else each unit's line.

    Each with its case as it is for that line: with its deadline.
    """
    if case.deadline.duty is None:
        return [(case, line) for line in case.assignments]
    lines = {line.id: line for line in case.assignments}
    return [_as_line(case, lines[one.line_id], one) for one in case.occurrences]


def lines_by_id(case: Case) -> dict[int, tuple[Case, Assignment]]:
    """Every line of a case, and of a recurring duty every open occurrence, by id."""
    return {line.id: (about, line) for about, line in [*((case, line) for line in case.assignments), *as_lines(case)]}


def parts_of(case: Case, line: Assignment) -> list[tuple[Case, Assignment]]:
    """A unit's line, or of a recurring duty its open occurrences, the oldest first."""
    if case.deadline.duty is None:
        return [(case, line)]
    by_id = lines_by_id(case)
    return [by_id[one.id] for one in case.occurrences_of(line)]


def _as_line(case: Case, line: Assignment, one: Occurrence) -> tuple[Case, Assignment]:
    name = case.deadline.duty.name(one.period) if case.deadline.duty else ""
    deadline = replace(case.deadline, on=one.due_on)
    own = replace(case, title=f"{case.title}（{name}）", deadline=deadline, occurrences=(one,))
    return own, replace(line, id=one.id, state=one.state, closing=one.closing, version=one.version)


def move_due(case: Case, occurrence_id: int, due_on: date, context: Context) -> None:
    """Give an open occurrence another day."""
    one = next(one for one in case.occurrences if one.id == occurrence_id)
    context.uow.occurrences.save(case.id, replace(one, due_on=due_on), next_look_at=context.now)


def reopen(case: Case, line: Assignment, period: date, context: Context) -> None:
    """Ask for the report of a period again that was taken back; it stays ended where its line was released."""
    one = context.uow.occurrences.of_period(line.id, period)
    if one is None or one.closing is not Closing.DONE:
        return  # the rule changed since
    again = one.reopen() if line.state is State.OPEN else one.close(Closing.STOPPED)
    look = context.now if again.state is State.OPEN else None
    context.uow.occurrences.save(case.id, again, next_look_at=look)


def resumed(case: Case, line: Assignment, context: Context) -> Assignment:
    """A line that is tracked again recurs from today on: nobody owes what fell due while it was released."""
    period = upcoming(case, line, context.calendar)
    duty = case.deadline.duty
    if duty is None or period is None or period.due_on >= context.today:
        return line
    return replace(line, recurs_on=next(duty.periods(context.today, context.calendar)).due_on)


def save_case(before: Case, changed: Case, context: Context) -> Case:
    """Write a case. Where its deadline came to recur, or does otherwise or no more, its lines follow."""
    changed = replace(changed, deadline=kept(changed.deadline, before.deadline))
    saved = context.uow.cases.save_case(changed, next_look_at=context.first_look(changed.deadline))
    if saved.deadline.duty == before.deadline.duty:
        return saved
    for line in saved.assignments:
        reschedule(saved, line, context)
    return context.uow.cases.by_ids([saved.id])[0]


def reschedule(case: Case, line: Assignment, context: Context) -> None:
    """Let a line recur by its case's rule from today on.

    What is open moves to its new day, unless that has passed; what the rule does not know is void, unless it is owed.
    """
    duty, today = case.deadline.duty, context.today
    for one in case.occurrences_of(line):
        due = duty.due_of(one.period, context.calendar) if duty else None
        if due is not None and due >= today:
            move_due(case, one.id, due, context)
        elif duty is None or one.due_on >= today:
            context.uow.occurrences.save(case.id, one.close(Closing.VOID), next_look_at=None)
    following = None if duty is None else _after(context.uow.occurrences.last_period(line.id), case, context)
    if duty is not None:
        look = context.now if line.state is State.OPEN else None
        context.uow.occurrences.schedule(case.id, line.id, following, next_look_at=look, since=context.now)


def _after(last: date | None, case: Case, context: Context) -> date:
    """When the first period is due from today on that is later than the last one opened."""
    assert case.deadline.duty is not None, "it recurs"
    periods = case.deadline.duty.periods(context.today, context.calendar)
    return next(period.due_on for period in periods if last is None or period.start > last)


def kept(wanted: Deadline, now: Deadline) -> Deadline:
    """The deadline to write: that of a duty that stays the same moves with its occurrences, and with nothing else."""
    return now if wanted.duty is not None and wanted.duty == now.duty else wanted
