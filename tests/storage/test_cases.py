from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.case import UNNAMED_UNIT, Assignment, Case, Closing, Deadline, Duty, Report, State
from domain.errors import DuplicateNumber, StaleVersion
from domain.figures import Figures
from domain.ports import Store
from domain.unit import Unit
from tests.storage.office import MINUTE, NOW, TODAY, add_case, add_member, new_case, numbers, office, save

EVERY = (1, 2)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _office(store: Store) -> None:
    office(store)


def report(case: Case, text: str = "已完成換文", **changes: object) -> Report:
    given = {"assignment_id": case.assignments[0].id, "member_id": 1, "text": text, "at": NOW, "message_id": "m1"}
    return Report(**given | changes)


def test_a_case_comes_back_as_it_was_added(store: Store) -> None:
    deadline = Deadline(on=date(2021, 12, 31), text="12月底前", rule="month_end")
    case = add_case(store, deadline=deadline, lines=((1, Duty.LEAD), (2, Duty.SUPPORT), (None, Duty.LEAD)))

    assert case == Case(
        id=1,
        series_id=1,
        number="211-2",
        title="換文",
        sentence="請資訊局完成換文。",
        section="貳-一",
        deadline=deadline,
        created_at=NOW,
        assignments=(
            Assignment(id=1, case_id=1, unit_id=1, unit="資訊局", duty=Duty.LEAD),
            Assignment(id=2, case_id=1, unit_id=2, unit="法務局", duty=Duty.SUPPORT),
            Assignment(id=3, case_id=1, unit_id=None, unit=UNNAMED_UNIT, duty=Duty.LEAD),
        ),
    )
    assert store.read(lambda uow: uow.cases.by_number((1,), "211-2")) == [case]
    assert store.read(lambda uow: uow.cases.by_ids((1,))) == [case]


def test_a_unit_named_twice_has_one_line(store: Store) -> None:
    case = add_case(store, lines=((1, Duty.LEAD), (1, Duty.SUPPORT)))

    assert [(line.unit_id, line.duty) for line in case.assignments] == [(1, Duty.LEAD)]


def test_a_number_taken_in_the_series_is_refused_and_spoils_nothing(store: Store) -> None:
    add_case(store)

    def work(uow: object) -> str:
        with pytest.raises(DuplicateNumber) as refused:
            uow.cases.add(new_case())
        uow.cases.add(new_case(number="211-3"))
        return refused.value.number

    assert store.write(work) == "211-2"
    assert store.read(lambda uow: uow.cases.numbers(1)) == ["211-2", "211-3"]


def test_a_number_is_unique_only_within_its_series(store: Store) -> None:
    add_case(store)
    add_case(store, series_id=2)

    found = store.read(lambda uow: uow.cases.by_number(EVERY, "211-2"))

    assert [case.series_id for case in found] == [1, 2]


@pytest.mark.parametrize("seen", [(), (2,)])
def test_a_case_of_a_series_that_is_not_seen_is_not_found(store: Store, seen: tuple[int, ...]) -> None:
    add_case(store, deadline=Deadline(on=YESTERDAY))

    assert store.read(lambda uow: uow.cases.by_number(seen, "211-2")) == []
    assert store.read(lambda uow: uow.cases.by_numbers(seen, ("211-2",), limit=9)) == []
    assert store.read(lambda uow: uow.cases.open(seen, limit=9)) == []
    assert store.read(lambda uow: uow.cases.of_unit(seen, 1, limit=9)) == []
    assert store.read(lambda uow: uow.cases.overdue(seen, TODAY, limit=9)) == []
    assert store.read(lambda uow: uow.cases.count_open(seen)) == 0
    assert store.read(lambda uow: uow.cases.count_of_unit(seen, 1)) == 0
    assert store.read(lambda uow: uow.cases.count_overdue(seen, TODAY)) == 0


def test_several_numbers_come_in_their_natural_order(store: Store) -> None:
    for number in ("211-10", "99-2", "211-9"):
        add_case(store, number)

    asked = ("211-10", "99-2", "211-9", "999-9")

    found = store.read(lambda uow: uow.cases.by_numbers(EVERY, asked, limit=9))
    first = store.read(lambda uow: uow.cases.by_numbers(EVERY, asked, limit=2))

    assert numbers(found) == ["99-2", "211-9", "211-10"]
    assert numbers(first) == ["99-2", "211-9"]
    assert store.read(lambda uow: uow.cases.numbers(1)) == ["99-2", "211-9", "211-10"]


def test_open_cases_come_by_deadline_then_number_and_undated_last(store: Store) -> None:
    add_case(store, "99-1")
    add_case(store, "211-10", deadline=Deadline(on=TOMORROW))
    add_case(store, "211-9", deadline=Deadline(on=TOMORROW))
    add_case(store, "212-1", series_id=2, deadline=Deadline(on=TODAY))

    assert numbers(store.read(lambda uow: uow.cases.open(EVERY, limit=9))) == ["212-1", "211-9", "211-10", "99-1"]
    assert store.read(lambda uow: uow.cases.count_open(EVERY)) == 4


@pytest.mark.parametrize("seen", [(1,), (1, 2)])
def test_pages_of_open_cases_follow_each_other(store: Store, seen: tuple[int, ...]) -> None:
    for n in range(1, 8):
        add_case(store, f"211-{n}", series_id=seen[n % len(seen)])

    pages = [
        numbers(store.read(lambda uow, skipped=offset: uow.cases.open(seen, limit=3, offset=skipped)))
        for offset in (0, 3, 6, 9)
    ]

    assert pages == [["211-1", "211-2", "211-3"], ["211-4", "211-5", "211-6"], ["211-7"], []]


def test_a_case_is_open_until_its_last_line_is_released(store: Store) -> None:
    case = add_case(store, lines=((1, Duty.LEAD), (2, Duty.LEAD)))

    save(store, Assignment.release, case, 0)
    assert store.read(lambda uow: uow.cases.count_open(EVERY)) == 1
    save(store, Assignment.release, case, 1)
    assert store.read(lambda uow: uow.cases.open(EVERY, limit=9)) == []


def test_a_released_line_that_is_continued_opens_its_case_again(store: Store) -> None:
    case = add_case(store)
    released = save(store, Assignment.release, case)

    store.write(lambda uow: uow.cases.save_line(released.continue_(), next_look_at=None))

    assert numbers(store.read(lambda uow: uow.cases.open(EVERY, limit=9))) == ["211-2"]


def test_a_case_without_lines_is_not_open(store: Store) -> None:
    assert add_case(store, lines=()).assignments == ()
    assert store.read(lambda uow: uow.cases.count_open(EVERY)) == 0


def test_the_cases_of_a_unit_are_those_in_which_its_own_line_is_open(store: Store) -> None:
    mine = add_case(store, "211-3", deadline=Deadline(on=TOMORROW), lines=((2, Duty.LEAD), (1, Duty.SUPPORT)))
    add_case(store, "211-1", lines=((1, Duty.LEAD),))
    add_case(store, "211-2", lines=((2, Duty.LEAD),))
    done = add_case(store, "211-4", lines=((1, Duty.LEAD), (2, Duty.LEAD)))
    save(store, Assignment.release, done, 0)
    add_case(store, "10601", series_id=2, deadline=Deadline(on=TODAY))

    found = store.read(lambda uow: uow.cases.of_unit(EVERY, 1, limit=9))

    assert numbers(found) == ["10601", "211-3", "211-1"]
    assert found[1] == mine
    assert store.read(lambda uow: uow.cases.count_of_unit(EVERY, 1)) == 3
    assert numbers(store.read(lambda uow: uow.cases.of_unit((1,), 1, limit=1, offset=1))) == ["211-1"]


def test_overdue_is_before_today_and_not_yet_asked_to_be_released(store: Store) -> None:
    add_case(store, "211-1", deadline=Deadline(on=YESTERDAY))
    add_case(store, "211-2", deadline=Deadline(on=TODAY))
    add_case(store, "211-3")
    asked = add_case(store, "211-4", deadline=Deadline(on=YESTERDAY))
    save(store, Assignment.request_release, asked)
    half = add_case(store, "211-5", deadline=Deadline(on=YESTERDAY), lines=((1, Duty.LEAD), (2, Duty.LEAD)))
    save(store, Assignment.request_release, half)
    add_case(store, "211-6", deadline=Deadline(on=YESTERDAY - timedelta(days=1)))

    assert numbers(store.read(lambda uow: uow.cases.overdue(EVERY, TODAY, limit=9))) == ["211-6", "211-1", "211-5"]
    assert store.read(lambda uow: uow.cases.count_overdue(EVERY, TODAY)) == 3
    assert numbers(store.read(lambda uow: uow.cases.overdue((1,), TODAY, limit=1, offset=1))) == ["211-1"]


def test_a_saved_line_has_the_next_version(store: Store) -> None:
    case = add_case(store)

    saved = save(store, lambda line: line.release(Closing.MERGED), case)

    assert (saved.state, saved.closing, saved.version, saved.unit) == (State.RELEASED, Closing.MERGED, 2, "資訊局")
    assert store.read(lambda uow: uow.cases.by_ids((case.id,)))[0].assignments == (saved,)


def test_a_line_that_somebody_else_saved_is_refused(store: Store) -> None:
    case = add_case(store)
    save(store, Assignment.request_release, case)

    with pytest.raises(StaleVersion) as refused:
        save(store, Assignment.release, case)

    assert (refused.value.kind, refused.value.id) == ("assignment", case.assignments[0].id)
    assert store.read(lambda uow: uow.cases.by_ids((case.id,)))[0].assignments[0].state is State.RELEASE_REQUESTED


def test_the_last_report_of_each_line_is_the_latest_in_time(store: Store) -> None:
    add_member(store)
    first, second, silent = (add_case(store, number) for number in ("211-1", "211-2", "211-3"))
    late = report(first, "晚到", at=NOW + MINUTE)
    for made in (late, report(first, "早到"), report(second, "研議中", message_id=None)):
        store.write(lambda uow, one=made: uow.cases.add_report(one))
    asked = [case.assignments[0].id for case in (first, second, silent)]

    found = store.read(lambda uow: uow.cases.last_reports(asked))

    assert found == {asked[0]: late, asked[1]: report(second, "研議中", message_id=None)}
    assert store.read(lambda uow: uow.cases.last_reports(())) == {}


def test_of_reports_at_one_instant_the_last_written_counts(store: Store) -> None:
    add_member(store)
    case = add_case(store)
    for text in ("一", "二"):
        store.write(lambda uow, said=text: uow.cases.add_report(report(case, said)))

    line = case.assignments[0].id
    assert store.read(lambda uow: uow.cases.last_reports((line,)))[line].text == "二"


def test_the_last_report_of_each_unit_on_a_line_is_the_latest_in_time(store: Store) -> None:
    add_member(store)
    case = add_case(store)
    line = case.assignments[0].id
    first, second = (store.write(lambda uow, name=name: uow.units.add(name)) for name in ("資訊局", "法務局"))

    def told(text: str, unit: Unit | None, at: datetime = NOW) -> Report:
        name, unit_id = (unit.name, unit.id) if unit else ("", None)
        return replace(report(case, text, at=at), unit=name, unit_id=unit_id)

    everyone, early, late = told("全體", None), told("早", second), told("晚", second, NOW + MINUTE)
    other = told("他局", first)
    for made in (late, early, other, everyone):
        store.write(lambda uow, one=made: uow.cases.add_report(one))

    assert store.read(lambda uow: uow.cases.last_reports_of_units([line])) == {line: [everyone, other, late]}
    assert store.read(lambda uow: uow.cases.last_reports_of_units(())) == {}


def test_figures_are_kept_with_a_report_and_purged_with_its_text(store: Store) -> None:
    add_member(store)
    case = add_case(store)
    told = report(case, figures=Figures("75 萬份", "113.5 萬份"))
    store.write(lambda uow: uow.cases.add_report(told))
    line = case.assignments[0].id
    assert store.read(lambda uow: uow.cases.last_reports((line,))) == {line: told}

    store.write(lambda uow: uow.cases.purge_reports("m1"))

    assert store.read(lambda uow: uow.cases.last_reports((line,)))[line].figures == Figures()


def test_a_withdrawn_report_is_passed_over(store: Store) -> None:
    add_member(store)
    case = add_case(store)
    line = case.assignments[0].id
    store.write(lambda uow: uow.cases.add_report(report(case, "一")))
    second = store.write(lambda uow: uow.cases.add_report(report(case, "二", at=NOW + MINUTE)))

    assert store.write(lambda uow: uow.cases.withdraw_report(second, NOW)) is True
    assert store.write(lambda uow: uow.cases.withdraw_report(second, NOW)) is False
    assert store.read(lambda uow: uow.cases.last_reports((line,)))[line].text == "一"


def test_an_unsent_message_leaves_a_report_without_text(store: Store) -> None:
    add_member(store)
    first, second = add_case(store, "211-1"), add_case(store, "211-2")
    for case, sender in ((first, "m1"), (second, "m1"), (second, "m2")):
        store.write(lambda uow, c=case, m=sender: uow.cases.add_report(report(c, message_id=m)))

    assert store.write(lambda uow: uow.cases.purge_reports("m1")) == 2
    assert store.write(lambda uow: uow.cases.purge_reports("m9")) == 0
    lines = (first.assignments[0].id, second.assignments[0].id)
    texts = [found.text for found in store.read(lambda uow: uow.cases.last_reports(lines)).values()]
    assert sorted(texts) == ["", "已完成換文"]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("𠮷野家😀{}\r\n\t'\"--", "𠮷野家😀{}\r\n\t'\"--"),
        ("前\0後", "前\ufffd後"),
        ("前\ud800後", "前\ufffd後"),
        ("字" * 5001, "字" * 5001),
    ],
)
def test_any_text_can_be_stored(store: Store, said: str, kept: str) -> None:
    add_case(store, sentence=said)

    assert store.read(lambda uow: uow.cases.by_number((1,), "211-2"))[0].sentence == kept
    assert store.read(lambda uow: uow.cases.by_number((1,), said)) == []
