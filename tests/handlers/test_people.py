"""Binding people by one-time codes, and groups by coordinators."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.chat import Chat, ChatKind
from domain.invite import hash_code, new_code
from domain.member import Role
from tests.handlers.office import CHIEFS, COORDINATOR, IT, NEIGHBOURS, OFFICE, STRANGER, Office, private

CODE = "K7QRM-2XWHP"
WRONG = "綁定碼不正確、已使用或已過期。請向管考幕僚確認後再輸入，例如：\n綁定 ABCDE-FGHJK"


def test_code_binds_a_contact(office: Office) -> None:
    office.invite(hash_code(CODE), Role.CONTACT, office.chiefs.id, office.it.id)

    answer = office.says(STRANGER, f"綁定 {CODE.lower()}", private(STRANGER))

    assert answer == "綁定完成：主任秘書會報 資訊局 單位窗口\n看自己的案件請輸入：我的"
    assert office.says(STRANGER, "我是誰") == "您的身分：\n・主任秘書會報 資訊局 單位窗口"


def test_code_works_once(office: Office) -> None:
    office.invite(hash_code(CODE), Role.CONTACT, office.chiefs.id, office.it.id)
    office.says(STRANGER, f"綁定 {CODE}")

    assert office.says(COORDINATOR, f"綁定 {CODE}") == WRONG


@pytest.mark.parametrize(("later", "works"), [(timedelta(days=7, seconds=-1), True), (timedelta(days=7), False)])
def test_code_expires(office: Office, later: timedelta, works: bool) -> None:
    office.invite(hash_code(CODE), Role.CONTACT, office.chiefs.id, office.it.id, days=7)
    office.now += later

    assert (office.says(STRANGER, f"綁定 {CODE}") != WRONG) is works


def test_sixth_try_within_an_hour_is_refused_even_with_the_right_code(office: Office) -> None:
    office.invite(hash_code(CODE), Role.CONTACT, office.chiefs.id, office.it.id)
    tries = [office.says(STRANGER, f"綁定 AAAAA-AAAA{n}") for n in range(5)]

    refused = office.says(STRANGER, f"綁定 {CODE}")
    office.now += timedelta(hours=1, seconds=1)
    taken = office.says(STRANGER, f"綁定 {CODE}")

    assert tries == [WRONG] * 5
    assert refused == "綁定碼輸入錯誤次數過多，請一小時後再試，或請管考幕僚重新產生。"
    assert taken is not None
    assert taken.startswith("綁定完成")


def test_code_without_a_user_id_binds_nobody_and_stays_usable(office: Office) -> None:
    office.invite(hash_code(CODE), Role.CONTACT, office.chiefs.id, office.it.id)

    refused = office.says(None, f"綁定 {CODE}")

    assert refused == "LINE 沒有告訴我您是誰，所以沒有變更。請先加我為好友，再到一對一聊天輸入。"
    assert office.says(STRANGER, f"綁定 {CODE}") != WRONG


def test_coordinator_code_in_an_unbound_group_binds_person_and_group(office: Office) -> None:
    office.invite(hash_code(CODE), Role.COORDINATOR, office.chiefs.id)

    answer = office.says(STRANGER, f"綁定 {CODE}", NEIGHBOURS)

    assert answer == (
        "綁定完成：主任秘書會報 管考幕僚\n本群已一併綁定「主任秘書會報」，群組成員都可以查詢其列管案件。\n"
        "看列管案件請輸入：列管"
    )
    assert office.says(IT, "列管", NEIGHBOURS) == "目前沒有列管中的案件。"


def test_coordinator_code_in_a_bound_group_leaves_the_group_alone(office: Office) -> None:
    office.invite(hash_code(CODE), Role.COORDINATOR, office.chiefs.id)
    office.says(STRANGER, f"綁定 {CODE}", OFFICE)

    assert office.store.read(lambda uow: list(uow.groups.series_of(OFFICE))) == [office.office.id]


def test_unbound_group_is_told_how_to_bind(office: Office) -> None:
    answer = office.says(IT, "列管", NEIGHBOURS)

    assert answer == "本群還沒有綁定會議。請管考幕僚在本群輸入：綁定本群\n（尚無身分者請先輸入：綁定 綁定碼）"


def test_coordinator_binds_and_unbinds_a_group(office: Office) -> None:
    chat = Chat(ChatKind.ROOM, "R-new")

    bound = office.says(COORDINATOR, "綁定本群", chat)
    unbound = office.says(COORDINATOR, "解除綁定", chat)
    restored = office.says(COORDINATOR, "復原", chat)

    assert bound == "本群已綁定「主任秘書會報」。看列管案件請輸入：列管\n要取消請輸入：復原"
    assert unbound == "本群不再顯示「主任秘書會報」的列管案件。要取消請輸入：復原"
    assert restored == "已復原：\n群組與「主任秘書會報」的綁定關係"
    assert office.store.read(lambda uow: list(uow.groups.series_of(chat))) == [office.chiefs.id]


def test_coordinator_of_two_series_is_asked_which(office: Office) -> None:
    office.store.write(
        lambda uow: uow.people.add_role(COORDINATOR, "管考幕僚", office.office.id, Role.COORDINATOR, None)
    )

    asked = office.says(COORDINATOR, "綁定本群", NEIGHBOURS)
    bound = office.says(COORDINATOR, "綁定會議 處務會議", NEIGHBOURS)

    assert asked == "請問是哪一個會議？請輸入：\n綁定會議 主任秘書會報\n綁定會議 處務會議"
    assert bound == "本群已綁定「處務會議」。看列管案件請輸入：列管\n要取消請輸入：復原"


def test_one_to_one_chat_is_no_group(office: Office) -> None:
    assert office.says(COORDINATOR, "綁定本群", private(COORDINATOR)) == "「綁定本群」「解除綁定」要在群組裡輸入。"


def test_binding_of_a_person_cannot_be_undone(office: Office) -> None:
    office.invite(hash_code(CODE), Role.CONTACT, office.chiefs.id, office.it.id)
    office.says(STRANGER, f"綁定 {CODE}")

    assert office.says(STRANGER, "復原") == (
        "無法復原：身分綁定不能自行取消，請洽管考幕僚；要讓群組不再顯示會議請輸入：解除綁定"
    )


def test_group_sees_only_its_series(office: Office) -> None:
    office.case("212-5", office.it.id)
    office.case("10601", office.it.id, series_id=office.office.id, title="招標作業")

    assert office.says(IT, "列管", OFFICE) == "列管中 1 件\n10601 招標作業\n　資訊局｜未定期限，下次會議前回報"
    assert (
        office.says(IT, "完成 212-5", OFFICE) == "查無案號 212-5。目前列管的例如：\n10601 招標作業\n看全部請輸入：列管"
    )


def test_member_sees_own_series_in_a_one_to_one_chat(office: Office) -> None:
    office.case("212-5", office.it.id)
    office.case("10601", office.it.id, series_id=office.office.id, title="招標作業")

    coordinator = office.says(COORDINATOR, "10601", private(COORDINATOR))
    contact = office.says(IT, "列管", private(IT))

    assert coordinator is not None
    assert coordinator.startswith("查無案號 10601")
    assert contact is not None
    assert contact.startswith("列管中 2 件")


def test_help_shows_a_coordinator_more_than_a_stranger(office: Office) -> None:
    shown = [office.says(user, "列管說明", CHIEFS) or "" for user in (STRANGER, IT, COORDINATOR)]

    assert [("・回報：" in text, "・管考：" in text) for text in shown] == [
        (False, False),
        (True, False),
        (True, True),
    ]


def test_new_codes_are_readable_and_never_the_same() -> None:
    codes = {new_code() for _ in range(1_000)}

    assert len(codes) == 1_000
    assert not set("".join(codes)) & set("0O1IL")
