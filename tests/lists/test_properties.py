"""Any sheet is read without an error, and no row of it is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.formats import Sheet
from minutes.lists.model import Field
from minutes.lists.read import read_list
from tests.lists.summary import terms

WORDS = [
    "編號", "案由", "主辦單位", "協辦", "期限", "辦理情形", "狀態", "項次", "備註", "會議日期", "單位", "結論", "8月",
    "單位／", "211-2", "10601", "1", "2", "2021-10-02", "44469", "110/2/30", "儘速",
    "110.9.15：已完成", "9/30", "資訊局", "資訊局、法務局", "主辦：人事處", "〃", "同上", "-", "合計", "合計3件",
    "註：", "一、教務處", "已結案", "持續列管", "建議解除列管", "□解除列管□繼續列管", "V",
    "請資訊局儘速完成系統更新", "=1+1",
]  # fmt: skip
CELLS = st.one_of(st.just(""), st.text(max_size=12), st.sampled_from(WORDS), st.sampled_from(WORDS))
FIELDS = st.dictionaries(st.integers(1, 8), st.sampled_from(list(Field)), max_size=3)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    width = draw(st.integers(1, 8))
    rows = draw(st.lists(st.tuples(*[CELLS] * width), max_size=14))
    return Sheet(draw(st.sampled_from(["", "列管", "已結案"])), tuple(rows))


@settings(max_examples=150, deadline=None)
@given(sheets(), FIELDS)
def test_any_sheet_is_read_and_every_filled_row_accounted_for(sheet: Sheet, columns: dict[int, Field]) -> None:
    reading = read_list([sheet], terms(columns))

    filled = {at for at, row in enumerate(sheet.rows, 1) if any(text.strip() for text in row)}
    assert set(reading.rows) == filled


@settings(max_examples=80, deadline=None)
@given(sheets())
def test_no_row_is_both_a_case_and_left_out_in_one_table(sheet: Sheet) -> None:
    reading = read_list([sheet], terms())

    if len(reading.tables) == 1:
        rows = list(reading.rows)
        assert len(rows) == len(set(rows))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_in_a_units_or_a_deadline_cell_is_read(text: str) -> None:
    rows = (("編號", "案由", "主辦單位", "期限", "辦理情形", "狀態"), ("1-1", "更新系統設定", text, text, text, text))

    reading = read_list([Sheet("", rows)], terms())

    assert set(reading.rows) == {1, 2}
