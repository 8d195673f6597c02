"""The notices of stages: a case that woke, one whose wait needs its coordinator, and what sleeps, once a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.case import Assignment, Case, State
from domain.member import Action
from domain.notice import Audience, NewNotice, Notice, NoticeKind, Urgency
from domain.ports import UnitOfWork
from domain.rules import ride_until
from domain.wait import Wait
from handlers.context import Context
from handlers.reminding.reminders import Entry, View
from handlers.stages import stage_phrases as words

SOON = timedelta(minutes=1)  # it does not ride on the very answer that brought it about, which says so itself
LASTS = 10  # working days for which a notice is still news
LISTED = 8  # sleepers that the month's notice names
WOKEN, LOST, KEPT = "woken", "lost", "kept"
"""The rungs: the case begins; the case that it waits for was given up; it goes on though its waking was taken back."""


def tell_contacts(case: Case, wait: Wait, context: Context) -> None:
    """Let the contacts of a case that woke know, once, by the cheapest way."""
    lines = [line for line in case.assignments if line.state is State.OPEN]
    context.uow.notices.add([_notice(case, wait, WOKEN, context, line) for line in lines])


def tell_coordinators(case: Case, wait: Wait, rung: str, context: Context) -> None:
    """Let the coordinators know of a wait that they have to settle, unless one of them is being answered."""
    if not context.may(Action.SLEEP, series_id=case.series_id):
        context.uow.notices.add([_notice(case, wait, rung, context)])


def _notice(case: Case, wait: Wait, rung: str, context: Context, line: Assignment | None = None) -> NewNotice:
    due_at = (context.now + SOON).astimezone(context.settings.zone)
    last = context.calendar.add_working_days(context.today, LASTS)
    ends = datetime.combine(last, due_at.timetz())
    wait_days = context.settings.rules.waits[Urgency.NORMAL]
    return NewNotice(
        subject=f"wait:{wait.id}:{line.id}" if line else f"wait:{wait.id}",
        kind=NoticeKind.WAIT,
        for_on=context.today,
        rung=rung,
        audience=Audience.RESPONSIBLE if line else Audience.COORDINATOR,
        series_id=case.series_id,
        assignment_id=line.id if line else None,
        due_at=due_at,
        ride_until=ride_until(due_at, ends, wait_days, context.calendar),
        expires_at=ends,
        at=context.now,
    )


def waits(notices: Sequence[Notice], uow: UnitOfWork, view: View) -> Sequence[Entry]:
    """Put notices about waits into words; one that was settled meanwhile is not told."""
    return [entry for notice in notices if (entry := _entry(notice, uow, view))]


def _entry(notice: Notice, uow: UnitOfWork, view: View) -> Entry | None:
    wait = uow.waits.get(int(notice.subject.split(":")[1]))
    [case] = uow.cases.by_ids([wait.case_id])
    if not case.is_open:
        return None
    if notice.rung == WOKEN:
        line = next((one for one in case.assignments if one.id == notice.assignment_id), None)
        is_news = line is not None and line.state is State.OPEN and not case.is_asleep
        return words.woken_entry(notice, case, line, wait, view) if line and is_news else None
    first = uow.cases.by_ids([wait.first_id or 0])[0]
    if notice.rung == LOST and not (case.is_asleep and first.is_given_up):
        return None
    return words.unsettled_entry(notice, case, first, is_lost=notice.rung == LOST)


def sleepers(notices: Sequence[Notice], uow: UnitOfWork, view: View) -> Sequence[Entry]:
    """Put the month's notices about what sleeps into words; nothing where nothing does."""
    entries = []
    for notice in notices:
        asleep = uow.survey.asleep(notice.series_id, limit=LISTED)
        if asleep:
            count = uow.survey.count_asleep(notice.series_id)
            entries.append(words.sleepers_entry(notice, uow.series.get(notice.series_id), asleep, count, view))
    return entries
