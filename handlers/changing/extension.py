"""展期: ask for a later deadline before it comes, approve or refuse. The deadline moves on approval alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from domain.calendar import roc
from domain.case import Assignment, Case, Deadline, State
from domain.member import Action, Role
from domain.proposal import NewProposal, Proposal, ProposalKind, ProposalState
from handlers import phrases
from handlers.change_commands import AnswerExtension, AskExtension
from handlers.changes import record
from handlers.changing import extension_phrases as words
from handlers.changing.proposing import one_waiting, settle
from handlers.context import Context
from handlers.language.day_words import read_day
from handlers.lookup import find_case, find_line
from handlers.messages import Message
from handlers.recurring import lines_by_id, move_due, parts_of, upcoming
from handlers.refs import CaseRef
from handlers.reviewing.case_desk import case_data

EXTENDED = "，展期至 "


def ask_extension(command: AskExtension, context: Context) -> Message:
    """Ask for a later day. What lacks (day, reason) is asked for with the sentence to complete."""

    def say(ref: CaseRef) -> str:
        return words.typed(ref, command.to, command.reason)

    case = find_case(command.ref, context, say)
    if isinstance(case, Message):
        return case
    line = find_line(case, command.ref, Action.ASK_EXTENSION, context, say)
    if isinstance(line, Message):
        return line
    parts = parts_of(case, line)
    if not parts:
        return words.no_period_open(case, upcoming(case, line, context.calendar))
    case, line = next((part for part in parts if not _is_late(part[0], context)), parts[0])
    return _no_extension(case, line, context) or _ask(case, line, command, context)


def _no_extension(case: Case, line: Assignment, context: Context) -> Message | None:
    """Why this line cannot be extended, whatever the day."""
    if case.deadline.on is None:
        return words.no_deadline(case)
    if line.state is not State.OPEN:
        return words.not_needed(case, line)
    if _is_late(case, context):
        return words.too_late(case)
    if _times(case, line, context) >= context.settings.extensions.most_times:
        return words.too_often(case, context.settings.extensions.most_times)
    return None


def _is_late(case: Case, context: Context) -> bool:
    return case.deadline.on is not None and context.today > case.deadline.on


def _ask(case: Case, line: Assignment, command: AskExtension, context: Context) -> Message:
    assert case.deadline.on is not None, "checked before"
    if not command.to:
        return words.how_to_ask(case, command.ref)
    reading = read_day(command.to, context, since=case.deadline.on)
    if isinstance(reading, str):
        return words.no_day(case, command.ref, reading)
    assert reading.deadline is not None, "a reading of a day has one"
    if reading.deadline <= case.deadline.on:
        return words.not_later(case, reading.deadline)
    if not command.reason:
        return words.reason_wanted(case, command.ref, reading.deadline)
    return _propose(case, line, reading.deadline, command.reason, context)


def _propose(case: Case, line: Assignment, day: date, reason: str, context: Context) -> Message:
    new = NewProposal(
        kind=ProposalKind.EXTENSION,
        series_id=case.series_id,
        case_id=case.id,
        assignment_id=line.id,
        member_id=context.member_id,
        reason=reason,
        from_on=case.deadline.on,
        to_on=day,
        at=context.now,
    )
    proposal = context.uow.proposals.add(new)
    if proposal is None:
        return words.waiting_already(case, line)
    record("ask_extension", "assignment", line.id, None, _data(case, line, proposal), context, words=reason)
    return words.asked(case, line, proposal, by_chief=_by_chief(case, line, proposal, context), context=context)


def answer_extension(command: AnswerExtension, context: Context) -> Message:
    """Approve: the deadline moves and the clock looks again. Refuse: it stays."""

    def say(ref: CaseRef) -> str:
        return words.typed_answer(ref, accept=command.accept, note=command.note)

    case = find_case(command.ref, context, say)
    if isinstance(case, Message):
        return case
    proposal = one_waiting(ProposalKind.EXTENSION, case, command.ref, say, context)
    if isinstance(proposal, Message):
        return proposal
    case, line = lines_by_id(case)[proposal.assignment_id]
    by_chief = _by_chief(case, line, proposal, context)
    action = Action.ANSWER_LONG_EXTENSION if by_chief else Action.ANSWER_EXTENSION
    if not context.may(action, series_id=case.series_id, unit_id=line.unit_id):
        return words.may_not_answer(case, line, by_chief=by_chief)
    if not command.accept:
        return _refuse(case, line, proposal, command.note, context)
    if not line.is_open:
        return phrases.closed(case)
    if proposal.from_on != case.deadline.on:
        return words.deadline_moved(case, line, proposal)
    return _approve(case, line, proposal, context)


def _refuse(case: Case, line: Assignment, proposal: Proposal, note: str, context: Context) -> Message:
    saved = settle(proposal, ProposalState.DECLINED, note, context)
    record("refuse_extension", "assignment", line.id, None, _data(case, line, saved), context, words=note)
    return words.refused(case, line, saved)


def _approve(case: Case, line: Assignment, proposal: Proposal, context: Context) -> Message:
    assert proposal.to_on is not None, "an extension has a day"
    saved = settle(proposal, ProposalState.ACCEPTED, "", context)
    if case.deadline.duty is not None:
        return _move_period(case, line, saved, proposal.to_on, context)
    original = case.deadline.text.partition(EXTENDED)[0]
    deadline = Deadline(on=proposal.to_on, text=f"{original}{EXTENDED}{roc(proposal.to_on)}")
    moved = context.uow.cases.save_case(replace(case, deadline=deadline), next_look_at=context.first_look(deadline))
    before = {"case": case_data(case)}
    record(
        "approve_extension",
        "assignment",
        line.id,
        before,
        {**_data(moved, line, saved), "case": case_data(moved)},
        context,
    )
    return words.approved(moved, line, saved, context.day)


def _move_period(case: Case, line: Assignment, proposal: Proposal, to: date, context: Context) -> Message:
    """Give one period of a recurring duty its later day; the rule stays."""
    move_due(case, line.id, to, context)
    record("approve_extension", "assignment", line.id, None, _data(case, line, proposal), context)
    case, line = lines_by_id(context.uow.cases.by_ids([case.id])[0])[line.id]
    return words.approved(case, line, proposal, context.day)


def _by_chief(case: Case, line: Assignment, proposal: Proposal, context: Context) -> bool:
    """Long extensions are the chief's to approve, where the unit has one."""
    assert proposal.to_on is not None, "an extension has a day"
    assert proposal.from_on is not None, "an extension has a day"
    if (proposal.to_on - proposal.from_on).days <= context.settings.extensions.chief_over_days:
        return False
    chiefs = context.uow.people.with_role(case.series_id, Role.CHIEF)
    return any(_is_chief_of(line.unit_id, chief.memberships, case.series_id) for chief in chiefs)


def _is_chief_of(unit_id: int | None, memberships: Sequence[Any], series_id: int) -> bool:
    held = [one.unit_id for one in memberships if one.series_id == series_id and one.role is Role.CHIEF]
    return unit_id is not None and unit_id in held


def _times(case: Case, line: Assignment, context: Context) -> int:
    """How often the case was extended; of a recurring duty, the period."""
    past = context.uow.proposals.of_case(case.id, ProposalKind.EXTENSION)
    counted = [one for one in past if case.deadline.duty is None or one.assignment_id == line.id]
    return sum(one.state is ProposalState.ACCEPTED for one in counted)


def _data(case: Case, line: Assignment, proposal: Proposal) -> dict[str, Any]:
    assert proposal.from_on is not None, "an extension has a day"
    assert proposal.to_on is not None, "an extension has a day"
    return {
        "case_id": case.id,
        "number": case.number,
        "assignment_id": line.id,
        "unit": line.unit,
        "proposal_id": proposal.id,
        "proposal_version": proposal.version,
        "from": proposal.from_on.isoformat(),
        "to": proposal.to_on.isoformat(),
    }
