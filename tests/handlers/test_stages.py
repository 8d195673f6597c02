"""What sleeps, what wakes it, who is told: through the intake, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.calendar import WorkCalendar
from domain.case import Case, Deadline
from domain.member import Role
from domain.notice import Audience, Notice, NoticeKind
from domain.ports import Store
from handlers.reminding.notices import in_words
from handlers.reminding.reminders import Entry, View
from tests.handlers.office import CHIEFS, COORDINATOR, IT, LEGAL, TAIPEI, Office, private

MINUTE = timedelta(minutes=1)


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


def stages(office: Office, *, due: date | None = None) -> tuple[Case, Case]:
    """資訊局's stage, and 法務局's that sleeps until it is done."""
    first = office.case("212-1", office.it.id, title="完成招標")
    second = office.case("212-2", office.legal.id, title="辦理決標", due=due)
    says(office, COORDINATOR, "等待 212-2 212-1")
    return first, second


def says(office: Office, who: str, text: str) -> str:
    """Say something a minute later."""
    office.now += MINUTE
    return office.says(who, text) or ""


def notices(office: Office, audience: Audience = Audience.RESPONSIBLE) -> list[Notice]:
    at = office.now + MINUTE
    found = office.store.write(lambda uow: uow.notices.waiting_in([office.chiefs.id], [audience], at, limit=9))
    return [one for one in found if one.kind is NoticeKind.WAIT]


def words(office: Office, found: list[Notice]) -> list[Entry]:
    view = View(office.now.astimezone(TAIPEI).date(), WorkCalendar(), TAIPEI)
    return office.store.read(lambda uow: in_words(found, uow, view))


def told(office: Office, audience: Audience = Audience.RESPONSIBLE) -> list[str]:
    return [f"{one.unit} {one.number} {one.due}".strip() for one in words(office, notices(office, audience))]


def test_contacts_of_what_wakes_are_told_once(office: Office) -> None:
    stages(office)

    says(office, IT, "完成 212-1")
    says(office, IT, "撤回完成 212-1")
    asleep = told(office)
    says(office, IT, "完成 212-1")

    assert asleep == []
    assert told(office) == ["法務局 212-2 等的 212-1 已完成，現在開始辦理；未定期限，下次會議前回報"]


def test_a_report_and_what_it_wakes_are_one_transaction(office: Office) -> None:
    _, second = stages(office)

    says(office, IT, "完成 212-1")
    woken = office.read(second).wait
    office.again()

    assert woken is not None
    assert woken.woken_at == office.now
    assert office.read(second).wait == woken


@pytest.mark.parametrize("said", ["解除 212-1", "全部解除 212-1"])
def test_a_release_by_the_chair_wakes_as_well(office: Office, said: str) -> None:
    _, second = stages(office)

    says(office, COORDINATOR, said)

    assert not office.read(second).is_asleep


def test_all_lead_lines_have_to_be_done_and_no_other(office: Office) -> None:
    office.case("212-1", office.it.id, office.legal.id, support=(office.press.id,))
    second = office.case("212-2", office.it.id)
    says(office, COORDINATOR, "等待 212-2 212-1")

    says(office, IT, "完成 212-1")
    one_done = office.read(second).is_asleep
    says(office, LEGAL, "完成 212-1")

    assert (one_done, office.read(second).is_asleep) == (True, False)


def test_a_unit_that_is_taken_off_does_not_hold_up_what_waits(office: Office) -> None:
    office.case("212-1", office.it.id, office.legal.id)
    second = office.case("212-2", office.it.id)
    says(office, COORDINATOR, "等待 212-2 212-1")
    says(office, IT, "完成 212-1")

    says(office, COORDINATOR, "修改 212-1 刪單位 法務局")

    assert not office.read(second).is_asleep


def test_the_chair_who_continues_puts_it_to_sleep_again(office: Office) -> None:
    _, second = stages(office)
    says(office, IT, "完成 212-1")

    answer = says(office, COORDINATOR, "賡續 212-1")

    assert office.read(second).is_asleep
    assert "恢復等待：等 212-1 完成" in answer


def test_what_somebody_began_goes_on_and_the_coordinator_is_told(office: Office) -> None:
    _, second = stages(office)
    says(office, IT, "完成 212-1")
    says(office, LEGAL, "回報 212-2 已上網公告")

    says(office, IT, "撤回完成 212-1")

    assert office.read(second).wait is None
    kept = "212-2 原本等 212-1 完成，212-1 已不算完成，但本案已有回報，照常列管。"
    assert told(office, Audience.COORDINATOR) == [kept]


def test_a_coordinator_who_is_answered_gets_no_notice_besides(office: Office) -> None:
    _, second = stages(office)

    answer = says(office, COORDINATOR, "停止 212-1 因計畫取消")

    assert office.read(second).is_asleep
    assert "改等別案：等待 212-2 案號" in answer
    assert notices(office, Audience.COORDINATOR) == []


def test_the_list_names_every_case_that_waits_in_vain(office: Office) -> None:
    stages(office)
    office.case("212-3", office.legal.id)
    says(office, COORDINATOR, "等待 212-3 212-1")
    says(office, COORDINATOR, "作廢 212-1 因重複")

    listed = says(office, COORDINATOR, "等待中").splitlines()

    assert listed[1] == "⚠等的案件已不再列管，請決定喚醒或改等：212-2（212-1）；212-3（212-1）"


def test_the_list_holds_what_waits_for_an_event(office: Office) -> None:
    office.case("212-2", office.legal.id)
    says(office, COORDINATOR, "等待 212-2 環評通過")

    assert says(office, COORDINATOR, "等待中") == "等待中 1 件\n212-2 契約延長\n　法務局｜等：環評通過"


def test_a_recurring_duty_does_not_sleep(office: Office) -> None:
    office.case("212-2", office.legal.id)
    says(office, COORDINATOR, "修改 212-2 期限 每月5日前")

    answer = says(office, COORDINATOR, "等待 212-2 環評通過")

    assert answer == "212-2 契約延長\n沒有變更：定期填報的案件不能設為等待。"


def test_a_merged_first_stage_names_the_case_that_goes_on(office: Office) -> None:
    office.case("212-3", office.it.id)
    stages(office)

    answer = says(office, COORDINATOR, "合併 212-1 併入 212-3")

    assert answer.splitlines()[-3:] == [
        "　等的 212-1 已併案（併入 212-3），請決定：",
        "　開始辦理：喚醒 212-2",
        "　改等別案：等待 212-2 212-3",
    ]


def test_a_period_counts_from_waking_and_gives_way_to_sleep(office: Office) -> None:
    office.case("212-1", office.it.id)
    second = office.case("212-2", office.legal.id, due=date(2021, 12, 30), words="12月底前")
    says(office, COORDINATOR, "等待 212-2 212-1")
    says(office, COORDINATOR, "212-2 俟核定後30日內完成")
    was = office.read(second).deadline

    says(office, LEGAL, "212-2 已核定")
    woken = office.read(second).deadline
    says(office, LEGAL, "復原")

    assert was == Deadline(on=date(2021, 12, 30), text="12月底前")
    assert woken == Deadline(on=date(2021, 10, 27), text="核定後30日內", rule="period_days")
    assert office.read(second).deadline == was
    assert office.read(second).is_asleep


def test_a_deadline_that_waking_set_goes_when_the_waking_is_taken_back(office: Office) -> None:
    office.case("212-1", office.it.id)
    second = office.case("212-2", office.legal.id, words="儘速")
    says(office, COORDINATOR, "212-2 俟 212-1 後 10日內完成")
    before = office.read(second)

    says(office, IT, "完成 212-1")
    woken = office.read(second).deadline
    says(office, IT, "復原")

    assert before.is_asleep
    assert woken.on == date(2021, 10, 7)
    assert office.read(second).deadline == before.deadline


def test_taking_back_what_woke_leaves_a_reported_case_alone(office: Office) -> None:
    second = office.case("212-2", office.legal.id)
    says(office, COORDINATOR, "等待 212-2 環評通過")
    says(office, COORDINATOR, "喚醒 212-2")
    says(office, LEGAL, "回報 212-2 已上網公告")

    answer = says(office, COORDINATOR, "復原")

    assert answer == "無法復原：212-2 契約延長 開始辦理後已有回報。要再等請輸入：等待 212-2 案號或事項"
    assert not office.read(second).is_asleep


def test_a_waking_is_taken_back_by_number_with_the_report_that_caused_it(office: Office) -> None:
    first, second = stages(office)
    says(office, IT, "完成 212-1")
    woken = office.store.read(lambda uow: uow.audit.of_subject("wait", second.id))[-1]

    says(office, COORDINATOR, f"復原 #{woken.id}")

    assert (office.states(first), office.read(second).is_asleep) == (["open"], True)


def test_the_event_said_in_a_report_wakes_and_both_are_taken_back_together(office: Office) -> None:
    second = office.case("212-2", office.legal.id)
    says(office, COORDINATOR, "等待 212-2 環評通過")

    says(office, LEGAL, "回報 212-2 環評已通過，開始規劃")
    awake = not office.read(second).is_asleep
    says(office, LEGAL, "復原")

    assert awake
    assert office.read(second).is_asleep
    assert office.report_of(second) is None


def test_one_report_on_several_cases_wakes_each_that_waits_for_what_it_says(office: Office) -> None:
    first, second = office.case("212-2", office.legal.id, office.it.id), office.case("212-3", office.legal.id)
    says(office, COORDINATOR, "等待 212-2 環評通過")
    says(office, COORDINATOR, "等待 212-3 議會三讀")

    answer = says(office, COORDINATOR, "確認回報 212-2(法務局)、212-3 環評已通過").splitlines()

    assert (office.read(first).is_asleep, office.read(second).is_asleep) == (False, True)
    assert answer[-1] == "本案還在等待（等：議會三讀），先不催辦；已可辦理請輸入：喚醒 212-3"
    assert "等待的案件開始辦理：212-2 契約延長" in answer


def test_another_series_case_is_named_and_refused(office: Office) -> None:
    office.case("10601", office.it.id, series_id=office.office.id)
    office.case("212-2", office.legal.id)
    office.store.write(
        lambda uow: uow.people.add_role(COORDINATOR, "管考幕僚", office.office.id, Role.COORDINATOR, None)
    )

    office.now += MINUTE
    answer = office.says(COORDINATOR, "等待 212-2 10601", private(COORDINATOR))

    assert answer == (
        "212-2 契約延長\n沒有變更：10601 是「處務會議」的案件，不同會議的案件不能互等。請寫成事項，例如：\n"
        "等待 212-2 處務會議10601案辦竣"
    )
    assert "已設定等待" in says(office, COORDINATOR, "等待 212-2 處務會議10601案辦竣")


def test_a_sleeper_waits_on_when_its_own_line_is_asked_to_be_released_and_taken_back(office: Office) -> None:
    _, second = stages(office, due=date(2021, 9, 20))
    says(office, LEGAL, "完成 212-2")
    says(office, LEGAL, "撤回完成 212-2")

    assert office.read(second).is_asleep
    assert office.store.read(lambda uow: uow.cases.count_overdue([office.chiefs.id], date(2021, 9, 28))) == 0


def test_talk_about_an_event_that_nobody_waits_for_leaves_no_trace(office: Office) -> None:
    office.case("212-2", office.legal.id)

    assert office.says(LEGAL, "212-2 環評已通過", CHIEFS) is None
