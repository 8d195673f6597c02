"""The next meeting that minutes state: shown with the drafts, set by confirming all, taken back by 復原."""

from __future__ import annotations

from datetime import date

import pytest

from tests.loop.chat import Chat, minutes

STATED = date(2021, 10, 21)


@pytest.fixture
def review(chat: Chat) -> Chat:
    chat.say(f"{minutes(301)}\n下次會議訂於110年10月21日上午9時30分召開。")
    return chat


def next_meeting(chat: Chat) -> date | None:
    return chat.office.store.read(lambda uow: uow.series.get(chat.office.chiefs.id)).next_meeting_on


def test_the_stated_day_is_shown_and_not_set_yet(review: Chat) -> None:
    assert "下次會議：110/10/21(四)（確認後設定）" in review.say("草稿")
    assert next_meeting(review) is None


def test_confirming_all_sets_it_and_says_so(review: Chat) -> None:
    assert "已設定下次會議：110/10/21(四)" in review.say("確認")
    assert next_meeting(review) == STATED


def test_undo_restores_the_day_before(review: Chat) -> None:
    review.say("下次會議 10/19")
    review.say("確認")

    review.say("復原")

    assert next_meeting(review) == date(2021, 10, 19)
    assert "下次會議：110/10/21(四)" in review.say("草稿")


def test_confirming_a_part_leaves_the_day(review: Chat) -> None:
    review.say("確認 1")

    assert next_meeting(review) is None


def test_a_day_that_has_passed_is_neither_shown_nor_set(review: Chat) -> None:
    review.on("2021-10-22")

    assert "下次會議：110/10/21" not in review.say("草稿")
    review.say("確認")
    assert next_meeting(review) is None
