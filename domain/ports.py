"""What the rooms need from the outside: storage, messenger, clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from domain.case import Assignment, Case, CaseKind, Deadline, Duty, Meeting, Priority, Release, Report, Series
from domain.chat import Chat
from domain.job import Job, JobState, NewJob
from domain.member import Member, Membership, Role
from domain.milestone import Milestone
from domain.notice import Audience, NewNotice, Notice, NoticeState, Urgency
from domain.outbox import Accepted, NewMessage, Outcome, Outgoing
from domain.proposal import NewProposal, Proposal, ProposalKind
from domain.quota import Budget, Quota
from domain.undelivered import UndeliveredRepository
from domain.unit import Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case to open, with the units that get a line each (None: nobody was named)."""

    series_id: int
    meeting_id: int | None
    number: str
    title: str
    sentence: str
    section: str
    deadline: Deadline
    lines: tuple[tuple[int | None, Duty], ...]
    next_look_at: datetime | None  # the clock looks from then on; what was due before is nobody's alarm
    at: datetime
    kind: CaseKind = CaseKind.CASE
    stage: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """A line whose next look has come, with what its reminder says."""

    assignment_id: int
    case_id: int
    series_id: int
    number: str
    title: str
    sentence: str
    unit_id: int | None
    unit: str
    deadline: date
    next_look_at: datetime
    looked_at: datetime | None  # rungs up to here were seen
    kind: CaseKind = CaseKind.CASE
    priority: Priority = Priority.NORMAL
    remind_before: tuple[int, ...] = ()
    stage: str = ""
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UnreportedLine:
    """An open line without a report since the last meeting."""

    assignment_id: int
    case_id: int
    number: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class DayOff:
    """A typhoon day (停班) of a city; an empty name: everywhere."""

    day: date
    city: str = ""


WHOLE_CASE = ("case", "stage", "ladder")
"""The subjects of audit entries whose `subject_id` is a case's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One change, before and after as plain data. `id` is given by the storage."""

    at: datetime
    action: str
    subject: str  # "assignment", "case", "group", …
    subject_id: int
    member_id: int | None
    source: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    id: int = 0
    undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A one-time code's terms. Only the code's SHA-256 is stored."""

    series_id: int
    role: Role
    unit_id: int | None
    expires_at: datetime
    replaces_id: int | None = None  # the member whose role ends when the code is used


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmannedLine:
    """An open line that nobody is contact of."""

    case_id: int
    number: str
    title: str
    unit_id: int | None
    unit: str


class ReviewState(StrEnum):
    """What became of a review."""

    PASTING = "pasting"  # pieces of a text are being collected
    OPEN = "open"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReview:
    """Drafts to be looked at. `owner` is who reviews: "member:12", "cli"; `data` is JSON that the handlers define."""

    owner: str
    series: str  # by name: the first import of a series comes before the series
    ordinal: int | None
    held_on: date | None
    digest: str  # SHA-256 of the text
    data: str
    state: ReviewState = ReviewState.OPEN
    kind: str = "minutes"  # or "list", "decisions": of one meeting there can be a review of each kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(NewReview):
    """A stored review."""

    id: int
    version: int


class ReviewRepository(Protocol):
    """Drafts on their way to cases. An owner has one open review of a meeting at most."""

    def add(self, new: NewReview, at: datetime) -> Review: ...
    def get(self, review_id: int) -> Review: ...
    def open_of(self, owner: str, state: ReviewState = ReviewState.OPEN) -> Sequence[Review]:
        """The owner's reviews in that state, the one touched last first."""
        ...

    def save(self, review: Review, at: datetime) -> Review:
        """Write a review if its version is still the one read; returns it with the next. Raises StaleVersion."""
        ...

    def confirmed(self, series: str, ordinal: int | None, kind: str = "minutes") -> Sequence[Review]:
        """The confirmed reviews of a kind, of meetings with that ordinal, latest first."""
        ...


class SeriesRepository(Protocol):
    """Meeting series and their meetings."""

    def get(self, series_id: int) -> Series: ...
    def by_name(self, name: str) -> Series | None: ...
    def all(self) -> Sequence[Series]: ...
    def add(self, name: str, scheme: str, release: Release = Release.CHAIR) -> Series: ...
    def meeting(self, series_id: int, ordinal: int | None, held_on: date | None) -> Meeting | None:
        """The meeting with what is given of ordinal and day, the latest if several; None when neither is given."""
        ...

    def set_next_meeting(self, series_id: int, on: date | None) -> None: ...
    def get_meeting(self, meeting_id: int) -> Meeting | None: ...
    def meetings(self, series_id: int) -> Sequence[Meeting]:
        """The meetings of a series, the one recorded last first."""
        ...

    def add_meeting(
        self, series_id: int, ordinal: int | None, held_on: date | None, digest: str, at: datetime
    ) -> Meeting:
        """Add a meeting; the one with the same ordinal and day is returned if it is there already."""
        ...

    def date_meeting(self, meeting: Meeting, held_on: date, digest: str) -> Meeting:
        """Give a meeting that was known by its ordinal alone its day and the digest of its minutes."""
        ...


class UnitRepository(Protocol):
    """The directory of units."""

    def get(self, unit_id: int) -> Unit: ...
    def by_name(self, name: str) -> Unit | None:
        """Find a unit by its exact name or alias."""
        ...

    def all(self) -> Sequence[Unit]: ...
    def add(self, name: str, aliases: Iterable[str] = ()) -> Unit:
        """Add a unit, or aliases to the unit of that name. An alias stays with the unit that had it first."""
        ...

    def add_alias(self, unit_id: int, alias: str) -> bool:
        """Let a name mean the unit; False if it means one already."""
        ...

    def remove_alias(self, alias: str) -> None: ...
    def set_parent(self, unit_id: int, parent_id: int | None) -> None: ...


class CaseRepository(Protocol):
    """Cases with their lines. `series_ids` is always what the asker may see; an empty tuple sees nothing."""

    def by_number(self, series_ids: Sequence[int], number: str) -> Sequence[Case]:
        """The cases with this number: one for each series that has it."""
        ...

    def by_numbers(self, series_ids: Sequence[int], numbers: Sequence[str], *, limit: int) -> Sequence[Case]:
        """The cases that have one of these numbers, in order of number; unknown numbers are passed over."""
        ...

    def by_ids(self, case_ids: Sequence[int]) -> Sequence[Case]: ...
    def open(self, series_ids: Sequence[int], *, limit: int, offset: int = 0) -> Sequence[Case]:
        """Open cases in order of deadline, then number; those without a deadline last."""
        ...

    def count_open(self, series_ids: Sequence[int]) -> int: ...
    def of_unit(self, series_ids: Sequence[int], unit_id: int, *, limit: int, offset: int = 0) -> Sequence[Case]:
        """Cases in which the unit has an open line."""
        ...

    def count_of_unit(self, series_ids: Sequence[int], unit_id: int) -> int: ...
    def overdue(self, series_ids: Sequence[int], today: date, *, limit: int, offset: int = 0) -> Sequence[Case]:
        """Open cases whose deadline is before today and that have a line not yet asked to be released, oldest first."""
        ...

    def count_overdue(self, series_ids: Sequence[int], today: date) -> int: ...
    def contracts(self, series_ids: Sequence[int]) -> Sequence[Case]:
        """The open contracts of these series, by their end, then number."""
        ...

    def numbers(self, series_id: int) -> Sequence[str]:
        """Every number ever given in the series."""
        ...

    def add(self, new: NewCase) -> Case:
        """Open a case; a unit named twice gets one line. Raises DuplicateNumber, after which the work can go on."""
        ...

    def save_line(self, line: Assignment, *, next_look_at: datetime | None) -> Assignment:
        """Write a line if its version is still the one read; returns it with the next version. Raises StaleVersion."""
        ...

    def save_case(self, case: Case, *, next_look_at: datetime | None) -> Case:
        """Write title, sentence and deadline if the version is still the one read; open lines look again.

        Raises StaleVersion.
        """
        ...

    def add_line(self, case: Case, unit_id: int | None, duty: Duty, *, next_look_at: datetime | None) -> Assignment:
        """Give a unit a line in a case that is there."""
        ...

    def add_report(self, report: Report) -> int: ...
    def last_reports(self, assignment_ids: Sequence[int]) -> dict[int, Report]:
        """The latest report of each line that has one."""
        ...

    def report_texts(self, report_ids: Sequence[int]) -> dict[int, str]:
        """What reports say, by their id; nothing where the text was purged."""
        ...

    def purge_reports(self, message_id: str) -> int:
        """Blank the text of reports that came from a message its author unsent; returns how many."""
        ...

    def withdraw_report(self, report_id: int, at: datetime) -> bool:
        """Take a report back: its text stays, `last_reports` passes it over. False if it was taken back already."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTally:
    """How a unit's open lines in a series stand."""

    unit_id: int | None
    unit: str
    open: int
    due: int  # within the days asked for, from today
    overdue: int  # of those not yet asked to be released
    requested: int
    unreported: int  # open, and no report since the instant asked for


class SurveyRepository(Protocol):
    """Questions over many cases of one series. Lists come in order of deadline, then number."""

    def due(self, series_id: int, first: date, last: date, *, limit: int, offset: int = 0) -> Sequence[Case]:
        """Open cases whose deadline is one of these days."""
        ...

    def count_due(self, series_id: int, first: date, last: date) -> int: ...
    def waiting(self, series_id: int, *, limit: int, offset: int = 0) -> Sequence[Case]:
        """Cases with a line that waits to be released."""
        ...

    def count_waiting(self, series_id: int) -> int: ...
    def unreported(self, series_id: int, since: datetime, *, limit: int, offset: int = 0) -> Sequence[Case]:
        """Cases with an open line that nobody reported on since then."""
        ...

    def count_unreported(self, series_id: int, since: datetime) -> int: ...
    def of_meeting(self, series_id: int, meeting_id: int, *, limit: int, offset: int = 0) -> Sequence[Case]:
        """Cases that a meeting opened, released or not."""
        ...

    def count_of_meeting(self, series_id: int, meeting_id: int) -> int: ...
    def search(self, series_ids: Sequence[int], words: Sequence[str], *, limit: int, offset: int = 0) -> Sequence[Case]:
        """Cases whose title or sentence holds all of these words (two characters and up), the newest first."""
        ...

    def oldest(self, series_id: int, *, limit: int) -> Sequence[Case]:
        """Open cases in order of number."""
        ...

    def tally(self, series_id: int, *, today: date, soon: date, since: datetime) -> Sequence[UnitTally]:
        """Each unit's open lines, counted."""
        ...


class PeopleRepository(Protocol):
    """Members, their roles, invites, and the groups the bot is in."""

    def by_user_id(self, user_id: str) -> Member | None: ...
    def add_role(self, user_id: str, name: str, series_id: int, role: Role, unit_id: int | None) -> Member:
        """Give a person a role in a series; the person becomes known if need be. Giving it twice changes nothing."""
        ...

    def with_role(self, series_id: int, role: Role) -> Sequence[Member]: ...
    def contacts(self, series_id: int, unit_id: int) -> Sequence[Member]: ...
    def add_invite(self, code_hash: str, invite: Invite, at: datetime) -> None: ...
    def take_invite(self, code_hash: str, now: datetime) -> Invite | None:
        """Use up a code that is unused and not expired; None otherwise."""
        ...

    def get(self, member_id: int) -> Member: ...
    def remove_role(self, member_id: int, held: Membership) -> bool:
        """End a role; False if the member has it no longer."""
        ...

    def befriend(self, user_id: str, *, is_friend: bool) -> None:
        """Keep whether 1:1 pushes reach a person, known or not."""
        ...

    def depart(self, user_ids: Sequence[str], series_ids: Sequence[int], at: datetime | None) -> Sequence[Member]:
        """Mark the roles of people who left a group, or with None of those who came back; returns who has any."""
        ...

    def unmanned(self, series_ids: Sequence[int], *, limit: int) -> Sequence[UnmannedLine]:
        """Open lines whose unit has no contact who is still there, by unit and number."""
        ...

    def count_failed_codes(self, user_id: str, since: datetime) -> int: ...
    def add_failed_code(self, user_id: str, at: datetime) -> None: ...


class GroupRepository(Protocol):
    """Group chats and which series each sees."""

    def joined(self, chat: Chat, at: datetime) -> int:
        """Record that the bot is in the group; returns the row's id."""
        ...

    def left(self, chat: Chat, at: datetime) -> None:
        """Record that the bot is out: nothing is sent there any more."""
        ...

    def series_of(self, chat: Chat) -> Sequence[int]: ...
    def id_of(self, chat: Chat) -> int:
        """The row's id of a group that was bound or joined."""
        ...

    def bind(self, chat: Chat, series_id: int, at: datetime) -> None: ...
    def unbind(self, chat: Chat, series_id: int) -> None: ...
    def of_series(self, series_id: int) -> Sequence[Chat]:
        """The groups in which the bot still is and that see the series."""
        ...

    def sizes(self, series_id: int) -> Sequence[tuple[Chat, int | None]]:
        """The same groups with the number of their members; None where nobody counted yet."""
        ...

    def uncounted(self, since: datetime) -> Sequence[Chat]:
        """The groups in which the bot still is and whose members were not counted since then."""
        ...

    def count(self, chat: Chat, members: int, at: datetime) -> None: ...
    def forget_count(self, chat: Chat) -> None:
        """Somebody came or went: count the group again soon, and go by the old number until then."""
        ...


class InboxRepository(Protocol):
    """Webhook events that had an effect, each once."""

    def take(self, event_id: str, at: datetime) -> bool:
        """Record an event; False if it was there already."""
        ...

    def fail(self, event_id: str, reason: str, at: datetime) -> None:
        """Record that an event raised; `reason` is the error's kind, never the message text."""
        ...


class OutboxRepository(Protocol):
    """Messages on their way out."""

    def add(self, message: NewMessage) -> int | None:
        """Queue a message; None if one with the same unique key is there already."""
        ...

    def add_many(self, messages: Sequence[NewMessage]) -> int: ...
    def claim(self, now: datetime, *, limit: int, until: datetime, route: str | None = None) -> Sequence[Outgoing]:
        """Take rows that are due, or whose claim ran out, for one sender: replies before pushes, each oldest first.

        A row whose `give_up_at` has come is never taken: it fails with the reason "expired". Neither is one whose hours
        are over: it fails with the reason "too_late", so that what it carries can be told anew; but where LINE may have
        it already, it waits for the next opening, when its key can still tell.
        """
        ...

    def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Record what became of claimed rows, and LINE's message ids of those sent.

        Sent is final: what a late sender says of the row afterwards changes nothing.
        """
        ...

    def quoted(self, message_id: str) -> tuple[int, ...]:
        """The case ids that a message of the bot was about; empty if it is not the bot's."""
        ...

    def oldest_waiting(self) -> datetime | None:
        """When the first of the rows not yet settled was due."""
        ...


class AuditRepository(Protocol):
    """The append-only record of every change."""

    def add(self, entry: AuditEntry) -> int: ...
    def last_of(self, member_id: int) -> Sequence[AuditEntry]:
        """The entries of the member's last change (one source and instant, not undone): what 復原 takes back."""
        ...

    def change_of(self, entry_id: int) -> Sequence[AuditEntry]:
        """The entries of the change that an entry belongs to; empty if there is no such entry."""
        ...

    def last_from(self, source: str) -> Sequence[AuditEntry]:
        """The entries of the last change, not undone, that nobody's membership made: the command line's."""
        ...

    def mark_undone(self, entry_ids: Sequence[int]) -> None: ...
    def of_subject(self, subject: str, subject_id: int) -> Sequence[AuditEntry]: ...
    def of_case(self, case_id: int, *, limit: int, offset: int = 0) -> Sequence[AuditEntry]:
        """Every entry on a case, its lines and their reports, the latest first."""
        ...


class TalkRepository(Protocol):
    """What a chat was shown last, so that 下一頁 means something. One row for each chat."""

    def remember(self, chat_id: str, following: str, at: datetime) -> None:
        """Keep the command, as button data, that shows the page after the one just shown."""
        ...

    def recall(self, chat_id: str, since: datetime) -> str | None:
        """The command kept since then, if any."""
        ...


class UnsentRepository(Protocol):
    """Ids of messages that were taken back before they arrived: LINE keeps no order."""

    def remember(self, message_id: str, at: datetime) -> None: ...
    def knows(self, message_id: str) -> bool: ...


class ReminderRepository(Protocol):
    """When lines want a look, and what their reminders say."""

    def due_lines(self, now: datetime, *, limit: int) -> Sequence[DueLine]:
        """Open lines whose next look has come, oldest first; on PostgreSQL, skipping those another planner holds."""
        ...

    def lines(self, assignment_ids: Sequence[int]) -> Sequence[DueLine]:
        """Those of the lines that are open and have a deadline, as their reminders say them."""
        ...

    def looked(self, looks: Sequence[tuple[int, datetime | None, datetime | None]]) -> None:
        """Record looks in bulk: (assignment id, looked at, next look at)."""
        ...

    def acknowledge(self, assignment_id: int, at: datetime | None) -> datetime | None:
        """Record that a line's contact has seen its reminder, or with None has not; returns what stood there before.

        A moved deadline clears it.
        """
        ...

    def look_from(self, case_id: int, at: datetime) -> None:
        """Climb the ladders of a case's lines anew from an instant: what was due before is nobody's alarm."""
        ...

    def look_back(self, series_ids: Sequence[int], since: datetime, now: datetime) -> int:
        """Look anew at the rungs after `since` of all dated open lines of these series: their days off changed.

        What was told stays told. Returns how many lines.
        """
        ...

    def unreported(self, series_id: int, since: datetime | None) -> Sequence[UnreportedLine]:
        """The open lines of a series without a report since then (None: without any), in order of number."""
        ...

    def look_again(self, as_of: datetime) -> int:
        """Make every open line with a deadline want a look at an earlier instant; returns how many lines."""
        ...


class ProposalRepository(Protocol):
    """Extensions and transfers that were asked for, with their answers."""

    def add(self, new: NewProposal) -> Proposal | None:
        """Keep a proposal; None if the line has one of that kind that waits."""
        ...

    def get(self, proposal_id: int) -> Proposal: ...
    def of_case(self, case_id: int, kind: ProposalKind) -> Sequence[Proposal]:
        """Every proposal on a case, oldest first."""
        ...

    def waiting(self, series_ids: Sequence[int], *, limit: int) -> Sequence[Proposal]:
        """What waits for an answer, oldest first."""
        ...

    def save(self, proposal: Proposal) -> Proposal:
        """Write state and answer if the version is still the one read. Raises StaleVersion."""
        ...


class MilestoneRepository(Protocol):
    """Days that units plan on lines that nobody asked to release."""

    def add(self, assignment_id: int, member_id: int | None, planned_on: date, text: str, at: datetime) -> int: ...
    def of_lines(self, assignment_ids: Sequence[int], since: date) -> Sequence[Milestone]:
        """Those of the lines from that day on, in order of time."""
        ...

    def between(self, since: date, until: date) -> Sequence[Milestone]:
        """Those of every line from one day to another, both included, in order of time."""
        ...

    def withdraw(self, milestone_id: int, at: datetime) -> bool:
        """Forget a planned day; False if it was forgotten already."""
        ...


class NoticeRepository(Protocol):
    """What is to be told, each notice (subject, kind, day, rung, audience) at most once, ever."""

    def add(self, notices: Sequence[NewNotice]) -> int:
        """Keep notices, and count those that are new. One recorded as missed is new when it is to be said after all."""
        ...

    def waiting(self, now: datetime, *, limit: int) -> Sequence[Notice]:
        """Notices that may be told now, the most urgent and oldest first; held until the transaction ends."""
        ...

    def waiting_in(
        self, series_ids: Sequence[int], audiences: Collection[Audience], now: datetime, *, limit: int
    ) -> Sequence[Notice]:
        """Notices of these series that are due and wait, postponed or not, in the same order; held as above.

        Passes over those that another transaction holds.
        """
        ...

    def carry(self, notice_ids: Sequence[int], outbox_id: int, at: datetime) -> None:
        """Say that an outbox row holds these notices: they follow it when it is settled.

        Sent with it; waiting again, for an hour at least, when it was refused for sure; missed when nobody knows.
        """
        ...

    def close(self, notice_ids: Sequence[int], state: NoticeState, at: datetime) -> None:
        """Settle waiting notices without telling them."""
        ...

    def postpone(self, notice_ids: Sequence[int], until: datetime) -> None:
        """Tell waiting notices no earlier than that."""
        ...

    def expire(self, now: datetime) -> int:
        """Record waiting notices as missed whose time is over; returns how many."""
        ...


class DeliveryRepository(Protocol):
    """Pushes by chat and day, and what LINE says about the month."""

    def record(self, chat_id: str, day: date, outbox_id: int, cost: int, at: datetime) -> None:
        """Keep that a chat gets its digest of a day; `cost` in recipients."""
        ...

    def had_digest(self, chat_ids: Sequence[str], day: date) -> Collection[str]:
        """Those of the chats whose digest of that day was sent or is on its way."""
        ...

    def take_turns(self) -> None:
        """Make other routers wait until the transaction ends, so that none gives a chat a second digest."""
        ...

    def budget(self) -> Budget:
        """What may still be pushed this month."""
        ...

    def set_quota(self, told: Quota, at: datetime) -> None: ...
    def set_coming(self, costs: Mapping[Urgency, int]) -> None: ...


class JobRepository(Protocol):
    """Slow work that waits for a worker."""

    def add(self, new: NewJob) -> int: ...
    def claim(self, now: datetime, *, until: datetime) -> Job | None:
        """Take the oldest job that is due, or whose claim ran out, for one worker."""
        ...

    def settle(self, job: Job, state: JobState, at: datetime, *, reason: str | None = None) -> bool:
        """End a claimed job for good; False if the claim ran out and somebody else took it."""
        ...

    def try_again(self, job: Job, at: datetime, *, reason: str) -> bool:
        """Put a claimed job back, to be taken from that instant on; False as in `settle`."""
        ...

    def next_at(self) -> datetime | None:
        """When the next job may be taken; None if none waits."""
        ...


class DayOffRepository(Protocol):
    """Typhoon days by city."""

    def add(self, day_off: DayOff, at: datetime) -> bool:
        """Keep a day off; False if it is there already."""
        ...

    def remove(self, day_off: DayOff) -> bool:
        """Work on that day after all; False if it was no day off."""
        ...

    def since(self, day: date) -> Sequence[DayOff]: ...


class HeartbeatRepository(Protocol):
    """When the clock ticked last."""

    def beat(self, name: str, at: datetime) -> None: ...
    def last(self, name: str) -> datetime | None: ...


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


Clock = Callable[[], datetime]
"""Returns the present instant, aware, in UTC."""
