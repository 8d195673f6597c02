"""The report out, the chair's ticks back in: through the chat, over HTTP, to the rows and back by 復原."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from domain.case import State
from domain.ports import UnitOfWork
from handlers.asking.report_sheet import gather, sheet_of
from minutes.report.sheet import ReportHeader, ReportSheet
from tests.e2e.conftest import COORDINATOR, SERIES, World
from tests.e2e.test_files import sent
from tests.report.files import WRITERS, Marks, tick
from tests.scheduler.office import Office, open_case

TICKS: Marks = (("■", "□"), ("□", "V"), ("■", "■"), ("□", "□"), ("再議", "□"))


@pytest.fixture
def tracked(office: World) -> World:
    """An office with five open cases, 212-1 to 212-5."""

    def known(uow: UnitOfWork) -> Office:
        series, unit = uow.series.by_name(SERIES), uow.units.by_name("資訊局")
        assert series is not None
        assert unit is not None
        return Office(series.id, (unit.id, unit.id))

    found = office.house.store.read(known)
    for n in range(1, 6):
        open_case(office.house.store, found, f"212-{n}", deadline=None, at=office.clock())
    return office


def ticked(world: World, kind: str, marks: Marks = TICKS) -> bytes:
    """The report of the next meeting with these marks in its boxes."""
    house = world.house

    def work(uow: UnitOfWork) -> bytes:
        series = uow.series.by_name(SERIES)
        assert series is not None
        zone = house.settings.zone
        made_on = house.clock().astimezone(zone).date()
        return WRITERS[kind](sheet_of(gather(series, uow, made_on), calendar=house.calendar, zone=zone))

    return tick(kind, house.store.read(work), marks)


def states(world: World) -> list[State]:
    cases = world.house.store.read(lambda uow: uow.cases.by_numbers((1,), [f"212-{n}" for n in range(1, 6)], limit=5))
    return [line.state for case in cases for line in case.assignments]


def released(*numbers: int) -> list[State]:
    return [State.RELEASED if n in numbers else State.OPEN for n in range(1, 6)]


@pytest.mark.parametrize("kind", WRITERS)
def test_ticked_report_is_shown_as_differences_and_applied_on_confirmation(tracked: World, kind: str) -> None:
    [shown] = sent(tracked, f"彙整表.{kind}", ticked(tracked, kind))
    before = states(tracked)
    [confirmed] = tracked.say(COORDINATOR, "確認", chat=COORDINATOR)

    assert "解除列管 1 筆" in shown
    assert "兩欄都有勾選，請擇一 1 筆：212-3(資訊局)" in shown
    assert "兩欄都沒有勾選，維持現狀 1 筆：212-4(資訊局)" in shown
    assert "212-5 資訊局（主辦）：勾選欄的內容看不懂（再議）" in shown
    assert before == released()
    assert "212-1" in confirmed
    assert states(tracked) == released(1)


def test_contradiction_is_settled_by_the_coordinator(tracked: World) -> None:
    sent(tracked, "彙整表.odt", ticked(tracked, "odt"))
    [differences] = tracked.say(COORDINATOR, "草稿 決定", chat=COORDINATOR)
    tracked.say(COORDINATOR, "草稿 決定 3 套用", chat=COORDINATOR)
    tracked.say(COORDINATOR, "草稿 決定 4 不套用", chat=COORDINATOR)
    tracked.say(COORDINATOR, "確認", chat=COORDINATOR)

    assert "212-3" in differences
    assert states(tracked) == released(1, 3)


def test_applied_report_is_taken_back_as_a_whole(tracked: World) -> None:
    both: Sequence[tuple[str, str]] = (("■", ""), ("■", ""), ("", "■"), ("", ""), ("", ""))
    sent(tracked, "彙整表.docx", ticked(tracked, "docx", both))
    tracked.say(COORDINATOR, "確認", chat=COORDINATOR)
    assert states(tracked) == released(1, 2)

    tracked.say(COORDINATOR, "復原", chat=COORDINATOR)

    assert states(tracked) == released()


def test_report_without_ticks_changes_nothing_and_says_so(tracked: World) -> None:
    [answer] = sent(tracked, "彙整表.odt", ticked(tracked, "odt", [("□", "□")] * 5))

    assert answer.startswith(f"「{SERIES}」的彙整表沒有可以套用的勾選，沒有變更。")
    assert "維持現狀 5 筆" in answer


def test_line_that_was_released_meanwhile_is_listed_and_not_decided(tracked: World) -> None:
    content = ticked(tracked, "odt", [("■", "□")] * 5)
    tracked.say(COORDINATOR, "解除 212-1", chat=COORDINATOR)

    [answer] = sent(tracked, "彙整表.odt", content)

    assert "解除列管 4 筆" in answer
    assert "212-1 資訊局（主辦）：不是列管中的案號（可能已解列）（■）" in answer


def test_report_of_a_series_of_somebody_else_is_refused(tracked: World) -> None:
    foreign = ReportSheet(header=ReportHeader(series="別人的會報"), rows=(), made_on=date(2021, 10, 18))

    [answer] = sent(tracked, "彙整表.odt", WRITERS["odt"](foreign))

    assert answer == "這是「別人的會報」的彙整表，您不是該會議的管考幕僚，沒有變更。"
