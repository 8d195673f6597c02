"""改分: "not my case" proposes another unit; that unit's contact or the coordinator accepts or sends it back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from domain.case import Assignment, Case
from domain.member import Action
from domain.proposal import NewProposal, Proposal, ProposalKind, ProposalState
from domain.unit import Unit, suggest
from handlers.change_commands import AnswerTransfer, ProposeTransfer
from handlers.changes import move, record
from handlers.changing import transfer_phrases as words
from handlers.changing.proposing import one_waiting, settle
from handlers.context import Context
from handlers.lookup import find_case, find_line
from handlers.messages import Message
from handlers.recurring import lines_by_id
from handlers.refs import CaseRef


def propose_transfer(command: ProposeTransfer, context: Context) -> Message:
    """Propose another unit for a line; a coordinator's own proposal is applied at once."""

    def say(ref: CaseRef) -> str:
        return words.typed(ref, command.unit, command.reason)

    case = find_case(command.ref, context, say)
    if isinstance(case, Message):
        return case
    line = find_line(case, command.ref, Action.PROPOSE_TRANSFER, context, say)
    if isinstance(line, Message):
        return line
    unit = context.uow.units.by_name(command.unit)
    if unit is None:
        return words.unknown_unit(case, command, suggest(command.unit, context.uow.units.all()))
    return _no_transfer(case, line, unit) or _propose(case, line, unit, command.reason, context)


def _no_transfer(case: Case, line: Assignment, unit: Unit) -> Message | None:
    if line.unit_id == unit.id:
        return words.own_already(case, line)
    if any(other.unit_id == unit.id for other in case.assignments):
        return words.has_line_already(case, unit)
    return None


def _propose(case: Case, line: Assignment, unit: Unit, reason: str, context: Context) -> Message:
    new = NewProposal(
        kind=ProposalKind.TRANSFER,
        series_id=case.series_id,
        case_id=case.id,
        assignment_id=line.id,
        member_id=context.member_id,
        reason=reason,
        from_unit_id=line.unit_id,
        to_unit_id=unit.id,
        at=context.now,
    )
    if _may_answer_for_all(case, context):
        return _assign(case, line, unit, reason, context)
    proposal = context.uow.proposals.add(new)
    if proposal is None:
        return words.waiting_already(case, line)
    record("propose_transfer", "assignment", line.id, None, _data(case, line, unit, proposal), context, words=reason)
    return words.proposed(case, line, unit, proposal)


def _may_answer_for_all(case: Case, context: Context) -> bool:
    return context.may(Action.ANSWER_TRANSFER, series_id=case.series_id)


def _assign(case: Case, line: Assignment, unit: Unit, reason: str, context: Context) -> Message:
    moved = move(case, line, replace(line, unit_id=unit.id), "assign_line", context, words=reason)
    return words.assigned(case, line, moved, context.uow.people.contacts(case.series_id, unit.id))


def answer_transfer(command: AnswerTransfer, context: Context) -> Message:
    """Accept: the line is the other unit's. Decline: it stays."""

    def say(ref: CaseRef) -> str:
        return words.typed_answer(ref, accept=command.accept, note=command.note)

    case = find_case(command.ref, context, say)
    if isinstance(case, Message):
        return case
    proposal = one_waiting(ProposalKind.TRANSFER, case, command.ref, say, context)
    if isinstance(proposal, Message):
        return proposal
    assert proposal.to_unit_id is not None, "a transfer has a unit"
    line, unit = lines_by_id(case)[proposal.assignment_id][1], context.uow.units.get(proposal.to_unit_id)
    if not context.may(Action.ANSWER_TRANSFER, series_id=case.series_id, unit_id=unit.id):
        return words.may_not_answer(case, unit)
    if not command.accept:
        return _decline(case, line, unit, proposal, command.note, context)
    if line.unit_id != proposal.from_unit_id or not line.is_open:
        return words.moved_meanwhile(case, line)
    return _no_transfer(case, line, unit) or _accept(case, line, unit, proposal, context)


def _decline(case: Case, line: Assignment, unit: Unit, proposal: Proposal, note: str, context: Context) -> Message:
    saved = settle(proposal, ProposalState.DECLINED, note, context)
    record("decline_transfer", "assignment", line.id, None, _data(case, line, unit, saved), context, words=note)
    return words.declined(case, line, unit, saved)


def _accept(case: Case, line: Assignment, unit: Unit, proposal: Proposal, context: Context) -> Message:
    saved = settle(proposal, ProposalState.ACCEPTED, "", context)
    extra = _data(case, line, unit, saved)
    moved = move(case, line, replace(line, unit_id=unit.id), "accept_transfer", context, extra=extra)
    return words.assigned(case, line, moved, context.uow.people.contacts(case.series_id, unit.id))


def _data(case: Case, line: Assignment, unit: Unit, proposal: Proposal) -> dict[str, Any]:
    return {
        "case_id": case.id,
        "number": case.number,
        "assignment_id": line.id,
        "from": line.unit,
        "to": unit.name,
        "proposal_id": proposal.id,
        "proposal_version": proposal.version,
    }
