"""A unit that oversees another in the minutes: its parent is proposed, and learnt only when a person says so."""

from __future__ import annotations

import pytest

from tests.loop.chat import Chat, minutes

OVERSEEN = minutes(301, ("請資訊局於10月15日前", "請資訊局督導資訊處於10月15日前"))
PROPOSAL = [
    "紀錄寫「資訊局」督導「資訊處」，請問它屬於「資訊局」嗎？請輸入：",
    "草稿 單位 資訊處 屬於 資訊局",
    "草稿 單位 資訊處 不屬於 資訊局",
]


@pytest.fixture
def review(chat: Chat) -> Chat:
    chat.say(OVERSEEN)
    return chat


def parent_of(name: str, chat: Chat) -> str | None:
    """The name of the unit that a unit is part of."""
    units = {unit.id: unit for unit in chat.office.store.read(lambda uow: list(uow.units.all()))}
    found = next((unit for unit in units.values() if unit.name == name), None)
    return units[found.parent_id].name if found and found.parent_id else None


def test_parent_is_proposed_where_its_draft_is_shown(review: Chat) -> None:
    assert review.say("草稿 1").splitlines()[-3:] == PROPOSAL


def test_accepted_parent_is_learnt_on_confirmation(review: Chat) -> None:
    said = review.say("草稿 單位 資訊處 屬於 資訊局")
    before = parent_of("資訊處", review)
    review.say("確認")

    assert (said, before, parent_of("資訊處", review)) == (
        "確認後名冊會記住：「資訊處」屬於「資訊局」。",
        None,
        "資訊局",
    )


def test_accepted_parent_is_proposed_no_longer(review: Chat) -> None:
    review.say("草稿 單位 資訊處 屬於 資訊局")

    assert "督導「" not in review.say("草稿 1")


def test_ignored_proposal_teaches_nothing(review: Chat) -> None:
    review.say("確認")

    assert parent_of("資訊處", review) is None


def test_declined_parent_is_proposed_no_longer_even_by_later_minutes(review: Chat) -> None:
    said = review.say("草稿 單位 資訊處 不屬於 資訊局")
    now = review.say("草稿 1")
    review.say("確認")
    review.say(OVERSEEN.replace("301", "302"))

    assert said == "確認後名冊會記住：「資訊處」不屬於「資訊局」，以後的紀錄不再問。"
    assert ("督導「" in now, "督導「" in review.say("草稿 1")) == (False, False)
    assert parent_of("資訊處", review) is None


def test_declined_parent_can_be_accepted_after_all(review: Chat) -> None:
    review.say("草稿 單位 資訊處 不屬於 資訊局")
    review.say("草稿 單位 資訊處 屬於 資訊局")
    review.say("確認")

    assert parent_of("資訊處", review) == "資訊局"


def test_declined_parent_is_proposed_again_after_undo(review: Chat) -> None:
    review.say("草稿 單位 資訊處 不屬於 資訊局")
    review.say("確認")
    review.say("復原")
    review.say("復原")

    assert review.say("草稿 1").splitlines()[-3:] == PROPOSAL
