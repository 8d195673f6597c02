"""Contracts that must not lapse: far ahead, then the month-end rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from domain.case import CaseKind
from domain.notice import Notice
from domain.ports import NewCase, Store
from handlers.reminding.contract_phrases import contracts
from handlers.reminding.notices import in_words
from handlers.reminding.reminders import View
from scheduler.plan import plan
from tests.scheduler.office import CALENDAR, POLICY, TAIPEI, furnish, new_case, taipei

END = date(2021, 9, 30)
OPENED = taipei("2021-04-01", "12:00")


def waiting(store: Store, at: datetime) -> list[Notice]:
    plan(store, POLICY, as_of=at, now=at)
    return list(store.write(lambda uow: uow.notices.waiting(at, limit=9)))


def contract(store: Store, end: date = END, stage: str = "議約") -> None:
    office = furnish(store)
    new: NewCase = replace(
        new_case(office, "212-5", deadline=end, at=OPENED, title="智慧支付平台維護"),
        kind=CaseKind.CONTRACT,
        stage=stage,
    )
    store.write(lambda uow: uow.cases.add(new))


def said(store: Store, at: datetime) -> list[str]:
    notices = waiting(store, at)
    view = View(at.astimezone(TAIPEI).date(), CALENDAR, TAIPEI)
    return [entry.due for entry in store.read(lambda uow: contracts(notices, uow, view))]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2021-05-25", "契約至 110/9/30(四)，還有 128 天（90 個工作天）｜目前階段：議約"),
        ("2021-08-18", "契約至 110/9/30(四)，還有 43 天（30 個工作天）｜目前階段：議約"),
        ("2021-09-14", "務必於9月底前完成契約延長，剩 10 個工作天（契約至 110/9/30(四)）｜目前階段：議約"),
        ("2021-09-30", "務必於9月底前完成契約延長，剩 0 個工作天（契約至 110/9/30(四)）｜目前階段：議約"),
        ("2021-10-01", "契約至 110/9/30(四)，已逾期 1 天，請立即說明處理情形｜目前階段：議約"),
    ],
)
def test_rung_says_the_end_the_days_left_and_the_stage(store: Store, day: str, words: str) -> None:
    contract(store)

    assert said(store, taipei(day)) == [words]


@pytest.mark.parametrize(("day", "rung"), [("2021-05-24", []), ("2021-05-25", ["-90"]), ("2021-09-13", ["-30"])])
def test_first_rung_is_ninety_working_days_ahead(store: Store, day: str, rung: list[str]) -> None:
    contract(store)
    if day == "2021-09-13":
        waiting(store, taipei("2021-08-18"))

    assert [notice.rung for notice in waiting(store, taipei(day))] == rung


def test_end_within_a_month_is_named_by_its_day(store: Store) -> None:
    contract(store, end=date(2021, 9, 15), stage="")

    assert said(store, taipei("2021-09-15")) == [
        "務必於110/9/15(三)前完成契約延長，剩 0 個工作天（契約至 110/9/15(三)）｜目前階段：未填"
    ]


def test_contract_is_never_silenced_by_having_been_seen(store: Store) -> None:
    contract(store)
    store.write(lambda uow: uow.reminders.acknowledge(1, OPENED))

    assert [notice.rung for notice in waiting(store, taipei("2021-09-14"))] == ["-10"]


def test_case_that_was_seen_is_left_in_peace_until_its_day(store: Store) -> None:
    office = furnish(store)
    store.write(lambda uow: uow.cases.add(new_case(office, "212-5", deadline=END, at=OPENED)))
    store.write(lambda uow: uow.reminders.acknowledge(1, OPENED))

    assert [[one.rung for one in waiting(store, taipei(day))] for day in ("2021-09-29", "2021-09-30")] == [[], ["+0"]]


def test_rung_that_still_waits_is_not_told_to_whoever_has_seen_it(store: Store) -> None:
    office = furnish(store)
    store.write(lambda uow: uow.cases.add(new_case(office, "212-5", deadline=END, at=OPENED)))
    kept = waiting(store, taipei("2021-09-27"))
    store.write(lambda uow: uow.reminders.acknowledge(1, taipei("2021-09-27", "10:00")))

    entries = store.read(lambda uow: in_words(kept, uow, View(date(2021, 9, 27), CALENDAR, TAIPEI)))

    assert ([one.rung for one in kept], entries) == (["-3"], [])
