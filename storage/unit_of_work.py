"""The repositories of one transaction."""

from __future__ import annotations

from functools import cached_property

from sqlalchemy.engine import Connection

from storage.audit import Audit
from storage.cases import Cases
from storage.days_off import DaysOff
from storage.deliveries import Deliveries
from storage.groups import Groups
from storage.heartbeat import Heartbeat
from storage.inbox import Inbox
from storage.jobs import Jobs
from storage.milestones import Milestones
from storage.notices import Notices
from storage.occurrences import Occurrences
from storage.outbox import Outbox
from storage.people import People
from storage.proposals import Proposals
from storage.reminders import Reminders
from storage.reviews import Reviews
from storage.series import SeriesTable
from storage.survey import Survey
from storage.talk import Talk
from storage.undelivered import UndeliveredRows
from storage.units import Units
from storage.unsent import UnsentIds
from storage.waits import Waits


class SqlUnitOfWork:
    """`domain.ports.UnitOfWork` on one SQLAlchemy connection that is in a transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @cached_property
    def series(self) -> SeriesTable:
        return SeriesTable(self.connection)

    @cached_property
    def units(self) -> Units:
        return Units(self.connection)

    @cached_property
    def cases(self) -> Cases:
        return Cases(self.connection)

    @cached_property
    def people(self) -> People:
        return People(self.connection)

    @cached_property
    def groups(self) -> Groups:
        return Groups(self.connection)

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self.connection)

    @cached_property
    def outbox(self) -> Outbox:
        return Outbox(self.connection)

    @cached_property
    def undelivered(self) -> UndeliveredRows:
        return UndeliveredRows(self.connection)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self.connection)

    @cached_property
    def reminders(self) -> Reminders:
        return Reminders(self.connection)

    @cached_property
    def notices(self) -> Notices:
        return Notices(self.connection)

    @cached_property
    def deliveries(self) -> Deliveries:
        return Deliveries(self.connection)

    @cached_property
    def survey(self) -> Survey:
        return Survey(self.connection)

    @cached_property
    def talk(self) -> Talk:
        return Talk(self.connection)

    @cached_property
    def reviews(self) -> Reviews:
        return Reviews(self.connection)

    @cached_property
    def jobs(self) -> Jobs:
        return Jobs(self.connection)

    @cached_property
    def proposals(self) -> Proposals:
        return Proposals(self.connection)

    @cached_property
    def milestones(self) -> Milestones:
        return Milestones(self.connection)

    @cached_property
    def occurrences(self) -> Occurrences:
        return Occurrences(self.connection)

    @cached_property
    def waits(self) -> Waits:
        return Waits(self.connection)

    @cached_property
    def days_off(self) -> DaysOff:
        return DaysOff(self.connection)

    @cached_property
    def unsent(self) -> UnsentIds:
        return UnsentIds(self.connection)

    @cached_property
    def heartbeat(self) -> Heartbeat:
        return Heartbeat(self.connection)
