"""A line of 各局處: every unit of the series reports on it, the coordinator alone decides about it."""

from __future__ import annotations

import pytest

from domain.case import Case
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
    assert report is not None
    assert report.text == f"{unit}：已完成檢討"


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
    office.says(IT, "復原")

    assert office.report_of(everybodys) is None


def test_unit_with_a_line_of_its_own_reports_on_that(office: Office) -> None:
    unit = office.store.write(lambda uow: uow.units.add("各機關"))
    case = office.case("212-9", office.it.id, unit.id)

    office.says(IT, "回報 212-9 已完成檢討")

    assert (office.report_of(case, 0) is None, office.report_of(case, 1) is None) == (False, True)
