"""A corrected version of minutes that says otherwise about decisions which were confirmed and applied."""

from __future__ import annotations

import pytest

from tests.handlers.office import IT
from tests.loop.chat import Chat, minutes

OPEN, ASKED, DONE = "open", "release_requested", "released"
RELEASED = "列管編號301-1、301-4(法務局部分)等3案解除列管；"
CONTINUED = "列管編號301-2、301-4(資訊局部分)、300-2等3案賡續列管。"


@pytest.fixture
def applied(chat: Chat) -> Chat:
    """301 and 302 are confirmed; 資訊局 had asked to release 301-1 and its part of 301-2."""
    chat.confirm(minutes(301))
    chat.say("完成 301-1", IT)
    chat.say("完成 301-2", IT)
    chat.on("2021-10-22")
    chat.confirm(minutes(302))
    return chat


def without_release() -> str:
    """302 without the release of 301-1."""
    return minutes(302, (RELEASED, "列管編號301-4(法務局部分)解除列管；"))


def test_dropped_decision_is_offered_and_not_taken_back_by_itself(applied: Chat) -> None:
    shown = applied.say(without_release())
    listed = applied.say("草稿 決定")
    confirmed = applied.say("確認")

    assert "⚠不套用 1 筆" in shown
    assert (
        "5. ⚠301-1(資訊局) 撤回解除列管\n　前次已套用，這一版沒有寫，維持現狀。要撤回請輸入：草稿 決定 5 套用" in listed
    )
    assert "⚠未套用：301-1(資訊局) 撤回解除列管\n沒有變更。" in confirmed
    assert applied.states()["301-1"] == [DONE]


def test_dropped_decision_is_taken_back_to_what_was_before(applied: Chat) -> None:
    applied.say(without_release())

    settled = applied.say("草稿 決定 5 套用")
    confirmed = applied.say("確認")

    assert settled == "已修改：\n5. 301-1(資訊局) 撤回解除列管\n　資訊局：已解列 → 恢復為決定前的狀態"
    assert confirmed == "已確認：主任秘書會報 第302次 110/10/21(四)\n301-1(資訊局) 撤回解除列管\n要取消請輸入：復原"
    assert applied.states()["301-1"] == [ASKED]
    assert applied.closings("301-1") == [""]


def test_dropped_continuation_gives_the_request_for_release_back(applied: Chat) -> None:
    applied.say(minutes(302, (CONTINUED, "列管編號301-4(資訊局部分)、300-2等2案賡續列管。")))
    applied.say("草稿 決定 5 套用")
    applied.say("確認")

    assert applied.states()["301-2"] == [OPEN, ASKED]


def test_undo_of_the_correction_restores_all_and_offers_it_again(applied: Chat) -> None:
    applied.say(without_release())
    applied.say("草稿 決定 5 套用")
    applied.say("確認")

    undone = applied.say("復原")
    again = applied.say("草稿 決定")
    applied.say("確認")

    assert "301-1" in undone
    assert "5. 301-1(資訊局) 撤回解除列管" in again
    assert applied.states()["301-1"] == [ASKED]


def test_decision_that_is_refused_stays_and_is_not_asked_again(applied: Chat) -> None:
    applied.say(without_release())
    applied.say("草稿 決定 5 不套用")
    applied.say("確認")

    assert applied.states()["301-1"] == [DONE]
    assert applied.say(without_release()).endswith("這次會議先前已經匯入，沒有變更。")


def test_reversed_decision_is_one_choice_and_not_two(applied: Chat) -> None:
    """What the corrected version decides otherwise is not also offered as taken back."""
    corrected = minutes(
        302,
        (RELEASED, "列管編號301-4(法務局部分)解除列管；"),
        (CONTINUED, "列管編號301-1、301-2、301-4(資訊局部分)、300-2等4案賡續列管。"),
    )

    applied.say(corrected)
    listed = applied.say("草稿 決定")
    applied.say("草稿 決定 2 套用")
    confirmed = applied.say("確認")

    assert "2. ⚠301-1(資訊局) 賡續列管\n　先前已解列，不套用。要重新列管請輸入：草稿 決定 2 套用" in listed
    assert "6. 301-1 撤回解除列管\n　前次已套用，這一版改為其他決定，請看同案的另一筆" in listed
    assert "未套用" not in confirmed
    assert applied.states()["301-1"] == [OPEN]


def test_line_that_changed_since_is_not_taken_back(applied: Chat) -> None:
    applied.say("賡續 301-1")
    applied.say(without_release())

    listed = applied.say("草稿 決定")
    applied.say("草稿 決定 5 套用")
    applied.say("確認")

    assert "5. 301-1(資訊局) 撤回解除列管\n　前次已套用，這一版沒有寫；之後已有人變更，不能撤回，請另下決定" in listed
    assert applied.states()["301-1"] == [OPEN]


def test_line_that_changes_between_showing_and_confirming_is_told(applied: Chat) -> None:
    applied.say(without_release())
    applied.say("草稿 決定 5 套用")
    applied.say("賡續 301-1")

    told = applied.say("確認")

    assert told.startswith("草稿列出之後有人變更，這次沒有寫入任何資料：")


def test_version_that_says_it_again_leaves_all_as_it_was(applied: Chat) -> None:
    applied.say(without_release())
    applied.say("確認")

    answer = applied.say(minutes(302, ("散會", "散會。")))

    assert answer.endswith("這次會議先前已經匯入，沒有變更。")
    assert applied.states()["301-1"] == [DONE]


def test_version_that_says_it_again_applies_what_was_taken_back(applied: Chat) -> None:
    applied.say(without_release())
    applied.say("草稿 決定 5 套用")
    applied.say("確認")

    applied.say(minutes(302, ("散會", "散會。")))
    applied.say("確認")

    assert applied.states()["301-1"] == [DONE]
