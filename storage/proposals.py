"""Proposals of extensions and transfers, with their answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.errors import StaleVersion
from domain.proposal import NewProposal, Proposal, ProposalKind, ProposalState
from storage.repository import Repository, insert_new, one_of
from storage.tables import IS_PROPOSED, proposals
from storage.types import Instant

ADD = insert_new(proposals).returning(proposals)
BY_ID = sa.select(proposals).where(proposals.c.id == bindparam("proposal_id"))
OF_CASE = (
    sa.select(proposals)
    .where(proposals.c.case_id == bindparam("of_case"), proposals.c.kind == bindparam("of_kind"))
    .order_by(proposals.c.id)
)
WAITING = (
    sa.select(proposals)
    .where(IS_PROPOSED, proposals.c.series_id.in_(one_of("in_series")))
    .order_by(proposals.c.at, proposals.c.id)
    .limit(bindparam("at_most", type_=sa.Integer))
)
SAVE = (
    sa.update(proposals)
    .where(proposals.c.id == bindparam("proposal_id"), proposals.c.version == bindparam("read_version"))
    .values(
        state=bindparam("new_state"),
        settled_by=bindparam("settler"),
        settled_at=bindparam("settled", type_=Instant),
        note=bindparam("new_note"),
        version=proposals.c.version + 1,
    )
)
_of_id = sa.update(proposals).where(proposals.c.id == bindparam("proposal_id"))
PURGE_REASON, PURGE_NOTE = _of_id.values(reason=""), _of_id.values(note="")


class Proposals(Repository):
    """`domain.ports.ProposalRepository`."""

    def add(self, new: NewProposal) -> Proposal | None:
        row = self._row(ADD, **_row(new))
        return None if row is None else _proposal(row)

    def get(self, proposal_id: int) -> Proposal:
        row = self._row(BY_ID, proposal_id=proposal_id)
        if row is None:
            raise LookupError(proposal_id)
        return _proposal(row)

    def of_case(self, case_id: int, kind: ProposalKind) -> Sequence[Proposal]:
        return [_proposal(row) for row in self._rows(OF_CASE, of_case=case_id, of_kind=kind)]

    def waiting(self, series_ids: Sequence[int], *, limit: int) -> Sequence[Proposal]:
        return [_proposal(row) for row in self._rows(WAITING, in_series=list(series_ids), at_most=limit)]

    def save(self, proposal: Proposal) -> Proposal:
        saved = self._count(
            SAVE,
            proposal_id=proposal.id,
            read_version=proposal.version,
            new_state=proposal.state,
            settler=proposal.settled_by,
            settled=proposal.settled_at,
            new_note=proposal.note,
        )
        if not saved:
            raise StaleVersion(kind="proposal", id=proposal.id)
        return self.get(proposal.id)

    def purge_reason(self, proposal_id: int) -> None:
        self._count(PURGE_REASON, proposal_id=proposal_id)

    def purge_note(self, proposal_id: int) -> None:
        self._count(PURGE_NOTE, proposal_id=proposal_id)


def _row(new: NewProposal) -> dict[str, Any]:
    return {
        "kind": new.kind,
        "series_id": new.series_id,
        "case_id": new.case_id,
        "assignment_id": new.assignment_id,
        "member_id": new.member_id,
        "reason": new.reason,
        "from_on": new.from_on,
        "to_on": new.to_on,
        "from_unit_id": new.from_unit_id,
        "to_unit_id": new.to_unit_id,
        "at": new.at,
        "state": ProposalState.WAITING,
        "note": "",
        "version": 1,
    }


def _proposal(row: Any) -> Proposal:
    return Proposal(
        id=row.id,
        kind=ProposalKind(row.kind),
        series_id=row.series_id,
        case_id=row.case_id,
        assignment_id=row.assignment_id,
        member_id=row.member_id,
        reason=row.reason,
        from_on=row.from_on,
        to_on=row.to_on,
        from_unit_id=row.from_unit_id,
        to_unit_id=row.to_unit_id,
        at=row.at,
        state=ProposalState(row.state),
        settled_by=row.settled_by,
        settled_at=row.settled_at,
        note=row.note,
        version=row.version,
    )
