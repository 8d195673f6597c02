"""Short answers about a review: who may, what is missing, what an edit lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.change_commands import OpenCase
from handlers.language import example_days
from handlers.language.usage import USAGES
from handlers.messages import Choice, Message, noted
from handlers.phrases import short
from handlers.reviewing.review import DraftCase, Drafts, Fate, UnitNote
from handlers.reviewing.review_phrases import heading, unread_lines

DRAFTS = Choice("草稿", "草稿")
UNREAD = 10  # lines that were not understood, of minutes that are not kept
HOW_TO_IMPORT = "在這裡貼上會議紀錄全文即可；紀錄較長請先輸入「貼上」，分幾則貼完再輸入「讀完」。"


def only_private() -> Message:
    """Refuse to review in a group."""
    return Message(text="會議紀錄的草稿請管考幕僚到與我的一對一聊天處理：在那裡輸入「草稿」。")


def may_not_import(series: str) -> Message:
    """Refuse somebody who does not coordinate the series."""
    return Message(text=f"沒有變更：「{short(series, 40)}」的會議紀錄由該會議的管考幕僚匯入與確認。")


def no_review(may_import: bool) -> Message:
    """Say that there is nothing to review, and how to begin."""
    if not may_import:
        return Message(text="沒有待確認的草稿。會議紀錄由管考幕僚匯入。")
    return Message(text=f"沒有待確認的草稿。{HOW_TO_IMPORT}", choices=(Choice("貼上", "貼上"),))


def still_pasting() -> Message:
    """Say that what was pasted has not been read."""
    choices = (Choice("讀完", "讀完"), Choice("取消草稿", "取消草稿"))
    return Message(text="您貼上的紀錄還沒有讀。要讀請輸入：讀完\n不要了請輸入：取消草稿", choices=choices)


def with_others(message: Message, others: int) -> Message:
    """Add that older reviews wait."""
    if not others:
        return message
    return noted(message, f"另有 {others} 份較早的草稿，這一份確認或取消後會接著顯示。")


def replaced(message: Message) -> Message:
    """Add that an open review of the same meeting gave way."""
    return noted(message, "同一次會議的草稿已換成這一版。", ahead=True)


def already_imported(drafts: Drafts) -> Message:
    """Say that the same minutes were confirmed before."""
    return Message(text=f"{heading(drafts)}\n這次會議先前已經匯入，沒有變更。")


def nothing_found(drafts: Drafts, today: date) -> Message:
    """Say aloud that the minutes ask nothing, what was not understood, and how a case is opened all the same."""
    lines = [heading(drafts), "沒有找到要列管的結論，也沒有前案的決定。沒有變更任何資料。"]
    lines += [*unread_lines(drafts, UNREAD), f"若有漏讀的交辦，請直接新增，例如：\n{USAGES[OpenCase].on(today)}"]
    return Message(text="\n".join(lines))


def unknown_draft(key: int, drafts: Drafts) -> Message:
    """Say that there is no such draft."""
    last = drafts.next_key - 1
    known = f"草稿編號是 1 到 {last}。" if last else "這份紀錄沒有草稿。"
    return Message(text=f"沒有草稿 {key}。{known}例如：草稿 1", choices=(DRAFTS,))


def unknown_decision(key: int, drafts: Drafts) -> Message:
    """Say that there is no such decision."""
    return Message(
        text=f"沒有第 {key} 筆決定，共 {len(drafts.decisions)} 筆。看差異請輸入：草稿 決定", choices=(DRAFTS,)
    )


def cannot_confirm(keys: Sequence[int], drafts: Drafts) -> Message:
    """Say which of the named drafts cannot be confirmed: unknown, dropped, or opened already."""
    listed = "、".join(map(str, keys))
    text = f"沒有確認任何一件：草稿 {listed} 不存在、已刪除或已開案。看草稿請輸入：草稿"
    return Message(text=text, choices=(DRAFTS,))


def opened_already(draft: DraftCase) -> Message:
    """Refuse to edit what is a case by now."""
    return Message(text=f"草稿 {draft.key} 已開案為 {draft.number}，不能再修改草稿。")


def dropped(drafts: Drafts, *, confirmed_some: bool) -> Message:
    """Say that a review was given up."""
    kept = "已確認開案的不受影響。" if confirmed_some else "沒有列管任何案件。"
    return Message(text=f"已取消草稿：{heading(drafts)}。{kept}")


def number_taken(number: str, key: int) -> Message:
    """Refuse a number that is used."""
    return Message(text=f"案號 {number} 已被使用（案號不重複使用）。請換一個，例如：草稿 {key} 案號 {number}1")


def not_a_number(value: str, key: int) -> Message:
    """Refuse what is no number."""
    return Message(text=f"「{short(value, 20)}」不是案號。例如：草稿 {key} 案號 212-9")


def number_fixed(draft: DraftCase) -> Message:
    """Refuse to renumber what has its number from before."""
    return Message(text=f"草稿 {draft.key} 是前案 {draft.number}，案號不能改。")


def empty_value(key: int, what: str, example: str) -> Message:
    """Refuse an edit without words."""
    return Message(text=f"沒有變更：{what}不能是空的。例如：草稿 {key} {example}")


def no_date(value: str, key: int, why: str, today: date) -> Message:
    """Refuse a deadline that cannot be read."""
    lines = [
        f"沒有變更：讀不出「{short(value, 30)}」的日期。",
        why,
        f"例如：草稿 {key} 期限 {example_days.day(today)}；沒有期限：草稿 {key} 期限 無",
    ]
    return Message(text="\n".join(line for line in lines if line))


def merge_target(number: str, key: int) -> Message:
    """Say that there is no open case to merge into."""
    return Message(text=f"沒有變更：{short(number, 20)} 不是列管中的案號。例如：草稿 {key} 併入 210-2")


def cannot_merge(draft: DraftCase) -> Message:
    """Refuse to merge what corrects a case."""
    return Message(text=f"草稿 {draft.key} 是既有案件的更正，不能併案或拆分。")


def merging(draft: DraftCase) -> str:
    """Say what becomes of a draft that goes on in another case."""
    return f"確認後以併案結案，併入 {draft.into}。" if draft.fate is Fate.MERGED else ""


def cannot_split(key: int) -> Message:
    """Say how to split where no mark does."""
    return Message(text=f"這一句沒有分號或句號可拆。請指明從哪裡拆，例如：草稿 {key} 拆分 另請法務局")


def no_directory() -> Message:
    """Say that there are no units to expand to."""
    return Message(text="沒有變更：名冊還沒有單位可以展開。請用「草稿 編號 主辦 單位、單位」逐一列出。")


def decision_settled(line: str) -> Message:
    """Echo a decision after it was settled."""
    return Message(text=f"已修改：\n{line}", choices=(Choice("草稿 決定", "草稿 決定"), DRAFTS))


def no_such_unit(key: int, units: Sequence[str]) -> Message:
    """Say that the case has no line of that unit."""
    return Message(text=f"沒有變更：這一案的承辦單位是{'、'.join(units)}。例如：草稿 決定 {key} 單位 {units[0]}")


def unknown_unit(name: str, maybe: Sequence[str]) -> str:
    """Say that a unit is new to the directory, and which one it may be."""
    if maybe:
        return f"名冊沒有「{name}」，可能是{'、'.join(maybe)}：草稿 單位 {name} 是 {maybe[0]}"
    return f"名冊沒有「{name}」，確認後會新增。"


def with_parents(shown: Message, proposed: Sequence[UnitNote]) -> Message:
    """Say which parts of units the minutes suggest, and how to accept or decline each."""
    lines, choices = [shown.text], []
    for one in proposed:
        accept, decline = (f"草稿 單位 {one.name} {how} {one.unit}" for how in ("屬於", "不屬於"))
        lines += [f"紀錄寫「{one.unit}」督導「{one.name}」，請問它屬於「{one.unit}」嗎？請輸入：", accept, decline]
        choices += [Choice(short(f"屬於{one.unit}", 20), accept), Choice(short(f"不屬於{one.unit}", 20), decline)]
    return replace(shown, text="\n".join(lines), choices=(*choices, *shown.choices))


def unit_named(note: UnitNote) -> Message:
    """Say what the directory learns on confirmation."""
    how = "不屬於" if note.declined else "屬於" if note.is_part else "就是"
    after = "，以後的紀錄不再問" if note.declined else ""
    return Message(text=f"確認後名冊會記住：「{note.name}」{how}「{note.unit}」{after}。", choices=(DRAFTS,))


def unit_not_named(name: str, unit: str) -> Message:
    """Refuse a note about a name that the drafts do not have, or that is a unit's own."""
    return Message(
        text=f"沒有變更：「{short(name, 20)}」已是名冊上的單位、與「{short(unit, 20)}」相同，或草稿裡沒有這個名稱。"
    )


def pasting_started() -> Message:
    """Say how to go on after 貼上."""
    return Message(
        text="請分幾則貼上會議紀錄全文，貼完輸入「讀完」。不貼了請輸入：取消草稿", choices=(Choice("讀完", "讀完"),)
    )


def piece_taken(pieces: int, characters: int) -> Message:
    """Acknowledge a piece."""
    return Message(text=f"已收到 {pieces} 則，共 {characters} 字。貼完請輸入：讀完", choices=(Choice("讀完", "讀完"),))


def piece_repeated(pieces: int, characters: int) -> Message:
    """Say that the same text was there already."""
    text = f"這一則和先前貼的相同，只算一次。共 {pieces} 則，{characters} 字。貼完請輸入：讀完"
    return Message(text=text, choices=(Choice("讀完", "讀完"),))


def too_much(characters: int) -> Message:
    """Refuse a piece that makes the text too long for the chat."""
    return Message(text=f"貼上的內容超過 {characters} 字，這一則沒有收下。請改用檔案匯入，或先輸入「讀完」。")


def nothing_pasted() -> Message:
    """Say that there is nothing to read."""
    return Message(text=f"還沒有貼上任何內容。{HOW_TO_IMPORT}", choices=(Choice("貼上", "貼上"),))


def pasting_dropped() -> Message:
    """Say that the pieces are gone."""
    return Message(text="已放棄貼上的內容，沒有列管任何案件。")


def which_series(said: str | None, names: Sequence[str]) -> Message:
    """Ask which series the minutes are of."""
    wrote = f"紀錄寫的會議是「{short(said, 40)}」" if said else "紀錄沒有寫是哪個會議"
    typed = [f"讀完 {name}" for name in names]
    text = "\n".join([f"{wrote}。請問是您負責的哪一個會議？請輸入：", *typed])
    return Message(text=text, choices=tuple(Choice(short(name, 20), f"讀完 {name}") for name in names))


def which_meeting(series: str) -> Message:
    """Ask which meeting it was."""
    return Message(text=f"紀錄沒有寫第幾次會議，也沒有日期，無法編號。請輸入，例如：讀完 {series} 第212次")
