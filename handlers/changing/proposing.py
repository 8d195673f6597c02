"""What extensions and transfers share: the one that waits, its answer, the list of all, taking back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.case import Assignment, Case
from domain.proposal import Proposal, ProposalKind, ProposalState
from handlers.change_commands import ListProposals
from handlers.changing import extension_phrases as words
from handlers.context import Context
from handlers.lookup import named_lines
from handlers.messages import Message
from handlers.recurring import lines_by_id
from handlers.refs import CaseRef, Say

MOST_LISTED = 10


def one_waiting(kind: ProposalKind, case: Case, ref: CaseRef, say: Say, context: Context) -> Proposal | Message:
    """The proposal on a case that waits and is meant, or what to answer instead."""
    waiting = [one for one in context.uow.proposals.of_case(case.id, kind) if one.state is ProposalState.WAITING]
    meant = [one for line in named_lines(case, ref, context) if (one := _on_line(line, case, waiting))]
    if not meant:
        return words.nothing_waits(kind, case, context.uow.proposals.of_case(case.id, kind), context.day)
    if len(meant) > 1:
        return words.which_proposal(case, [lines_by_id(case)[one.assignment_id][1] for one in meant], ref, say)
    return meant[0]


def _on_line(line: Assignment, case: Case, waiting: Sequence[Proposal]) -> Proposal | None:
    """The first that waits on a line, or on an open period of it."""
    ids = {line.id, *(one.id for one in case.occurrences_of(line))}
    return next((one for one in waiting if one.assignment_id in ids), None)


def settle(proposal: Proposal, state: ProposalState, note: str, context: Context) -> Proposal:
    """Write the answer. Raises StaleVersion if somebody else was quicker."""
    answered = replace(proposal, state=state, settled_by=context.member_id, settled_at=context.now, note=note)
    return context.uow.proposals.save(answered)


def list_proposals(command: ListProposals, context: Context) -> Message:
    """List what waits for an answer in the series that the chat sees."""
    found = context.uow.proposals.waiting(context.series_ids, limit=MOST_LISTED + 1)
    cases = {case.id: case for case in context.uow.cases.by_ids([one.case_id for one in found])}
    units = {unit_id: context.uow.units.get(unit_id).name for one in found if (unit_id := one.to_unit_id) is not None}
    about = [(lines_by_id(cases[one.case_id]).get(one.assignment_id), one) for one in found[:MOST_LISTED]]
    shown = [(*part, one) for part, one in about if part and part[1].is_open]  # a released line moves no more
    return words.waiting(shown, units, has_more=len(found) > MOST_LISTED)
