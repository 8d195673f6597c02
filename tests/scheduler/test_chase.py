"""Before the next meeting: who has not reported, once, to the group."""

from __future__ import annotations

from datetime import date

import pytest

from domain.case import Report
from domain.member import Role
from domain.notice import Audience, Notice, NoticeKind
from domain.ports import DayOff, Store
from handlers.reminding.notices import in_words
from handlers.reminding.reminders import View
from scheduler.chase import chase
from tests.scheduler.office import CALENDAR, POLICY, TAIPEI, Office, furnish, new_case, taipei

OPENED = taipei("2021-09-24", "12:00")
MEETING = date(2021, 10, 21)  # a Thursday; three working days before is Monday the 18th


def office_before(store: Store, meeting: date | None = MEETING) -> Office:
    office = furnish(store)
    store.write(lambda uow: uow.series.set_next_meeting(office.series_id, meeting))
    for number, units in (("212-5", 2), ("212-6", 1)):
        new = new_case(office, number, deadline=None, at=OPENED, units=units)
        store.write(lambda uow, new=new: uow.cases.add(new))  # type: ignore[misc]
    return office


def chased(store: Store, day: str, clock: str = "09:00") -> list[Notice]:
    at = taipei(day, clock)
    chase(store, POLICY, as_of=at, now=at)
    return [one for one in store.write(lambda uow: uow.notices.waiting(at, limit=9)) if one.kind is NoticeKind.CHASE]


def said(store: Store, notices: list[Notice], day: date) -> list[tuple[str, str]]:
    entries = store.read(lambda uow: in_words(notices, uow, View(day, CALENDAR, TAIPEI)))
    return [(entry.title, entry.due) for entry in entries]


@pytest.mark.parametrize(
    ("day", "clock", "rungs"),
    [
        ("2021-10-15", "17:59", []),
        ("2021-10-18", "08:59", []),
        ("2021-10-18", "09:00", ["-3"]),
        ("2021-10-18", "17:59", ["-3"]),
        ("2021-10-18", "18:00", []),  # after hours
        ("2021-10-20", "10:00", ["-3"]),  # set late, or the clock was down
        ("2021-10-21", "09:00", []),  # the day of the meeting itself
    ],
)
def test_group_is_chased_three_working_days_before_the_meeting(
    store: Store, day: str, clock: str, rungs: list[str]
) -> None:
    office_before(store)

    found = chased(store, day, clock)

    assert [(one.rung, one.audience, one.for_on) for one in found] == [(r, Audience.GROUP, MEETING) for r in rungs]


def test_chase_is_one_notice_however_often_the_clock_ticks(store: Store) -> None:
    office_before(store)

    assert [len(chased(store, "2021-10-18", clock)) for clock in ("09:00", "09:01", "17:00")] == [1, 1, 1]


def test_chase_names_the_units_that_have_not_reported(store: Store) -> None:
    office = office_before(store)
    found = chased(store, "2021-10-18")

    assert said(store, found, date(2021, 10, 18)) == [
        ("主任秘書會報下次會議 10/21(四)；尚有 2 個單位未填辦理情形（2 件）", "資訊局 212-5、212-6；公管中心 212-5")
    ]

    member = store.write(lambda uow: uow.people.add_role("U", "窗口", office.series_id, Role.CONTACT, office.units[0]))
    for line in (1, 3):
        report = Report(assignment_id=line, member_id=member.id, text="已完成換文", at=taipei("2021-10-15"))
        store.write(lambda uow, report=report: uow.cases.add_report(report))  # type: ignore[misc]
    assert said(store, found, date(2021, 10, 18)) == [
        ("主任秘書會報下次會議 10/21(四)；尚有 1 個單位未填辦理情形（1 件）", "公管中心 212-5")
    ]


def test_report_before_the_last_meeting_does_not_count(store: Store) -> None:
    office = office_before(store)
    store.write(lambda uow: uow.series.add_meeting(office.series_id, 212, date(2021, 9, 23), "", OPENED))
    member = store.write(lambda uow: uow.people.add_role("U", "窗口", office.series_id, Role.CONTACT, office.units[0]))
    for line, day in ((1, "2021-09-22"), (2, "2021-09-23")):
        report = Report(assignment_id=line, member_id=member.id, text="辦理中", at=taipei(day))
        store.write(lambda uow, report=report: uow.cases.add_report(report))  # type: ignore[misc]
    since = taipei("2021-09-23", "00:00")

    missing = store.read(lambda uow: uow.reminders.unreported(office.series_id, since))

    assert [line.assignment_id for line in missing] == [1, 3]


def test_everybody_has_reported_and_nothing_is_said(store: Store) -> None:
    office = furnish(store)
    store.write(lambda uow: uow.series.set_next_meeting(office.series_id, MEETING))

    assert said(store, chased(store, "2021-10-18"), date(2021, 10, 18)) == []


def test_meeting_that_moved_is_chased_for_its_new_day_only(store: Store) -> None:
    office = office_before(store)
    before = chased(store, "2021-10-18")
    store.write(lambda uow: uow.series.set_next_meeting(office.series_id, date(2021, 10, 28)))

    assert said(store, before, date(2021, 10, 18)) == []
    assert [one.for_on for one in chased(store, "2021-10-25")] == [date(2021, 10, 28)]


def test_predicted_meeting_is_chased_and_says_that_it_is_predicted(store: Store) -> None:
    office = office_before(store, None)
    for held in (date(2021, 8, 26), date(2021, 9, 23)):
        store.write(
            lambda uow, held=held: uow.series.add_meeting(office.series_id, None, held, "", OPENED)  # type: ignore[misc]
        )

    [(title, _)] = said(store, chased(store, "2021-10-18"), date(2021, 10, 18))

    assert title == "主任秘書會報下次會議預估 10/21(四)；尚有 2 個單位未填辦理情形（2 件）"


def test_typhoon_on_the_report_day_chases_a_working_day_earlier(store: Store) -> None:
    office_before(store)
    store.write(lambda uow: uow.days_off.add(DayOff(date(2021, 10, 18)), OPENED))

    assert [one.rung for one in chased(store, "2021-10-15")] == ["-3"]
