"""An office's list from the file that a coordinator sends to the cases, and back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.calendar import WorkCalendar
from domain.case import Case
from domain.member import Role
from domain.ports import UnitOfWork
from handlers.context import Settings
from handlers.entering import enter
from handlers.reviewing.files import ListFile, open_file
from handlers.reviewing.listed import AUTHOR, AUTHOR_NAME
from minutes.formats import Sheet
from tests.handlers.office import COORDINATOR, IT, TAIPEI, Office, private

HEADING = ("編號", "案由", "主辦單位", "日期", "辦理情形", "狀態")
ROWS = (
    HEADING,
    ("209-1", "更新差勤系統設定", "資訊局", "110/10/15", "110.9.15：測試中", "列管中"),
    ("209-2", "檢討停車場管理規定", "法務局、資訊局", "", "已完成修正並公告", "建議解除列管"),
    ("", "盤點消防設備", "觀傳局", "儘速", "", ""),
    ("208-9", "汰換公務車輛", "法務局", "", "", "已結案"),
)


def send(
    office: Office, *rows: tuple[str, ...], by: str = COORDINATOR, digest: str = "1", name: str = "清單.xlsx"
) -> str:
    """Send a sheet in the 1:1 chat, as the file worker hands it over."""
    file = ListFile(name=name, digest=digest, sheets=(Sheet("列管", rows),))

    def work(uow: UnitOfWork) -> str:
        context = enter(
            private(by), by, f"line:{digest}", uow, now=office.now, calendar=WorkCalendar(), settings=Settings()
        )
        return open_file(file, context).text

    return office.store.write(work)


def says(office: Office, text: str) -> str:
    answer = office.says(COORDINATOR, text, private(COORDINATOR))
    assert answer is not None
    return answer


def case(office: Office, number: str) -> Case:
    (found,) = office.store.read(lambda uow: uow.cases.by_number([office.chiefs.id], number))
    return found


def test_a_list_is_shown_with_its_columns_and_what_is_left_out(office: Office) -> None:
    answer = send(office, *ROWS)

    assert "讀出 3 件列管中的案件" in answer
    assert "欄位：1 編號、2 案由、3 主辦、4 不用、5 辦理情形、6 狀態" in answer
    assert "已解除列管或結案 1 列" in answer
    assert "209-1 更新差勤系統設定" in answer


def test_columns_are_shown_with_their_reasons_and_closed_rows_by_number(office: Office) -> None:
    send(office, *ROWS)

    answer = says(office, "欄位")

    assert "4（D）「日期」 → 不用（看標題）" in answer
    assert "第 5 列：208-9 汰換公務車輛" in answer


def test_nothing_is_tracked_before_the_list_is_confirmed(office: Office) -> None:
    send(office, *ROWS)

    assert office.store.read(lambda uow: uow.cases.numbers(office.chiefs.id)) == []


def test_a_corrected_column_is_read_anew(office: Office) -> None:
    send(office, *ROWS)

    answer = says(office, "欄位 4 期限")
    says(office, "確認")

    assert "4（D）「日期」 → 期限（您指定的）" in answer
    assert case(office, "209-1").deadline.on == date(2021, 10, 15)


def test_confirmed_cases_have_their_numbers_units_and_first_reports(office: Office) -> None:
    send(office, *ROWS)

    says(office, "確認")

    opened = case(office, "209-1")
    report = office.report_of(opened)
    assert [line.unit for line in opened.assignments] == ["資訊局"]
    assert report is not None
    assert (report.text, report.at) == ("110.9.15：測試中", datetime(2021, 9, 15, tzinfo=TAIPEI).astimezone(UTC))


def test_a_report_of_a_list_is_the_lists_own_and_its_author_may_do_nothing(office: Office) -> None:
    send(office, *ROWS)
    says(office, "確認")

    author = office.member(AUTHOR)

    assert author is not None
    assert author.name == AUTHOR_NAME
    assert [(held.role, held.unit_id) for held in author.memberships] == [(Role.CONTACT, None)]


def test_what_a_list_suggests_to_release_asks_for_release(office: Office) -> None:
    send(office, *ROWS)

    says(office, "確認")

    assert office.states(case(office, "209-2")) == ["release_requested", "release_requested"]


def test_a_row_without_a_number_gets_one(office: Office) -> None:
    send(office, *ROWS)

    says(office, "確認")

    assert case(office, "1100927-1").title == "盤點消防設備"


def test_a_confirmed_list_is_taken_back_whole(office: Office) -> None:
    send(office, *ROWS)
    says(office, "確認")

    says(office, "復原")

    assert office.states(case(office, "209-1")) == ["released"]
    assert "209-1" in says(office, "草稿")


def test_the_same_list_again_changes_nothing_and_says_so(office: Office) -> None:
    send(office, *ROWS)
    says(office, "確認")

    assert "沒有變更" in send(office, *ROWS)


def test_a_number_that_comes_twice_is_kept_once_and_flagged(office: Office) -> None:
    again = ("209-1", "另一件同號的案件", "法務局", "", "", "")
    send(office, *ROWS, again)

    says(office, "確認")

    assert case(office, "209-1").title == "更新差勤系統設定"
    assert case(office, "1100927-2").title == "另一件同號的案件"


def test_a_case_that_is_tracked_already_is_not_opened_again(office: Office) -> None:
    office.case("209-1", office.it.id)
    send(office, *ROWS)

    says(office, "確認")

    assert case(office, "209-1").title == "契約延長"


def test_braces_in_a_cell_are_shown_as_they_stand(office: Office) -> None:
    send(office, HEADING, ("209-1", "更新{系統}設定", "資訊局", "", "", "{into}"))

    assert "F2「{into}」" in says(office, "草稿 1")


def test_columns_are_corrected_only_where_there_is_a_list(office: Office) -> None:
    assert "沒有待確認的草稿" in says(office, "欄位 3 期限")


@pytest.mark.parametrize("said", ["欄位 9 期限", "欄位 3 天曉得"])
def test_a_column_or_a_field_that_is_not_there_is_refused(office: Office, said: str) -> None:
    send(office, *ROWS)

    assert says(office, said).startswith("沒有變更：欄位是 1 到 6")


def test_columns_stay_once_a_row_without_a_number_is_a_case(office: Office) -> None:
    send(office, *ROWS)
    says(office, "確認 3")

    assert "不能再更正欄位" in says(office, "欄位 4 期限")


def test_a_list_without_a_case_is_said_aloud(office: Office) -> None:
    assert "沒有讀出列管中的案件" in send(office, HEADING, ("208-9", "汰換公務車輛", "法務局", "", "", "已結案"))


def test_whose_list_it_is_is_asked_of_who_coordinates_several(office: Office) -> None:
    office.store.write(
        lambda uow: uow.people.add_role(COORDINATOR, "管考幕僚", office.office.id, Role.COORDINATOR, None)
    )

    assert "看不出是哪個會議的清單" in send(office, *ROWS)
    assert "讀出 3 件" in send(office, *ROWS, digest="2", name="處務會議列管.xlsx")


def test_a_list_that_is_too_long_is_refused(office: Office) -> None:
    rows = [(f"{n // 50 + 1}-{n % 50 + 1}", f"案件內容{n}", "資訊局", "", "", "") for n in range(501)]

    assert "太長了（一次最多 500 件）" in send(office, HEADING, *rows)


def test_a_contact_cannot_import_a_list(office: Office) -> None:
    assert "讀出" not in send(office, *ROWS, by=IT)


def test_a_duty_in_a_list_recurs_from_the_day_of_confirming(office: Office) -> None:
    heading = ("編號", "案由", "主辦單位", "期限", "辦理情形")
    shown = send(office, heading, ("209-1", "填報資安執行情形", "資訊局", "每月5日前", "9月已填報"))
    says(office, "確認")

    duty = case(office, "209-1")

    assert "定期 每月5日前" in shown
    assert (duty.deadline.on, duty.deadline.text) == (date(2021, 10, 5), "每月5日前")
    assert duty.assignments[0].recurs_on == date(2021, 10, 5)
