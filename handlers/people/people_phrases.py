"""The wording about people, groups, and what the bot can do for them."""

from __future__ import annotations

from collections.abc import Sequence

from domain.case import Series
from domain.member import Role
from domain.unit import Unit
from handlers.messages import Choice, Message
from handlers.phrases import short

ROLES = {Role.COORDINATOR: "管考幕僚", Role.CONTACT: "單位窗口", Role.CHIEF: "主管"}
HOW_TO_BIND = "綁定請輸入：綁定 綁定碼（向管考幕僚索取，限用一次）"
HELP = Choice("列管說明", "列管說明")


def stranger() -> Message:
    """Tell somebody without a role how to get one."""
    return Message(text=f"您還沒有綁定身分，看不到列管案件。\n{HOW_TO_BIND}", choices=(HELP,))


def nobodys_unit() -> Message:
    """Tell somebody without a role why 我的 means nothing."""
    text = f"您還沒有綁定身分，不知道您的單位。看單位的案件請直接輸入單位名稱，例如：資訊局\n{HOW_TO_BIND}"
    return Message(text=text, choices=(HELP,))


def group_unbound() -> Message:
    """Tell a group that sees no series how to see one."""
    return Message(text="本群還沒有綁定會議。請管考幕僚在本群輸入：綁定本群\n（尚無身分者請先輸入：綁定 綁定碼）")


def greeting() -> Message:
    """Greet a group on joining."""
    text = (
        "大家好，我是列管小幫手，協助追蹤會議結論。\n"
        "請管考幕僚在本群輸入「綁定 綁定碼」，或已有身分者輸入「綁定本群」，本群就能查詢與回報。\n"
        "平時不會插話；看指令請輸入：列管說明"
    )
    return Message(text=text, choices=(HELP,))


def welcome() -> Message:
    """Greet a person on being added as a friend."""
    text = f"您好，我是列管小幫手，協助追蹤會議結論。\n{HOW_TO_BIND}\n看指令請輸入：列管說明"
    return Message(text=text, choices=(HELP,))


def which_own_unit(units: Sequence[Unit]) -> Message:
    """Ask a member of several units which one is meant."""
    names = [unit.name for unit in units]
    text = "您有幾個單位，請問要看哪一個？請輸入：\n" + "\n".join(names)
    return Message(text=text, choices=tuple(Choice(short(name, 20), name) for name in names))


def no_user_id(*, asks: bool = False) -> Message:
    """Tell somebody whom LINE does not name what to do: nothing was changed, if they did not just ask."""
    kept = "" if asks else "，所以沒有變更"
    return Message(text=f"LINE 沒有告訴我您是誰{kept}。請先加我為好友，再到一對一聊天輸入。")


def too_many_codes() -> Message:
    """Refuse codes for a while."""
    return Message(text="綁定碼輸入錯誤次數過多，請一小時後再試，或請管考幕僚重新產生。")


def wrong_code() -> Message:
    """Refuse a code: wrong, used or expired, without saying which."""
    return Message(text="綁定碼不正確、已使用或已過期。請向管考幕僚確認後再輸入，例如：\n綁定 ABCDE-FGHJK")


def bound(series: Series, role: Role, unit: Unit | None, *, group_too: bool, taken: Sequence[str] = ()) -> Message:
    """Say which role a code gave, what was taken over, and whether the group was bound with it."""
    lines = [f"綁定完成：{identity(series, role, unit)}"]
    if taken:
        lines.append(f"已接手{'、'.join(taken)}的案件，原窗口的身分已取消。")
    if group_too:
        lines.append(f"本群已一併綁定「{series.name}」，群組成員都可以查詢其列管案件。")
    lines.append("看自己的案件請輸入：我的" if unit else "看列管案件請輸入：列管")
    return Message(text="\n".join(lines), choices=(HELP,))


def identity(series: Series, role: Role, unit: Unit | None) -> str:
    """Name a role: 主任秘書會報 資訊局 單位窗口."""
    return " ".join(part for part in (series.name, unit.name if unit else "", ROLES[role]) if part)


def who_you_are(identities: Sequence[str]) -> Message:
    """Tell a member's roles."""
    return Message(text="\n".join(["您的身分：", *(f"・{one}" for one in identities)]))


def group_only() -> Message:
    """Refuse to bind a 1:1 chat as a group."""
    return Message(text="「綁定本群」「解除綁定」要在群組裡輸入。")


def may_not_bind_group() -> Message:
    """Refuse to bind or unbind a group, and say who can."""
    return Message(text="沒有變更：群組與會議的綁定由該會議的管考幕僚設定。")


def which_own_series(word: str, series: Sequence[Series]) -> Message:
    """Ask which series a group is to see, or to see no longer."""
    said = [f"{word} {one.name}" for one in series]
    text = "\n".join(["請問是哪一個會議？請輸入：", *said])
    return Message(
        text=text, choices=tuple(Choice(short(one.name, 20), words) for one, words in zip(series, said, strict=True))
    )


def group_bound(series: Series) -> Message:
    """Say that the group sees a series now."""
    return Message(text=f"本群已綁定「{series.name}」。看列管案件請輸入：列管\n要取消請輸入：復原")


def group_bound_already(series: Series) -> Message:
    """Say that the group sees the series already."""
    return Message(text=f"本群先前已綁定「{series.name}」，沒有變更。")


def group_unbound_from(series: Series) -> Message:
    """Say that the group sees a series no longer."""
    return Message(text=f"本群不再顯示「{series.name}」的列管案件。要取消請輸入：復原")


def group_sees_nothing() -> Message:
    """Say that there is nothing to unbind."""
    return Message(text="本群沒有綁定這個會議，沒有變更。")


def undone(steps: Sequence[str]) -> Message:
    """Say what was taken back."""
    return Message(text="\n".join(["已復原：", *steps]))


def nothing_to_undo() -> Message:
    """Say that there is no own change left."""
    return Message(text="您沒有可以復原的變更。")


def cannot_undo(reason: str) -> Message:
    """Say why a change stays."""
    return Message(text=f"無法復原：{reason}")


def no_such_change(entry_id: int) -> Message:
    """Say that there is nothing to undo under a number."""
    return Message(text=f"沒有編號 #{entry_id} 的變更，或已經復原過了。")


def may_not_undo_others(entry_id: int) -> Message:
    """Refuse to undo somebody else's change, and say who can."""
    return Message(text=f"沒有變更：#{entry_id} 不是您的變更，只能由本人或該會議的管考幕僚復原。自己的請輸入：復原")


def later_changes(case: str, later: Sequence[str], entry_id: int) -> Message:
    """Show what came after a change, and how to take all of it back."""
    said = f"確認復原 #{entry_id}"
    lines = [f"沒有變更：{case}", f"#{entry_id} 之後還有 {len(later)} 筆變更：", *later]
    lines.append(f"要連同之後的變更一起復原請輸入：{said}")
    return Message(text="\n".join(lines), choices=(Choice(said, said),))


def edited_not_run() -> Message:
    """Say that an edited message is not executed again."""
    return Message(text="編輯過的訊息不會再執行一次。要變更請另外傳一則新訊息；要取消上一個動作請輸入：復原")


def button_unknown() -> Message:
    """Say that a button means nothing any more."""
    return Message(text="這個按鈕已經失效，請直接輸入指令。看指令請輸入：列管說明", choices=(HELP,))


def apology() -> Message:
    """Apologise for an error of the bot's own."""
    return Message(text="抱歉，剛才處理您的訊息時發生問題，沒有任何變更。請稍後再試一次，若仍不行請告知管考幕僚。")
