"""The chair's ticks come back in the report, and then the minutes of the same meeting: they say the same, and more."""

from __future__ import annotations

from domain.calendar import WorkCalendar
from domain.ports import UnitOfWork
from handlers.asking.report_sheet import gather, sheet_of
from handlers.review_commands import ConfirmDrafts
from handlers.reviewing.confirming import Desk
from handlers.reviewing.read_back import review_report
from handlers.reviewing.reviews import confirm_drafts
from minutes.report.reading import read_report
from tests.handlers.office import TAIPEI
from tests.loop.chat import Chat, minutes
from tests.report.files import WRITERS, Marks, tick

OPEN, DONE = "open", "released"
CALENDAR = WorkCalendar()


def confirm_ticked(chat: Chat, marks: Marks) -> None:
    """Tick the report of the next meeting, a mark for each open line, and have it read back and confirmed."""
    office, desk = chat.office, Desk(now=chat.office.now, calendar=CALENDAR)

    def written(uow: UnitOfWork) -> bytes:
        report = gather(uow.series.get(office.chiefs.id), uow, office.now.date())
        return WRITERS["docx"](sheet_of(report, calendar=CALENDAR, zone=TAIPEI))

    filled = read_report(tick("docx", office.store.read(written), marks))
    assert filled is not None
    office.store.write(lambda uow: review_report(filled, "ticked", desk.context(uow)))
    office.store.write(lambda uow: confirm_drafts(ConfirmDrafts(()), desk.context(uow)))


def ticked(chat: Chat) -> Chat:
    """301 is confirmed, and the report for 302 releases 301-1 and continues the rest."""
    chat.confirm(minutes(301))
    chat.on("2021-10-21")
    lines = [line for case in chat.cases() for line in case.assignments]
    names = [case.number for case in chat.cases() for _ in case.assignments]
    confirm_ticked(chat, [("■", "") if name == "301-1" else ("", "■") for name, _ in zip(names, lines, strict=True)])
    return chat


def test_ticks_are_applied(chat: Chat) -> None:
    assert ticked(chat).states()["301-1"] == [DONE]


def test_minutes_after_the_ticks_are_new_and_no_correction(chat: Chat) -> None:
    ticked(chat).on("2021-10-22")

    shown = chat.say(minutes(302))
    listed = chat.say("草稿 決定")
    confirmed = chat.say("確認")

    assert shown.splitlines()[:3] == [
        "草稿：主任秘書會報 第302次 110/10/21(四)",
        "擬列管 1 件",
        "1. 302-1 提出電話總機汰換計畫",
    ]
    assert "1. 301-1 解除列管\n　先前已解列，沒有變更" in listed.replace("(資訊局)", "")
    assert confirmed.splitlines()[1:3] == ["已開案 1 件：", "　302-1 提出電話總機汰換計畫"]


def test_ticks_and_minutes_are_of_one_meeting(chat: Chat) -> None:
    ticked(chat).on("2021-10-22")
    chat.confirm(minutes(302))

    office = chat.office
    found = office.store.read(lambda uow: uow.series.meetings(office.chiefs.id))
    assert [(one.ordinal, str(one.held_on)) for one in found] == [(302, "2021-10-21"), (301, "2021-09-23")]


def test_same_minutes_once_more_change_nothing(chat: Chat) -> None:
    ticked(chat).on("2021-10-22")
    chat.confirm(minutes(302))

    assert chat.say(minutes(302)).endswith("這次會議先前已經匯入，沒有變更。")
