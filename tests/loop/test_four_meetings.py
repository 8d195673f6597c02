"""Four consecutive meetings of one series, from paste to undo, in the coordinator's 1:1 chat."""

from __future__ import annotations

import pytest

from tests.handlers.office import IT
from tests.loop.chat import Chat, minutes

OPEN, ASKED, DONE = "open", "release_requested", "released"


def after_301(chat: Chat) -> Chat:
    chat.confirm(minutes(301))
    return chat


def after_302(chat: Chat) -> Chat:
    after_301(chat).on("2021-10-22")
    chat.confirm(minutes(302))
    return chat


def after_303(chat: Chat) -> Chat:
    after_302(chat).on("2021-11-19")
    chat.confirm(minutes(303))
    return chat


def test_pasting_tracks_nothing_before_confirmation(chat: Chat) -> None:
    answer = chat.say(minutes(301))

    assert answer.splitlines()[:2] == ["草稿：主任秘書會報 第301次 110/9/23(四)", "擬列管 6 件"]
    assert chat.cases() == []


def test_first_minutes_open_their_conclusions_and_carry_what_goes_on(chat: Chat) -> None:
    after_301(chat)

    lines = {case.number: [line.unit for line in case.assignments] for case in chat.cases()}
    assert lines == {
        "299-2": ["未定單位"],
        "300-2": ["法務局"],
        "301-1": ["資訊局"],
        "301-2": ["法務局", "資訊局"],
        "301-3": ["觀光傳播局"],
        "301-4": ["資訊局", "法務局"],
    }


def test_difference_is_shown_before_anything_is_applied(chat: Chat) -> None:
    after_301(chat).say("完成 301-1", IT)
    chat.on("2021-10-22")
    before = chat.states()

    chat.say(minutes(302))
    answer = chat.say("草稿 決定")

    assert answer == (
        "前案決定 5 筆（尚未套用）\n"
        "⚠第 11 行：原文說 3 案，列出 2 案，請核對。\n"
        "1. 301-1(資訊局) 解除列管\n"
        "　資訊局：待解列 → 已解列\n"
        "2. 301-4(法務局) 解除列管\n"
        "　法務局：待處理 → 已解列\n"
        "3. 301-2(法務局、資訊局) 賡續列管\n"
        "　法務局：待處理、資訊局（協辦）：待處理 → 待處理\n"
        "4. 301-4(資訊局) 賡續列管\n"
        "　資訊局：待處理 → 待處理\n"
        "5. 300-2(法務局) 賡續列管\n"
        "　法務局：待處理 → 待處理\n"
        "紀錄未提及、仍列管中：301-3 提報年度行銷成果、299-2 前案 299-2（內容…"
    )
    assert chat.states() == before


def test_next_minutes_release_and_continue_line_by_line(chat: Chat) -> None:
    after_302(chat)

    assert chat.states() == {
        "299-2": [OPEN],
        "300-2": [OPEN],
        "301-1": [DONE],
        "301-2": [OPEN, OPEN],
        "301-3": [OPEN],
        "301-4": [OPEN, DONE],
        "302-1": [OPEN],
    }


def test_continuation_turns_a_request_for_release_down(chat: Chat) -> None:
    after_301(chat).say("完成 301-2", IT)
    asked = chat.states()["301-2"]

    chat.on("2021-10-22")
    chat.confirm(minutes(302))

    assert (asked, chat.states()["301-2"]) == ([OPEN, ASKED], [OPEN, OPEN])


def test_line_in_both_lists_is_left_alone_until_somebody_says(chat: Chat) -> None:
    after_302(chat).on("2021-11-19")
    chat.say(minutes(303))

    shown = chat.say("草稿 決定")
    confirmed = chat.say("確認")

    assert "⚠302-1(資訊局) 解除列管\n　同時列在解除與賡續，不套用" in shown
    assert "⚠未套用：302-1(資訊局) 賡續列管" in confirmed
    assert chat.states()["302-1"] == [OPEN]


@pytest.mark.parametrize(("said", "state"), [("草稿 決定 2 套用", DONE), ("草稿 決定 2 不套用", OPEN)])
def test_choice_settles_a_line_in_both_lists(chat: Chat, said: str, state: str) -> None:
    after_302(chat).on("2021-11-19")
    chat.say(minutes(303))

    chat.say(said)
    chat.say("確認")

    assert chat.states()["302-1"] == [state]


def test_merged_line_points_to_where_it_goes_on(chat: Chat) -> None:
    after_303(chat)

    merged = [(line.closing and line.closing.value, line.merged_into) for line in chat.case("301-4").assignments]
    assert merged == [("merged", "301-2"), ("done", "")]
    assert "資訊局：已解列（併入 301-2）" in chat.say("301-4")


def test_released_line_that_goes_on_is_reopened_only_by_choice(chat: Chat) -> None:
    after_303(chat).on("2021-12-17")
    chat.say(minutes(304))
    shown = chat.say("草稿 決定")
    left = chat.states()["301-1"]

    chat.say("草稿 決定 4 套用")
    chat.say("確認")

    assert "4. ⚠301-1(資訊局) 賡續列管\n　先前已解列，不套用。要重新列管請輸入：草稿 決定 4 套用" in shown
    assert (left, chat.states()["301-1"]) == ([DONE], [OPEN])


def test_one_undo_takes_a_whole_import_back(chat: Chat) -> None:
    after_301(chat).say("完成 301-1", IT)
    before = chat.states()
    chat.on("2021-10-22")
    chat.confirm(minutes(302))

    answer = chat.say("復原")

    assert answer.splitlines()[-1] == "主任秘書會報 第302次 110/10/21(四) 的確認；草稿已恢復，可輸入：草稿"
    assert chat.states() == {**before, "302-1": [DONE]}
    assert chat.closings("302-1") == ["void"]


def test_review_that_was_undone_is_confirmed_again_under_new_numbers(chat: Chat) -> None:
    after_302(chat).say("復原")

    chat.say("確認")

    assert chat.states()["302-2"] == [OPEN]
    assert chat.states()["301-1"] == [DONE]


def test_undo_is_refused_when_somebody_reported_since(chat: Chat) -> None:
    after_301(chat).say("回報 301-1 已完成盤點", IT)

    answer = chat.say("復原")

    assert answer == "無法復原：301-1 完成資訊系統盤點 之後已有人變更或回報。"
    assert chat.states()["301-2"] == [OPEN, OPEN]


def test_same_minutes_again_change_nothing_and_say_so(chat: Chat) -> None:
    before = after_302(chat).cases()

    answer = chat.say(minutes(302))

    assert answer == "主任秘書會報 第302次 110/10/21(四)\n這次會議先前已經匯入，沒有變更。"
    assert chat.cases() == before
    assert chat.say("草稿").startswith("沒有待確認的草稿。")


CORRECTIONS = (
    ("10月15日", "10月29日"),
    ("另請資訊局、法務局提供", "另請資訊局提供"),
    ("(二) 請法務局會同資訊局儘速檢討契約範本。", "(二) 請研考會訂定檔案銷毀程序。"),
)


def test_corrected_version_shows_only_what_it_says_otherwise(chat: Chat) -> None:
    after_301(chat)

    answer = chat.say(minutes(301, *CORRECTIONS))

    assert answer.splitlines()[1] == "擬列管 4 件，已開案 1 件"
    heads = [" ".join(line.split()[:2]) for line in answer.splitlines() if line[:1].isdecimal()]
    assert heads == ["1. ［更正］301-1", "2. 301-5", "4. ［更正］301-4", "5. ［新版已無］301-2", "3. ［已開案］301-3"]


def test_corrected_version_is_applied_and_taken_back(chat: Chat) -> None:
    before = {case.number: (case.title, case.deadline, case.sentence) for case in after_301(chat).cases()}
    states = chat.states()

    chat.confirm(minutes(301, *CORRECTIONS))
    corrected = chat.case("301-1")
    closings = [chat.closings(number) for number in ("301-2", "301-4")]
    chat.say("復原")

    assert (str(corrected.deadline.on), corrected.deadline.text) == ("2021-10-29", "10月29日前")
    assert "10月29日" in corrected.sentence
    assert closings == [["void", "void"], ["", "void"]]
    assert {c.number: (c.title, c.deadline, c.sentence) for c in chat.cases() if c.number != "301-5"} == before
    assert {number: state for number, state in chat.states().items() if number != "301-5"} == states


def test_case_age_shows_from_the_meeting_that_opened_it(chat: Chat) -> None:
    after_303(chat)

    assert "出處：主任秘書會報 第301次 110/9/23(四) 壹-二-(二)" in chat.say("301-2")
