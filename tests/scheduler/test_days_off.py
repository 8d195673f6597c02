"""Typhoon days: what is unsent moves, what was told stays told, and other cities go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.ports import DayOff, Store
from domain.rules import Rules
from scheduler.plan import plan
from tests.scheduler.office import POLICY, furnish, new_case, taipei

THURSDAY, FRIDAY = date(2021, 12, 16), date(2021, 12, 17)
OPENED = taipei("2021-12-01", "12:00")
TAIPEI_CITY = replace(POLICY, rules=Rules(city="臺北市"))


def with_case(store: Store, deadline: date) -> int:
    office = furnish(store)
    store.write(lambda uow: uow.cases.add(new_case(office, "212-5", deadline=deadline, at=OPENED)))
    return office.series_id


def close(store: Store, series_id: int, at: str, city: str = "", day: date = FRIDAY) -> None:
    now = taipei(*at.split(" "))

    def work(uow) -> None:  # type: ignore[no-untyped-def]
        uow.days_off.add(DayOff(day, city), now)
        uow.reminders.look_back([series_id], taipei("2021-12-16", "00:00"), now)

    store.write(work)


def told(store: Store, *instants: str) -> list[str]:
    """The rungs that are kept to be told, as of each instant."""
    found: list[str] = []
    for instant in instants:
        at = taipei(*instant.split(" "))
        plan(store, TAIPEI_CITY, as_of=at, now=at)
        waiting = store.write(lambda uow, at=at: uow.notices.waiting(at, limit=9))  # type: ignore[misc]
        found += [f"{one.rung} {instant[5:]}" for one in waiting]
        store.write(lambda uow, waiting=waiting, at=at: uow.notices.close([n.id for n in waiting], "sent", at))  # type: ignore[misc]
    return found


def test_day_itself_is_told_at_once_when_the_typhoon_is_told_the_day_before(store: Store) -> None:
    series_id = with_case(store, FRIDAY)
    assert told(store, "2021-12-16 09:00") == ["-1 12-16 09:00"]

    close(store, series_id, "2021-12-16 14:00")

    assert told(store, "2021-12-16 14:01", "2021-12-17 09:00", "2021-12-20 09:00") == [
        "+0 12-16 14:01",
        "+1 12-20 09:00",
    ]


def test_rung_after_the_deadline_waits_for_the_next_working_day(store: Store) -> None:
    series_id = with_case(store, THURSDAY)
    told(store, "2021-12-16 09:00")

    close(store, series_id, "2021-12-16 20:00")

    assert told(store, "2021-12-17 09:00", "2021-12-20 08:59", "2021-12-20 09:00") == ["+1 12-20 09:00"]


@pytest.mark.parametrize(("city", "rungs"), [("臺北市", []), ("花蓮縣", ["+0 12-17 09:00"]), ("", [])])
def test_only_the_series_of_the_city_stops(store: Store, city: str, rungs: list[str]) -> None:
    series_id = with_case(store, FRIDAY)
    told(store, "2021-12-16 09:00")
    close(store, series_id, "2021-12-16 20:00", city)

    assert told(store, "2021-12-17 09:00") == rungs


def test_day_that_is_worked_after_all_reminds_again_and_never_twice(store: Store) -> None:
    series_id = with_case(store, FRIDAY)
    told(store, "2021-12-16 09:00")
    close(store, series_id, "2021-12-16 20:00")
    reopened = taipei("2021-12-16", "21:00")
    store.write(lambda uow: uow.days_off.remove(DayOff(FRIDAY)))
    store.write(lambda uow: uow.reminders.look_back([series_id], taipei("2021-12-16", "00:00"), reopened))

    assert told(store, "2021-12-17 08:59", "2021-12-17 09:00", "2021-12-17 09:01") == ["+0 12-17 09:00"]


def test_what_was_told_stays_told(store: Store) -> None:
    series_id = with_case(store, FRIDAY)
    assert told(store, "2021-12-16 09:00", "2021-12-17 09:00") == ["-1 12-16 09:00", "+0 12-17 09:00"]

    close(store, series_id, "2021-12-17 12:00")

    assert told(store, "2021-12-17 12:01", "2021-12-20 09:00") == ["+1 12-20 09:00"]
