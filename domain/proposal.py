"""Proposals: what a unit asks for and somebody else answers. Nothing moves before the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ProposalKind(StrEnum):
    """What is proposed."""

    EXTENSION = "extension"  # 展期: a later deadline
    TRANSFER = "transfer"  # 改分: another unit


class ProposalState(StrEnum):
    """Where a proposal stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProposal:
    """A proposal to keep. Days are calendar days in Asia/Taipei; those of the other kind are None."""

    kind: ProposalKind
    series_id: int
    case_id: int
    assignment_id: int
    member_id: int | None  # None: on the machine itself
    reason: str  # verbatim
    from_on: date | None = None
    to_on: date | None = None
    from_unit_id: int | None = None
    to_unit_id: int | None = None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(NewProposal):
    """A stored proposal, with its answer."""

    id: int
    state: ProposalState = ProposalState.WAITING
    settled_by: int | None = None
    settled_at: datetime | None = None
    note: str = ""  # why it was declined, verbatim
    version: int = 1
