"""The wording of extensions, and of what waits for an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from domain.calendar import roc
from domain.case import Assignment, Case
from domain.proposal import Proposal, ProposalKind, ProposalState
from domain.recurrence import Period
from handlers import postback
from handlers.change_commands import AskExtension
from handlers.context import Context
from handlers.messages import Choice, Message, PickDate
from handlers.phrases import STATES, UNDO_HINT, deadline_of, name_of, short
from handlers.recurring_phrases import coming
from handlers.refs import CaseRef
from handlers.reminding.reminders import View

REASON = 200
LATEST = timedelta(days=730)  # what the date picker offers at most
NAMES = {ProposalKind.EXTENSION: "展期", ProposalKind.TRANSFER: "改分"}
ANSWERS = {
    ProposalState.WAITING: "待核",
    ProposalState.ACCEPTED: "已同意",
    ProposalState.DECLINED: "不同意",
    ProposalState.WITHDRAWN: "已撤回",
}
UNDO = Choice("復原", "復原")


def typed(ref: CaseRef, to: str, reason: str) -> str:
    """How an extension is asked for."""
    parts = [f"展期 {ref}", f"至 {to}" if to else "", f"因{reason}" if reason else ""]
    return " ".join(part for part in parts if part)


def typed_answer(ref: CaseRef, *, accept: bool, note: str = "") -> str:
    """How an extension is answered."""
    return f"{'同意' if accept else '不同意'}展期 {ref}" + (f" 因{note}" if note else "")


def no_deadline(case: Case) -> Message:
    """Say that there is nothing to extend."""
    return _about(case, "本案沒有訂期限，不需要展期。進度請輸入：", f"回報 {case.number} 辦理情形")


def no_period_open(case: Case, following: Period | None) -> Message:
    """Say that no period of a recurring duty is open that could be extended."""
    text = f"{name_of(case)}\n沒有變更：目前沒有待填報的期別，{coming(case, following)}；開始提醒後才能申請展期。"
    return Message(text=text, case_ids=(case.id,))


def not_needed(case: Case, line: Assignment) -> Message:
    """Say that a line that waits for release needs no later day."""
    return _about(
        case, f"{line.unit}：{STATES[line.state]}，不需要展期。若還沒辦妥請先輸入：", f"撤回完成 {case.number}"
    )


def too_late(case: Case) -> Message:
    """Refuse an extension after the deadline."""
    assert case.deadline.on is not None, "checked before"
    said = f"沒有變更：期限 {roc(case.deadline.on)} 已過，展期要在期限前申請。請先回報原因，期限由管考幕僚調整。例如："
    return _about(case, said, f"回報 {case.number} 逾期原因與預定完成日")


def too_often(case: Case, most: int) -> Message:
    """Refuse one extension too many."""
    said = f"已展期 {most} 次，不能再展期。" if most else "本會議的案件不開放展期。"
    return _about(
        case, f"沒有變更：{said}請回報進度，由管考幕僚提會議裁示。例如：", f"回報 {case.number} 目前進度與困難"
    )


def how_to_ask(case: Case, ref: CaseRef) -> Message:
    """Show how an extension is asked for; a phone picks the day."""
    assert case.deadline.on is not None, "checked before"
    picker = pick_day("選新期限", ref, case.deadline.on)
    text = f"{name_of(case)}\n目前期限 {roc(case.deadline.on)}。請輸入新期限與理由，例如：\n"
    example = typed(ref, short_day(case.deadline.on + timedelta(days=14)), "廠商交貨延誤")
    return Message(text=text + example, choices=(picker,), case_ids=(case.id,))


def pick_day(label: str, ref: CaseRef, deadline: date) -> PickDate:
    """Let a phone pick the new deadline of a case."""
    first = deadline + timedelta(days=1)
    return PickDate(label, postback.encode(AskExtension(ref)), initial=first, min=first, max=deadline + LATEST)


def example_of(ref: CaseRef, deadline: date) -> str:
    """An extension of a case, to copy."""
    return typed(ref, short_day(deadline + timedelta(days=14)), "廠商交貨延誤")


def no_day(case: Case, ref: CaseRef, why: str) -> Message:
    """Say that the words hold no day."""
    assert case.deadline.on is not None, "checked before"
    return _about(case, f"沒有變更：新期限看不懂。{why}\n請寫明日期，例如：", example_of(ref, case.deadline.on))


def not_later(case: Case, day: date) -> Message:
    """Refuse a day that is no extension."""
    assert case.deadline.on is not None, "checked before"
    text = f"{name_of(case)}\n沒有變更：{roc(day)} 沒有晚於目前期限 {roc(case.deadline.on)}。"
    return Message(text=text, case_ids=(case.id,))


def reason_wanted(case: Case, ref: CaseRef, day: date) -> Message:
    """Ask for the reason, with the sentence to complete."""
    said = f"新期限 {roc(day)}。展期要寫理由，請補上後送出，例如："
    return _about(case, said, typed(ref, short_day(day), "廠商交貨延誤"))


def asked(case: Case, line: Assignment, proposal: Proposal, *, by_chief: bool, context: Context) -> Message:
    """Say that an extension waits, and who answers it how."""
    who = f"{line.unit}主管" if by_chief else "管考幕僚"
    ref = answer_ref(case, line)
    yes, no = typed_answer(ref, accept=True), typed_answer(ref, accept=False)
    lines = [
        "已申請展期，核准前期限不變：",
        f"{name_of(case)}（{line.unit}）",
        _days(proposal),
        f"　理由：{short(proposal.reason, REASON)}",
        *_day_off(proposal, context.day),
        *_others(case),
        f"待{who}輸入：{yes}",
        f"或：{no} 因…",
        UNDO_HINT,
    ]
    return Message(text="\n".join(lines), choices=(_choice(yes), _choice(no), UNDO), case_ids=(case.id,))


def waiting_already(case: Case, line: Assignment) -> Message:
    """Say that an extension of the line waits already."""
    said = f"沒有變更：{line.unit}已有一件展期申請待核。要改內容請由申請人先輸入「復原」。看待核申請請輸入："
    return _about(case, said, "待核")


def approved(case: Case, line: Assignment, proposal: Proposal, day: View) -> Message:
    """Say that the deadline moved."""
    others = len(case.assignments) > 1 and case.deadline.duty is None
    lines = [
        "已同意展期：",
        f"{name_of(case)}（{line.unit}申請）",
        _days(proposal),
        f"　{deadline_of(case, day)}",
        *(["　本案各單位的期限一併調整"] if others else []),
        UNDO_HINT,
    ]
    return Message(text="\n".join(lines), choices=(UNDO,), case_ids=(case.id,))


def refused(case: Case, line: Assignment, proposal: Proposal) -> Message:
    """Say that the deadline stays."""
    deadline = f"期限仍為 {roc(case.deadline.on)}" if case.deadline.on else "期限不變"
    lines = [
        f"不同意展期，{deadline}：",
        f"{name_of(case)}（{line.unit}申請）",
        *([f"　理由：{short(proposal.note, REASON)}"] if proposal.note else []),
        UNDO_HINT,
    ]
    return Message(text="\n".join(lines), choices=(UNDO,), case_ids=(case.id,))


def may_not_answer(case: Case, line: Assignment, *, by_chief: bool) -> Message:
    """Refuse an answer, and say who can."""
    who = f"展期天數較長，由{line.unit}的主管同意" if by_chief else "展期由管考幕僚同意"
    return Message(text=f"{name_of(case)}\n沒有變更：{who}。", case_ids=(case.id,))


def deadline_moved(case: Case, line: Assignment, proposal: Proposal) -> Message:
    """Say that the deadline is another than the one that was to be extended: nothing is overwritten."""
    assert proposal.from_on is not None, "an extension has a day"
    now = roc(case.deadline.on) if case.deadline.on else "未定期限"
    said = (
        f"沒有變更：{line.unit}申請時的期限是 {roc(proposal.from_on)}，現在已改為 {now}。"
        "請先退回這件申請，再由單位依新期限申請："
    )
    return _about(case, said, typed_answer(answer_ref(case, line), accept=False, note="期限已另有調整"))


def nothing_waits(kind: ProposalKind, case: Case, past: Sequence[Proposal], day: View) -> Message:
    """Say that no proposal of the kind waits; what was answered last is told."""
    settled = [one for one in past if one.settled_at is not None]
    last = ""
    if settled and settled[-1].settled_at:
        on = roc(settled[-1].settled_at.astimezone(day.zone).date())
        last = f"最近一件：{on} {ANSWERS[settled[-1].state]}。"
    text = f"{name_of(case)}\n沒有待核的{NAMES[kind]}申請。{last}"
    return Message(text=text, case_ids=(case.id,))


def which_proposal(case: Case, lines: Sequence[Assignment], ref: CaseRef, say: Callable[[CaseRef], str]) -> Message:
    """Ask which unit's proposal is meant."""
    said = [say(replace(ref, within=(*ref.within, line.unit))) for line in lines]
    text = "\n".join([name_of(case), f"有 {len(lines)} 件申請，請問是哪一個單位的？請輸入：", *said])
    return Message(text=text, choices=tuple(_choice(words) for words in said), case_ids=(case.id,))


def waiting(shown: Sequence[tuple[Case, Assignment, Proposal]], units: Mapping[int, str], *, has_more: bool) -> Message:
    """List what waits for an answer."""
    if not shown:
        return Message(text="目前沒有待核的展期或改分申請。")
    lines = ["待核的申請："]
    choices = []
    for case, line, proposal in shown:
        ref = answer_ref(case, line)
        if proposal.kind is ProposalKind.EXTENSION:
            answer, what = typed_answer(ref, accept=True), f"展期\n{_days(proposal)}"
        else:
            answer, what = f"接受改分 {ref}", f"改分給{units[proposal.to_unit_id or 0]}"
        lines.append(
            f"{name_of(case)}（{line.unit}）{what}\n　理由：{short(proposal.reason, 60) or '未填'}\n　→ {answer}"
        )
        choices.append(_choice(answer))
    if has_more:
        lines.append("還有更多，處理後再輸入：待核")
    return Message(
        text="\n".join(lines), choices=tuple(choices), case_ids=tuple(dict.fromkeys(case.id for case, _, _ in shown))
    )


def answer_ref(case: Case, line: Assignment) -> CaseRef:
    """How a line of a case is named in an answer: with its unit where the case has several."""
    return CaseRef(case.number, (line.unit,) if len(case.assignments) > 1 else ())


def short_day(day: date) -> str:
    """A day as it is typed: 110/10/15."""
    return roc(day).partition("(")[0]


def _days(proposal: Proposal) -> str:
    assert proposal.from_on is not None, "an extension has a day"
    assert proposal.to_on is not None, "an extension has a day"
    days = (proposal.to_on - proposal.from_on).days
    return f"　期限 {roc(proposal.from_on)} → {roc(proposal.to_on)}，延後 {days} 天"


def _day_off(proposal: Proposal, day: View) -> list[str]:
    assert proposal.to_on is not None, "an extension has a day"
    last = day.calendar.last_working_day(proposal.to_on)
    return [] if last == proposal.to_on else [f"　{roc(proposal.to_on)} 為放假日，最後上班日 {roc(last)}"]


def _others(case: Case) -> list[str]:
    return ["　同意後本案各單位的期限一併調整"] if len(case.assignments) > 1 and case.deadline.duty is None else []


def _choice(said: str) -> Choice:
    return Choice(short(said, 20), said)


def _about(case: Case, said: str, example: str) -> Message:
    return Message(text=f"{name_of(case)}\n{said}\n{example}", case_ids=(case.id,))
