"""Single rules of reading lists."""

from __future__ import annotations

from datetime import date

import pytest

from minutes.formats import Sheet
from minutes.lists.model import DoubtKind, Field, Ground, Left, Unclear, cell_name
from minutes.lists.read import NoSuchSheet, read_list
from minutes.lists.status import Standing, standing_of
from minutes.lists.units import UnitReader
from minutes.lists.words import field_named, name_of
from tests.lists.summary import read_rows, terms

HEADING = ("編號", "案由", "主辦單位", "期限", "辦理情形", "狀態")


def list_of(*rows: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return (HEADING, *rows)


@pytest.mark.parametrize(
    ("cell", "lead", "support"),
    [
        ("資訊局、法務局", ("資訊局", "法務局"), ()),
        ("資訊局，法務局", ("資訊局", "法務局"), ()),
        ("資訊局,法務局;人事處", ("資訊局", "法務局", "人事處"), ()),
        ("資訊局/法務局", ("資訊局", "法務局"), ()),
        ("資訊局\n法務局", ("資訊局", "法務局"), ()),
        ("資訊局及法務局", ("資訊局", "法務局"), ()),
        ("資訊局和法務局", ("資訊局", "法務局"), ()),
        ("資訊局與法務局", ("資訊局", "法務局"), ()),
        ("資訊局 法務局", ("資訊局", "法務局"), ()),
        ("資　訊　局", ("資訊局",), ()),
        ("教育及文化處", ("教育及文化處",), ()),
        ("主辦：資訊局；協辦：法務局", ("資訊局",), ("法務局",)),
        ("主辦：資訊局、人事處\n協辦：法務局", ("資訊局", "人事處"), ("法務局",)),
        ("資訊局(主辦)、法務局(協辦)", ("資訊局",), ("法務局",)),
        ("1.資訊局\n2.法務局", ("資訊局", "法務局"), ()),
        ("資訊局等", ("資訊局",), ()),
        ("資訊局、資訊局", ("資訊局",), ()),
        ("王○○", ("王○○",), ()),
        ("", (), ()),
    ],
)
def test_units_of_a_cell(cell: str, lead: tuple[str, ...], support: tuple[str, ...]) -> None:
    named = UnitReader().read(cell)

    assert (named.lead, named.support) == (lead, support)


def test_a_unit_that_the_bot_knows_is_not_parted() -> None:
    assert UnitReader(["研究及發展科"]).read("研究及發展科及人事處").lead == ("研究及發展科", "人事處")


@pytest.mark.parametrize(
    ("cell", "heading", "standing"),
    [
        ("已結案", "狀態", Standing.RELEASED),
        ("解除列管", "列管情形", Standing.RELEASED),
        ("解除列管", "管考建議", Standing.ASKS),
        ("建議解除列管", "列管情形", Standing.ASKS),
        ("待解列", "狀態", Standing.ASKS),
        ("已完成", "狀態", Standing.ASKS),
        ("未解除列管", "列管情形", Standing.OPEN),
        ("俟完成後再解除列管", "列管情形", Standing.OPEN),
        ("持續列管", "列管情形", Standing.OPEN),
        ("建議繼續列管", "管考建議", Standing.OPEN),
        ("□解除列管 □繼續列管", "列管情形", Standing.OPEN),
        ("■解除列管 □繼續列管", "列管情形", Standing.RELEASED),
        ("是", "是否結案", Standing.RELEASED),
        ("否", "是否結案", Standing.OPEN),
        ("V", "解除列管", Standing.RELEASED),
        ("V", "繼續列管", Standing.OPEN),
        ("併案", "狀態", Standing.CLOSED),
        ("停止辦理", "狀態", Standing.CLOSED),
        ("", "狀態", Standing.OPEN),
        ("紅燈", "狀態", Standing.UNKNOWN),
    ],
)
def test_standing_of_a_status_cell(cell: str, heading: str, standing: Standing) -> None:
    assert standing_of(cell, heading) is standing


@pytest.mark.parametrize("field", list(Field))
def test_every_field_is_found_by_its_own_name(field: Field) -> None:
    assert field_named(name_of(field)) is field


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("列管序號", Field.NUMBER),
        ("交辦內容", Field.SUBJECT),
        ("承辦機關", Field.LEAD),
        ("協同單位", Field.SUPPORT),
        ("應完成日", Field.DUE),
        ("目前辦理概況", Field.PROGRESS),
    ],
)
def test_headings_that_offices_make_up_are_found_by_their_shape(heading: str, field: Field) -> None:
    assert field_named(heading) is field


def test_a_column_that_a_person_named_is_read_anew() -> None:
    rows = (("編號", "案由", "主辦單位", "日期"), ("1-1", "更新系統設定", "資訊局", "110/9/30"))

    before, after = read_rows(*rows), read_rows(*rows, columns={4: Field.DUE})

    assert before.items[0].due.on is None
    assert after.items[0].due.on == date(2021, 9, 30)
    assert (after.tables[0].columns[3].ground, after.tables[0].columns[3].confidence) == (Ground.SAID, 1.0)


def test_a_column_that_a_person_put_aside_is_not_used() -> None:
    rows = list_of(("1-1", "更新系統設定", "資訊局", "110/9/30", "", ""))

    assert read_rows(*rows, columns={4: Field.NONE}).items[0].due.text == ""


def test_a_person_takes_a_field_from_the_column_that_was_guessed() -> None:
    rows = (("編號", "案由", "期限", "改期"), ("1-1", "更新系統設定", "110/9/30", "110/10/30"))

    (item,) = read_rows(*rows, columns={4: Field.DUE}).items

    assert item.due.on == date(2021, 10, 30)


def test_a_number_without_a_subject_is_listed_with_its_row() -> None:
    reading = read_rows(*list_of(("1-1", "", "資訊局", "", "", "")))

    assert [(unread.row, unread.why) for unread in reading.unread] == [(2, Unclear.NO_SUBJECT)]


def test_a_released_row_is_left_out_not_dropped() -> None:
    reading = read_rows(*list_of(("1-1", "更新系統設定", "資訊局", "", "", "已結案")))

    assert [(left.row, left.why) for left in reading.left_out] == [(1, Left.HEADING), (2, Left.RELEASED)]


def test_an_impossible_date_is_a_doubt_that_names_its_cell() -> None:
    (item,) = read_rows(*list_of(("1-1", "更新系統設定", "資訊局", "110/13/1", "", ""))).items

    assert (item.due.on, [(d.kind, d.cell) for d in item.doubts]) == (None, [(DoubtKind.IMPOSSIBLE_DATE, "D2")])


def test_a_number_that_a_sheet_turned_into_a_day_is_doubted() -> None:
    (item,) = read_rows(*list_of(("2021-10-02", "更新系統設定", "資訊局", "", "", ""))).items

    assert [(d.kind, d.cell) for d in item.doubts] == [(DoubtKind.ODD_NUMBER, "A2")]


def test_a_sentence_without_a_column_of_deadlines_gives_its_own() -> None:
    (item,) = read_rows(("編號", "會議結論", "主辦單位"), ("1-1", "請資訊局於110年10月底前完成更新。", "資訊局")).items

    assert (item.due.on, [d.kind for d in item.doubts]) == (date(2021, 10, 31), [DoubtKind.DUE_FROM_SENTENCE])


def test_a_sentence_without_a_column_of_units_gives_its_addressee() -> None:
    (item,) = read_rows(("編號", "會議結論"), ("1-1", "請資訊局檢討備援機制。")).items

    assert (item.lead, [d.kind for d in item.doubts]) == (("資訊局",), [DoubtKind.UNIT_FROM_SENTENCE])


def test_the_sheet_of_open_cases_is_chosen_and_the_others_named() -> None:
    done = Sheet("已結案", list_of(*[(f"1-{n}", "更新系統設定", "資訊局", "", "", "") for n in range(9)]))
    opened = Sheet("列管中", list_of(("2-1", "更新網站內容", "資訊局", "", "", "")))

    reading = read_list([Sheet("說明", (("填表說明",),)), done, opened], terms())

    assert (reading.sheet, reading.other_sheets) == ("列管中", ("說明", "已結案"))


def test_a_sheet_that_is_not_there_is_refused_with_the_names_of_those_that_are() -> None:
    with pytest.raises(NoSuchSheet) as refusal:
        read_list([Sheet("列管", list_of())], terms(sheet="清單"))

    assert refusal.value.names == ("列管",)


def test_ten_thousand_rows_are_all_read() -> None:
    rows = [
        (f"{n // 50 + 1}-{n % 50 + 1}", f"案件內容{n}", "資訊局、法務局", "110/9/30", "", "") for n in range(10_000)
    ]

    assert len(read_rows(*list_of(*rows)).items) == 10_000


@pytest.mark.parametrize(("index", "name"), [(1, "A9"), (26, "Z9"), (27, "AA9"), (703, "AAA9")])
def test_cells_are_named_as_a_spreadsheet_does(index: int, name: str) -> None:
    assert cell_name(index, 9) == name


def test_a_person_says_whether_a_day_is_a_contracts_end() -> None:
    rows = (("案由", "主辦單位", "日期"), ("影印機租賃", "秘書處", "110/12/31"))

    (case,) = read_rows(*rows, columns={3: Field.DUE}).items
    (contract,) = read_rows(*rows, columns={3: Field.END}).items

    assert (case.is_contract, contract.is_contract) == (False, True)
    assert case.due.on == contract.due.on == date(2021, 12, 31)


def test_a_person_says_that_a_list_of_contracts_is_one_of_cases() -> None:
    rows = (("契約名稱", "主辦單位", "到期日"), ("影印機租賃", "秘書處", "110/12/31"))

    (item,) = read_rows(*rows, columns={3: Field.DUE}).items

    assert not item.is_contract
    assert item.due.on == date(2021, 12, 31)


@pytest.mark.parametrize(
    "heading",
    [
        "契約名稱", "合約名稱", "標案名稱", "採購案名稱",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "due", ["契約期限", "到期日", "契約迄日", "履約期限", "合約到期日", "契約屆滿日期", "履約起迄日期"]
)
def test_headings_of_contracts_make_contracts(heading: str, due: str) -> None:
    (item,) = read_rows((heading, "承辦單位", due, "階段"), ("影印機租賃", "秘書處", "110/12/31", "議約")).items

    assert (item.is_contract, item.due.on, item.stage) == (True, date(2021, 12, 31), "議約")
