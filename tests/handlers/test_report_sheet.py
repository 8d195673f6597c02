"""The report as data: what is gathered, in which order, with how many queries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.calendar import WorkCalendar
from domain.case import Duty, Series, State
from domain.figures import Figures
from domain.member import Role
from domain.ports import UnitOfWork
from handlers.asking.report_out import matching
from handlers.asking.report_sheet import Gathered, gather, sheet_of
from handlers.inbound import TextSaid
from minutes.report.sheet import Planned, Progress, ReportSheet
from storage.store import open_store
from tests.handlers.office import CHIEFS, COORDINATOR, IT, LEGAL, MEETING_DAY, TAIPEI, Office, private

MADE_ON = date(2021, 10, 18)


def found(office: Office, made_on: date = MADE_ON) -> Gathered:
    return office.store.read(lambda uow: gather(office.chiefs, uow, made_on))


def report(office: Office, ordinal: int | None = None, made_on: date = MADE_ON) -> ReportSheet:
    return sheet_of(found(office, made_on), calendar=WorkCalendar(), zone=TAIPEI, ordinal=ordinal)


def test_rows_are_the_open_cases_of_the_series_in_number_order(office: Office) -> None:
    for number in ("212-10", "212-2", "99-1", "211-3"):
        office.case(number, office.it.id)
    office.case("10601", office.it.id, series_id=office.office.id)
    office.says(COORDINATOR, "解除 211-3")

    assert [row.number for row in report(office).rows] == ["99-1", "212-2", "212-10"]


def test_row_has_the_open_lines_with_their_duty_and_state(office: Office) -> None:
    office.case("212-1", office.it.id, office.legal.id, support=(office.press.id,))
    office.says(COORDINATOR, "解除 212-1(法務局)")
    office.says(IT, "完成 212-1")

    [row] = report(office).rows

    assert [(line.unit, line.duty, line.state) for line in row.units] == [
        ("資訊局", Duty.LEAD, State.RELEASE_REQUESTED),
        ("觀光傳播局", Duty.SUPPORT, State.OPEN),
    ]


def test_line_has_its_latest_report_with_its_taipei_day_and_none_where_nobody_reported(office: Office) -> None:
    office.case("212-1", office.it.id, office.legal.id)
    office.says(IT, "回報 212-1 已洽廠商")
    office.now += timedelta(hours=16)  # 01:00 on Tuesday in Taipei, still Monday in UTC
    office.says(IT, "回報 212-1 已完成換文")

    [row] = report(office).rows

    assert [line.progress for line in row.units] == [(Progress("已完成換文", date(2021, 9, 28)),), ()]


def test_line_of_every_unit_has_the_latest_of_each_and_names_the_silent(office: Office) -> None:
    everyone = office.store.write(lambda uow: uow.units.add("各局處"))
    office.store.write(
        lambda uow: uow.people.add_role("U-press", "觀傳局窗口", office.chiefs.id, Role.CONTACT, office.press.id)
    )
    office.case("212-1", everyone.id)
    office.says(LEGAL, "回報 212-1 法規已盤點")
    office.says(IT, "回報 212-1 已洽廠商")
    office.now += timedelta(days=1)
    office.says(IT, "回報 212-1 已完成換文")

    [line] = report(office).rows[0].units

    assert line.progress == (
        Progress("已完成換文", date(2021, 9, 28), "資訊局"),
        Progress("法規已盤點", date(2021, 9, 27), "法務局"),
    )
    assert line.silent == ("觀光傳播局",)


def test_unit_with_a_line_of_its_own_is_not_expected_on_the_line_of_every_unit(office: Office) -> None:
    everyone = office.store.write(lambda uow: uow.units.add("各局處"))
    office.case("212-1", office.it.id, everyone.id)

    assert report(office).rows[0].units[1].silent == ("法務局",)


def test_line_has_the_figures_of_its_report_and_the_days_planned_from_the_day_of_making_on(office: Office) -> None:
    office.case("212-1", office.it.id)
    office.says(IT, "回報 212-1 目標 100 套，已完成 40 套")
    for said in ("12/1 決標", "10/18 開標", "10/15 公告"):
        office.says(IT, f"里程碑 212-1 {said}")

    [line] = report(office).rows[0].units

    assert [one.figures for one in line.progress] == [Figures("40 套", "100 套")]
    assert line.planned == (Planned(date(2021, 10, 18), "開標"), Planned(date(2021, 12, 1), "決標"))


def test_report_that_its_author_took_back_is_said_to_be_so(office: Office) -> None:
    office.case("212-1", office.it.id)
    office.says(IT, "回報 212-1 已洽廠商")
    office.store.write(lambda uow: uow.cases.purge_reports("M1"))

    assert report(office).rows[0].units[0].progress == (Progress("（原訊息已收回）", date(2021, 9, 27)),)


@pytest.mark.parametrize(
    ("due", "note"),
    [
        (None, ""),
        (date(2021, 12, 30), ""),
        (date(2021, 12, 31), "110/12/31(五) 為放假日，最後上班日 110/12/30(四)"),
    ],
)
def test_deadline_on_a_day_off_names_the_last_working_day(office: Office, due: date | None, note: str) -> None:
    office.case("212-1", office.it.id, due=due, words="儘速")

    [row] = report(office).rows

    assert (row.deadline, row.deadline_text, row.deadline_note) == (due, "儘速", note)


@pytest.mark.parametrize(("number", "age"), [("212-1", 0), ("211-2", 1), ("204-2", 8), ("1101216-1", 0)])
def test_age_counts_the_meetings_since_the_number_was_given(office: Office, number: str, age: int) -> None:
    office.case(number, office.it.id)

    assert report(office).rows[0].age_in_meetings == age


def test_sentence_is_left_out_where_it_is_the_list_that_carried_the_case_over(office: Office) -> None:
    office.case("211-2", office.it.id, title="211-2、211-3 賡續列管")
    office.case("212-1", office.it.id)

    assert [row.sentence for row in report(office).rows] == ["", "請辦理契約延長。"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("任秘書會報", ["主任秘書會報", "副主任秘書會報"]),
        ("副主秘", ["副主任秘書會報"]),
        ("主秘會報", ["主任秘書會報", "副主任秘書會報"]),
        ("主任秘書會報", ["主任秘書會報"]),
        ("台北會", ["臺北市會議"]),
        ("", ["主任秘書會報", "副主任秘書會報", "臺北市會議"]),
        ("里民大會", []),
    ],
)
def test_series_is_found_by_its_name_its_end_or_characters_in_order(name: str, expected: list[str]) -> None:
    known = [Series(id=at, name=each) for at, each in enumerate(("主任秘書會報", "副主任秘書會報", "臺北市會議"))]

    assert [one.name for one in matching(name, known)] == expected


def test_header_is_the_meeting_after_the_last(office: Office) -> None:
    office.case("212-1", office.it.id)

    header = report(office).header

    assert (header.series, header.meeting_ordinal, header.held_on) == ("主任秘書會報", 213, None)


def test_header_of_a_named_meeting_has_its_day(office: Office) -> None:
    office.case("212-1", office.it.id)

    header = report(office, ordinal=212).header

    assert (header.meeting_ordinal, header.held_on) == (212, MEETING_DAY)


def test_series_without_meetings_has_an_empty_report_without_an_ordinal(office: Office) -> None:
    sheet = report(office)

    assert (sheet.header.meeting_ordinal, sheet.rows) == (None, ())


def test_same_data_gives_the_same_sheet(office: Office) -> None:
    office.case("212-1", office.it.id, office.legal.id)

    assert report(office) == report(office)


def test_number_of_queries_does_not_grow_with_the_cases(sqlite_url: str) -> None:
    store = open_store(sqlite_url)
    office = Office(store)

    def queries() -> int:
        counted: list[str] = []

        def work(uow: UnitOfWork) -> None:
            connection = uow.connection.connection.driver_connection  # type: ignore[attr-defined] # SQLite's own
            connection.set_trace_callback(counted.append)
            gather(office.chiefs, uow, MADE_ON)
            connection.set_trace_callback(None)

        store.read(work)
        return sum(statement.startswith("SELECT") for statement in counted)

    office.case("212-1", office.it.id)
    few = queries()
    for n in range(2, 30):
        office.case(f"212-{n}", office.it.id, office.legal.id)

    assert 0 < few == queries()
    store.close()


def test_report_is_shown_in_group_and_private_chat(office: Office) -> None:
    office.case("212-1", office.it.id, title="契約延長")

    in_group = office.says(LEGAL, "報表", CHIEFS)
    alone = office.says(LEGAL, "報表", private(LEGAL))

    assert in_group == alone
    assert in_group is not None
    assert in_group.startswith("【主任秘書會報第213次會議】執行情形彙整表\n")
    assert "【212-1】契約延長" in in_group
    assert "・資訊局（主辦）：未填報" in in_group
    assert "lieguan report --series 主任秘書會報 --meeting next --format odt" in in_group


def test_report_of_somebody_with_two_series_asks_which(office: Office) -> None:
    office.case("212-1", office.it.id)

    asked = office.says(IT, "報表 213", private(IT))
    shown = office.says(IT, "報表 主任秘書會報 第213次", private(IT))

    assert asked == "請問是哪一個會議的報表？請輸入：\n報表 主任秘書會報 第213次\n報表 處務會議 第213次"
    assert shown is not None
    assert shown.startswith("【主任秘書會報第213次會議】")


def test_report_of_a_series_that_the_chat_does_not_see_is_not_shown(office: Office) -> None:
    office.case("10601", office.it.id, series_id=office.office.id)

    answer = office.says(COORDINATOR, "報表 處務會議", private(COORDINATOR))

    assert answer == "查無會議「處務會議」。請輸入：\n報表 主任秘書會報"


def test_stranger_gets_no_report(office: Office) -> None:
    answer = office.says("U-stranger", "報表", private("U-stranger"))

    assert answer is not None
    assert answer.startswith("您還沒有綁定身分")


def test_long_report_comes_in_several_bubbles(office: Office) -> None:
    for n in range(1, 60):
        office.case(f"212-{n}", office.it.id, title="資訊系統維護契約延長與後續擴充採購案" * 2)

    message = office.hears(TextSaid(**office.common(CHIEFS, IT), message_id="MX", text="報表"))

    assert message is not None
    assert 1 <= len(message.more) <= 4
