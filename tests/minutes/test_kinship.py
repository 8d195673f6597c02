from __future__ import annotations

from datetime import date

import pytest

from domain.calendar import WorkCalendar
from minutes.parse import parse


@pytest.mark.parametrize(
    ("conclusion", "parents"),
    [
        ("請觀傳局、產業局督導商業處及市場處，加強宣導。", [("商業處", "產業局"), ("市場處", "產業局")]),
        ("請工務局督導新工處於月底前改善。", [("新工處", "工務局")]),
        ("請工務局督導廠商於月底前改善。", []),
        ("請工務局督導自來水公司於月底前改善。", []),
        ("請工務局會同新工處改善。", []),
    ],
)
def test_parent_is_proposed_where_a_unit_oversees_another(conclusion: str, parents: list[tuple[str, str]]) -> None:
    found = parse(f"某府會議紀錄\n決議：\n{conclusion}", calendar=WorkCalendar(), held_on=date(2024, 5, 7))

    assert [(parent.part, parent.whole) for parent in found.parents] == parents
