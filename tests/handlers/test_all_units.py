"""A line of 各局處: every unit of the series reports on it, the coordinator alone decides about it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.case import Case
from domain.figures import Figures
from domain.member import Role
from tests.handlers.office import COORDINATOR, IT, LEGAL, STRANGER, Office


@pytest.fixture
def everybodys(office: Office) -> Case:
    unit = office.store.write(lambda uow: uow.units.add("各局處"))
    return office.case("212-9", unit.id, title="檢討個資保護措施")


@pytest.mark.parametrize(("who", "unit"), [(IT, "資訊局"), (LEGAL, "法務局")])
def test_report_of_any_unit_is_kept_with_its_name(office: Office, everybodys: Case, who: str, unit: str) -> None:
    answer = office.says(who, "回報 212-9 已完成檢討")
    report = office.report_of(everybodys)

    assert answer is not None
    assert answer.startswith("已記錄辦理情形：212-9")
    assert answer.splitlines()[1:3] == [f"　{unit}（各局處：待處理）", "各單位都辦妥後，由管考幕僚申請解除列管。"]
    assert report is not None
    assert (report.unit, report.text) == (unit, "已完成檢討")


def test_case_says_whose_the_latest_report_is_and_who_has_not_reported(office: Office, everybodys: Case) -> None:
    office.says(LEGAL, "回報 212-9 已完成檢討")

    answer = office.says(IT, "212-9")

    assert answer is not None
    lines = answer.split("\n")
    assert [line for line in lines if line.startswith(("最近回報", "已填報", "未填報"))] == [
        "最近回報：110/9/27(一) 法務局「已完成檢討」",
        "已填報：法務局",
        "未填報：資訊局",
    ]


def test_units_that_owe_a_report_are_named_until_they_have_reported(office: Office, everybodys: Case) -> None:
    def owed() -> list[str]:
        answer = office.says(IT, "未填報") or ""
        return [line for line in answer.split("\n") if line.startswith(("未填報", "上次會議後", "目前沒有"))]

    said = [owed()]
    for who in (LEGAL, IT):
        office.says(who, "回報 212-9 已完成檢討")
        said.append(owed())

    assert said == [
        ["未填報 1 件", "上次會議後未填報：資訊局 1、法務局 1"],
        ["未填報 1 件", "上次會議後未填報：資訊局 1"],
        ["目前沒有未填報的案件。"],
    ]


def test_next_meeting_counts_each_unit_that_owes_a_report(office: Office, everybodys: Case) -> None:
    office.case("212-10", office.it.id)
    office.says(LEGAL, "回報 212-9 已完成檢討")

    answer = office.says(COORDINATOR, "下次會議 10/21") or ""
    shown = office.says(IT, "下次會議") or ""

    assert "尚有 1 個單位未填辦理情形（2 件）" in answer
    assert "資訊局 212-9、212-10" in shown


def test_the_list_and_the_next_meeting_count_the_same_cases(office: Office, everybodys: Case) -> None:
    office.case("212-10", office.it.id, office.legal.id)
    for number in ("212-11", "212-12"):
        office.case(number, office.it.id)
    office.says(IT, "回報 212-11 已完成換文")
    ahead = date(2021, 10, 21)  # entered before it is held: what was reported until then still counts
    office.store.write(lambda uow: uow.series.add_meeting(office.chiefs.id, 213, ahead, "", office.now))

    listed = (office.says(IT, "未填報") or "").split("\n")
    coming = office.says(IT, "下次會議") or ""

    assert listed[:2] == ["未填報 3 件", "上次會議後未填報：資訊局 3、法務局 2"]
    assert "尚有 2 個單位未填辦理情形（3 件）：資訊局 212-9、212-10、212-12；法務局 212-9、212-10" in coming


def test_report_of_the_coordinator_for_one_unit_is_that_units(office: Office, everybodys: Case) -> None:
    office.says(COORDINATOR, "回報 212-9(法務局) 已完成檢討")
    report = office.report_of(everybodys)

    assert report is not None
    assert (report.unit, report.text) == ("法務局", "已完成檢討")


def test_report_of_the_coordinator_without_a_unit_is_for_all(office: Office, everybodys: Case) -> None:
    office.says(COORDINATOR, "回報 212-9 各單位均已完成檢討")

    assert office.says(IT, "未填報") == "目前沒有未填報的案件。"


def test_report_for_another_unit_is_refused(office: Office, everybodys: Case) -> None:
    answer = office.says(LEGAL, "回報 212-9(資訊局) 已完成檢討")

    assert office.report_of(everybodys) is None
    assert answer is not None
    assert "沒有變更" in answer


def test_contact_of_two_units_is_asked_for_which(office: Office, everybodys: Case) -> None:
    office.store.write(
        lambda uow: uow.people.add_role(IT, "資訊局窗口", office.chiefs.id, Role.CONTACT, office.legal.id)
    )

    asked = office.says(IT, "回報 212-9 已完成檢討")
    office.says(IT, "回報 212-9(法務局) 已完成檢討")
    report = office.report_of(everybodys)

    assert asked == (
        "212-9 檢討個資保護措施\n您有 2 個單位，請問是哪一個的辦理情形？請輸入：\n"
        "回報 212-9(資訊局) 已完成檢討\n回報 212-9(法務局) 已完成檢討"
    )
    assert report is not None
    assert report.unit == "法務局"


def test_one_report_on_several_cases_is_kept_with_its_unit(office: Office, everybodys: Case) -> None:
    office.case("212-10", office.it.id)

    office.says(IT, "確認回報 212-9、212-10 已完成檢討")
    report = office.report_of(everybodys)

    assert report is not None
    assert report.unit == "資訊局"


def test_target_of_another_unit_is_not_taken_for_ones_own(office: Office, everybodys: Case) -> None:
    office.says(LEGAL, "回報 212-9 目標 100 套，已完成 40 套")
    office.says(IT, "回報 212-9 已完成 30 套")
    report = office.report_of(everybodys)

    assert report is not None
    assert report.figures == Figures("30 套", "")


def test_history_names_the_unit_of_a_report(office: Office, everybodys: Case) -> None:
    office.says(LEGAL, "回報 212-9 已完成檢討")

    assert "法務局：回報「已完成檢討」" in (office.says(COORDINATOR, "歷程 212-9") or "")


def test_release_is_asked_for_by_the_coordinator_alone(office: Office, everybodys: Case) -> None:
    office.says(IT, "完成 212-9")
    before = office.states(everybodys)
    office.says(COORDINATOR, "完成 212-9")

    assert (before, office.states(everybodys)) == (["open"], ["release_requested"])


def test_stranger_reports_nothing(office: Office, everybodys: Case) -> None:
    office.says(STRANGER, "回報 212-9 已完成檢討")

    assert office.report_of(everybodys) is None


def test_own_report_is_taken_back(office: Office, everybodys: Case) -> None:
    office.says(IT, "回報 212-9 已完成檢討")
    answer = office.says(IT, "復原")

    assert office.report_of(everybodys) is None
    assert "取消資訊局的辦理情形" in (answer or "")


def test_unit_with_a_line_of_its_own_reports_on_that(office: Office) -> None:
    unit = office.store.write(lambda uow: uow.units.add("各機關"))
    case = office.case("212-9", office.it.id, unit.id)

    office.says(IT, "回報 212-9 已完成檢討")

    assert (office.report_of(case, 0) is None, office.report_of(case, 1) is None) == (False, True)
