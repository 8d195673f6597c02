"""The wording of a review: the list of drafts, one draft, what was confirmed, what came in between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from domain.calendar import roc
from domain.case import UNNAMED_UNIT, Case
from handlers.language.date_words import FLAGS
from handlers.messages import Choice, Message
from handlers.phrases import SENTENCE, TITLE, line_state, name_of, reason_of, short
from handlers.reminding.reminders import View
from handlers.reviewing.confirming import Done, Overtaken
from handlers.reviewing.decision_phrases import decision_summary, decision_words
from handlers.reviewing.judging import Judged
from handlers.reviewing.list_phrases import listed_lines
from handlers.reviewing.review import DraftCase, Drafts, Fate, Origin
from handlers.stages.stage_phrases import proposed
from handlers.stages.wait_words import waiting_for
from handlers.unit_reports import is_for_all

DOUBTS = {
    **FLAGS,
    "about_case": "可能與前案 {into} 有關",
    "ambiguous_date": "日期有兩種讀法",
    "general": "對象是全體單位，是否列管請斟酌；要每單位各一筆請輸入：草稿 {key} 展開",
    "unit_guessed": "單位是推測的",
    "no_addressee": "沒有指明單位",
    "no_meeting_date": "紀錄沒有開會日期，期限無法推算",
    "no_order_word": "語氣不是明確交辦",
    "past_today": "期限已經過去",
    "waits": "開案後先不催辦，{waits}；不用等請輸入：草稿 {key} 等待 無",
}
ORIGINS = {Origin.CARRIED: "前案", Origin.CHANGED: "更正", Origin.VANISHED: "新版已無"}
EDITS = ("標題 …", "主辦 …", "協辦 …", "期限 …", "等待 …", "刪除")
NEW_EDITS = ("案號 …", "併入 …", "拆分")
EXPAND = "展開"  # a line for each unit
MARK = "⚠"
SHOWN = 25  # lines of one kind in one message
NOTHING_TRACKED = "確認前不會列管任何案件。"
HOW_TO_EDIT = "看一件：草稿 {key}｜全部確認：確認｜部分確認：確認 1-5、8"


def heading(drafts: Drafts) -> str:
    """Name the meeting, or the list, that a review is about."""
    if drafts.ordinal is None and drafts.held_on is None:
        return drafts.series
    ordinal = f"第{drafts.ordinal}次" if drafts.ordinal is not None else "（未載明次別）"
    return " ".join([drafts.series, ordinal, roc(drafts.held_on) if drafts.held_on else "（未載明日期）"])


def doubts_of(draft: DraftCase, today: date) -> list[str]:
    """What a person should look at, in words."""
    late = draft.deadline.on is not None and draft.deadline.on < today and draft.takes_number
    known = {"day_off", "past"} if late else {"day_off"}  # the deadline itself says that it is a day off
    codes = dict.fromkeys([*(code for code in draft.doubts if code not in known), *["past_today"] * late])
    waits = proposed(draft.waits) if draft.waits else ""
    return [DOUBTS.get(code, code).format(into=draft.into, key=draft.key, waits=waits) for code in codes]


def units_of(draft: DraftCase) -> str:
    """Say who leads and who supports."""
    return "、".join([*draft.lead, *(f"{unit}（協辦）" for unit in draft.support)]) or UNNAMED_UNIT


def deadline_of(draft: DraftCase, day: View) -> str:
    """Say what it is to wait for, or the deadline with its words and rule, and that it is a day off."""
    if draft.waits is not None and draft.deadline.on is None:
        return proposed(draft.waits)
    due = draft.deadline
    if due.recurrence:
        return f"定期 {due.text}"
    if due.on is None:
        return f"未定日期（{due.text}）" if due.text else "未定期限"
    stated = f"期限 {roc(due.on)}"
    if not day.calendar.is_working_day(due.on):
        stated += f" 為放假日，最後上班日 {roc(day.calendar.last_working_day(due.on))}"
    return f"{stated}（{reason_of(due)}）" if due.text else stated


def draft_line(draft: DraftCase, day: View) -> str:
    """One draft of the list."""
    mark = MARK if doubts_of(draft, day.today) and draft.is_waiting else ""
    title = f"{status_of(draft)}{draft.number} {short(draft.title, TITLE)}"
    return f"{draft.key}. {mark}{title}\n　{units_of(draft)}｜{deadline_of(draft, day)}"


def next_meeting_lines(drafts: Drafts, day: View) -> list[str]:
    """Say which day confirming all sets for the next meeting, if the minutes state one to come."""
    on = drafts.next_meeting_on
    return [f"下次會議：{roc(on)}（確認後設定）"] if on and on >= day.today else []


def show_list(drafts: Drafts, judged: Sequence[Judged], page: int, size: int, day: View) -> Message:
    """One page of the drafts, doubtful ones first."""
    part = page_of(drafts, page, size, day)
    if not part and page > 1:
        return Message(text=f"草稿共 {len(drafts.cases)} 件，沒有第 {page} 頁。")
    lines = [f"草稿：{heading(drafts)}", counts_of(drafts, day)]
    lines += [draft_line(draft, day) for draft in part]
    left = len(drafts.cases) - page * size
    lines += [f"還有 {left} 件：下一頁"] if left > 0 else []
    lines += decision_summary(drafts, judged)
    lines += next_meeting_lines(drafts, day)
    if part:
        lines.append(HOW_TO_EDIT.format(key=part[0].key))
    elif drafts.decisions or drafts.next_meeting_on:
        lines.append("確認請輸入：確認")
    lines.append(NOTHING_TRACKED)
    choices = [Choice("下一頁", f"草稿 第{page + 1}頁")] if left > 0 else []
    choices += [Choice("確認", "確認")] + ([Choice("決定", "草稿 決定")] if drafts.decisions else [])
    choices += [Choice(f"草稿 {draft.key}", f"草稿 {draft.key}") for draft in part]
    return Message(text="\n".join(line for line in lines if line), choices=tuple(choices))


def page_of(drafts: Drafts, page: int, size: int, day: View) -> list[DraftCase]:
    """The drafts of one page: those that wait first, and of those the doubtful ones."""
    ordered = sorted(drafts.cases, key=lambda draft: (not draft.is_waiting, not doubts_of(draft, day.today)))
    return ordered[(page - 1) * size : page * size]


def show_one(draft: DraftCase, suggestions: Iterable[str], day: View) -> Message:
    """One draft with its doubts, its sentence, its place, and how its deadline was read."""
    key = draft.key
    lines = [f"草稿 {key}　{status_of(draft)}【{draft.number}】{draft.title}"]
    lines += [f"{MARK}{doubt}" for doubt in doubts_of(draft, day.today)]
    lines += [f"承辦：{units_of(draft)}", deadline_of(draft, day)]
    lines += [f"　{line}" for line in draft.how.splitlines()]
    lines += [_was(draft)] if draft.before else []
    lines += listed_lines(draft.listed) if draft.listed else []
    lines += [f"原文：「{short(draft.sentence, SENTENCE)}」", f"出處：{_place(draft)}", *suggestions]
    edits = EDITS + (NEW_EDITS if draft.origin is Origin.NEW else ())
    edits += (EXPAND,) if any(map(is_for_all, draft.lead)) else ()
    typed = [f"草稿 {key} {what}" for what in edits]
    lines += ["可修改：", *typed] if not draft.opened else []
    said = "恢復" if draft.fate is Fate.DROPPED else "刪除"
    choices = (Choice(said, f"草稿 {key} {said}"), Choice("下一件", f"草稿 {key + 1}"), Choice("草稿", "草稿"))
    return Message(text="\n".join(line for line in lines if line), choices=choices)


def edited(draft: DraftCase, day: View, note: str = "") -> Message:
    """Echo a draft that was changed."""
    lines = ["草稿已修改：", draft_line(draft, day)]
    if draft.is_waiting:
        lines += [*(f"　{line}" for line in draft.how.splitlines()), note]
        lines += [f"{MARK}{doubt}" for doubt in doubts_of(draft, day.today)]
    return Message(text="\n".join(line for line in lines if line), choices=_after_edit(draft.key))


def split_into(parts: Sequence[DraftCase], day: View) -> Message:
    """Echo the drafts that one became."""
    lines = [f"草稿 {parts[0].key} 已拆成 {len(parts)} 件：", *(draft_line(part, day) for part in parts)]
    return Message(text="\n".join(lines), choices=_after_edit(parts[0].key))


def confirmed(done: Done) -> Message:
    """Say what a confirmation did, and how to take it back."""
    lines = [f"已確認：{heading(done.drafts)}", *_cases("已開案", done.opened), *_cases("已併案", done.merged)]
    lines += [*_cases("已更正", done.corrected), *_cases("已作廢", done.withdrawn)]
    lines += some([decision_words(one) for one in done.decided])
    lines += some([f"{MARK}未套用：{decision_words(one)}" for one in done.left])
    lines += some(list(done.followed))
    lines += [f"已設定下次會議：{roc(done.next_meeting_on)}"] if done.next_meeting_on else []
    waiting = [draft.key for draft in done.drafts.cases if draft.is_waiting]
    pending = any(not one.applied for one in done.drafts.decisions) and not done.decided and not done.left
    lines += [f"尚有 {len(waiting)} 件草稿未確認。看草稿請輸入：草稿"] if waiting else []
    lines += ["前案決定尚未套用，全部確認請輸入：確認"] if waiting and pending else []
    lines += ["要取消請輸入：復原"] if done.is_change else ["沒有變更。"]
    case_ids = tuple(case.id for case in (*done.opened, *done.corrected))
    choices = (Choice("復原", "復原"),) if done.is_change else ()
    return Message(text="\n".join(lines), choices=choices, case_ids=case_ids)


def overtaken(between: Overtaken) -> Message:
    """Say what others changed since the drafts were shown: nothing was confirmed."""
    lines = ["草稿列出之後有人變更，這次沒有寫入任何資料："]
    lines += ["另一位管考幕僚已確認同一次會議，草稿只剩與其不同的部分。"] if between.is_confirmed else []
    lines += some([f"{old} 已被使用，改為 {new}" for old, new in between.renumbered])
    lines += some([f"{number} 已由別人開案" for number in between.opened])
    lines += some([f"{name_of(case)}\n　{line_state(line)}" for case, line in between.lines])
    lines.append("草稿已更新。看過之後要確認請輸入：確認")
    choices = (Choice("確認", "確認"), Choice("草稿", "草稿"))
    return Message(text="\n".join(lines), choices=choices)


def some(lines: list[str], limit: int = SHOWN) -> list[str]:
    """The first of many lines, and how many more there are: a message has a length."""
    more = len(lines) - limit
    return lines if more <= 0 else [*lines[:limit], f"　…另有 {more} 項"]


def unread_lines(drafts: Drafts, limit: int) -> list[str]:
    """What the minutes hold and nobody understood, by line."""
    if not drafts.unread:
        return []
    lines = [f"未讀懂或不列管的內容 {len(drafts.unread)} 處："]
    unit = "列" if drafts.sheet else "行"
    lines += [f"　第 {one.line} {unit}：{short(one.text, 60)}" for one in drafts.unread[:limit]]
    more = len(drafts.unread) - limit
    return lines + ([f"　另有 {more} 處，請對照紀錄。"] if more > 0 else [])


def counts_of(drafts: Drafts, day: View) -> str:
    """Count what waits, what is doubtful, what was opened, what was not understood."""
    waiting = [draft for draft in drafts.cases if draft.is_waiting]
    doubtful = sum(1 for draft in waiting if doubts_of(draft, day.today))
    parts = [f"擬列管 {len(waiting)} 件" if waiting else "沒有要列管的結論"]
    parts += [f"{MARK}需要看的 {doubtful} 件在前"] if doubtful else []
    opened = sum(1 for draft in drafts.cases if draft.opened)
    parts += [f"已開案 {opened} 件"] if opened else []
    parts += [f"未讀懂 {len(drafts.unread)} 處（草稿 未讀）"] if drafts.unread else []
    return "，".join(parts) + ("" if waiting else "。")


def status_of(draft: DraftCase) -> str:
    """Say what became of a draft, or where it comes from."""
    if draft.opened:
        return "［已開案］"
    if draft.fate is Fate.DROPPED:
        return "［已刪除］"
    if draft.fate is Fate.MERGED:
        return f"［併入 {draft.into}］"
    return f"［{ORIGINS[draft.origin]}］" if draft.origin in ORIGINS else ""


def _was(draft: DraftCase) -> str:
    before = draft.before
    if before is None:
        return ""
    units = "、".join([*before.lead, *before.support]) or UNNAMED_UNIT
    due = roc(before.deadline) if before.deadline else "未定期限"
    return f"前一版：{before.title}｜{units}｜{due}"


def _place(draft: DraftCase) -> str:
    unit = "列" if draft.listed else "行"
    return "，".join(part for part in (draft.section, f"第 {draft.line} {unit}" if draft.line else "") if part)


def _cases(what: str, cases: Sequence[Case]) -> list[str]:
    return (
        [f"{what} {len(cases)} 件：", *some([f"　{name_of(case)}{_asleep(case)}" for case in cases])] if cases else []
    )


def _asleep(case: Case) -> str:
    return f"（{waiting_for(case.wait)}）" if case.wait and case.is_asleep else ""


def _after_edit(key: int) -> tuple[Choice, ...]:
    return (
        Choice("草稿", "草稿"),
        Choice(f"草稿 {key}", f"草稿 {key}"),
        Choice("復原", "復原"),
        Choice("確認", "確認"),
    )
