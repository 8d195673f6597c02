"""Take back a proposal, or its answer: the proposal waits again, and a moved deadline is as before."""

from __future__ import annotations

from dataclasses import replace

from domain.calendar import roc
from domain.case import Assignment, Case
from domain.member import Action
from domain.ports import AuditEntry
from domain.proposal import Proposal, ProposalKind, ProposalState
from handlers import phrases
from handlers.changes import move_back, record
from handlers.changing.extension_phrases import NAMES
from handlers.context import Context
from handlers.recurring import lines_by_id, move_due
from handlers.reviewing.case_desk import case_data, deadline_in
from handlers.undoing.undo_review import CannotUndo, Step

NOT_YOURS = "您目前的身分不能變更這一案，請洽管考幕僚。"
ANSWERS = {
    ProposalKind.EXTENSION: (Action.ANSWER_EXTENSION, Action.ANSWER_LONG_EXTENSION),
    ProposalKind.TRANSFER: (Action.ANSWER_TRANSFER,),
}


def undo_proposal(entry: AuditEntry, context: Context) -> Step:
    """Withdraw a proposal that nobody has answered."""
    case, line, proposal = _found(entry, context)
    if not context.may(Action.UNDO, series_id=case.series_id, unit_id=line.unit_id):
        raise CannotUndo(NOT_YOURS)

    def step() -> str:
        context.uow.proposals.save(
            replace(proposal, state=ProposalState.WITHDRAWN, settled_by=context.member_id, settled_at=context.now)
        )
        _record(entry, context)
        return f"{phrases.name_of(case)}\n　撤回{line.unit}的{NAMES[proposal.kind]}申請"

    return step


def undo_answer(entry: AuditEntry, context: Context) -> Step:
    """Let a proposal that was refused wait again."""
    case, line, proposal = _found(entry, context)
    _check_answerer(case, line, proposal, context)

    def step() -> str:
        _wait_again(proposal, context)
        _record(entry, context)
        return f"{phrases.name_of(case)}\n　{line.unit}的{NAMES[proposal.kind]}申請回到待核"

    return step


def undo_approval(entry: AuditEntry, context: Context) -> Step:
    """Let an approved extension wait again, with the deadline that was."""
    case, line, proposal = _found(entry, context)
    _check_answerer(case, line, proposal, context)
    if case.deadline.duty is not None:
        return _move_back(entry, case, line, proposal, context)
    before, after = (entry.before or {})["case"], (entry.after or {})["case"]
    if case.version != after["version"]:
        raise CannotUndo(f"{phrases.name_of(case)} 之後已有人修改，目前{phrases.deadline_of(case, context.day)}。")
    deadline = deadline_in(before)

    def step() -> str:
        saved = context.uow.cases.save_case(replace(case, deadline=deadline), next_look_at=context.first_look(deadline))
        _wait_again(proposal, context)
        record("undo_edit", "case", case.id, case_data(case), case_data(saved), context, undone=True)
        return f"{phrases.name_of(saved)}\n　{phrases.deadline_of(saved, context.day)}，展期申請回到待核"

    return step


def _move_back(entry: AuditEntry, case: Case, line: Assignment, proposal: Proposal, context: Context) -> Step:
    """Give a period of a recurring duty the day that it had."""
    assert proposal.from_on is not None, "an extension has a day"
    day = proposal.from_on
    if case.deadline.on != proposal.to_on:
        raise CannotUndo(f"{phrases.name_of(case)} 之後已有人修改，目前{phrases.deadline_of(case, context.day)}。")

    def step() -> str:
        move_due(case, line.id, day, context)
        _wait_again(proposal, context)
        _record(entry, context)
        return f"{phrases.name_of(case)}\n　期限回到 {roc(day)}，展期申請回到待核"

    return step


def undo_transfer(entry: AuditEntry, context: Context) -> Step:
    """Give an accepted line back; the transfer waits again."""
    case, line, proposal = _found(entry, context)
    if not context.may(Action.ANSWER_TRANSFER, series_id=case.series_id, unit_id=proposal.to_unit_id):
        raise CannotUndo(NOT_YOURS)
    if line.version != (entry.after or {})["version"]:
        raise CannotUndo(f"{phrases.name_of(case)} 之後已有人變更，目前{phrases.line_state(line)}。")

    def step() -> str:
        saved = move_back(case, line, replace(line, unit_id=proposal.from_unit_id), context)
        _wait_again(proposal, context)
        return f"{phrases.name_of(case)}\n　回到{saved.unit}承辦，改分提議回到待回覆"

    return step


def _found(entry: AuditEntry, context: Context) -> tuple[Case, Assignment, Proposal]:
    after = entry.after or {}
    proposal = context.uow.proposals.get(after["proposal_id"])
    case = context.uow.cases.by_ids([proposal.case_id])[0]
    if proposal.version != after["proposal_version"]:
        raise CannotUndo(f"{phrases.name_of(case)} 的{NAMES[proposal.kind]}申請之後已有人回覆。")
    about = lines_by_id(case).get(proposal.assignment_id)
    if about is None:
        raise CannotUndo(f"{phrases.name_of(case)} 這一期之後已經填報。")
    return *about, proposal


def _check_answerer(case: Case, line: Assignment, proposal: Proposal, context: Context) -> None:
    """Who may answer may take the answer back."""
    unit_id = line.unit_id if proposal.kind is ProposalKind.EXTENSION else proposal.to_unit_id
    if not any(context.may(action, series_id=case.series_id, unit_id=unit_id) for action in ANSWERS[proposal.kind]):
        raise CannotUndo(NOT_YOURS)


def _wait_again(proposal: Proposal, context: Context) -> None:
    waiting = replace(proposal, state=ProposalState.WAITING, settled_by=None, settled_at=None, note="")
    context.uow.proposals.save(waiting)


def _record(entry: AuditEntry, context: Context) -> None:
    record(f"undo_{entry.action}", "assignment", entry.subject_id, entry.after, None, context, undone=True)
