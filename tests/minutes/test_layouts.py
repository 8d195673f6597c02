"""Minutes in other layouts: spaced and drawn tables, saved chats, items in parts, turns of a discussion."""

from __future__ import annotations

from datetime import date

import pytest

from domain.calendar import WorkCalendar
from minutes.model import Minutes
from minutes.parse import parse

HEAD = "某鎮公所第6次主管會報紀錄\n時間：113年6月4日\n主席：鎮長\n"


def read(text: str) -> Minutes:
    return parse(HEAD + text, calendar=WorkCalendar())


def decided(found: Minutes) -> list[tuple[str, str]]:
    return [(decision.number, decision.decision) for decision in found.decisions]


def asked(found: Minutes) -> list[tuple[tuple[str, ...], date | None]]:
    return [(draft.lead, draft.deadline and draft.deadline.deadline) for draft in found.drafts]


def test_table_whose_columns_are_parted_by_blanks_is_read() -> None:
    found = read(
        "壹、上次指示事項執行情形\n"
        "  編號     指示事項            承辦單位    執行情形                  裁示\n"
        "  11305-1  公園遊具更新        建設課      已發包，6月20日開工       續管\n"
        "  11305-2  第三公墓說明會      民政課                                除管\n"
    )

    assert decided(found) == [("11305-1", "continue"), ("11305-2", "release")]


def test_spaced_table_goes_on_below_a_line_of_dashes_and_a_remark_decides() -> None:
    found = read(
        "貳、前次會議決議執行情形\n案次  決議內容          執行單位  執行情形        備註\n"
        "----  ----------------  --------  --------------  ----\n"
        "1     坡道扶手整修      總務課    8月20日完成     結束\n"
        "3     助理員工時不足    社會課    已提報增核      續辦\n"
    )

    assert decided(found) == [("1", "release"), ("3", "continue")]


def test_blanks_in_prose_make_no_table() -> None:
    found = read("決議：\n一、請總務課  於6月底前  完成採購。\n")

    assert asked(found) == [(("總務課",), date(2024, 6, 30))]


def test_table_drawn_with_lines_is_read() -> None:
    found = read(
        "壹、上次決議執行情形\n┌──┬─────┬───┬───┐\n│案次│決議事項　│單位　│追蹤結果│\n├──┼─────┼───┼───┤\n"
        "│１　│更新門禁　│學務課│解除列管│\n│２　│改善排氣　│工務課│繼續列管│\n└──┴─────┴───┴───┘\n"
    )

    assert decided(found) == [("1", "release"), ("2", "continue")]


@pytest.mark.parametrize("column", ["本次決定", "本會決議", "主席裁示"])
def test_ruling_that_only_lets_a_row_go_on_continues_the_case(column: str) -> None:
    found = read(f"壹、列管案件\n編號\t決議事項\t主辦單位\t{column}\n5-1\t增設哺乳室\t社會課\t請持續辦理。\n")

    assert decided(found) == [("5-1", "continue")]


def test_saved_chat_gives_the_conclusions_and_not_the_talk_behind_them() -> None:
    chat = """聯繫群組的聊天記錄
16:52 管考\t結論先整理如下
16:53 管考\t【新廣場啟用第3次工作會議 重點】
時間：112/6/14（三）14:00
一、會議結論
1. 燈光測試請工務局6/20前完成
2. 雨備方案：觀光處提B案
16:55 工務局\t收到
17:15 警察局\t封路公告請大家轉發
"""

    found = parse(chat, calendar=WorkCalendar())

    assert (found.header.ordinal, found.header.held_on) == (3, date(2023, 6, 14))
    assert asked(found) == [(("工務局",), date(2023, 6, 20)), (("觀光處",), None)]


@pytest.mark.parametrize("last", ["主席：", "鎮長："])
def test_chair_has_the_last_word_of_a_discussion_without_a_resolution(last: str) -> None:
    found = read(
        f"肆、臨時動議\n幼兒園園長：地墊老舊，請建設課更換。\n建設課長：經費不足。\n{last}請建設課於6月底前估價。\n"
    )

    assert asked(found) == [(("建設課",), date(2024, 6, 30))]


def test_chair_concludes_below_a_table_of_earlier_cases() -> None:
    found = read(
        "一、前次會議追蹤\n項次\t追蹤事項\t負責單位\t追蹤結果\n5-1\t更換洗手設備\t工務課\t續追\n"
        "主席：餘依進度辦理，5-1請工務課於6月底前完成。\n"
    )

    assert (decided(found), asked(found)) == ([("5-1", "continue")], [(("工務課",), date(2024, 6, 30))])


def test_who_speaks_after_a_ruling_between_speakers_orders_nothing() -> None:
    found = read("肆、臨時動議\n幼兒園園長：地墊老舊。\n鎮長裁示：請建設課估價。\n主計主任：請大家儘早辦理核銷。\n")

    assert asked(found) == [(("建設課",), None)]


@pytest.mark.parametrize(
    "item",
    [
        "更換燈管 總務課 6/30前",
        "更換燈管  總務課  6/30",
        "更換燈管 → 總務課（6/30前）",
        "更換燈管／總務課／6月30日前",
        "更換燈管-總務課-6/30前",
        "更換燈管，總務課，6/30",
        "更換燈管(總務課)6/30",
        "@總務課 更換燈管 6/30前",
        "6/30前 總務課 更換燈管",
        "總務課6/30完成更換燈管",
    ],
)
def test_item_written_in_parts_is_read(item: str) -> None:
    found = read(f"會議結論：\n1. {item}\n2. 感謝大家\n")

    assert asked(found) == [(("總務課",), date(2024, 6, 30))]


def test_rows_without_a_heading_are_items_in_parts() -> None:
    found = read("[決議事項]\nAction 1｜介接規格送審｜資訊課、健保課｜7/4\nAction 2｜教育訓練規劃｜社會課｜7月中旬前\n")

    assert asked(found) == [(("資訊課", "健保課"), date(2024, 7, 4)), (("社會課",), date(2024, 7, 20))]


def test_minutes_sent_by_letter_have_a_head() -> None:
    found = parse(
        "主旨：檢送114年6月19日「服務資料庫改版」第5次專案會議紀錄1份，請查照。\n"
        "會議時間：114/6/19 10:00\n會議主席：司長\n",
        calendar=WorkCalendar(),
    )

    assert (found.header.series, found.header.ordinal, found.header.chair) == ("服務資料庫改版專案會議", 5, "司長")


@pytest.mark.parametrize("item", ["本案(總務課)已完成", "總務課 辛苦了", "6/30 開幕 總務課 已布置"])
def test_parts_that_ask_nothing_give_no_draft(item: str) -> None:
    assert read(f"會議結論：\n1. {item}\n2. 洽悉\n").drafts == ()


def test_unit_alone_on_its_line_reports_again_behind_what_the_chair_said() -> None:
    found = read(
        "貳、各處室報告與校長提示\n★教務處\n1.教科書已到貨。\n◎校長提示：\n請註冊組更新校網。\n"
        "★學務處\n1.每週五巡檢，請各處室協助清除積水。\n◎校長提示：\n請生教組6月6日前完成腳本。\n"
    )

    assert asked(found) == [(("註冊組",), None), (("生教組",), date(2024, 6, 6))]


def test_what_was_voted_on_is_concluded() -> None:
    found = read("四、表決事項\n(1) 公約增訂條文：贊成70票，通過。請總務課協助檢視是否牴觸租約。\n")

    assert asked(found) == [(("總務課",), None)]
