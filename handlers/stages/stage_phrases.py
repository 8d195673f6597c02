"""The wording of stages: what waits for what, what woke, and what a coordinator has to settle."""

from __future__ import annotations

from collections.abc import Sequence

from domain.case import Assignment, Case, Closing, Series
from domain.dates import Condition, Reading
from domain.notice import Notice
from domain.wait import Wait
from handlers.language.date_words import explain
from handlers.messages import Choice, Message
from handlers.phrases import UNDO_HINT, deadline_of, name_of, short, tracked_units
from handlers.refs import CaseRef
from handlers.reminding.reminders import Entry, View
from handlers.stages.wait_words import waiting_for

EVENT = 40  # characters of an event
GIVEN_UP: dict[Closing | None, str] = {
    Closing.MERGED: "已併案",
    Closing.SPLIT: "已分案",
    Closing.STOPPED: "已停止辦理",
    Closing.VOID: "已作廢",
}
UNDO = Choice("復原", "復原")


def typed(ref: CaseRef, what: str, within: str) -> str:
    """How a wait is typed."""
    return f"{ref} 俟{what}後{within}" if within else f"等待 {ref} {what}"


def asleep(case: Case, first: Case | None = None) -> Message:
    """Say what a case waits for now, and what wakes it."""
    assert case.wait is not None, "it was put to sleep"
    until = f"{first.number} 回報完成" if first else f"輸入「喚醒 {case.number}」"
    lines = [
        f"已設定等待：{name_of(case)}",
        waiting_for(case.wait) + (f"（{short(first.title, EVENT)}）" if first else ""),
        f"等待期間不提醒、不算逾期、不列入未填報；{until}時開始辦理，並通知{tracked_units(case)}。",
        *([f"期限從那天起算：{case.wait.within}。"] if case.wait.within else []),
        UNDO_HINT,
    ]
    wake = () if first else (Choice("喚醒", f"喚醒 {case.number}"),)
    return Message(text="\n".join(lines), choices=(*wake, UNDO), case_ids=(case.id,))


def woken(case: Case, reading: Reading | None, day: View) -> Message:
    """Say that a case begins now, and its deadline."""
    text = "\n".join([f"已喚醒，開始辦理：{name_of(case)}", *_begins(case, reading, day), UNDO_HINT])
    return Message(text=text, choices=(UNDO,), case_ids=(case.id,))


def woken_note(case: Case, reading: Reading | None, day: View) -> str:
    """Say behind another answer that a case begins now."""
    return "\n".join([f"等待的案件開始辦理：{name_of(case)}", *_begins(case, reading, day)])


def _begins(case: Case, reading: Reading | None, day: View) -> list[str]:
    how = [f"　{line}" for line in explain(reading).split("\n")[1:]] if reading else []
    is_late = case.deadline.on is not None and case.deadline.on < day.today
    late = [f"　期限已過，請管考幕僚更新：修改 {case.number} 期限 10/15"] if is_late else []
    return [f"　{deadline_of(case, day)}", *how, *late, f"　將通知{tracked_units(case)}"]


def asleep_again_note(case: Case) -> str:
    """Say behind another answer that a case sleeps again."""
    assert case.wait is not None, "it sleeps again"
    return f"{name_of(case)}\n　恢復等待：{waiting_for(case.wait)}"


def kept_note(case: Case, first: Case) -> str:
    """Say that a case goes on though the report that woke it was taken back."""
    return f"{name_of(case)}\n　{KEPT.format(first=first.number)}要再等請輸入：等待 {case.number} {first.number}"


KEPT = "原本等 {first} 完成，{first} 已不算完成，但本案已有回報，照常列管。"


def lost_note(case: Case, first: Case) -> str:
    """Say that what a case waits for was given up, and what to type."""
    return f"{name_of(case)}\n　{_lost(case, first)}"


def _lost(case: Case, first: Case) -> str:
    given_up = ((GIVEN_UP[one.closing], one.merged_into) for one in first.assignments if one.closing in GIVEN_UP)
    why, merged_into = next(given_up)
    into = f"（併入 {merged_into}）" if merged_into else ""
    other = merged_into or "案號"
    return (
        f"等的 {first.number} {why}{into}，請決定：\n"
        f"　開始辦理：喚醒 {case.number}\n　改等別案：等待 {case.number} {other}"
    )


def woken_entry(notice: Notice, case: Case, line: Assignment, wait: Wait, view: View) -> Entry:
    """What the contacts of a case that woke are told."""
    what = f"{wait.first} 已完成" if wait.first else f"{wait.event}（已發生）"
    return Entry(
        notice=notice,
        title=short(case.title, EVENT),
        due=f"等的 {what}，現在開始辦理；{deadline_of(case, view)}",
        tally="開始辦理",
        unit=line.unit,
        unit_id=line.unit_id,
        number=case.number,
        case_id=case.id,
        days=(case.deadline.on - view.today).days if case.deadline.on else 0,
    )


def unsettled_entry(notice: Notice, case: Case, first: Case, *, is_lost: bool) -> Entry:
    """What the coordinators are told of a wait that they have to settle."""
    return Entry(
        notice=notice,
        title=short(case.title, EVENT),
        due=_lost(case, first) if is_lost else KEPT.format(first=first.number),
        tally="等待的案件",
        number=case.number,
        case_id=case.id,
        hint=f"喚醒 {case.number}" if is_lost else f"要再等請輸入：等待 {case.number} {first.number}",
    )


def sleepers_entry(notice: Notice, series: Series, cases: Sequence[Case], count: int, view: View) -> Entry:
    """What the coordinators are told once a month, so that nothing sleeps for ever."""
    more = f"；另有 {count - len(cases)} 件" if count > len(cases) else ""
    return Entry(
        notice=notice,
        title=f"{series.name}：等待中 {count} 件",
        due="；".join(_sleeper(case, view) for case in cases) + more,
        tally="等待中",
        hint="看全部請輸入：等待中\n已可辦理請輸入：喚醒 案號",
    )


def _sleeper(case: Case, view: View) -> str:
    assert case.wait is not None, "it sleeps"
    days = (view.today - case.wait.at.astimezone(view.zone).date()).days
    return f"{case.number} {waiting_for(case.wait)}（已 {days} 天）"


def already(case: Case) -> Message:
    """Say that the case waits for that already."""
    assert case.wait is not None, "it waits"
    return _unchanged(case, f"已經在{waiting_for(case.wait)}。")


def not_asleep(case: Case) -> Message:
    """Say that the case waits for nothing."""
    return _unchanged(case, f"本案沒有在等待。要等別案或事項請輸入：等待 {case.number} 案號或事項")


def coordinator_wakes(case: Case) -> Message:
    """Refuse to wake a case that waits for another by a contact's word."""
    assert case.wait is not None, "it sleeps"
    return _unchanged(case, f"本案{waiting_for(case.wait)}，{case.wait.first} 回報完成時自動開始；要提前請洽管考幕僚。")


def no_such_first(case: Case, number: str, series: Series) -> Message:
    """Refuse to wait for a number that the series does not have."""
    why = f"「{series.name}」查無案號 {number}。看列管案件請輸入：列管"
    return _unchanged(case, f"{why}\n要等的不是案件，請寫成事項，例如：等待 {case.number} 環評通過")


def first_elsewhere(case: Case, number: str, series: Series) -> Message:
    """Refuse to wait for another series' case, which this one's people may not see."""
    why = f"{number} 是「{series.name}」的案件，不同會議的案件不能互等。"
    return _unchanged(case, f"{why}請寫成事項，例如：\n等待 {case.number} {series.name}{number}案辦竣")


def waits_for_itself(case: Case) -> Message:
    """Refuse to let a case wait for itself."""
    return _unchanged(case, "不能等自己。")


def needs_no_wait(case: Case, first: Case) -> Message:
    """Refuse to wait for what was reported done."""
    return _unchanged(case, f"{name_of(first)} 已回報完成，不用等待。")


def first_given_up(case: Case, first: Case) -> Message:
    """Refuse to wait for what will never be done."""
    return _unchanged(case, f"{name_of(first)} 已不再列管，等不到它完成。請改等別案或事項。")


def circle(case: Case, path: Sequence[str]) -> Message:
    """Refuse to let cases wait for each other, and show how they would."""
    return _unchanged(case, f"這樣會互相等待，永遠不會開始：{' 等 '.join(path)}。")


def contract_never_sleeps(case: Case) -> Message:
    """Refuse to let a contract sleep."""
    return _unchanged(case, "契約不可中斷，不能設為等待，到期前會照常提醒。")


def duty_never_sleeps(case: Case) -> Message:
    """Refuse to let a recurring duty sleep: its periods go on."""
    return _unchanged(case, "定期填報的案件不能設為等待。")


def nothing_left_to_do(case: Case) -> Message:
    """Refuse to let a case sleep that is reported done itself."""
    return _unchanged(case, "本案已申請解除列管，不用等待。")


def bad_event(case: Case) -> Message:
    """Say how an event is written."""
    return _unchanged(case, f"請寫明等什麼，例如：\n等待 {case.number} 環評通過")


def ended(case: Case, day: View) -> Message:
    """Say that a case waits no more."""
    text = f"已取消等待：{name_of(case)}\n　{deadline_of(case, day)}，照常列管與提醒。\n{UNDO_HINT}"
    return Message(text=text, choices=(UNDO,), case_ids=(case.id,))


def still_asleep(case: Case) -> str:
    """Say behind a report that its case sleeps on."""
    assert case.wait is not None, "it sleeps"
    begins = f"{case.wait.first} 回報完成時自動開始" if case.wait.first else f"已可辦理請輸入：喚醒 {case.number}"
    return f"本案還在等待（{waiting_for(case.wait)}），先不催辦；{begins}"


def restored(case: Case, day: View) -> str:
    """Say how a case stands after a change of its wait was taken back."""
    return f"{name_of(case)}\n　{deadline_of(case, day)}"


def to_settle(lost: Sequence[tuple[Case, Case]]) -> str:
    """Name the sleepers whose first case was given up."""
    said = "；".join(f"{case.number}（{first.number}）" for case, first in lost)
    return f"⚠等的案件已不再列管，請決定喚醒或改等：{said}" if lost else ""


def proposed(condition: Condition) -> str:
    """Say what a draft is to wait for."""
    what = f"等 {condition.number} 完成" if condition.number else f"等：{condition.event}"
    return f"{what}，之後{condition.within}" if condition.within else what


def _unchanged(case: Case, why: str) -> Message:
    return Message(text=f"{name_of(case)}\n沒有變更：{why}", case_ids=(case.id,))
