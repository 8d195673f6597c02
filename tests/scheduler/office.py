"""A small office in a real database for the scheduler's tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from domain.calendar import WorkCalendar
from domain.case import Case, Deadline, Duty
from domain.chat import Chat, ChatKind
from domain.ports import NewCase, Store, UnitOfWork
from domain.reminders import Ladder
from scheduler.plan import Policy

TAIPEI = ZoneInfo("Asia/Taipei")
CALENDAR = WorkCalendar()
LADDER = Ladder()
POLICY = Policy(ladder=LADDER, until=time(18, 0), zone=TAIPEI, calendar=CALENDAR)
GROUP = Chat(ChatKind.GROUP, "C-group")


def taipei(day: str, clock: str = "09:00") -> datetime:
    """An instant of the office."""
    return datetime.fromisoformat(f"{day}T{clock}+08:00")


@dataclass(frozen=True)
class Office:
    """One series with two units."""

    series_id: int
    units: tuple[int, int]


def furnish(store: Store, *, group: Chat | None = GROUP) -> Office:
    """Make the series and units, and bind the group that sees them."""

    def work(uow: UnitOfWork) -> Office:
        series = uow.series.add("主任秘書會報", "{meeting}-{n}")
        units = (uow.units.add("資訊局").id, uow.units.add("公管中心").id)
        if group:
            uow.groups.joined(group, taipei("2021-09-01"))
            uow.groups.bind(group, series.id, taipei("2021-09-01"))
        return Office(series.id, units)

    return store.write(work)


def open_case(
    store: Store,
    office: Office,
    number: str,
    *,
    deadline: date | None,
    at: datetime,
    units: int = 1,
    title: str = "完成契約延長",
) -> Case:
    """Open a case with a line for each of so many units."""
    new = new_case(office, number, deadline=deadline, at=at, units=units, title=title)
    return store.write(lambda uow: uow.cases.add(new))


def new_case(
    office: Office, number: str, *, deadline: date | None, at: datetime, units: int = 1, title: str = "完成契約延長"
) -> NewCase:
    """A case to open; its lines look for their first rung after `at`."""
    return NewCase(
        series_id=office.series_id,
        meeting_id=None,
        number=number,
        title=title,
        sentence="請資訊局務必於9月底前完成契約延長。",
        section="貳-六",
        deadline=Deadline(on=deadline, text="9月底前", rule="month_end"),
        lines=tuple((unit, Duty.LEAD) for unit in office.units[:units]),
        next_look_at=at if deadline else None,
        at=at,
    )
