"""The report as LINE messages."""

from __future__ import annotations

from minutes.report.line_text import MAX_MESSAGES, MAX_UNITS, utf16_units, write_line_texts
from minutes.report.sheet import Progress, ReportLine
from tests.report.sheets import COUNTED, EVERYONE, MADE_ON, USUAL, case, line, sheet

EXPECTED = """\
【主任秘書會報第213次會議】執行情形彙整表
開會日期：110/10/21(四)
列管 3 案 6 分辦、請求解除列管 1、未填報 2、逾期 1 案

【204-2】人孔蓋下地作業
期限：未定日期
・財政局（主辦）：110/10/15(五) 清冊已建立，計 132 筆。

【211-2】人孔蓋下地作業
期限：110/9/30(四)，已逾期 18 天，「9月底前」，展期 1 次
・捷運公司（主辦）：請求解除列管，110/10/15(五) 分工表已函送各單位。
・觀光傳播局（協辦）：未填報
・法務局（協辦）：110/10/15(五) 適用意見研議中。

【212-1】人孔蓋下地作業
期限：未定日期
・公共管理中心（主辦）：未填報
・資訊局（協辦）：110/10/15(五) 已修復"""


def test_short_report_is_one_message() -> None:
    assert write_line_texts(USUAL) == (EXPECTED,)


def test_line_of_every_unit_has_its_reports_below_it() -> None:
    [text] = write_line_texts(sheet(case("1-1", EVERYONE)))

    assert text.split("\n")[-4:] == [
        "・各局處（主辦）：",
        "　資訊局 110/10/12(二) 已完成盤點。",
        "　法務局 110/10/14(四) 無個資檔案。",
        "　未填報：觀光傳播局、交通局",
    ]


def test_line_of_every_unit_longer_than_a_message_is_parted() -> None:
    told = tuple(Progress("盤點中。" * 90, MADE_ON, f"第{n}科") for n in range(40))

    messages = write_line_texts(sheet(case("1-1", ReportLine(unit="各科室", progress=told))))

    assert len(messages) <= MAX_MESSAGES
    assert max(map(utf16_units, messages)) <= MAX_UNITS
    assert [f"　第{n}科 " in "".join(messages) for n in range(40)] == [True] * 40


def test_figures_and_the_next_planned_day_stand_behind_the_report() -> None:
    [text] = write_line_texts(sheet(case("1-1", COUNTED)))

    assert text.split("\n")[-1] == (
        "・資訊局（主辦）：110/10/12(二) 已登錄 75 萬份。 進度 75／113.5 萬份（66%），預定 110/12/1(三) 公告"
    )


def test_empty_report_says_so() -> None:
    assert write_line_texts(sheet())[0].endswith("\n目前沒有列管中的案件。")


def test_messages_are_parted_between_cases() -> None:
    rows = tuple(case(f"211-{n}", line("資訊局", "研議中。" * 20)) for n in range(1, 31))

    messages = write_line_texts(sheet(*rows))

    assert 1 < len(messages) <= MAX_MESSAGES
    assert all(message.startswith("【") for message in messages)
    assert [f"【211-{n}】" in "".join(messages) for n in range(1, 31)] == [True] * 30


def test_report_too_long_for_line_says_how_many_cases_are_left_out() -> None:
    rows = tuple(case(f"211-{n}", line("資訊局", "研議中。" * 20), title="案" * 60) for n in range(1, 501))

    messages = write_line_texts(sheet(*rows))

    shown = "".join(messages).count("【211-")
    assert messages[-1].endswith(f"另有 {500 - shown} 案未列出，請看彙整表檔案。")
    assert len(messages) <= MAX_MESSAGES
    assert max(map(utf16_units, messages)) <= MAX_UNITS


def test_case_longer_than_a_message_is_continued_with_its_number() -> None:
    units = tuple(line(f"第{n}科", "研議中。" * 100) for n in range(60))

    messages = write_line_texts(sheet(case("211-1", *units)))

    assert all(
        part.startswith("【211-1】人孔蓋下地作業（續）") for message in messages[1:] for part in message.split("\n\n")
    )


def test_length_is_counted_as_line_counts_it() -> None:
    assert utf16_units("𠮷a") == 3
