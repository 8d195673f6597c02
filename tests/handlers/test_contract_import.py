"""A register of contracts from the file that a coordinator sends to cases that must not lapse, and back."""

from __future__ import annotations

from datetime import date

from domain.case import CaseKind
from tests.handlers.office import Office
from tests.handlers.test_list_import import case, says, send

ROWS = (
    ("項次", "契約名稱", "承辦單位", "契約迄日", "階段"),
    ("1", "智慧支付平台維護案", "資訊局", "110/12/31", "後續擴充"),
    ("2", "公務車輛租賃案", "觀傳局", "", ""),
)


def test_a_register_is_shown_as_contracts(office: Office) -> None:
    answer = send(office, *ROWS)

    assert "讀出 2 件列管中的契約" in answer
    assert "4 契約期限、5 階段" in answer
    assert "列為契約：到期前密集提醒｜階段：後續擴充" in says(office, "草稿 1")
    assert "沒有讀出契約到期日" in says(office, "草稿 2")


def test_confirmed_rows_are_contracts_with_their_end_and_stage(office: Office) -> None:
    send(office, *ROWS)
    says(office, "確認")

    opened = case(office, "1100927-1")

    assert (opened.kind, opened.stage, opened.deadline.on) == (CaseKind.CONTRACT, "後續擴充", date(2021, 12, 31))
    assert [line.unit for line in opened.assignments] == ["資訊局"]


def test_the_register_answers_with_what_was_imported_and_what_has_no_end(office: Office) -> None:
    send(office, *ROWS)
    says(office, "確認")

    answer = says(office, "契約")

    assert "列管中的契約 2 件" in answer
    assert "至 110/12/31(五)" in answer
    assert "到期日未定，補上請輸入：修改 1100927-2 期限 111/9/27" in answer


def test_an_end_that_is_added_later_is_the_contracts(office: Office) -> None:
    send(office, *ROWS)
    says(office, "確認")

    says(office, "修改 1100927-2 期限 111/9/30")

    opened = case(office, "1100927-2")
    assert (opened.kind, opened.deadline.on) == (CaseKind.CONTRACT, date(2022, 9, 30))


def test_a_column_that_a_person_takes_for_the_contracts_end_makes_contracts(office: Office) -> None:
    send(office, ("案由", "主辦單位", "日期"), ("影印機租賃", "資訊局", "110/12/31"))

    answer = says(office, "欄位 3 契約期限")
    says(office, "確認")

    assert "讀出 1 件列管中的契約" in answer
    assert case(office, "1100927-1").kind is CaseKind.CONTRACT


def test_a_confirmed_register_is_taken_back_whole(office: Office) -> None:
    send(office, *ROWS)
    says(office, "確認")

    says(office, "復原")

    assert office.states(case(office, "1100927-1")) == ["released"]
    assert says(office, "契約").startswith("目前沒有列管中的契約")
