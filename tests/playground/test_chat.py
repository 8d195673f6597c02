"""The page in a real browser, with a bot that answers from a script."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from bot.playground.people import CHIEFS_GROUP, COORDINATOR, IT_CONTACT, OFFICE_GROUP
from bot.playground.runner import Playground
from tests.playground.chat import ChatPage
from tests.playground.conftest import OpenPage
from tests.playground.scripted import ScriptedBot

ANSWER = {"type": "text", "text": "列管中 6 件"}
ASK_MORE = {"type": "action", "action": {"type": "message", "label": "看逾期", "text": "逾期"}}


@pytest.fixture
def chat(playground: Playground, open_page: OpenPage) -> ChatPage:
    return ChatPage(open_page(playground.url), playground)


def said(bot: ScriptedBot) -> list[tuple[str, str]]:
    return [(event["source"]["userId"], event["message"]["text"]) for event in bot.events]


def test_answer_of_the_bot_appears(chat: ChatPage, bot: ScriptedBot) -> None:
    bot.answers["列管"] = [ANSWER]

    chat.say("列管")

    expect(chat.bubbles("列管小幫手")).to_have_text(["列管中 6 件"])
    expect(chat.page.locator("#announcer")).to_have_text("列管小幫手：列管中 6 件")
    chat.heard()
    assert said(bot) == [(COORDINATOR, "列管")]


def test_suggestion_that_asks_is_sent_at_once(chat: ChatPage, bot: ScriptedBot) -> None:
    bot.answers["逾期"] = [{"type": "text", "text": "沒有逾期"}]

    chat.page.get_by_role("group", name="可以試的句子").get_by_role("button", name="逾期").click()

    expect(chat.bubbles()).to_have_text(["逾期", "沒有逾期"])


def test_suggestion_that_changes_is_put_into_the_box(chat: ChatPage) -> None:
    chat.page.get_by_role("group", name="可以試的句子").get_by_role("button", name="✎ 完成 58-1").click()

    expect(chat.box).to_have_value("完成 58-1")
    chat.box.press("Enter")
    expect(chat.bubbles()).to_have_text(["完成 58-1"])


def test_message_comes_from_the_speaker_who_is_chosen(chat: ChatPage, bot: ScriptedBot) -> None:
    chat.speak_as("資訊局窗口")
    chat.say("58-1")
    chat.speak_as("管考幕僚")

    expect(chat.bubbles("資訊局窗口")).to_have_text(["58-1"])
    chat.heard()
    assert said(bot) == [(IT_CONTACT, "58-1")]


def test_quick_reply_is_said_by_the_speaker_and_goes_away(chat: ChatPage, bot: ScriptedBot) -> None:
    bot.answers["列管"] = [ANSWER | {"quickReply": {"items": [ASK_MORE]}}]
    chat.device("手機")
    chat.speak_as("資訊局窗口")

    chat.say("列管")
    chat.quick_replies.get_by_text("看逾期").click()

    expect(chat.bubbles().last).to_have_text("逾期")
    expect(chat.quick_replies).to_have_count(0)
    chat.heard()
    assert said(bot) == [(IT_CONTACT, "列管"), (IT_CONTACT, "逾期")]


def test_quick_replies_are_hidden_on_the_pc(chat: ChatPage, bot: ScriptedBot) -> None:
    bot.answers["列管"] = [ANSWER | {"quickReply": {"items": [ASK_MORE]}}]

    chat.say("列管")
    expect(chat.bubbles()).to_have_count(2)

    expect(chat.quick_replies).to_have_count(0)
    chat.device("手機")
    expect(chat.quick_replies).to_have_count(1)


def test_quoted_message_is_named_to_the_bot(chat: ChatPage, bot: ScriptedBot, playground: Playground) -> None:
    bot.push(CHIEFS_GROUP, [{"type": "text", "text": "58-1 明天到期"}])
    line = chat.line_of("58-1 明天到期")

    line.hover()
    line.get_by_role("button", name="引用").click()
    chat.say("已完成報價")

    expect(chat.line_of("已完成報價").locator(".quoted")).to_have_text("列管小幫手：58-1 明天到期")
    pushed = playground.platform.entries[0]
    chat.heard()
    assert bot.events[-1]["message"]["quotedMessageId"] == pushed.message_id


def test_own_message_can_be_edited_and_taken_back(chat: ChatPage, bot: ScriptedBot) -> None:
    chat.say("打錯子")
    chat.line_of("打錯子").get_by_role("button", name="編輯").click()
    chat.say("打錯字")
    expect(chat.line_of("打錯字").locator(".meta")).to_contain_text("已編輯")

    chat.line_of("打錯字").get_by_role("button", name="收回").click()

    expect(chat.page.locator(".notice").last).to_have_text("管考幕僚已收回訊息")
    chat.heard()
    assert [event["type"] for event in bot.events] == ["message", "messageEdited", "unsend"]


def test_mention_of_the_bot_is_marked_in_the_event(chat: ChatPage, bot: ScriptedBot) -> None:
    chat.page.get_by_role("button", name="提及列管小幫手").click()
    chat.box.press_sequentially("說明")
    chat.box.press("Enter")

    expect(chat.bubbles()).to_have_text(["@列管小幫手 說明"])
    chat.heard()
    mentionee = bot.events[0]["message"]["mention"]["mentionees"][0]
    assert (mentionee["isSelf"], mentionee["index"], mentionee["length"]) == (True, 0, 6)


def test_mention_by_the_bot_names_the_person(chat: ChatPage, bot: ScriptedBot) -> None:
    who = {"type": "mention", "mentionee": {"type": "user", "userId": IT_CONTACT}}

    bot.push(CHIEFS_GROUP, [{"type": "textV2", "text": "{who} 請看 {{58-1}}", "substitution": {"who": who}}])

    expect(chat.bubbles()).to_have_text(["@資訊局窗口 請看 {58-1}"])


def test_file_reaches_the_bot_in_the_private_chat(chat: ChatPage, bot: ScriptedBot) -> None:
    chat.chat("列管小幫手")

    chat.page.locator("#file").set_input_files(
        files=[{"name": "會議紀錄.txt", "mimeType": "text/plain", "buffer": "結論".encode()}]
    )

    expect(chat.bubbles()).to_contain_text(["會議紀錄.txt"])
    chat.heard()
    message = bot.events[0]["message"]
    assert (message["type"], message["fileName"], message["fileSize"]) == ("file", "會議紀錄.txt", 6)


def test_shift_enter_breaks_the_line_and_sends_nothing(chat: ChatPage, bot: ScriptedBot) -> None:
    chat.box.fill("第一行")
    chat.box.press("Shift+Enter")
    chat.box.press_sequentially("第二行")

    chat.box.press("Enter")

    expect(chat.bubbles()).to_have_count(1)
    chat.heard()
    assert said(bot) == [(COORDINATOR, "第一行\n第二行")]


def test_enter_that_ends_a_composition_sends_nothing(chat: ChatPage, bot: ScriptedBot) -> None:
    chat.box.focus()
    ime = chat.page.context.new_cdp_session(chat.page)
    ime.send("Input.imeSetComposition", {"text": "ㄌㄧㄝˋ", "selectionStart": 4, "selectionEnd": 4})

    chat.box.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True, "cancelable": True})
    ime.send("Input.insertText", {"text": "列管"})

    chat.box.press("Enter")

    expect(chat.bubbles()).to_have_count(1)
    chat.heard()
    assert said(bot) == [(COORDINATOR, "列管")]


def test_unread_messages_of_another_chat_are_counted(chat: ChatPage, bot: ScriptedBot) -> None:
    bot.push(OFFICE_GROUP, [{"type": "text", "text": "3101 明天到期"}, {"type": "text", "text": "3102 今天到期"}])
    office = chat.page.get_by_label("聊天列表").get_by_role("button", name="行政處處務會議")
    expect(office.locator(".unread")).to_have_text("2 則未讀")

    office.click()

    expect(office.locator(".unread")).to_have_count(0)
    expect(chat.bubbles()).to_have_text(["3101 明天到期", "3102 今天到期"])


def test_push_is_counted_by_the_head(chat: ChatPage, bot: ScriptedBot) -> None:
    bot.push(CHIEFS_GROUP, [{"type": "text", "text": "58-1 明天到期"}])

    expect(chat.line_of("58-1").locator(".meta")).to_contain_text("推播・6 則")
    expect(chat.page.locator("#quota")).to_have_text("已用 6／200 則")


def test_webhook_that_failed_can_be_sent_again(chat: ChatPage, bot: ScriptedBot) -> None:
    bot.status = 503
    chat.say("列管")
    failed = chat.line_of("列管")
    expect(failed).to_contain_text("機器人沒收到（HTTP 503）")

    bot.status = 200
    failed.get_by_role("button", name="重送").click()

    expect(failed.locator(".meta")).to_contain_text("✓ 已送達")
    expect(chat.page.locator("#webhook")).to_have_text("✓ 正常（200）")


@pytest.mark.parametrize(
    "text",
    [
        "<script>document.title='x'</script><img src=x onerror=alert(1)>",
        "👨‍👩‍👧‍👦 收到 🇹🇼 𠮷野家",
        "\u202eمرحبا שלום 列管",
        "{bot} {{列管}} &amp; ${1+1}",
        "列管" * 2500,
    ],
    ids=["script", "emoji", "right-to-left", "braces", "5000 characters"],
)
def test_text_of_any_kind_is_shown_as_it_is(chat: ChatPage, bot: ScriptedBot, text: str) -> None:
    title = chat.page.title()

    chat.say(text)

    expect(chat.bubbles()).to_have_count(1)
    assert chat.bubbles().first.text_content() == text
    assert chat.page.title() == title
    chat.heard()
    assert bot.events[0]["message"]["text"] == text
    assert chat.overflow() == 0


def test_draft_survives_a_change_of_speaker_and_chat(chat: ChatPage) -> None:
    chat.box.fill("寫到一半")
    chat.speak_as("路人")
    expect(chat.box).to_have_value("")

    chat.speak_as("管考幕僚")

    expect(chat.box).to_have_value("寫到一半")


def test_step_of_the_tour_sets_chat_speaker_and_text(chat: ChatPage) -> None:
    chat.page.get_by_role("button", name="以路人的身分試：完成 58-2").click()

    expect(chat.page.get_by_role("radio", name="路人")).to_be_checked()
    expect(chat.box).to_have_value("完成 58-2")
    expect(chat.box).to_be_focused()


FLEX: dict[str, Any] = {
    "type": "flex",
    "altText": "58-1 開口契約",
    "contents": {
        "type": "bubble",
        "body": {
            "type": "box",
            "layout": "vertical",
            "contents": [
                {"type": "text", "text": "<b>58-1</b> 開口契約", "weight": "bold", "wrap": True},
                {"type": "separator"},
                {"type": "text", "text": "資訊局 待處理", "size": "sm"},
            ],
        },
        "footer": {
            "type": "box",
            "layout": "horizontal",
            "contents": [
                {"type": "button", "style": "primary", "action": {"type": "message", "label": "歷程", "text": "歷程"}},
                {
                    "type": "button",
                    "action": {"type": "datetimepicker", "label": "展期", "mode": "date", "data": "extend:58-1"},
                },
            ],
        },
    },
}


def test_card_shows_its_texts_and_its_buttons_work(chat: ChatPage, bot: ScriptedBot) -> None:
    bot.push(CHIEFS_GROUP, [FLEX])
    card = chat.page.get_by_role("group", name="58-1 開口契約")
    expect(card.locator("p")).to_have_text(["<b>58-1</b> 開口契約", "資訊局 待處理"])

    card.get_by_role("button", name="歷程").click()

    expect(chat.bubbles().last).to_have_text("歷程")


def test_date_picked_on_a_card_reaches_the_bot(chat: ChatPage, bot: ScriptedBot) -> None:
    bot.push(CHIEFS_GROUP, [FLEX])

    chat.page.get_by_role("button", name="展期").click()
    chat.page.get_by_label("日期", exact=True).fill("2026-12-31")
    with chat.page.expect_response("**/taps"):
        chat.page.get_by_role("button", name="確定").click()

    expect(chat.page.locator("#webhook")).to_have_text("✓ 正常（200）")
    chat.heard()
    assert bot.events[0]["postback"] == {"data": "extend:58-1", "params": {"date": "2026-12-31"}}
