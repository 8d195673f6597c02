"""Notices: what somebody is to be told, as rows between what is due and what is sent.

A planner writes a notice when a rung of a ladder is reached; a router later lets it travel: on a reply, in a digest or
in a push. However it travels, a notice (subject, kind, day, rung, audience) reaches its audience at most once, ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum


class NoticeKind(StrEnum):
    """What a notice is about."""

    DEADLINE = "deadline"  # a rung of a line's deadline
    CONTRACT = "contract"  # a rung of a contract's end
    MILESTONE = "milestone"  # a planned day that somebody reported
    WAIT = "wait"  # a case woke, or its wait needs the coordinator
    SLEEPERS = "sleepers"  # what waits for something, once a month
    CHASE = "chase"  # who has not reported before the next meeting
    ESCALATION = "escalation"  # overdue, told to the unit's contact and chief in private
    SUMMARY = "summary"  # the month in one message
    WARNING = "warning"  # about the bot itself: pushes are running out, messages did not go out


class Audience(StrEnum):
    """Who is to be told."""

    RESPONSIBLE = "responsible"  # the contacts of the line's unit, by whatever way reaches them
    GROUP = "group"  # the groups that see the series
    CONTACT = "contact"  # the same contacts, in private; no group unless nobody can be reached so
    CHIEF = "chief"  # the chiefs of the line's unit, in private
    COORDINATOR = "coordinator"  # in private
    HEAD = "head"  # the head of the body (a chief of no unit), in private


class Urgency(IntEnum):
    """In which order notices give way when pushes run out: the lowest first."""

    LOW = 0
    NORMAL = 1
    HIGH = 2  # the day itself, overdue, contracts: never dropped


class NoticeState(StrEnum):
    """Where a notice stands."""

    WAITING = "waiting"
    CARRIED = "carried"  # an outbox row holds it
    SENT = "sent"
    MISSED = "missed"  # nobody was told in time, or it is not known whether: never said again
    OBSOLETE = "obsolete"  # the line was released, the deadline moved, somebody answered


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotice:
    """A notice to keep. `subject` names what the rung belongs to: "line:12", "series:3"."""

    subject: str
    kind: NoticeKind
    for_on: date  # the day that the ladder leads to: deadline, contract's end, meeting
    rung: str  # "-3", "+0"
    audience: Audience
    series_id: int
    assignment_id: int | None = None
    urgency: Urgency = Urgency.NORMAL
    due_at: datetime
    ride_until: datetime  # until then it may wait for a reply to travel on
    expires_at: datetime  # from then on it is of no use: the next rung speaks for it
    state: NoticeState = NoticeState.WAITING
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(NewNotice):
    """A stored notice."""

    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheWay:
    """A notice in a push that has not left, and that no sender holds. `doubtful`: LINE may have taken the push."""

    outbox_id: int
    to: str  # LINE's id of the chat
    doubtful: bool
    notice: Notice
