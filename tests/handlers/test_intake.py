"""One event, one transaction: applied once, undone whole on an error, and silent where nobody spoke to the bot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import pytest

from bot.line.render import render
from domain.calendar import WorkCalendar
from domain.chat import Chat, ChatKind
from domain.errors import StaleVersion, StorageUnavailable
from domain.ports import Store, UnitOfWork
from handlers.inbound import FileSent, Followed, Joined, Left, MemberLeft, TextEdited, TextSaid, Unfollowed, Unsent
from handlers.intake import Intake, Taken
from handlers.messages import Message
from tests.handlers.office import CHIEFS, COORDINATOR, IT, LEGAL, STRANGER, Office, private

T = TypeVar("T")


class Unwritable:
    """A store whose database takes nothing; reads work."""

    def __init__(self, store: Store, error: Exception, failures: int = 1_000) -> None:
        self._store = store
        self._error = error
        self._failures = failures

    def write(self, work: Callable[[UnitOfWork], T]) -> T:
        if self._failures:
            self._failures -= 1
            raise self._error
        return self._store.write(work)

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        return self._store.read(work)

    def close(self) -> None:
        self._store.close()


def intake_on(store: Store, office: Office, render: Callable[[Message], str] = render) -> Intake:
    return Intake(store, render=render, committed=lambda: None, now=lambda: office.now, calendar=WorkCalendar())


def text_of(office: Office, user_id: str, text: str, **fields: Any) -> TextSaid:
    return TextSaid(**{**office.common(CHIEFS, user_id), **fields}, message_id="M-own", text=text)


def test_event_delivered_twice_is_applied_once(office: Office) -> None:
    case = office.case("212-5", office.it.id)
    office.says(IT, "回報 212-5 已完成換文")

    again = [office.again() for _ in range(4)]

    assert again == [Taken.DUPLICATE] * 4
    assert office.says(IT, "復原") is not None
    assert office.report_of(case) is None


def test_commit_with_a_reply_wakes_the_sender(office: Office) -> None:
    office.says(IT, "列管")

    assert office.woken == 1


def test_chatter_does_not_wake_the_sender(office: Office) -> None:
    office.says(IT, "大家早安")

    assert office.woken == 0


def test_reply_gives_up_twenty_minutes_after_the_event(office: Office) -> None:
    event = text_of(office, IT, "列管", at=office.now - timedelta(minutes=19))
    office.intake.take(event)

    waiting = office.store.write(
        lambda uow: list(uow.outbox.claim(office.now, limit=9, until=office.now + timedelta(minutes=1)))
    )

    assert [row.give_up_at for row in waiting] == [event.at + timedelta(minutes=20)]


def test_event_without_reply_token_is_applied_in_silence(office: Office) -> None:
    case = office.case("212-5", office.it.id)

    answer = office.hears(text_of(office, IT, "完成 212-5", reply_token=None))

    assert (answer, office.taken, office.states(case)) == (None, Taken.APPLIED, ["release_requested"])


def test_error_rolls_the_event_back_and_apologises(office: Office) -> None:
    case = office.case("212-5", office.it.id)
    sent: list[Message] = []

    def breaks_once(message: Message) -> str:
        sent.append(message)
        if len(sent) == 1:
            raise RuntimeError("完成 212-5")
        return render(message)

    event = text_of(office, IT, "完成 212-5")
    taken = [intake_on(office.store, office, breaks_once).take(event) for _ in range(2)]

    assert taken == [Taken.FAILED, Taken.DUPLICATE]
    assert office.states(case) == ["open"]
    assert sent[1].text.startswith("抱歉")


def test_event_too_odd_to_be_recorded_is_left_and_stops_nothing(office: Office) -> None:
    last_instant = datetime.max.replace(tzinfo=UTC)

    taken = [
        office.intake.take(text_of(office, IT, "列管", at=at, event_id=name))
        for name, at in (("odd", last_instant), ("next", office.now))
    ]

    assert taken == [Taken.FAILED, Taken.APPLIED]


def test_database_that_takes_nothing_is_told_to_the_caller(office: Office) -> None:
    intake = intake_on(Unwritable(office.store, StorageUnavailable("locked")), office)
    event = text_of(office, IT, "列管")

    with pytest.raises(StorageUnavailable):
        intake.take(event)

    assert office.intake.take(event) is Taken.APPLIED


def test_concurrent_change_is_tried_again(office: Office) -> None:
    case = office.case("212-5", office.it.id)
    stale = StaleVersion(kind="assignment", id=case.assignments[0].id)

    taken = intake_on(Unwritable(office.store, stale, failures=1), office).take(text_of(office, IT, "完成 212-5"))

    assert (taken, office.states(case)) == (Taken.APPLIED, ["release_requested"])


def test_change_that_stays_stale_changes_nothing_and_says_so(office: Office) -> None:
    case = office.case("212-5", office.it.id)
    stale = StaleVersion(kind="assignment", id=case.assignments[0].id)
    said: list[str] = []

    def keep(message: Message) -> str:
        said.append(message.text)
        return render(message)

    intake_on(Unwritable(office.store, stale, failures=3), office, keep).take(text_of(office, IT, "完成 212-5"))

    assert office.states(case) == ["open"]
    assert said == ["同一時間有人更新了這一案，您的變更沒有存入。請看一下最新狀態再試一次。"]


def test_unsent_message_loses_its_text_and_keeps_the_report(office: Office) -> None:
    case = office.case("212-5", office.it.id)
    office.says(IT, "回報 212-5 已完成換文")
    assert isinstance(office.last_event, TextSaid)
    message_id = office.last_event.message_id

    answer = office.hears(Unsent(**office.common(CHIEFS, IT), message_id=message_id))
    report = office.report_of(case)

    assert (answer, office.taken) == (None, Taken.APPLIED)
    assert report is not None
    assert (report.text, report.message_id) == ("", message_id)


def test_unsent_chatter_of_a_stranger_touches_nothing(office: Office) -> None:
    office.hears(Unsent(**office.common(CHIEFS, STRANGER), message_id="M-unknown"))

    assert office.taken is Taken.IGNORED


def test_message_that_was_unsent_before_it_came_is_not_kept(office: Office) -> None:
    case = office.case("212-5", office.it.id)
    office.hears(Unsent(**office.common(CHIEFS, IT), message_id="M-early"))

    late = TextSaid(**office.common(CHIEFS, IT), message_id="M-early", text="回報 212-5 已完成換文")
    answer = office.hears(late)

    assert (answer, office.taken) == (None, Taken.IGNORED)
    assert office.report_of(case) is None


def test_unsent_text_does_not_remain_in_what_was_answered(office: Office) -> None:
    office.case("212-5", office.it.id)

    answer = office.says(IT, "回報 212-5 機密內容甲乙丙")

    assert answer is not None
    assert "機密內容" not in answer


def test_edited_command_is_not_executed(office: Office) -> None:
    case = office.case("212-5", office.it.id)

    answer = office.hears(TextEdited(**office.common(CHIEFS, IT), message_id="M1", text="完成 212-5"))

    assert answer is not None
    assert answer.text.startswith("編輯過的訊息不會再執行一次")
    assert office.states(case) == ["open"]


def test_edited_chatter_gets_no_answer(office: Office) -> None:
    answer = office.hears(TextEdited(**office.common(CHIEFS, IT), message_id="M1", text="大家午安"))

    assert (answer, office.taken) == (None, Taken.IGNORED)


def test_joining_greets_once_with_how_to_bind(office: Office) -> None:
    answer = office.hears(Joined(**office.common(Chat(ChatKind.GROUP, "C-new"), None)))

    assert answer is not None
    assert "綁定本群" in answer.text


def test_leaving_ends_what_is_sent_there(office: Office) -> None:
    office.hears(Left(**{**office.common(CHIEFS, None), "reply_token": None}))

    assert office.store.read(lambda uow: list(uow.groups.of_series(office.chiefs.id))) == []


def test_following_is_welcomed(office: Office) -> None:
    answer = office.hears(Followed(**office.common(private(STRANGER), STRANGER)))

    assert answer is not None
    assert "綁定 綁定碼" in answer.text


def test_blocking_is_remembered_and_not_answered(office: Office) -> None:
    office.hears(Followed(**office.common(private(IT), IT)))

    assert office.hears(Unfollowed(**office.common(private(IT), IT))) is None
    member = office.member(IT)
    assert (office.taken, member and member.is_friend) == (Taken.APPLIED, False)


@pytest.mark.parametrize(("who", "taken"), [(LEGAL, Taken.APPLIED), (STRANGER, Taken.IGNORED)])
def test_leaving_a_group_is_noted_of_people_with_a_role_alone(office: Office, who: str, taken: Taken) -> None:
    office.hears(MemberLeft(**office.common(CHIEFS, None), user_ids=(who,)))

    assert office.taken is taken


def test_file_in_a_group_gets_no_answer(office: Office) -> None:
    office.hears(FileSent(**office.common(CHIEFS, COORDINATOR), message_id="M1", name="紀錄.txt", size=1))

    assert office.taken is Taken.IGNORED


def test_file_from_a_coordinator_is_queued_and_answered_later(office: Office) -> None:
    chat = private(COORDINATOR)
    sent = FileSent(**office.common(chat, COORDINATOR), message_id="M1", name="紀錄\u202e.txt", size=1)

    assert office.hears(sent) is None
    assert office.taken is Taken.APPLIED
    job = office.store.write(lambda uow: uow.jobs.claim(office.now, until=office.now))
    assert job is not None
    assert (job.message_id, job.name, job.user_id, job.reply_token) == ("M1", "紀錄.txt", COORDINATOR, "R1")


def test_file_from_a_stranger_is_answered_with_who_imports(office: Office) -> None:
    answer = office.hears(FileSent(**office.common(private(STRANGER), STRANGER), message_id="M1", name="a", size=1))

    assert answer is not None
    assert answer.text.startswith("檔案由管考幕僚匯入")


@pytest.mark.parametrize(
    "text",
    [
        "回報 212-5 " + "字" * 5_001,
        "回報 212-5 😀👩‍👩‍👧𠮷𡘙",
        "回報 212-5 {換文} {{0}} %s </b>",
        "回報 212-5 甲\x00乙\x07丙",
        "回報 212-5 甲\u202e乙\u200f丙",
        "回報 212-5 甲\ud83d乙",
        "回報 212-5 第一行\n第二行\r\n第三行",
        "\ufeff回報\u3000212-5\u3000換文",
    ],
    ids=["long", "emoji", "braces", "controls", "directions", "surrogate", "lines", "spaces"],
)
def test_odd_text_is_kept_and_shown(office: Office, text: str) -> None:
    case = office.case("212-5", office.it.id)

    answers = [office.says(IT, text), office.says(IT, "212-5"), office.says(IT, "列管")]
    report = office.report_of(case)

    assert report is not None
    assert all(answer and len(answer.encode("utf-16-le")) < 2 * 5_000 for answer in answers)


def test_report_keeps_its_text_verbatim_but_for_what_cannot_be_stored(office: Office) -> None:
    case = office.case("212-5", office.it.id)

    office.says(IT, "回報 ２１２－５ 已於９月２８日「換文」\x00，餘1，000 件…")
    report = office.report_of(case)

    assert report is not None
    assert report.text == "已於９月２８日「換文」，餘1，000 件…"


@pytest.mark.parametrize("text", ["", " ", "\x00", "\n\n", "\u200b"])
def test_empty_text_gets_no_answer_in_a_group(office: Office, text: str) -> None:
    office.says(IT, text)

    assert office.taken is Taken.IGNORED
