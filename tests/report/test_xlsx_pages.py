"""Where the printed pages of the .xlsx report end."""

from __future__ import annotations

from itertools import pairwise

from minutes.report.sheet import ReportSheet
from minutes.report.xlsx_pages import POINTS_PER_PAGE, SheetCase, SheetRow, page_breaks
from tests.report.files import FIRST_SHEET_ROW, WRITERS, xlsx_page
from tests.report.sheets import case, line, sheet

ROOM = POINTS_PER_PAGE - 20


def cases(*heights: list[list[float]]) -> list[SheetCase]:
    """A case for each list of blocks of row heights, one below the other from row 4 on."""
    at = iter(range(4, 10_000))
    return [[[SheetRow(next(at), points) for points in block] for block in one] for one in heights]


def breaks(*heights: list[list[float]], first: float = 0) -> list[int]:
    return page_breaks(cases(*heights), first=first, repeated=20)


def test_cases_that_fill_a_page_need_no_break() -> None:
    assert breaks([[ROOM / 2]], [[ROOM / 2]]) == []


def test_case_that_does_not_fit_begins_a_page() -> None:
    assert breaks([[ROOM - 10]], [[5, 6]], [[ROOM - 11]]) == [5]


def test_first_page_has_less_room() -> None:
    assert breaks([[ROOM / 2]], [[ROOM / 2]], first=1) == [5]


def test_case_of_several_blocks_goes_whole_onto_the_next_page() -> None:
    assert breaks([[ROOM / 2]], [[ROOM / 4], [ROOM / 4], [ROOM / 4]]) == [5]


def test_case_taller_than_a_page_is_parted_between_its_blocks() -> None:
    assert breaks([[10]], [[200, 200], [200, 200]]) == [7]


def test_block_taller_than_a_page_is_parted_between_its_rows() -> None:
    assert breaks([[130] * 8]) == [7, 10]


def printed(report: ReportSheet) -> tuple[list[int], list[int], list[float]]:
    """The rows that begin a page, those that begin a case, and the height of each page."""
    page = xlsx_page(WRITERS["xlsx"](report))
    begin = [each.id + 1 for each in page.row_breaks.brk]
    named = [row for row in range(FIRST_SHEET_ROW, page.max_row + 1) if page.cell(row, 1).value]
    pages = pairwise([1, *begin, page.max_row + 1])
    return begin, named, [sum(page.row_dimensions[row].height for row in range(*each)) for each in pages]


def test_no_case_of_several_units_is_cut() -> None:
    units = [line("資訊局", "研議中。" * 20), line("法務局"), line("觀光傳播局", "研議中。" * 9)]

    begin, named, heights = printed(sheet(*(case(f"211-{n}", *units) for n in range(1, 30))))

    assert set(begin) <= set(named)
    assert max(heights) <= POINTS_PER_PAGE
    assert len(begin) > 3


def test_report_of_one_page_has_no_break() -> None:
    assert printed(sheet(case("211-1")))[0] == []
