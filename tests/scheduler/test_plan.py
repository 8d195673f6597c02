"""What a tick queues: the right rung, at the right minute, once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Thread

import pytest
import sqlalchemy as sa

from bot.line.render import render
from domain.member import Role
from domain.outbox import Outgoing
from domain.ports import Store, UnitOfWork
from scheduler.plan import Planned, plan
from scheduler.route import route
from storage.engine import parse_url
from tests.said import words_of
from tests.scheduler.office import GROUP, POLICY, Office, furnish, open_case, taipei

MEETING = taipei("2021-09-23", "12:00")
END_OF_SEPTEMBER = date(2021, 9, 30)


@dataclass(frozen=True)
class Ticked:
    told: int = 0
    messages: int = 0
    postponed: int = 0


def tick(store: Store, at: datetime, *, now: datetime | None = None) -> Ticked:
    planned = plan(store, POLICY, as_of=at, now=now or at)
    routed = route(store, POLICY, render, as_of=at, now=now or at)
    return Ticked(routed.told, routed.messages, planned.postponed + routed.unreached)


def appoint(store: Store, office: Office) -> None:
    """Give the series a coordinator who is a friend of the bot."""

    def work(uow: UnitOfWork) -> None:
        uow.people.add_role("U-coordinator", "管考", office.series_id, Role.COORDINATOR, None)
        uow.people.befriend("U-coordinator", is_friend=True)

    store.write(work)


def queued(store: Store, at: datetime) -> list[Outgoing]:
    return list(store.write(lambda uow: uow.outbox.claim(at, limit=50, until=at + timedelta(minutes=1))))


def texts(store: Store, at: datetime) -> list[str]:
    return [words_of(item) for message in queued(store, at) for item in json.loads(message.payload)]


@pytest.mark.parametrize(
    ("at", "reminded"),
    [
        (taipei("2021-09-27", "08:59"), 0),
        (taipei("2021-09-27", "09:00"), 1),  # three working days before Thursday the 30th
        (taipei("2021-09-27", "17:59"), 1),
        (taipei("2021-09-27", "18:00"), 0),  # after hours
        (taipei("2021-09-26", "10:00"), 0),  # a Sunday
    ],
)
def test_first_rung_is_planned_within_working_hours(store: Store, at: datetime, reminded: int) -> None:
    office = furnish(store)
    open_case(store, office, "212-5", deadline=END_OF_SEPTEMBER, at=MEETING)

    assert plan(store, POLICY, as_of=at, now=at).notices == reminded


def test_reminder_says_number_title_deadline_source_and_what_to_type(store: Store) -> None:
    office = furnish(store)
    case = open_case(store, office, "212-5", deadline=END_OF_SEPTEMBER, at=MEETING)
    at = taipei("2021-09-30")

    tick(store, at)
    [message] = queued(store, at)

    assert (message.to, message.case_ids) == (GROUP.id, (case.id,))
    assert words_of(json.loads(message.payload)[0]) == (
        "【列管提醒】110/9/30(四)，共 1 項\n"
        "\n▍資訊局（1）\n"
        "212-5 完成契約延長\n"
        "　期限 110/9/30(四)，今天到期\n"
        "　原文：「請資訊局務必於9月底前完成契約延長。」\n"
        "　上次回報：尚未填報\n"
        "\n回報請輸入：回報 212-5 辦理情形\n辦妥請輸入：完成 212-5"
    )


def test_same_rung_is_never_queued_twice(store: Store) -> None:
    office = furnish(store)
    open_case(store, office, "212-5", deadline=END_OF_SEPTEMBER, at=MEETING)
    at = taipei("2021-09-30")

    first, again = tick(store, at), tick(store, at + timedelta(minutes=1))

    assert (first.messages, again.messages) == (1, 0)


def test_two_clocks_at_once_queue_one_message(store: Store) -> None:
    office = furnish(store)
    open_case(store, office, "212-5", deadline=END_OF_SEPTEMBER, at=MEETING, units=2)
    at = taipei("2021-09-30")

    clocks = [Thread(target=tick, args=(store, at)) for _ in range(4)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()

    assert len(queued(store, at)) == 1


def test_lines_of_one_group_travel_in_one_message_most_urgent_first(store: Store) -> None:
    office = furnish(store)
    open_case(store, office, "212-6", deadline=date(2021, 10, 1), at=MEETING)
    open_case(store, office, "212-5", deadline=END_OF_SEPTEMBER, at=MEETING, units=2)
    at = taipei("2021-09-30")

    planned = tick(store, at)

    assert planned == Ticked(told=3, messages=1)
    [text] = texts(store, at)
    assert text.splitlines()[:10] == [
        "【列管提醒】110/9/30(四)，共 3 項：今天到期 2、即將到期 1",
        "",
        "▍公管中心（1）",
        "212-5 完成契約延長",
        "　期限 110/9/30(四)，今天到期",
        "　原文：「請資訊局務必於9月底前完成契約延長。」",
        "　上次回報：尚未填報",
        "",
        "▍資訊局（2）",
        "212-5 完成契約延長",
    ]


def test_deadline_on_a_day_off_is_reminded_on_the_last_working_day_before(store: Store) -> None:
    office = furnish(store)
    open_case(store, office, "107-2", deadline=date(2021, 12, 31), at=taipei("2021-12-16", "11:00"))
    at = taipei("2021-12-30")

    tick(store, at)

    [text] = texts(store, at)
    assert "期限 110/12/31(五) 為放假日，最後上班日 110/12/30(四)，還有 1 天" in text


def test_make_up_saturday_is_a_working_day(store: Store) -> None:
    office = furnish(store)
    open_case(store, office, "1-1", deadline=date(2023, 1, 7), at=taipei("2022-12-01"))

    assert tick(store, taipei("2023-01-07")).told == 1


def test_clock_that_was_down_sends_one_reminder_and_records_the_missed(store: Store) -> None:
    office = furnish(store)
    open_case(store, office, "212-5", deadline=END_OF_SEPTEMBER, at=MEETING)
    at = taipei("2021-10-04")

    planned = tick(store, at)

    assert planned.messages == 1
    [text] = texts(store, at)
    assert "已逾期 4 天" in text


@pytest.mark.parametrize(("day", "reminded"), [("2021-10-01", 1), ("2021-10-02", 0), ("2021-10-04", 1)])
def test_next_rung_after_the_deadline_is_the_next_working_day(store: Store, day: str, reminded: int) -> None:
    office = furnish(store)
    open_case(store, office, "212-5", deadline=END_OF_SEPTEMBER, at=MEETING)
    tick(store, taipei("2021-09-30"))

    assert tick(store, taipei(day)).told == reminded


def test_a_line_that_cannot_be_read_never_stops_the_others(store: Store, database_url: str) -> None:
    office = furnish(store)
    for number in ("212-1", "212-2", "212-3"):
        open_case(store, office, number, deadline=END_OF_SEPTEMBER, at=MEETING)
    change(database_url, "UPDATE cases SET kind = 'unheard of' WHERE number = '212-2'")
    at = taipei("2021-09-27")

    planned = [plan(store, POLICY, as_of=at + timedelta(minutes=minutes), now=at) for minutes in (0, 59, 60)]
    change(database_url, "UPDATE cases SET kind = 'case' WHERE number = '212-2'")

    assert planned == [Planned(2, 1), Planned(), Planned(0, 1)]
    assert plan(store, POLICY, as_of=at + timedelta(hours=2), now=at) == Planned(1)


def change(database_url: str, statement: str) -> None:
    """Change a row as nobody should."""
    engine = sa.create_engine(parse_url(database_url))
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def test_release_requested_line_is_left_in_peace(store: Store) -> None:
    office = furnish(store)
    case = open_case(store, office, "212-5", deadline=END_OF_SEPTEMBER, at=MEETING)
    [line] = case.assignments
    store.write(lambda uow: uow.cases.save_line(line.request_release(), next_look_at=None))

    assert tick(store, taipei("2021-09-30")) == Ticked()


def test_case_without_a_deadline_is_not_reminded_by_it(store: Store) -> None:
    office = furnish(store)
    open_case(store, office, "212-3", deadline=None, at=MEETING)

    assert tick(store, taipei("2021-12-30")) == Ticked()


def test_series_without_a_group_reminds_its_coordinator_in_private(store: Store) -> None:
    office = furnish(store, group=None)
    appoint(store, office)
    open_case(store, office, "212-5", deadline=END_OF_SEPTEMBER, at=MEETING)
    at = taipei("2021-09-30")

    tick(store, at)

    assert [message.to for message in queued(store, at)] == ["U-coordinator"]


def test_rung_that_nobody_could_be_told_is_kept_for_later(store: Store) -> None:
    office = furnish(store, group=None)
    open_case(store, office, "212-5", deadline=END_OF_SEPTEMBER, at=MEETING)
    nobody = tick(store, taipei("2021-09-30"))
    appoint(store, office)

    later = tick(store, taipei("2021-09-30", "10:00"))

    assert (nobody.postponed, nobody.messages) == (1, 0)
    assert (later.told, later.messages) == (1, 1)


def test_group_that_the_bot_left_gets_nothing(store: Store) -> None:
    office = furnish(store)
    open_case(store, office, "212-5", deadline=END_OF_SEPTEMBER, at=MEETING)
    store.write(lambda uow: uow.groups.left(GROUP, taipei("2021-09-29")))

    assert tick(store, taipei("2021-09-30")).messages == 0


def test_look_at_an_earlier_instant_sends_what_was_due_then_and_only_once(store: Store) -> None:
    office = furnish(store)
    imported = taipei("2026-11-23", "10:00")
    open_case(store, office, "212-5", deadline=END_OF_SEPTEMBER, at=imported)
    then = taipei("2021-09-30")

    def travel() -> Ticked:
        store.write(lambda uow: uow.reminders.look_again(then))
        return tick(store, then, now=imported)

    assert [travel().messages, travel().messages] == [1, 0]
