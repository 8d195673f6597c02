"""Drafts are drawn with what a person should look at."""

from __future__ import annotations

from handlers.cards import ListCard
from tests.loop.chat import Chat, minutes


def card(chat: Chat) -> ListCard:
    drawn = chat.office.said[-1].card
    assert isinstance(drawn, ListCard)
    return drawn


def test_pasted_minutes_are_drawn_doubtful_drafts_first(chat: Chat) -> None:
    text = chat.say(minutes(301))

    drawn = card(chat)
    rows = drawn.sections[0].rows
    assert text.startswith(drawn.title)
    assert [bool(row.marks) for row in rows] == sorted((bool(row.marks) for row in rows), reverse=True)
    assert [row.said for row in rows] == [f"草稿 {row.head.removesuffix('.')}" for row in rows]
    assert [row for row in rows if f"{row.title}\n　{row.who}｜{row.due.text}" not in text.replace("⚠", "")] == []
    assert "確認前不會列管任何案件。" in drawn.notes


def test_note_of_a_replaced_review_is_on_the_card_too(chat: Chat) -> None:
    chat.say(minutes(301))
    text = chat.say(minutes(301, ("8樓", "9樓")))

    assert text.startswith("同一次會議的草稿已換成這一版。")
    assert card(chat).notes[0] == "同一次會議的草稿已換成這一版。"


def test_what_the_card_offers_is_typed_in_the_text(chat: Chat) -> None:
    text = chat.say(minutes(301))

    assert [button.label for button in card(chat).buttons if button.label not in text] == []


def test_the_next_meeting_that_the_minutes_state_is_on_the_card_too(chat: Chat) -> None:
    chat.say(f"{minutes(301)}\n下次會議訂於110年10月21日召開。")

    assert "下次會議：110/10/21(四)（確認後設定）" in card(chat).notes
