"""Minutes become cases: proposed first, opened on confirmation, once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.calendar import WorkCalendar
from domain.case import State
from domain.ports import Store
from handlers.import_minutes import Desk, ImportRefused, Proposal, Source, confirm, propose
from handlers.import_phrases import as_data, as_text
from minutes.parse import parse

NOW = datetime(2021, 9, 24, 1, 0, tzinfo=UTC)
CALENDAR = WorkCalendar()
TEXT = """範例市政府第31次業務聯繫會報紀錄

時間：民國110年9月23日10時0分

壹、報告事項

一、上次會議結論事項執行情形。

會議結論：

(一) 列管編號 30-1、30-2 等 2 案解除列管；列管編號 29-4 賡續列管。
(二) 請資訊局會同研考會於12月底前完成系統盤點。
(三) 請觀傳局儘速提送活動計畫。

散會
"""


def source(text: str = TEXT, **given: Any) -> Source:
    return Source(minutes=parse(text, calendar=CALENDAR), digest="d", **given)


def desk() -> Desk:
    return Desk(now=NOW, calendar=CALENDAR)


def confirmed(store: Store, read: Source | None = None) -> Proposal:
    read = read or source()
    return store.write(lambda uow: confirm(read, uow, desk()))


def series_id(store: Store, name: str) -> int:
    found = store.read(lambda uow: uow.series.by_name(name))
    assert found is not None
    return found.id


def test_proposal_changes_nothing(store: Store) -> None:
    proposal = store.read(lambda uow: propose(source(), uow))

    assert [(case.number, [line.unit for line in case.lines]) for case in proposal.cases] == [
        ("31-1", ["資訊局", "研考會"]),
        ("31-2", ["觀傳局"]),
    ]
    assert store.read(lambda uow: list(uow.series.all())) == []


def test_confirmation_opens_cases_with_lines_deadline_and_source(store: Store) -> None:
    first, second = confirmed(store).opened

    assert (first.number, first.deadline.on, first.deadline.text) == ("31-1", date(2021, 12, 31), "12月底前")
    assert [(line.unit, line.duty.value, line.state) for line in first.assignments] == [
        ("資訊局", "lead", State.OPEN),
        ("研考會", "support", State.OPEN),
    ]
    assert (second.deadline.on, second.deadline.text) == (None, "儘速")
    assert "請資訊局會同研考會於12月底前完成系統盤點" in first.sentence


def test_second_import_of_the_same_meeting_changes_nothing(store: Store) -> None:
    opened = confirmed(store).opened

    again = confirmed(store)

    assert (again.opened, again.cases) == ((), ())
    assert as_text(again, CALENDAR).endswith("這次會議先前已經匯入，沒有變更。")
    assert store.read(lambda uow: uow.cases.count_open([opened[0].series_id])) == 2


def test_units_are_matched_by_alias_and_unknown_ones_are_listed(store: Store) -> None:
    store.write(lambda uow: uow.units.add("觀光傳播局", ["觀傳局"]))

    proposal = confirmed(store)

    assert proposal.new_units == ("資訊局", "研考會")
    assert proposal.opened[1].assignments[0].unit == "觀光傳播局"


def test_first_look_is_the_first_rung_after_the_meeting(store: Store) -> None:
    confirmed(store)

    lines = store.write(lambda uow: list(uow.reminders.due_lines(datetime(2031, 1, 1, tzinfo=UTC), limit=9)))

    assert [(line.number, line.next_look_at) for line in lines] == [
        ("31-1", datetime(2021, 12, 21, 1, 0, tzinfo=UTC)),
        ("31-1", datetime(2021, 12, 21, 1, 0, tzinfo=UTC)),
    ]


def test_decisions_on_earlier_numbers_are_listed_as_known_or_not(store: Store) -> None:
    confirmed(store)
    following = TEXT.replace("第31次", "第32次").replace("9月23日", "10月21日").replace("30-1、30-2", "30-1、31-2")

    proposal = store.read(lambda uow: propose(source(following), uow))

    assert [(older.decision.number, older.decision.decision, older.is_known) for older in proposal.decisions] == [
        ("30-1", "release", False),
        ("31-2", "release", True),
        ("29-4", "continue", False),
    ]


def test_numbers_follow_the_scheme_that_the_minutes_use(store: Store) -> None:
    text = TEXT.replace("30-1、30-2", "3001、3002").replace("29-4", "2904")

    assert [case.number for case in confirmed(store, source(text)).opened] == ["3101", "3102"]


def test_series_is_found_under_its_short_name(store: Store) -> None:
    store.write(lambda uow: uow.series.add("業務聯繫會報", "{meeting}-{n}"))

    assert confirmed(store).series == "業務聯繫會報"


def test_minutes_without_number_or_day_are_refused_until_the_person_says(store: Store) -> None:
    text = "會議結論：\n一、請總幹事修復門禁。\n"

    with pytest.raises(ImportRefused) as refused:
        store.read(lambda uow: propose(source(text, series="管委會"), uow))
    proposal = store.read(lambda uow: propose(source(text, series="管委會", ordinal=5), uow))

    assert refused.value.reason == "no_meeting"
    assert [case.number for case in proposal.cases] == ["5-1"]


def test_minutes_without_a_name_are_refused_until_the_person_says(store: Store) -> None:
    with pytest.raises(ImportRefused) as refused:
        store.read(lambda uow: propose(source("會議結論：\n一、請總幹事修復門禁。\n"), uow))

    assert refused.value.reason == "no_series"


def test_minutes_without_conclusions_open_nothing_and_say_so(store: Store) -> None:
    done = confirmed(store, source("範例社區第3次會議紀錄\n時間：110年9月23日\n討論愉快。\n", series="社區會議"))

    assert "沒有找到要列管的結論。" in as_text(done, CALENDAR)
    assert store.read(lambda uow: list(uow.series.all())) == []


def test_import_is_in_the_audit(store: Store) -> None:
    opened = confirmed(store).opened

    entries = store.read(lambda uow: list(uow.audit.of_subject("case", opened[0].id)))

    assert [(entry.action, entry.source, entry.after) for entry in entries] == [
        ("open_case", "cli", {"number": "31-1", "meeting_id": opened[0].meeting_id})
    ]


def test_day_off_is_said_when_the_case_is_made(store: Store) -> None:
    text = as_text(confirmed(store), CALENDAR)

    assert "期限 110/12/31(五) 為放假日，最後上班日 110/12/30(四)" in text


def test_data_for_programs_says_what_was_opened(store: Store) -> None:
    data = as_data(confirmed(store))

    assert (data["ordinal"], data["held_on"], data["confirmed"]) == (31, "2021-09-23", True)
    assert [(case["number"], case["deadline"]) for case in data["cases"]] == [("31-1", "2021-12-31"), ("31-2", None)]
