"""Minutes whose author takes the messages back that brought them."""

from __future__ import annotations

from domain.ports import Review, ReviewState
from handlers.inbound import TextSaid, Unsent
from tests.handlers.office import COORDINATOR, private
from tests.loop.chat import Chat, minutes


def last_message(chat: Chat) -> str:
    event = chat.office.last_event
    assert isinstance(event, TextSaid)
    return event.message_id


def unsend(chat: Chat, message_id: str) -> None:
    office = chat.office
    office.hears(Unsent(**office.common(private(COORDINATOR), COORDINATOR), message_id=message_id))


def reviews(chat: Chat, state: ReviewState) -> list[Review]:
    member = chat.office.member(COORDINATOR)
    assert member is not None
    return list(chat.office.store.read(lambda uow: uow.reviews.open_of(f"member:{member.id}", state)))


def test_piece_that_is_unsent_is_not_read(chat: Chat) -> None:
    text = minutes(301)
    chat.say("貼上")
    chat.say("請資訊局於明日前提出不該貼上的內容。")
    wrong = last_message(chat)
    chat.say(text)

    unsend(chat, wrong)

    assert "不該貼上" not in reviews(chat, ReviewState.PASTING)[0].data
    assert chat.say("讀完").startswith("草稿：主任秘書會報 第301次 110/9/23(四)\n擬列管 6 件")


def test_piece_that_is_unsent_before_it_comes_is_not_kept(chat: Chat) -> None:
    chat.say("貼上")
    unsend(chat, "M-early")
    late = TextSaid(
        **chat.office.common(private(COORDINATOR), COORDINATOR), message_id="M-early", text="不該貼上的內容，很長很長。"
    )

    assert chat.office.hears(late) is None
    assert reviews(chat, ReviewState.PASTING)[0].data == ""


def test_drafts_go_when_the_minutes_are_unsent(chat: Chat) -> None:
    chat.say(minutes(301))
    pasted = last_message(chat)

    unsend(chat, pasted)

    assert reviews(chat, ReviewState.OPEN) == []
    assert "資訊系統盤點" not in "".join(one.data for one in reviews(chat, ReviewState.DROPPED))
    assert chat.say("確認").startswith("沒有待確認的草稿。")
    assert chat.cases() == []


def test_drafts_of_several_pieces_go_when_one_is_unsent(chat: Chat) -> None:
    text = minutes(301)
    chat.say("貼上")
    chat.say(text[:90])
    first = last_message(chat)
    chat.say(text[90:])
    chat.say("讀完")

    unsend(chat, first)

    assert chat.say("確認").startswith("沒有待確認的草稿。")


def test_what_was_confirmed_of_unsent_minutes_stays(chat: Chat) -> None:
    chat.say(minutes(301))
    pasted = last_message(chat)
    chat.say("確認 1")

    unsend(chat, pasted)

    assert chat.say("確認").startswith("沒有待確認的草稿。")
    assert [case.number for case in chat.cases()] == ["301-1"]


def test_edits_of_unsent_drafts_cannot_be_taken_back_into_drafts(chat: Chat) -> None:
    chat.say(minutes(301))
    pasted = last_message(chat)
    chat.say("草稿 1 標題 盤點")

    unsend(chat, pasted)

    assert "這份草稿已經確認或取消。" in chat.say("復原")


def test_unsending_is_in_the_audit_without_the_text(chat: Chat) -> None:
    chat.say(minutes(301))
    pasted = last_message(chat)
    unsend(chat, pasted)

    entries = chat.office.store.read(lambda uow: uow.audit.of_subject("message", 0))
    assert [(one.action, one.after) for one in entries] == [
        ("purge", {"message_id": pasted, "reports": 0, "words": 0, "reviews": 1})
    ]
