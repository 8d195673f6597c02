"""Minutes become cases: proposed first, opened on confirmation, once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest

from domain.calendar import WorkCalendar
from domain.case import Case, State
from domain.ports import Store, UnitOfWork
from handlers.reviewing.confirming import Desk, Done, confirm
from handlers.reviewing.drafting import drafts_of_minutes
from handlers.reviewing.import_minutes import ImportRefused, Source
from handlers.reviewing.import_phrases import as_data, as_text
from handlers.reviewing.judging import judge, not_mentioned
from handlers.reviewing.review import Drafts, Origin
from minutes.parse import parse
from scheduler.plan import Planned, plan
from tests.scheduler.office import POLICY, taipei

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
    digest = sha256(text.encode()).hexdigest()
    return Source(minutes=parse(text, calendar=CALENDAR), digest=digest, **given)


def desk() -> Desk:
    return Desk(now=NOW, calendar=CALENDAR)


def proposed(store: Store, read: Source | None = None) -> Drafts:
    return store.read(lambda uow: drafts_of_minutes(read or source(), uow))


def confirmed(store: Store, read: Source | None = None) -> Done:
    return store.write(lambda uow: confirm(read or source(), uow, desk()))


def opened(store: Store, read: Source | None = None) -> list[Case]:
    """The cases that confirming opens, without those carried over from earlier minutes."""
    done = confirmed(store, read)
    carried = {draft.number for draft in done.drafts.cases if draft.origin is Origin.CARRIED}
    return [case for case in done.opened if case.number not in carried]


def words(store: Store, drafts: Drafts) -> str:
    def work(uow: UnitOfWork) -> str:
        return as_text(drafts, judge(drafts, uow), not_mentioned(drafts, uow), [], desk().context(uow).day)

    return store.read(work)


def test_proposal_changes_nothing(store: Store) -> None:
    drafts = proposed(store)

    assert [(draft.number, draft.lead, draft.support, draft.origin) for draft in drafts.cases] == [
        ("31-1", ("資訊局",), ("研考會",), Origin.NEW),
        ("31-2", ("觀傳局",), (), Origin.NEW),
        ("29-4", (), (), Origin.CARRIED),
    ]
    assert store.read(lambda uow: list(uow.series.all())) == []


def test_confirmation_opens_cases_with_lines_deadline_and_source(store: Store) -> None:
    first, second = opened(store)

    assert (first.number, first.deadline.on, first.deadline.text) == ("31-1", date(2021, 12, 31), "12月底前")
    assert [(line.unit, line.duty.value, line.state) for line in first.assignments] == [
        ("資訊局", "lead", State.OPEN),
        ("研考會", "support", State.OPEN),
    ]
    assert (second.deadline.on, second.deadline.text) == (None, "儘速")
    assert "請資訊局會同研考會於12月底前完成系統盤點" in first.sentence


def test_second_import_of_the_same_meeting_changes_nothing(store: Store) -> None:
    first = confirmed(store).opened

    again = confirmed(store)

    assert (again.is_change, again.opened) == (False, ())
    assert words(store, again.drafts).endswith("這次會議先前已經匯入，沒有變更。")
    assert store.read(lambda uow: uow.cases.count_open([first[0].series_id])) == 3


def test_units_are_matched_by_alias_and_unknown_ones_are_learnt(store: Store) -> None:
    store.write(lambda uow: uow.units.add("觀光傳播局", ["觀傳局"]))

    _, second = opened(store)

    assert [line.unit for line in second.assignments] == ["觀光傳播局"]
    assert store.read(lambda uow: [unit.name for unit in uow.units.all()]) == ["觀光傳播局", "資訊局", "研考會"]


def test_first_look_finds_the_first_rung_after_the_import(store: Store) -> None:
    confirmed(store)
    plan(store, POLICY, as_of=taipei("2021-12-17"), now=NOW)

    lines = store.write(lambda uow: list(uow.reminders.due_lines(datetime(2031, 1, 1, tzinfo=UTC), limit=9)))

    assert [(line.number, line.next_look_at) for line in lines] == [
        ("31-1", datetime(2021, 12, 21, 1, 0, tzinfo=UTC)),
        ("31-1", datetime(2021, 12, 21, 1, 0, tzinfo=UTC)),
    ]


def test_old_minutes_imported_late_fire_no_alarm_at_once(store: Store) -> None:
    late = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)

    store.write(lambda uow: confirm(source(), uow, Desk(now=late, calendar=CALENDAR)))

    assert plan(store, POLICY, as_of=late, now=late) == Planned()


def test_decisions_on_earlier_numbers_are_judged(store: Store) -> None:
    confirmed(store)
    following = TEXT.replace("第31次", "第32次").replace("9月23日", "10月21日").replace("30-1、30-2", "30-1、31-2")

    judged = store.read(lambda uow: judge(drafts_of_minutes(source(following), uow), uow))

    assert [(one.decision.number, one.decision.verdict.value, one.standing.value) for one in judged] == [
        ("30-1", "release", "unknown"),
        ("31-2", "release", "applies"),
        ("29-4", "continue", "applies"),
    ]


def test_numbers_follow_the_scheme_that_the_minutes_use(store: Store) -> None:
    text = TEXT.replace("30-1、30-2", "3001、3002").replace("29-4", "2904")

    assert [case.number for case in opened(store, source(text))] == ["3101", "3102"]


def test_series_is_found_under_its_short_name(store: Store) -> None:
    store.write(lambda uow: uow.series.add("業務聯繫會報", "{meeting}-{n}"))

    assert confirmed(store).drafts.series == "業務聯繫會報"


def test_minutes_without_number_or_day_are_refused_until_the_person_says(store: Store) -> None:
    text = "會議結論：\n一、請總幹事修復門禁。\n"

    with pytest.raises(ImportRefused) as refused:
        proposed(store, source(text, series="管委會"))

    assert refused.value.reason == "no_meeting"
    assert [draft.number for draft in proposed(store, source(text, series="管委會", ordinal=5)).cases] == ["5-1"]


def test_minutes_without_a_name_are_refused_until_the_person_says(store: Store) -> None:
    with pytest.raises(ImportRefused) as refused:
        proposed(store, source("會議結論：\n一、請總幹事修復門禁。\n"))

    assert refused.value.reason == "no_series"


def test_minutes_without_conclusions_open_nothing_and_say_so(store: Store) -> None:
    done = confirmed(store, source("範例社區第3次會議紀錄\n時間：110年9月23日\n討論愉快。\n", series="社區會議"))

    assert "沒有找到要列管的結論。" in words(store, done.drafts)
    assert store.read(lambda uow: list(uow.series.all())) == []


def test_import_is_in_the_audit(store: Store) -> None:
    case = opened(store)[0]

    [entry] = store.read(lambda uow: list(uow.audit.of_subject("case", case.id)))

    assert (entry.action, entry.source) == ("open_case", "cli")
    assert entry.after == {
        "number": "31-1",
        "meeting_id": case.meeting_id,
        "lines": {str(line.id): 1 for line in case.assignments},
        "merged_into": "",
    }


def test_day_off_is_said_before_the_case_is_made(store: Store) -> None:
    assert "期限 110/12/31(五) 為放假日，最後上班日 110/12/30(四)" in words(store, proposed(store))


def test_data_for_programs_says_what_was_opened(store: Store) -> None:
    def work(uow: UnitOfWork) -> dict[str, Any]:
        done = confirm(source(), uow, desk())
        return as_data(done.drafts, judge(done.drafts, uow), (), uow, confirmed=done.is_change)

    data = store.write(work)

    assert (data["ordinal"], data["held_on"], data["confirmed"]) == (31, "2021-09-23", True)
    assert [(case["number"], case["deadline"]) for case in data["cases"]] == [("31-1", "2021-12-31"), ("31-2", None)]
    assert [case["number"] for case in data["carried_over"]] == ["29-4"]
