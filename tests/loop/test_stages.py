"""Stages in minutes: a draft proposes what its case waits for; confirming puts it to sleep, 復原 takes it all back."""

from __future__ import annotations

import pytest

from domain.case import Case, Deadline
from tests.handlers.office import IT
from tests.loop.chat import Chat

MINUTES = """主任秘書會報第213次會議紀錄
時間：110年9月24日(星期五)上午9時30分
會議結論：
一、請資訊局完成系統建置招標。
二、請法務局俟213-1完成後，於30日內辦理決標簽約。
三、請觀光傳播局俟環評通過後再行辦理景觀工程。
四、請資訊局完成清查，俟完成後提報結果。
五、請法務局俟210-9完成後修正作業規定。
"""


@pytest.fixture
def review(chat: Chat) -> Chat:
    chat.say(MINUTES)
    return chat


def case(chat: Chat, number: str) -> Case:
    [found] = chat.office.store.read(lambda uow: uow.cases.by_number([chat.office.chiefs.id], number))
    return found


def waits(chat: Chat) -> dict[str, str]:
    """What each case that sleeps waits for."""
    asleep = chat.office.store.read(lambda uow: uow.survey.asleep(chat.office.chiefs.id, limit=9))
    return {one.number: one.wait.first or one.wait.event for one in asleep if one.wait}


def test_drafts_show_what_they_are_to_wait_for(review: Chat) -> None:
    lines = review.say("草稿").splitlines()

    assert [line.strip() for line in lines if "等" in line] == [
        "法務局｜等 213-1 完成，之後30日內",
        "觀光傳播局｜等：環評通過",
        "法務局｜等 210-9 完成",
    ]


def test_a_draft_that_waits_says_how_not_to(review: Chat) -> None:
    lines = review.say("草稿 2").splitlines()

    assert lines[1] == "⚠開案後先不催辦，等 213-1 完成，之後30日內；不用等請輸入：草稿 2 等待 無"


def test_confirming_puts_to_sleep_also_behind_a_case_of_the_same_minutes(review: Chat) -> None:
    answer = review.say("確認")

    assert "　213-2 俟213-1完成後，辦理決標簽約（等 213-1 完成，之後30日內）" in answer.splitlines()
    # A number that nobody tracks is waited for in the words of the order.
    assert waits(review) == {"213-2": "213-1", "213-3": "環評通過", "213-5": "210-9完成"}
    assert case(review, "213-2").deadline == Deadline(text="213-1完成後30日內", rule="period_after_event")


def test_what_a_draft_waits_for_can_be_changed_and_dropped(review: Chat) -> None:
    review.say("草稿 3 等待 議會三讀")
    review.say("草稿 5 等待 無")
    review.say("草稿 4 俟 213-1 完成後")
    review.say("草稿 2 等待 無")
    review.say("復原")

    review.say("確認")

    assert waits(review) == {"213-2": "213-1", "213-3": "議會三讀", "213-4": "213-1"}


def test_taking_the_confirmation_back_leaves_nothing_asleep(review: Chat) -> None:
    review.say("確認")

    answer = review.say("復原")

    assert waits(review) == {}
    assert "等 213-1 完成" not in answer
    assert not any(case(review, number).is_open for number in ("213-1", "213-2", "213-3"))


def test_confirmed_again_a_case_does_not_wait_for_the_number_that_was_given_up(review: Chat) -> None:
    review.say("確認")
    review.say("復原")

    review.say("確認")

    assert waits(review) == {"213-7": "213-1完成", "213-8": "環評通過", "213-10": "210-9完成"}


def test_what_the_same_minutes_release_is_not_waited_for(chat: Chat) -> None:
    chat.office.case("212-1", chat.office.it.id)

    chat.confirm(MINUTES.replace("210-9", "212-1") + "六、列管編號212-1解除列管。\n")

    assert waits(chat) == {"213-2": "213-1", "213-3": "環評通過"}


def test_a_release_that_is_confirmed_wakes_what_waits_and_says_so(chat: Chat) -> None:
    chat.office.case("212-1", chat.office.it.id)
    chat.office.case("212-2", chat.office.legal.id)
    chat.say("等待 212-2 212-1")

    answer = chat.confirm(MINUTES + "六、列管編號212-1解除列管。\n")

    assert "等待的案件開始辦理：212-2 契約延長" in answer.splitlines()
    assert "212-2" not in waits(chat)


def test_a_case_opened_by_message_sleeps_as_its_sentence_says(chat: Chat) -> None:
    chat.office.case("212-1", chat.office.it.id)

    answer = chat.say("新增 請法務局俟212-1完成後，於10日內修正作業規定")
    chat.office.now += chat.second
    chat.office.says(IT, "完成 212-1")

    assert "　等 212-1 完成，之後10日內" in answer.splitlines()
    assert waits(chat) == {}
