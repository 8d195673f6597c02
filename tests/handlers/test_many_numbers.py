"""Several numbers in one sentence: all of them are meant, or none is touched."""

from __future__ import annotations

import pytest

from domain.case import State
from handlers.change_commands import ReportSeveral
from handlers.commands import CaseRef, Misread, ReportProgress, RequestRelease
from handlers.grammar import parse
from handlers.language.phrasebook import Address
from tests.handlers.office import CHIEFS, COORDINATOR, IT, Office


@pytest.mark.parametrize(
    "rest", ["、2、3", "、2", "~212-99999", "至212-99999", "、212-99999", " 212-99999", "、2 已換文"]
)
def test_number_behind_the_first_is_never_taken_for_a_result(rest: str) -> None:
    command = RequestRelease if "換文" not in rest else ReportProgress
    word = "完成" if command is RequestRelease else "回報"

    assert parse(f"{word} 212-1{rest}", Address.NONE) == Misread(command, CaseRef("212-1"))


def test_range_of_a_report_is_read_whole() -> None:
    refs = tuple(CaseRef(f"212-{n}") for n in range(1, 6))

    assert parse("回報 212-1~212-5 已換文", Address.NONE) == ReportSeveral(refs, "已換文")


@pytest.mark.parametrize(
    "text",
    [
        *("110/9/30已簽約", "至9月30日已完成", "10-12 月辦理", "3月底前完成", "110-9-30 簽約"),
        *("100 套已採購", "併 212-6 辦理", "2-3 家廠商報價"),
    ],
)
def test_figure_in_a_report_is_part_of_the_report(text: str) -> None:
    assert parse(f"回報 212-5 {text}", Address.NONE) == ReportProgress(CaseRef("212-5"), text)


def test_release_of_more_cases_than_can_be_looked_over_changes_nothing(office: Office) -> None:
    case = office.case("212-1", office.it.id, title="甲")

    answer = office.says(IT, "完成 212-1~212-21", CHIEFS)

    assert answer == "沒有變更：一次最多 20 件，您輸入了 21 件，請分次輸入。"
    assert office.read(case).assignments[0].state is State.OPEN


def test_question_about_too_many_numbers_says_how_many_are_left(office: Office) -> None:
    office.case("212-1", office.it.id, title="甲")

    answer = office.says(COORDINATOR, "212-1~212-23", CHIEFS)

    assert answer is not None
    assert answer.splitlines()[-1] == "還有 3 個案號，請分次查詢。"


def test_report_on_a_line_that_waits_for_release_does_not_ask_to_finish_it(office: Office) -> None:
    office.case("212-1", office.it.id, title="甲")
    office.says(IT, "完成 212-1", CHIEFS)

    assert office.says(IT, "回報 212-1 已換文", CHIEFS) == (
        "已記錄辦理情形：212-1 甲\n　資訊局：待解列\n要取消請輸入：復原"
    )
    assert office.says(IT, "完成 212-1 研議中", CHIEFS) == (
        "已記錄辦理情形，先前的解除列管申請不變：212-1 甲\n　資訊局：待解列\n"
        "提醒：解除列管需有具體成果或佐證，「研議中」「將於未來辦理」仍會繼續列管。\n要取消請輸入：復原"
    )
