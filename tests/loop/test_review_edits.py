"""Editing drafts in the chat, with every kind of bad input."""

from __future__ import annotations

import pytest

from domain.member import Role
from domain.ports import UnitOfWork
from tests.handlers.office import CHIEFS, COORDINATOR, IT, STRANGER
from tests.loop.chat import SECOND, Chat, minutes


@pytest.fixture
def review(chat: Chat) -> Chat:
    """A chat with the review of 301: 1–4 are new, 5 is 299-2, 6 is 300-2."""
    chat.say(minutes(301))
    return chat


def test_draft_is_shown_with_its_sentence_place_and_rule(review: Chat) -> None:
    assert review.say("草稿 1").split("\n可修改：")[0] == (
        "草稿 1　【301-1】完成資訊系統盤點\n"
        "承辦：資訊局\n"
        "期限 110/10/15(五)（「10月15日前」寫明的日期）\n"
        "　期限 110/10/15(五)。\n"
        "　規則：寫明的日期。\n"
        "原文：「請資訊局於10月15日前完成資訊系統盤點」\n"
        "出處：壹-二-(一)，第 17 行"
    )


@pytest.mark.parametrize(
    ("said", "echo"),
    [
        ("草稿 1 案號 301-9", "1. 301-9 完成資訊系統盤點\n　資訊局｜"),
        ("草稿 1 標題 盤點資訊系統", "1. 301-1 盤點資訊系統\n　資訊局｜"),
        ("草稿 1 主辦 法務局、研考會", "1. 301-1 完成資訊系統盤點\n　法務局、研考會｜"),
        ("草稿 1 協辦 法務局", "1. 301-1 完成資訊系統盤點\n　資訊局、法務局（協辦）｜"),
        ("草稿 1 期限 下個月10日前", "1. 301-1 完成資訊系統盤點\n　資訊局｜期限 110/10/10(日) 為放假日"),
        ("草稿 1 期限 無", "1. 301-1 完成資訊系統盤點\n　資訊局｜未定期限"),
        ("草稿 1 刪除", "1. ［已刪除］301-1 完成資訊系統盤點"),
        ("草稿 4 併入 301-2", "4. ［併入 301-2］301-4 提供宣導素材"),
    ],
)
def test_edit_is_echoed_and_kept(review: Chat, said: str, echo: str) -> None:
    answer = review.say(said)

    assert answer.startswith(f"草稿已修改：\n{echo}")
    assert echo.splitlines()[0] in review.say("草稿").replace("⚠", "")


def test_edits_are_what_confirmation_opens(review: Chat) -> None:
    for said in ("草稿 1 案號 301-9", "草稿 1 標題 盤點", "草稿 1 主辦 法務局", "草稿 1 期限 10月20日", "草稿 2 刪除"):
        review.say(said)

    review.say("確認")

    case = review.case("301-9")
    assert (case.title, [line.unit for line in case.assignments], str(case.deadline.on)) == (
        "盤點",
        ["法務局"],
        "2021-10-20",
    )
    assert sorted(review.states()) == ["299-2", "300-2", "301-3", "301-4", "301-9"]


def test_split_reads_each_part_anew(chat: Chat) -> None:
    chat.say(minutes(301, ("完成資訊系統盤點。", "盤點資訊系統完竣並公告。")))

    answer = chat.say("草稿 1 拆分 並公告")
    drafts = [line for line in chat.say("草稿").splitlines() if "301-5" in line]

    assert answer.startswith("草稿 1 已拆成 2 件：")
    assert len(drafts) == 1


def test_expansion_opens_a_line_for_each_unit_of_the_directory(chat: Chat) -> None:
    chat.say(minutes(301, ("請資訊局於10月15日前", "請各局處於10月15日前")))

    answer = chat.say("草稿 1 展開")
    chat.say("確認 1")

    assert "資訊局、法務局、觀光傳播局｜期限" in answer
    assert [line.unit for line in chat.case("301-1").assignments] == ["資訊局", "法務局", "觀光傳播局"]


def test_draft_of_every_unit_offers_its_expansion_and_calls_no_unit_new(chat: Chat) -> None:
    chat.say(minutes(301, ("請資訊局於10月15日前", "請各局處於10月15日前")))

    shown = chat.say("草稿 1").splitlines()

    assert shown[-1] == "草稿 1 展開"
    assert [line for line in shown if "名冊沒有" in line] == []


def test_expansion_leaves_out_units_that_only_other_series_know(chat: Chat) -> None:
    office = chat.office

    def furnish(uow: UnitOfWork) -> None:
        for name in ("文書組", "總務組"):
            unit = uow.units.add(name)
            uow.people.add_role(f"U-{name}", f"{name}窗口", office.office.id, Role.CONTACT, unit.id)
        uow.people.add_role("U-both", "總務組窗口", office.chiefs.id, Role.CONTACT, unit.id)

    office.store.write(furnish)
    chat.say(minutes(301, ("請資訊局於10月15日前", "請各局處於10月15日前")))

    assert "資訊局、法務局、觀光傳播局、總務組｜期限" in chat.say("草稿 1 展開")


def test_draft_that_is_merged_is_opened_closed_with_a_pointer(review: Chat) -> None:
    review.say("草稿 4 併入 301-2")

    review.say("確認")

    merged = [(line.state.value, line.merged_into) for line in review.case("301-4").assignments]
    assert merged == [("released", "301-2"), ("released", "301-2")]


def test_alias_is_learnt_on_confirmation_and_forgotten_by_undo(chat: Chat) -> None:
    chat.say(minutes(301, ("請觀傳局於", "請觀播局於")))
    hint = [line for line in chat.say("草稿 3").splitlines() if line.startswith("名冊沒有")]
    find = chat.office.store.read

    chat.say("草稿 單位 觀播局 是 觀光傳播局")
    before = find(lambda uow: uow.units.by_name("觀播局"))
    chat.say("確認")
    learnt = find(lambda uow: uow.units.by_name("觀播局"))
    chat.say("復原")

    assert hint == ["名冊沒有「觀播局」，可能是觀光傳播局：草稿 單位 觀播局 是 觀光傳播局"]
    assert (before, learnt.name if learnt else None) == (None, "觀光傳播局")
    assert find(lambda uow: uow.units.by_name("觀播局")) is None


def test_edit_is_taken_back_by_undo(review: Chat) -> None:
    before = review.say("草稿 1")
    review.say("草稿 1 標題 別的")
    review.say("草稿 1 主辦 法務局")

    review.say("復原")
    review.say("復原")

    assert review.say("草稿 1") == before


def test_partial_confirmation_opens_these_only_and_keeps_the_rest(review: Chat) -> None:
    answer = review.say("確認 1-2、4")

    assert sorted(review.states()) == ["301-1", "301-2", "301-4"]
    assert "尚有 3 件草稿未確認。看草稿請輸入：草稿" in answer
    review.say("確認")
    assert sorted(review.states()) == ["299-2", "300-2", "301-1", "301-2", "301-3", "301-4"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("草稿 99", "沒有草稿 99。草稿編號是 1 到 6。例如：草稿 1"),
        ("草稿 99 刪除", "沒有草稿 99。草稿編號是 1 到 6。例如：草稿 1"),
        ("草稿 0", "沒有草稿 0。草稿編號是 1 到 6。例如：草稿 1"),
        ("草稿 1 案號 301-2", "案號 301-2 已被使用（案號不重複使用）。請換一個，例如：草稿 1 案號 301-21"),
        ("草稿 1 案號 隨便", "「隨便」不是案號。例如：草稿 1 案號 212-9"),
        ("草稿 5 案號 301-9", "草稿 5 是前案 299-2，案號不能改。"),
        ("草稿 1 標題", "沒有變更：標題不能是空的。例如：草稿 1 標題 完成契約延長"),
        ("草稿 1 併入 888-8", "沒有變更：888-8 不是列管中的案號。例如：草稿 1 併入 210-2"),
        ("草稿 2 拆分", "這一句沒有分號或句號可拆。請指明從哪裡拆，例如：草稿 2 拆分 另請法務局"),
        ("草稿 決定 99 不套用", "沒有第 99 筆決定，共 4 筆。看差異請輸入：草稿 決定"),
        ("確認 9", "沒有確認任何一件：草稿 9 不存在、已刪除或已開案。看草稿請輸入：草稿"),
        ("確認 1-200", None),
    ],
)
def test_bad_edit_changes_nothing_and_says_how(review: Chat, said: str, answer: str | None) -> None:
    before = review.say("草稿")

    heard = review.say(said)

    assert answer is None or heard == answer
    assert review.say("草稿") == before
    assert review.cases() == []


@pytest.mark.parametrize("words", ["2月30日", "過幾天再說", "13月1日", "截至8月底"])
def test_deadline_without_one_possible_day_is_refused(review: Chat, words: str) -> None:
    before = review.say("草稿 1")

    answer = review.say(f"草稿 1 期限 {words}")

    assert answer.startswith(f"沒有變更：讀不出「{words}」的日期。")
    assert review.say("草稿 1") == before


def test_second_confirmation_finds_nothing_to_confirm(review: Chat) -> None:
    review.say("確認")
    before = review.cases()

    assert review.say("確認").startswith("沒有待確認的草稿。")
    assert review.cases() == before


def test_number_given_away_meanwhile_is_told_and_nothing_is_half_done(review: Chat) -> None:
    review.office.case("301-1", review.office.it.id, title="插隊")

    answer = review.say("確認")

    assert answer == (
        "草稿列出之後有人變更，這次沒有寫入任何資料：\n"
        "301-1 已被使用，改為 301-5\n"
        "草稿已更新。看過之後要確認請輸入：確認"
    )
    assert sorted(review.states()) == ["301-1"]
    review.say("確認")
    assert review.case("301-5").title == "完成資訊系統盤點"


def test_line_that_changed_since_it_was_shown_is_told_first(chat: Chat) -> None:
    chat.confirm(minutes(301))
    chat.say(minutes(302))
    chat.say("完成 301-1", IT)

    answer = chat.say("確認")

    assert "301-1 完成資訊系統盤點\n　資訊局：待解列" in answer
    assert chat.states()["301-1"] == ["release_requested"]
    chat.say("確認")
    assert chat.states()["301-1"] == ["released"]


def test_two_coordinators_open_each_conclusion_once(chat: Chat) -> None:
    chat.say(minutes(301))
    chat.say(minutes(301), SECOND)
    chat.say("確認")
    before = chat.cases()

    told = chat.say("確認", SECOND)
    again = chat.say("確認", SECOND)

    assert told.splitlines()[1] == "另一位管考幕僚已確認同一次會議，草稿只剩與其不同的部分。"
    assert again == "已確認：主任秘書會報 第301次 110/9/23(四)\n沒有變更。"
    assert chat.cases() == before


def test_review_of_another_member_is_out_of_reach(review: Chat) -> None:
    assert review.say("草稿 1", SECOND).startswith("沒有待確認的草稿。")
    assert review.say("確認", SECOND).startswith("沒有待確認的草稿。")
    assert review.cases() == []


@pytest.mark.parametrize("who", [IT, STRANGER])
def test_minutes_from_somebody_else_start_nothing(chat: Chat, who: str) -> None:
    chat.say(minutes(301), who)
    chat.say("確認", who)

    assert chat.cases() == []


def test_group_is_sent_to_the_private_chat(review: Chat) -> None:
    office = review.office

    asked = office.says(COORDINATOR, "列管 草稿", CHIEFS)
    silent = [office.says(COORDINATOR, text, CHIEFS) for text in ("確認", "草稿 1 刪除", minutes(302))]

    assert asked == "會議紀錄的草稿請管考幕僚到與我的一對一聊天處理：在那裡輸入「草稿」。"
    assert silent == [None, None, None]
    assert review.cases() == []


def test_pieces_are_joined_until_the_reader_is_called(chat: Chat) -> None:
    text = minutes(301)

    chat.say("貼上")
    answers = [chat.say(piece) for piece in (text[:90], text[90:])]
    review = chat.say("讀完")

    assert answers[1] == f"已收到 2 則，共 {len(text) + 1} 字。貼完請輸入：讀完"
    assert review.startswith("草稿：主任秘書會報 第301次 110/9/23(四)\n")


def test_piece_that_is_sent_twice_counts_once(chat: Chat) -> None:
    text = minutes(301)

    chat.say("貼上")
    answers = [chat.say(piece) for piece in (text, text, "復原")]
    review = chat.say("讀完")

    assert answers[1] == f"這一則和先前貼的相同，只算一次。共 1 則，{len(text)} 字。貼完請輸入：讀完"
    assert not answers[2].startswith("已收到")
    assert review.startswith("草稿：主任秘書會報 第301次 110/9/23(四)\n")


def test_minutes_that_do_not_say_which_meeting_are_asked_about(chat: Chat) -> None:
    conclusions = ("請資訊局完成帳號清查並回報結果。", "請法務局檢討契約範本並提出修正建議。", "請觀傳局提供素材。")
    listed = [f"{number}、{conclusion}" for number, conclusion in zip("一二三", conclusions, strict=True)]
    text = "\n".join(["各項結論整理如下", "會議結論：", *listed])

    asked = chat.say(text)
    answer = chat.say("讀完 第305次")

    assert asked == "紀錄沒有寫第幾次會議，也沒有日期，無法編號。請輸入，例如：讀完 主任秘書會報 第212次"
    assert answer.startswith("草稿：主任秘書會報 第305次 （未載明日期）\n")


def test_review_is_taken_up_after_a_restart(chat: Chat) -> None:
    chat.say(minutes(301))
    chat.say("草稿 1 標題 盤點")

    again = chat.say(minutes(301))

    assert "301-1 盤點" in again


def test_dropped_review_tracks_nothing_and_comes_back_by_undo(review: Chat) -> None:
    dropped = review.say("取消草稿")
    gone = review.say("草稿")
    review.say("復原")

    assert dropped == "已取消草稿：主任秘書會報 第301次 110/9/23(四)。沒有列管任何案件。"
    assert gone.startswith("沒有待確認的草稿。")
    assert review.say("草稿 1").startswith("草稿 1　【301-1】")
    assert review.cases() == []
