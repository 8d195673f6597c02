"""A unit that oversees another in the minutes: its parent is proposed, and learnt only when a person says so."""

from __future__ import annotations

import pytest

from tests.loop.chat import Chat, minutes

OVERSEEN = minutes(301, ("請資訊局於10月15日前", "請資訊局督導資訊處於10月15日前"))
PROPOSAL = "紀錄寫「資訊局」督導「資訊處」。若屬於它請輸入：草稿 單位 資訊處 屬於 資訊局（不是就不用理會）"


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
    assert [line for line in review.say("草稿 1").splitlines() if "督導「" in line] == [PROPOSAL]


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
