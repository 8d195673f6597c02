"""Answers about cases are drawn as well; a card says what the text beside it says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handlers import postback
from handlers.buttons import Choice, PickDate, Prefill
from handlers.cards import CaseCard, ListCard, Part, Passage, TableCard, Tone, Words
from handlers.change_commands import AskExtension
from handlers.commands import CaseRef, ReportProgress
from handlers.inbound import TextSaid
from handlers.messages import Message
from tests.handlers.office import CHIEFS, COORDINATOR, IT, STRANGER, Office

EXTEND = postback.encode(AskExtension(CaseRef("211-2")))
HOW = postback.encode(ReportProgress(CaseRef("211-2"), ""))


def answered(office: Office, text: str, user_id: str = COORDINATOR) -> Message:
    answer = office.hears(TextSaid(**office.common(CHIEFS, user_id), message_id="M", text=text))
    assert answer is not None
    return answer


def test_case_is_drawn_with_states_deadline_and_last_report(office: Office) -> None:
    office.case("211-2", office.it.id, office.legal.id, due=date(2021, 9, 30))
    office.says(IT, "完成 211-2 已簽約")

    card = answered(office, "211-2").card

    assert card == CaseCard(
        number="211-2",
        title="契約延長",
        due=Words("期限 110/9/30(四)，還有 3 天", Tone.SOON),
        parts=(Part("資訊局", Words("待解列", Tone.SOON)), Part("法務局", Words("待處理"))),
        passages=(Passage("最近回報：110/9/27(一) 資訊局", "已簽約"), Passage("原文", "請辦理契約延長。")),
        source="出處：主任秘書會報 第212次 110/9/23(四) 貳-六",
        buttons=(
            Prefill("回報", "回報 211-2 ", HOW),
            Choice("完成", "完成 211-2"),
            PickDate("展期", EXTEND, date(2021, 10, 1), date(2021, 10, 1), date(2023, 9, 30)),
            Choice("歷程", "歷程 211-2"),
        ),
        hint="也可以輸入：回報 211-2 辦理情形｜完成 211-2｜展期 211-2 至 110/10/14 因廠商交貨延誤｜歷程 211-2",
    )


def test_the_last_milestone_that_is_over_stays_on_the_card(office: Office) -> None:
    office.case("211-2", office.it.id, due=date(2021, 12, 30))
    for said in ("10/5 公告", "10/12 開標", "10/20 決標"):
        office.says(IT, f"里程碑 211-2 {said}")
    office.now += timedelta(days=18)

    card = answered(office, "211-2").card

    assert isinstance(card, CaseCard)
    assert [one for one in card.passages if one.title == "里程碑"] == [
        Passage("里程碑", "110/10/12(二) 資訊局 開標（已過）"),
        Passage("里程碑", "110/10/20(三) 資訊局 決標"),
    ]


def test_closed_case_offers_its_history_only(office: Office) -> None:
    office.case("211-2", office.it.id, due=date(2021, 9, 1))
    office.says(COORDINATOR, "解除 211-2")

    card = answered(office, "211-2").card

    assert isinstance(card, CaseCard)
    assert (card.due.tone, card.buttons, card.hint) == (
        Tone.DONE,
        (Choice("歷程", "歷程 211-2"),),
        "也可以輸入：歷程 211-2",
    )


@pytest.mark.parametrize("day", [date(2021, 9, 26), None])
def test_extension_is_not_offered_where_it_would_be_refused(office: Office, day: date | None) -> None:
    office.case("211-2", office.it.id, due=day)

    card = answered(office, "211-2").card

    assert isinstance(card, CaseCard)
    assert [button.label for button in card.buttons] == ["回報", "完成", "歷程"]
    assert "展期" not in card.hint


def test_case_that_waits_for_the_chair_offers_to_take_the_request_back(office: Office) -> None:
    office.case("211-2", office.it.id, due=date(2021, 9, 27))
    office.says(IT, "完成 211-2")

    told = answered(office, "211-2")

    assert isinstance(told.card, CaseCard)
    assert [button.label for button in told.card.buttons] == ["回報", "撤回完成", "歷程"]
    assert told.card.hint == "也可以輸入：回報 211-2 辦理情形｜撤回完成 211-2｜歷程 211-2"
    assert told.choices == (Choice("撤回完成 211-2", "撤回完成 211-2"),)


def test_several_cases_are_drawn_as_rows_and_unknown_numbers_noted(office: Office) -> None:
    office.case("211-2", office.it.id)
    office.case("211-3", office.legal.id)

    card = answered(office, "211-2、211-3、211-9").card

    assert isinstance(card, ListCard)
    assert [row.head for row in card.sections[0].rows] == ["211-2", "211-3"]
    assert (card.title, card.notes) == ("2 件", ("查無：211-9",))


def test_list_is_drawn_as_rows_that_ask_for_their_case(office: Office) -> None:
    for n in range(1, 11):
        office.case(f"212-{n}", office.it.id, due=date(2021, 9, 10 + n))

    card = answered(office, "逾期").card

    assert isinstance(card, ListCard)
    rows = card.sections[0].rows
    assert card.title == "已逾期 10 件"
    assert [(row.head, row.said, row.due.tone) for row in rows[:2]] == [
        ("212-1", "212-1", Tone.LATE),
        ("212-2", "212-2", Tone.LATE),
    ]
    assert rows[0].due.text == "期限 110/9/11(六)，已逾期 16 天"
    assert (card.notes, card.buttons) == (("還有 2 件：下一頁",), (Choice("下一頁", "逾期 第2頁"),))


def test_report_button_says_how_to_report_and_changes_nothing(office: Office) -> None:
    case = office.case("211-2", office.it.id, office.legal.id)

    told = office.presses(IT, HOW)
    coordinator = office.presses(COORDINATOR, HOW)
    stranger = office.presses(STRANGER, HOW)

    assert told == "211-2 契約延長\n請輸入辦理情形，或引用這則訊息直接寫。例如：\n回報 211-2 已完成換文"
    assert coordinator is not None
    assert coordinator.splitlines()[-2:] == ["回報 211-2(資訊局) 已完成換文", "回報 211-2(法務局) 已完成換文"]
    assert stranger is not None
    assert "可由資訊局、法務局的窗口或管考幕僚處理" in stranger
    assert (office.report_of(case), office.report_of(case, 1)) == (None, None)


def test_old_report_button_of_a_closed_case_says_that_it_is_closed(office: Office) -> None:
    office.case("211-2", office.it.id)
    office.says(COORDINATOR, "解除 211-2")

    told = office.presses(IT, HOW)

    assert told is not None
    assert "已解除列管，不再收辦理情形" in told


def test_quote_of_what_the_report_button_said_is_a_report(office: Office) -> None:
    case = office.case("211-2", office.it.id)
    office.presses(IT, HOW)

    office.says(IT, "已完成換文", quoted_id=office.last_message_id)

    report = office.report_of(case)
    assert report is not None
    assert report.text == "已完成換文"


def test_overview_is_drawn_as_a_table_of_units(office: Office) -> None:
    office.case("211-2", office.it.id, office.legal.id, due=date(2021, 9, 30))
    office.case("212-1", office.it.id, due=date(2021, 9, 24))

    card = answered(office, "總覽").card

    assert isinstance(card, TableCard)
    assert card.columns == ("列管", "7天內", "逾期", "待解列", "未填報")
    assert [(line.name, [cell.text for cell in line.cells], line.said) for line in card.lines] == [
        ("資訊局", ["2", "1", "1", "0", "2"], "資訊局"),
        ("法務局", ["1", "1", "0", "0", "1"], "法務局"),
    ]
