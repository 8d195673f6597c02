"""The wording of answers about cases. People and groups: people_phrases.py; reminders: reminders.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.calendar import roc
from domain.case import (
    UNNAMED_UNIT,
    Assignment,
    Case,
    CaseKind,
    Closing,
    Deadline,
    Duty,
    Meeting,
    Report,
    State,
)
from domain.milestone import Milestone
from handlers.changing.figure_phrases import progress
from handlers.commands import CaseRef
from handlers.language.date_words import RULES
from handlers.messages import Choice, Message
from handlers.recurring import upcoming
from handlers.recurring_phrases import coming, first_open, owed
from handlers.reminding.reminders import View, when
from handlers.stages.wait_words import waiting_for
from handlers.views import CaseView, Page

TITLE = 40  # characters of a title in a list
SENTENCE = 400  # of the source sentence in a case's answer
REPORT = 200  # of the last report
SAID = 300  # of what a button says (LINE's limit)
STATES = {State.OPEN: "待處理", State.RELEASE_REQUESTED: "待解列", State.RELEASED: "已解列"}
CLOSINGS = {Closing.MERGED: "併案", Closing.SPLIT: "分案", Closing.STOPPED: "停止辦理", Closing.VOID: "作廢"}
TAKEN_BACK = "（原訊息已收回）"
SHARED_HINT = "各單位都辦妥後，由管考幕僚申請解除列管。"
UNDO_HINT = "要取消請輸入：復原"
UNFINISHED_HINT = "提醒：解除列管需有具體成果或佐證，「研議中」「將於未來辦理」仍會繼續列管。"


def short(text: str, limit: int) -> str:
    """Cut a text to a number of characters, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def name_of(case: Case) -> str:
    """Number and title: what every change echoes."""
    return f"{case.number} {short(case.title, TITLE)}"


def show_case(view: CaseView, day: View) -> Message:
    """Answer a question about one case."""
    case = view.case
    lines = [f"【{case.number}】{short(case.title, 80)}", deadline_of(case, day)]
    lines += [f"契約階段：{case.stage or '未填'}"] if case.kind is CaseKind.CONTRACT else []
    lines += [f"　{basis_of(case.deadline)}"] if basis_of(case.deadline) else []
    for line in case.assignments:
        lines += [f"・{line_state(line)}", *periods_of(case, line, day)]
    lines += [_last_report(view, day), progress(view.last_report[1] if view.last_report else None)]
    lines += [*reported_by_unit(view), *planned(view), *following(view)]
    lines += [f"原文：「{short(case.sentence, SENTENCE)}」", f"出處：{source_of(view)}"]
    closing = finish(case)
    if case.is_open:
        lines.append(f"\n回報：回報 {case.number} 辦理情形\n{'尚未辦妥' if is_requested(case) else '辦妥'}：{closing}")
        lines += [f"開始辦理：喚醒 {case.number}"] if case.is_asleep else []
    choices = (Choice(closing, closing),) if case.is_open else ()
    return Message(text="\n".join(line for line in lines if line), choices=choices, case_ids=(case.id,))


def is_requested(case: Case) -> bool:
    """Tell whether every tracked line of an open case waits for the chair."""
    return case.is_open and not any(line.state is State.OPEN for line in case.assignments)


def finish(case: Case) -> str:
    """What a unit types to ask for release, or to take the request back."""
    return f"{'撤回完成' if is_requested(case) else '完成'} {case.number}"


def show_cases(views: Sequence[CaseView], unknown: Sequence[CaseRef], day: View, *, left: int = 0) -> Message:
    """Answer a question about several cases, briefly; `left` numbers were too many for one answer."""
    lines = [case_line(view.case, day) for view in views]
    if unknown:
        lines.append("查無：" + "、".join(str(ref) for ref in unknown))
    if left:
        lines.append(f"還有 {left} 個案號，請分次查詢。")
    choices = tuple(Choice(view.case.number, view.case.number) for view in views[:12])
    return Message(text="\n".join(lines), choices=choices, case_ids=tuple(view.case.id for view in views))


def show_page(page: Page, day: View) -> Message:
    """Show one page of a list."""
    part = f"（第 {page.number} 頁）" if page.number > 1 else ""
    lines = [f"{page.whose}{page.title} {page.total} 件{part}"]
    lines += [page.about] if page.about else []
    lines += [case_line(case, day) for case in page.cases]
    choices = [Choice(case.number, case.number) for case in page.cases]
    if page.left:
        lines.append(f"還有 {page.left} 件：下一頁")
        choices.insert(0, Choice("下一頁", f"{page.said} 第{page.number + 1}頁"))
    return Message(text="\n".join(lines), choices=tuple(choices), case_ids=tuple(case.id for case in page.cases))


def empty_page(page: Page) -> Message:
    """Say that a list, or this page of it, holds nothing."""
    if page.total:
        return Message(text=f"{page.whose}{page.title}共 {page.total} 件，沒有第 {page.number} 頁。")
    return Message(text=f"{page.whose}目前沒有{page.title}的案件。")


def nothing_follows() -> Message:
    """Say that 下一頁 has nothing to follow."""
    return Message(text="沒有下一頁了。看清單請輸入：列管", choices=(Choice("列管", "列管"),))


def case_line(case: Case, day: View) -> str:
    """One case of a list: number, title, units, deadline."""
    return f"{name_of(case)}\n　{tracked_units(case)}｜{deadline_of(case, day)}"


def tracked_units(case: Case) -> str:
    """Name the units whose lines are tracked, or all of a closed case."""
    return units_of([line for line in case.assignments if line.is_open] or case.assignments)


def deadline_of(case: Case, day: View) -> str:
    """Say the deadline, with days left while the case is open, or what a case that sleeps waits for."""
    if case.wait is not None and case.is_asleep and case.is_open:
        due = f"（期限 {roc(case.deadline.on)}）" if case.deadline.on else ""
        return f"{waiting_for(case.wait)}{due}"
    if case.deadline.on is None:
        return (
            f"期限 {case.deadline.text}（未定日期，下次會議前回報）"
            if case.deadline.text
            else "未定期限，下次會議前回報"
        )
    if case.deadline.duty is not None:
        return _duty_of(case, day)
    if not case.is_open:
        return f"期限 {roc(case.deadline.on)}"
    return when(case.deadline.on, day.today, day.calendar)


def _duty_of(case: Case, day: View) -> str:
    """Say when the oldest open period of a recurring duty is due, or else the next one."""
    if not case.is_open or case.deadline.on is None:
        return f"定期 {case.deadline.text}"
    due = when(case.deadline.on, day.today, day.calendar)
    if not case.occurrences:
        due = due.replace("期限", "下一期", 1)
    return f"{due}{first_open(case, day.calendar)}"


def basis_of(deadline: Deadline) -> str:
    """Say what a day rests on; of what recurs, the deadline itself says it."""
    has_words = deadline.on is not None and deadline.text and deadline.duty is None
    return f"依據：{reason_of(deadline)}" if has_words else ""


def reason_of(deadline: Deadline) -> str:
    """Say where a date comes from: the words of the minutes and the rule that read them."""
    rule = RULES.get(deadline.rule, "")
    return f"「{deadline.text}」{rule}"


def line_state(line: Assignment) -> str:
    """One unit's line, in words."""
    support = "（協辦）" if line.duty is Duty.SUPPORT else ""
    return f"{line.unit}{support}：{STATES[line.state]}{_closing(line)}"


def periods_of(case: Case, line: Assignment, day: View) -> list[str]:
    """Of a recurring duty, which periods a unit owes, and which one comes next."""
    if case.deadline.duty is None or not line.is_open:
        return []
    left = owed(case, line)
    told = [f"待填報 {left}" if left else "", coming(case, upcoming(case, line, day.calendar))]
    return ["　" + "；".join(part for part in told if part)]


def period_of(case: Case, report: Report) -> str:
    """The period that a report was for: （12月份）."""
    duty = case.deadline.duty
    return f"（{duty.name(report.period)}）" if duty and report.period else ""


def _closing(line: Assignment) -> str:
    if line.merged_into:
        return f"（併入 {line.merged_into}）"
    return f"（{CLOSINGS[line.closing]}）" if line.closing in CLOSINGS else ""


def units_of(lines: Iterable[Assignment]) -> str:
    """Name the units of lines; one that is no longer open with its state."""
    return "、".join(line.unit if line.state is State.OPEN else f"{line.unit}({STATES[line.state]})" for line in lines)


def reported_by_unit(view: CaseView) -> list[str]:
    """Tell which units reported on a line of every unit, and which have not."""
    lines = []
    for shared in view.shared.values():
        told = "、".join(report.unit for report in shared.told if report.unit)
        lines += [f"已填報：{told}"] if told else []
        lines += [f"未填報：{'、'.join(shared.silent)}"] if shared.silent else []
    return lines


def planned(view: CaseView) -> list[str]:
    """Tell the days that the units plan, after the last one that is over."""
    passed = [f"{_milestone(view.passed)}（已過）"] if view.passed else []
    return [*passed, *map(_milestone, view.milestones)]


def _milestone(one: Milestone) -> str:
    return f"里程碑：{roc(one.planned_on)} {one.unit} {short(one.text, TITLE) or TAKEN_BACK}"


def following(view: CaseView) -> list[str]:
    """Tell which cases wait for this one."""
    return [f"後續：{'、'.join(view.following)} 等本案完成"] if view.following else []


def _last_report(view: CaseView, day: View) -> str:
    if view.last_report is None:
        return "最近回報：尚未填報"
    line, report = view.last_report
    text = f"「{short(report.text, REPORT)}」" if report.text else TAKEN_BACK
    who = f"{report.unit or line.unit}{period_of(view.case, report)}"
    return f"最近回報：{roc(report.at.astimezone(day.zone).date())} {who}{text}"


def source_of(view: CaseView) -> str:
    """Name the place of a case in the minutes."""
    return " ".join(part for part in (view.series.name, meeting_name(view.meeting), view.case.section) if part)


def meeting_name(meeting: Meeting | None) -> str:
    """Name a meeting: 第212次 110/9/23(四)."""
    if meeting is None:
        return ""
    ordinal = f"第{meeting.ordinal}次" if meeting.ordinal is not None else ""
    return " ".join(part for part in (ordinal, roc(meeting.held_on) if meeting.held_on else "") if part)


def reported(case: Case, line: Assignment, kept: Report | None = None, *, unfinished: bool) -> Message:
    """Say that a report was kept, on a line of every unit of which one, and which figures were read in it."""
    unit = f"{kept.unit}（{line_state(line)}）" if kept and kept.unit else line_state(line)
    lines = [f"已記錄辦理情形：{name_of(case)}", f"　{unit}"]
    lines += [figures] if (figures := progress(kept)) else []
    if unfinished:
        lines.append(UNFINISHED_HINT)
    elif line.state is State.OPEN:
        lines.append(SHARED_HINT if kept and kept.unit else f"若已辦妥請輸入：完成 {case.number}")
    return Message(text="\n".join([*lines, UNDO_HINT]), choices=_undo_choice(), case_ids=(case.id,))


def filled(told: Sequence[tuple[Case, Assignment, str]]) -> Message:
    """Say that reports on recurring duties were kept, each with what it was for and what comes next."""
    lines = ["已記錄辦理情形："]
    for case, line, what in told:
        lines += [f"{name_of(case)}（{line.unit}）", f"　{what}"]
    case_ids = tuple(dict.fromkeys(case.id for case, _, _ in told))
    return Message(text="\n".join([*lines, UNDO_HINT]), choices=_undo_choice(), case_ids=case_ids)


def release_asked(moved: Sequence[tuple[Case, Assignment]]) -> Message:
    """Say that lines now wait for the chair, or were released in a series without one."""
    return _moved("已申請解除列管，待主席裁示" if moved[0][1].is_open else "已解除列管", moved)


def decided(moved: Sequence[tuple[Case, Assignment]], *, released: bool) -> Message:
    """Say that the chair's decision was entered."""
    return _moved("已解除列管" if released else "賡續列管", moved)


def _moved(what: str, moved: Sequence[tuple[Case, Assignment]]) -> Message:
    lines = [f"{name_of(case)}\n　{line_state(line)}" for case, line in moved]
    case_ids = tuple(dict.fromkeys(case.id for case, _ in moved))
    return Message(text="\n".join([f"{what}：", *lines, UNDO_HINT]), choices=_undo_choice(), case_ids=case_ids)


def _undo_choice() -> tuple[Choice, ...]:
    return (Choice("復原", "復原"),)


def not_release(case: Case, line: Assignment) -> Message:
    """Say that a text without a result was kept as progress and asked for nothing."""
    said = "已記錄辦理情形，尚未申請解除列管" if line.state is State.OPEN else "已記錄辦理情形，先前的解除列管申請不變"
    text = f"{said}：{name_of(case)}\n　{line_state(line)}\n{UNFINISHED_HINT}\n{UNDO_HINT}"
    return Message(text=text, choices=_undo_choice(), case_ids=(case.id,))


def confirm_several(refs: Sequence[CaseRef], cases: Sequence[Case]) -> Message:
    """Ask once before several cases are moved together."""
    said = "確認完成 " + "、".join(str(ref) for ref in refs)
    lines = [f"共 {len(cases)} 件要申請解除列管：", *(name_of(case) for case in cases), f"確定請輸入：{said}"]
    return Message(text="\n".join(lines), choices=button("確認", said), case_ids=tuple(case.id for case in cases))


def confirm_decision(moving: Sequence[tuple[Case, Assignment]], what: str, said: str) -> Message:
    """Ask once before a decision on several cases is entered."""
    by_case = {case.id: case for case, _ in moving}
    units = {case_id: "、".join(line.unit for case, line in moving if case.id == case_id) for case_id in by_case}
    lines = [f"{name_of(case)}（{units[case.id]}）" for case in by_case.values()]
    text = "\n".join([f"共 {len(by_case)} 件要{what}：", *lines, f"確定請輸入：{said}"])
    return Message(text=text, choices=button("確認", said), case_ids=tuple(by_case))


def too_many(count: int, most: int) -> Message:
    """Refuse a change of more cases than can be looked over at once."""
    return Message(text=f"沒有變更：一次最多 {most} 件，您輸入了 {count} 件，請分次輸入。")


def already(case: Case, line: Assignment) -> Message:
    """Say that a line is there already: nothing changed."""
    return Message(text=f"{name_of(case)}\n{line_state(line)}，沒有變更。", case_ids=(case.id,))


def closed(case: Case) -> Message:
    """Say that a released case takes no reports."""
    text = f"{name_of(case)}\n已解除列管，不再收辦理情形。若需重新列管，請管考幕僚輸入：賡續 {case.number}"
    return Message(text=text, case_ids=(case.id,))


def may_not_report(case: Case, *, known: bool) -> Message:
    """Refuse a change of a line, and say who can."""
    units = "、".join(line.unit for line in case.assignments if line.unit_id is not None)
    who = f"{units}的窗口或管考幕僚" if units else f"管考幕僚（本案{UNNAMED_UNIT}）"
    yours = "您不是本案承辦單位的窗口" if known else "您還沒有綁定身分"
    how = "" if known else "\n綁定請輸入：綁定 綁定碼（向管考幕僚索取）"
    return Message(text=f"{name_of(case)}\n沒有變更：{yours}。可由{who}處理。{how}", case_ids=(case.id,))


def may_not_decide(case: Case) -> Message:
    """Refuse a decision of somebody who is no coordinator."""
    text = f"{name_of(case)}\n沒有變更：解除或賡續列管由管考幕僚依主席裁示登錄。承辦單位辦妥請輸入：完成 {case.number}"
    return Message(text=text, case_ids=(case.id,))


def changed_meanwhile() -> Message:
    """Say that somebody else was quicker: nothing was overwritten."""
    return Message(text="同一時間有人更新了這一案，您的變更沒有存入。請看一下最新狀態再試一次。")


def button(label: str, said: str) -> tuple[Choice, ...]:
    """A choice that says a text, or none where the text is longer than a button may say."""
    return (labelled(label, said),) if len(said) <= SAID else ()


def labelled(label: str, said: str) -> Choice:
    """A choice with a label cut to what a button shows."""
    return Choice(short(label, 20), said)
