"""Minutes without a conclusion: only a next meeting, only decisions, nothing. Each says what was noted."""

from __future__ import annotations

from tests.loop.chat import Chat, minutes

HEAD = "主任秘書會報第{}次會議紀錄\n時間：民國110年{}上午10時\n主席：秘書長　紀錄：專員\n"
REPORTS = "壹、報告事項\n一、各單位報告：洽悉。\n"
END = "參、散會"
NEXT = HEAD.format(302, "10月21日") + REPORTS + "下次會議訂於110年11月18日上午10時召開。\n" + END
DECISIONS = HEAD.format(302, "10月21日") + "壹、上次會議結論執行情形\n會議結論：301-1 解除列管。\n" + END
NOTHING = HEAD.format(302, "10月21日") + REPORTS + END
IMPORTED_BEFORE = "主任秘書會報 第302次 110/10/21(四)\n這次會議先前已經匯入，沒有變更。"


def test_only_a_next_meeting_is_reviewed_confirmed_and_taken_back(chat: Chat) -> None:
    chat.on("2021-10-22")
    shown = chat.say(NEXT)
    said = [chat.say(text) for text in ("草稿", "確認", "復原", "草稿")]

    review = (
        "草稿：主任秘書會報 第302次 110/10/21(四)\n沒有要列管的結論。\n"
        "下次會議：110/11/18(四)（確認後設定）\n確認請輸入：確認\n確認前不會列管任何案件。"
    )
    assert (shown, said[0], said[3]) == (review, review, review)
    assert said[1] == "已確認：主任秘書會報 第302次 110/10/21(四)\n已設定下次會議：110/11/18(四)\n要取消請輸入：復原"


def test_only_a_next_meeting_again_changes_nothing(chat: Chat) -> None:
    chat.on("2021-10-22")
    chat.confirm(NEXT)

    assert chat.say(NEXT) == IMPORTED_BEFORE


def test_next_meeting_that_is_set_already_asks_nothing(chat: Chat) -> None:
    chat.on("2021-10-22")
    chat.say("下次會議 11/18")

    assert "沒有找到要列管的結論，也沒有前案的決定。沒有變更任何資料。" in chat.say(NEXT).splitlines()


def test_only_decisions_are_reviewed_and_their_minutes_known_again(chat: Chat) -> None:
    chat.confirm(minutes(301))
    chat.on("2021-10-22")
    shown = chat.say(DECISIONS).splitlines()
    chat.say("確認")

    assert shown[1:4] == [
        "沒有要列管的結論。",
        "前案決定：解除列管 1 筆。看差異：草稿 決定",
        "確認請輸入：確認",
    ]
    assert chat.states()["301-1"] == ["released"]
    assert chat.say(DECISIONS) == IMPORTED_BEFORE


def test_minutes_that_ask_nothing_say_so_and_how_a_case_is_opened(chat: Chat) -> None:
    chat.on("2021-10-22")

    assert chat.say(NOTHING) == (
        "主任秘書會報 第302次 110/10/21(四)\n沒有找到要列管的結論，也沒有前案的決定。沒有變更任何資料。\n"
        "若有漏讀的交辦，請直接新增，例如：\n新增 請資訊局於11月底前完成契約延長"
    )


def test_decisions_beside_what_was_not_understood_are_counted_in_one_sentence(chat: Chat) -> None:
    chat.confirm(minutes(301))
    chat.on("2021-10-22")
    conclusion = "會議結論：301-1 解除列管。\n貳、報告事項\n會議結論：本案洽悉，謹供各單位參考，內容詳見附件簡報。\n"

    shown = chat.say(HEAD.format(302, "10月21日") + "壹、上次會議結論執行情形\n" + conclusion + END)

    assert shown.splitlines()[1] == "沒有要列管的結論，未讀懂 1 處（草稿 未讀）。"


def test_what_was_not_understood_is_listed_where_nothing_is_kept(chat: Chat) -> None:
    chat.on("2021-10-22")
    unread = (
        HEAD.format(302, "10月21日") + "壹、報告事項\n會議結論：本案洽悉，謹供各單位參考，內容詳見附件簡報。\n" + END
    )

    assert "　第 5 行：本案洽悉，謹供各單位參考，內容詳見附件簡報。" in chat.say(unread).splitlines()


def test_pasted_text_that_waits_for_its_series_is_not_forgotten(chat: Chat) -> None:
    chat.say(NOTHING.replace("主任秘書會報", "防災協調會報"))

    assert chat.say("草稿") == "您貼上的紀錄還沒有讀。要讀請輸入：讀完\n不要了請輸入：取消草稿"
