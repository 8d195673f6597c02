"""What waits for a chat travels behind the next answer there: once, to the right people, and never in its way."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from bot.line.render import append, render
from domain.calendar import WorkCalendar
from domain.case import Case
from domain.chat import Chat
from domain.member import Role
from domain.notice import Audience, NewNotice, NoticeKind, Urgency
from domain.outbox import Delivery, Outcome, Outgoing
from domain.ports import UnitOfWork
from handlers.inbound import MemberLeft, MembersJoined, TextSaid
from handlers.intake import Intake, Taken
from handlers.messages import Choice, Message
from handlers.reminding.riding import Append
from tests.handlers.office import CHIEF, CHIEFS, COORDINATOR, IT, LEGAL, NEIGHBOURS, OFFICE, Office, private

DUE = date(2021, 9, 30)
HOUR = timedelta(hours=1)


def wait(office: Office, case: Case, audience: Audience = Audience.RESPONSIBLE, **fields: Any) -> None:
    """Let a rung of a case's first line wait from now on."""
    given = {
        "subject": f"line:{case.assignments[0].id}",
        "kind": NoticeKind.DEADLINE,
        "for_on": DUE,
        "rung": "-3",
        "audience": audience,
        "series_id": case.series_id,
        "assignment_id": case.assignments[0].id,
        "due_at": office.now,
        "ride_until": office.now + HOUR,
        "expires_at": office.now + 9 * HOUR,
        "at": office.now,
    }
    office.store.write(lambda uow: uow.notices.add([NewNotice(**given | fields)]))


def heard(office: Office, user_id: str, text: str, chat: Chat = CHIEFS, put_behind: Append = append) -> list[Any]:
    """Say something; the message objects that are queued for an answer."""
    intake = Intake(
        office.store,
        render=render,
        append=put_behind,
        committed=lambda: None,
        now=lambda: office.now,
        calendar=WorkCalendar(),
    )
    event = TextSaid(**office.common(chat, user_id), message_id="M", text=text)
    assert intake.take(event) is Taken.APPLIED
    [row] = claim(office)
    office.last = row
    return list(json.loads(row.payload))


def claim(office: Office) -> list[Outgoing]:
    now = office.now
    return list(office.store.write(lambda uow: uow.outbox.claim(now, limit=9, until=now + timedelta(seconds=9))))


def settle(office: Office, row: Outgoing, state: Delivery, **more: Any) -> None:
    outcome = Outcome(id=row.id, state=state, at=office.now, **more)
    office.store.write(lambda uow: uow.outbox.settle([outcome]))


def rides(objects: list[Any]) -> bool:
    return objects[-1].get("text", "").startswith("【順帶提醒】")


@pytest.fixture
def case(office: Office) -> Case:
    return office.case("212-5", office.it.id, due=DUE, words="9月底前")


def test_what_waits_for_a_group_travels_behind_the_next_answer_there(office: Office, case: Case) -> None:
    alone = heard(office, LEGAL, "列管")
    wait(office, case)

    answered = heard(office, LEGAL, "列管")

    assert answered[-1].pop("quickReply") == alone[-1].pop("quickReply")
    assert answered[:-1] == alone
    assert answered[-1]["text"] == (
        "【順帶提醒】1 項\n"
        "\n▍資訊局（1）\n"
        "212-5 契約延長\n"
        "　期限 110/9/30(四)，還有 3 天\n"
        "\n回報請輸入：回報 212-5 辦理情形\n辦妥請輸入：完成 212-5"
    )


LEFT = (
    "【順帶一提】已離開群組：法務局窗口（身分仍保留）\n"
    "沒有窗口的案件請輸入：沒有窗口的案件\n"
    "要換人請在一對一聊天輸入：指派窗口 法務局"
)


def leaves(office: Office, user_id: str) -> None:
    office.hears(MemberLeft(**office.common(CHIEFS, user_id), user_ids=(user_id,)))


@pytest.mark.parametrize("chat", [CHIEFS, private(COORDINATOR)])
def test_the_coordinator_is_told_once_who_left(office: Office, case: Case, chat: Chat) -> None:
    leaves(office, LEGAL)

    answers = [
        heard(office, user, "列管", where)[-1].get("text")
        for user, where in [(IT, CHIEFS), (COORDINATOR, chat), (COORDINATOR, chat)]
    ]

    assert [answer == LEFT for answer in answers] == [False, True, False]


def test_who_left_is_told_in_front_of_what_rides(office: Office, case: Case) -> None:
    leaves(office, LEGAL)
    wait(office, case)

    told = heard(office, COORDINATOR, "列管")[-1]["text"]

    assert told.startswith(f"{LEFT}\n\n【順帶提醒】1 項\n")


def test_who_came_back_is_not_told_of(office: Office, case: Case) -> None:
    leaves(office, LEGAL)
    office.hears(MembersJoined(**office.common(CHIEFS, LEGAL), user_ids=(LEGAL,)))

    assert heard(office, COORDINATOR, "列管")[-1].get("text") != LEFT


def test_a_notice_rides_once(office: Office, case: Case) -> None:
    wait(office, case)

    assert [rides(heard(office, LEGAL, "列管")), rides(heard(office, LEGAL, "列管"))] == [True, False]


def test_a_reply_that_was_refused_returns_what_rode_on_it(office: Office, case: Case) -> None:
    wait(office, case)
    heard(office, LEGAL, "列管")
    settle(office, office.last, Delivery.FAILED, reason="invalid_reply_token")

    assert rides(heard(office, LEGAL, "列管"))


def test_a_reply_that_was_sent_in_doubt_has_told_it(office: Office, case: Case) -> None:
    wait(office, case)
    heard(office, LEGAL, "列管")
    settle(office, office.last, Delivery.SENT, reason="invalid_reply_token", doubtful=True)

    assert not rides(heard(office, LEGAL, "列管"))


def test_a_quote_of_the_answer_means_its_case_and_a_quote_of_the_ride_those_that_ride(
    office: Office, case: Case
) -> None:
    other = office.case("212-6", office.legal.id)
    wait(office, case)
    heard(office, LEGAL, "212-6")
    settle(office, office.last, Delivery.SENT, message_ids=("B1", "B2"))

    quoted = [office.store.read(lambda uow, m=message: uow.outbox.quoted(m)) for message in ("B1", "B2")]

    assert quoted == [(other.id,), (case.id,)]


def test_a_line_that_the_message_itself_settles_is_not_reminded_of(office: Office, case: Case) -> None:
    wait(office, case)

    assert not rides(heard(office, IT, "完成 212-5"))


@pytest.mark.parametrize("chat", [OFFICE, NEIGHBOURS], ids=["another series", "no series"])
def test_other_groups_are_told_nothing(office: Office, case: Case, chat: Chat) -> None:
    wait(office, case)

    assert not rides(heard(office, IT, "列管", chat))


@pytest.mark.parametrize("audience", [Audience.CHIEF, Audience.COORDINATOR, Audience.HEAD])
def test_what_is_private_never_rides_in_a_group(office: Office, case: Case, audience: Audience) -> None:
    wait(office, case, audience, ride_until=office.now - HOUR)

    assert not rides(heard(office, CHIEF, "列管"))


@pytest.mark.parametrize(
    ("user_id", "audience", "told"),
    [
        (CHIEF, Audience.CHIEF, True),
        (COORDINATOR, Audience.COORDINATOR, True),
        (IT, Audience.RESPONSIBLE, True),
        (LEGAL, Audience.RESPONSIBLE, False),
        (IT, Audience.CHIEF, False),
        (IT, Audience.GROUP, False),
    ],
)
def test_in_private_each_is_told_what_is_theirs(
    office: Office, case: Case, user_id: str, audience: Audience, told: bool
) -> None:
    office.store.write(lambda uow: uow.people.befriend(user_id, is_friend=True))
    wait(office, case, audience)

    assert rides(heard(office, user_id, "列管", private(user_id))) is told


def test_where_several_are_to_be_told_it_rides_only_when_it_is_not_pushed_any_more(office: Office, case: Case) -> None:
    def second_coordinator(uow: UnitOfWork) -> None:
        uow.people.add_role("U-second", "管考二", office.chiefs.id, Role.COORDINATOR, None)

    office.store.write(second_coordinator)
    wait(office, case, Audience.COORDINATOR)

    before = rides(heard(office, COORDINATOR, "列管", private(COORDINATOR)))
    office.now += HOUR + timedelta(minutes=1)
    after = rides(heard(office, COORDINATOR, "列管", private(COORDINATOR)))

    assert (before, after) == (False, True)


def test_an_expired_notice_does_not_ride(office: Office, case: Case) -> None:
    wait(office, case)
    office.now += 9 * HOUR

    assert not rides(heard(office, LEGAL, "列管"))


def test_at_most_five_ride_on_one_answer_the_urgent_ones_first(office: Office) -> None:
    for number in range(7):
        other = office.case(f"213-{number}", office.it.id, due=DUE)
        wait(office, other, urgency=Urgency.HIGH if number > 4 else Urgency.LOW)

    first, second, third = (heard(office, LEGAL, "列管")[-1].get("text", "") for _ in range(3))

    assert [number for number in range(7) if f"213-{number} " in first] == [0, 1, 2, 5, 6]
    assert [number for number in range(7) if f"213-{number} " in second] == [3, 4]
    assert "【順帶提醒】" not in third


def test_a_ride_that_raises_leaves_the_answer_and_the_notice_alone(office: Office, case: Case) -> None:
    wait(office, case)

    def broken(_payload: str, _message: Message) -> str:
        raise ValueError("odd")

    assert rides(heard(office, IT, "回報 212-5 換文中", put_behind=broken)) is False
    assert office.report_of(case) is not None
    assert rides(heard(office, LEGAL, "列管"))


def test_an_answer_of_five_objects_takes_no_more() -> None:
    full = render(Message(text="一", more=("二", "三", "四", "五")))

    assert append(full, Message(text="六")) is None


@pytest.mark.parametrize("own", [(), (Choice("草稿", "草稿"),)], ids=["no choices of its own", "its own choices"])
def test_the_choices_of_the_answer_stay_in_sight(own: tuple[Choice, ...]) -> None:
    ridden = json.loads(
        append(render(Message(text="一", choices=own)), Message(text="二", choices=(Choice("看", "看"),)))
    )

    labels = [[item["action"]["label"] for item in one.get("quickReply", {"items": []})["items"]] for one in ridden]
    assert labels == [[], ["草稿"] if own else ["看"]]
