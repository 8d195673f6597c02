"""What the rooms need from the outside: storage, messenger, clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from domain.chat import Chat
from domain.outbox import Accepted, Outgoing
from domain.ports.cases import (
    AuditRepository,
    CaseRepository,
    MilestoneRepository,
    ProposalRepository,
    ReviewRepository,
    SeriesRepository,
    SurveyRepository,
    UnitRepository,
    WaitRepository,
)
from domain.ports.people import (
    GroupRepository,
    InboxRepository,
    PeopleRepository,
    TalkRepository,
    UnsentRepository,
)
from domain.ports.records import (
    AuditEntry,
    DayOff,
    Departure,
    DueDuty,
    DueLine,
    Invite,
    NewCase,
    NewReview,
    Review,
    ReviewState,
    UnitTally,
    UnmannedLine,
    UnreportedLine,
)
from domain.ports.time import (
    DayOffRepository,
    DeliveryRepository,
    HeartbeatRepository,
    JobRepository,
    NoticeRepository,
    OccurrenceRepository,
    OutboxRepository,
    ReminderRepository,
)
from domain.quota import Quota
from domain.undelivered import UndeliveredRepository

__all__ = [
    "WHOLE_CASE",
    "Account",
    "AuditEntry",
    "AuditRepository",
    "CaseRepository",
    "Clock",
    "ContentSource",
    "DayOff",
    "DayOffRepository",
    "DeliveryRepository",
    "Departure",
    "DueDuty",
    "DueLine",
    "GroupRepository",
    "HeartbeatRepository",
    "InboxRepository",
    "Invite",
    "JobRepository",
    "Messenger",
    "MilestoneRepository",
    "NewCase",
    "NewReview",
    "NoticeRepository",
    "OccurrenceRepository",
    "OutboxRepository",
    "PeopleRepository",
    "ProposalRepository",
    "ReminderRepository",
    "Review",
    "ReviewRepository",
    "ReviewState",
    "SeriesRepository",
    "Store",
    "SurveyRepository",
    "TalkRepository",
    "UnitOfWork",
    "UnitRepository",
    "UnitTally",
    "UnmannedLine",
    "UnreportedLine",
    "UnsentRepository",
    "WaitRepository",
]

T = TypeVar("T")


class UnitOfWork(Protocol):
    """The repositories of one transaction."""

    @property
    def series(self) -> SeriesRepository: ...
    @property
    def units(self) -> UnitRepository: ...
    @property
    def cases(self) -> CaseRepository: ...
    @property
    def survey(self) -> SurveyRepository: ...
    @property
    def people(self) -> PeopleRepository: ...
    @property
    def groups(self) -> GroupRepository: ...
    @property
    def inbox(self) -> InboxRepository: ...
    @property
    def outbox(self) -> OutboxRepository: ...
    @property
    def undelivered(self) -> UndeliveredRepository: ...
    @property
    def audit(self) -> AuditRepository: ...
    @property
    def reminders(self) -> ReminderRepository: ...
    @property
    def notices(self) -> NoticeRepository: ...
    @property
    def deliveries(self) -> DeliveryRepository: ...
    @property
    def days_off(self) -> DayOffRepository: ...
    @property
    def heartbeat(self) -> HeartbeatRepository: ...
    @property
    def talk(self) -> TalkRepository: ...
    @property
    def unsent(self) -> UnsentRepository: ...
    @property
    def reviews(self) -> ReviewRepository: ...
    @property
    def jobs(self) -> JobRepository: ...
    @property
    def proposals(self) -> ProposalRepository: ...
    @property
    def milestones(self) -> MilestoneRepository: ...
    @property
    def occurrences(self) -> OccurrenceRepository: ...
    @property
    def waits(self) -> WaitRepository: ...


class Store(Protocol):
    """The database. Work is a function of a unit of work; it may run twice, so it must change nothing but the rows."""

    def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run work in one transaction and return after its commit.

        What the work raises rolls it back, alone, and is raised here. Raises StorageUnavailable when the database
        could not take it ("commit_unknown": the connection broke while committing, so it may have been kept).
        """
        ...

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run work that changes nothing."""
        ...

    def close(self) -> None: ...


class Messenger(Protocol):
    """LINE, as the senders see it."""

    def send(self, message: Outgoing) -> Accepted:
        """Send one message over the network. Raises SendError."""
        ...


class Account(Protocol):
    """What LINE knows of the bot's account. Both ask over the network and raise SendError."""

    def quota(self) -> Quota: ...
    def member_count(self, chat: Chat) -> int:
        """How many people are in a group or room, the bot itself not counted."""
        ...


class ContentSource(Protocol):
    """Where the content of files lies that people sent."""

    def fetch(self, message_id: str, *, limit: int) -> bytes:
        """The bytes of a file, at most `limit`. Raises ContentError."""
        ...

    def show_loading(self, chat_id: str) -> None:
        """Show in a 1:1 chat that an answer is being made. Best effort: never raises."""
        ...


WHOLE_CASE = ("case", "stage", "ladder", "wait")
"""The subjects of audit entries whose `subject_id` is a case's."""

Clock = Callable[[], datetime]
"""Returns the present instant, aware, in UTC."""
