"""Quotes, buttons, ambiguous numbers, self-releasing series, and who may."""

from __future__ import annotations

from datetime import date

import pytest

from domain.case import Case
from domain.member import Role
from domain.ports import UnitOfWork
from handlers import commands
from handlers.commands import CaseRef, Command, Verdict
from handlers.intake import Taken
from handlers.postback import encode
from tests.handlers.office import CHIEF, CHIEFS, COORDINATOR, IT, LEGAL, OFFICE, STRANGER, Office

REFUSED = "212-5 契約延長\n沒有變更：您不是本案承辦單位的窗口。可由資訊局的窗口或管考幕僚處理。"


@pytest.fixture
def case(office: Office) -> Case:
    return office.case("212-5", office.it.id, due=date(2021, 9, 30))


def quoted(office: Office, asked: str) -> str:
    """Ask something and return LINE's id of the bot's answer."""
    office.says(STRANGER, asked)
    return office.last_message_id


def test_quoting_an_answer_reports_on_its_case(office: Office, case: Case) -> None:
    message_id = quoted(office, "212-5")

    answer = office.says(IT, "已完成議約，準備簽約", quoted_id=message_id)
    report = office.report_of(case)

    assert answer is not None
    assert answer.startswith("已記錄辦理情形：212-5")
    assert report is not None
    assert report.text == "已完成議約，準備簽約"


@pytest.mark.parametrize("text", ["完成", "已完成", "辦好了！", "已辦理完成，請解除列管"])
def test_quoting_with_done_asks_for_release(office: Office, case: Case, text: str) -> None:
    office.says(IT, text, quoted_id=quoted(office, "212-5"))

    assert office.states(case) == ["release_requested"]


@pytest.mark.parametrize("text", ["好的", "謝謝", "OK", "了解。"])
def test_quoting_with_a_courtesy_is_no_report(office: Office, case: Case, text: str) -> None:
    office.says(IT, text, quoted_id=quoted(office, "212-5"))

    assert (office.taken, office.report_of(case)) == (Taken.IGNORED, None)


def test_quoting_with_a_question_is_answered(office: Office, case: Case) -> None:
    answer = office.says(STRANGER, "現在進度如何？", quoted_id=quoted(office, "212-5"))

    assert answer is not None
    assert answer.startswith("【212-5】")


def test_quoting_by_a_stranger_is_refused_with_who_can(office: Office, case: Case) -> None:
    answer = office.says(STRANGER, "已完成換文", quoted_id=quoted(office, "212-5"))

    assert answer is not None
    assert "可由資訊局的窗口或管考幕僚處理" in answer
    assert office.report_of(case) is None


def test_quoting_a_list_asks_which_case(office: Office, case: Case) -> None:
    office.case("212-6", office.it.id)

    answer = office.says(IT, "已完成換文", quoted_id=quoted(office, "列管"))

    assert answer == (
        "這則訊息有好幾案，請問要回報哪一案？請輸入：\n"
        "回報 212-5(主任秘書會報) 已完成換文\n回報 212-6(主任秘書會報) 已完成換文"
    )


def test_quoting_somebody_else_is_no_report(office: Office, case: Case) -> None:
    office.says(IT, "已完成換文", quoted_id="M-somebody")

    assert office.taken is Taken.IGNORED


def test_number_in_two_series_is_asked_about_and_named(office: Office, case: Case) -> None:
    other = office.case("212-5", office.it.id, series_id=office.office.id, title="招標作業")
    office.store.write(lambda uow: uow.groups.bind(CHIEFS, office.office.id, office.now))

    asked = office.says(IT, "完成 212-5")
    done = office.says(IT, "完成 212-5(主任秘書會報)")

    assert asked == ("212-5 在不同會議都有，請問是哪一案？請輸入：\n完成 212-5(主任秘書會報)\n完成 212-5(處務會議)")
    assert done is not None
    assert (office.states(case), office.states(other)) == (["release_requested"], ["open"])


def test_done_releases_where_the_series_has_no_chair(office: Office) -> None:
    case = office.case("10601", office.it.id, series_id=office.office.id)

    answer = office.says(IT, "完成 10601", OFFICE)

    assert answer == "已解除列管：\n10601 契約延長\n　資訊局：已解列\n要取消請輸入：復原"
    assert office.states(case) == ["released"]


def test_support_unit_reports_on_its_own_line(office: Office) -> None:
    case = office.case("212-3", office.it.id, support=(office.legal.id,))

    office.says(LEGAL, "回報 212-3 已提供意見")

    assert office.report_of(case, 0) is None
    assert office.report_of(case, 1) is not None


def test_release_request_ends_the_looks_and_undo_brings_them_back(office: Office, case: Case) -> None:
    looks = []
    for said in ("完成 212-5", "復原"):
        office.says(IT, said)
        looks.append(
            office.store.write(lambda uow: len(uow.reminders.due_lines(office.now.replace(year=2031), limit=9)))
        )

    assert looks == [0, 1]


ACTS: dict[str, Command] = {
    "report": commands.ReportProgress(CaseRef("212-5"), "已函復"),
    "release": commands.RequestRelease((CaseRef("212-5"),)),
    "decide": commands.Decide((CaseRef("212-5"),), Verdict.RELEASE),
}
MAY = {
    COORDINATOR: {"report", "release", "decide"},
    IT: {"report", "release"},
    CHIEF: {"report", "release"},
    LEGAL: set[str](),
    STRANGER: set[str](),
    None: set[str](),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("user_id", MAY)
def test_button_works_only_for_whom_the_role_allows(office: Office, case: Case, user_id: str | None, act: str) -> None:
    answer = office.presses(user_id, encode(ACTS[act]))

    changed = office.states(case) != ["open"] or office.report_of(case) is not None
    assert answer is not None
    assert changed is (act in MAY[user_id])


def test_role_in_another_series_gives_nothing_here(office: Office) -> None:
    case = office.case("10601", office.it.id, series_id=office.office.id)

    office.says(COORDINATOR, "解除 10601", OFFICE)
    office.says(LEGAL, "完成 10601", OFFICE)

    assert office.states(case) == ["open"]


def test_forged_button_is_answered_and_changes_nothing(office: Office, case: Case) -> None:
    answer = office.presses(COORDINATOR, '1 decide {"refs":[["212-5",[]]],"verdict":"burn"}')

    assert answer == "這個按鈕已經失效，請直接輸入指令。看指令請輸入：列管說明"
    assert office.states(case) == ["open"]


def test_line_written_since_cannot_be_undone(office: Office, case: Case) -> None:
    office.says(IT, "完成 212-5")

    def touch(uow: UnitOfWork) -> None:
        uow.cases.save_line(uow.cases.by_ids([case.id])[0].assignments[0], next_look_at=None)

    office.store.write(touch)

    refused = "無法復原：212-5 契約延長（資訊局）之後已有人變更，目前為待解列。\n仍要復原請管考幕僚輸入：復原 #1"
    assert office.says(IT, "復原") == refused


def test_every_change_is_in_the_audit(office: Office, case: Case) -> None:
    office.says(IT, "完成 212-5 已換文")
    office.says(COORDINATOR, "解除 212-5")
    office.says(COORDINATOR, "復原")
    line_id = case.assignments[0].id

    entries = office.store.read(lambda uow: list(uow.audit.of_subject("assignment", line_id)))

    assert [(e.action, (e.before or {})["state"], (e.after or {})["state"], e.undone) for e in entries] == [
        ("request_release", "open", "release_requested", False),
        ("decide_release", "release_requested", "released", True),
        ("undo", "released", "release_requested", True),
    ]
    assert [entry.source for entry in entries] == ["line:M1", "line:M2", "line:M3"]


def test_contact_of_two_units_is_asked_which_list(office: Office) -> None:
    office.store.write(lambda uow: uow.people.add_role(IT, "窗口", office.chiefs.id, Role.CONTACT, office.press.id))

    assert office.says(IT, "我的") == "您有幾個單位，請問要看哪一個？請輸入：\n資訊局\n觀光傳播局"
