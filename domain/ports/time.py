"""What the clock and the senders keep."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from domain.case import Occurrence
from domain.job import Job, JobState, NewJob
from domain.notice import Audience, NewNotice, Notice, NoticeState, OnTheWay, Urgency
from domain.outbox import NewMessage, Outcome, Outgoing
from domain.ports.records import (
    DayOff,
    DueDuty,
    DueLine,
    UnreportedLine,
)
from domain.quota import Budget, Quota
from domain.recurrence import Opening


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

    def recall(self, row_id: int, now: datetime) -> bool:
        """Give up a row that waits, and let its notices wait again at once (missed where LINE may have it).

        False where a sender holds it, or it is settled.
        """
        ...

    def quoted(self, message_id: str) -> tuple[int, ...]:
        """The case ids that a message of the bot was about; empty if it is not the bot's."""
        ...

    def oldest_waiting(self) -> datetime | None:
        """When the first of the rows not yet settled was due."""
        ...


class ReminderRepository(Protocol):
    """When lines want a look, and what their reminders say."""

    def due_lines(self, now: datetime, *, limit: int, only: int | None = None) -> Sequence[DueLine]:
        """Open lines whose next look has come, or the one of them with that id, oldest first.

        On PostgreSQL, skipping those another planner holds.
        """
        ...

    def due_ids(self, now: datetime, *, limit: int) -> Sequence[int]:
        """The ids of `due_lines`: to be had even where what one of them says cannot be read."""
        ...

    def put_off(self, assignment_id: int, until: datetime) -> None:
        """Look at a line no earlier than that."""
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


class OccurrenceRepository(Protocol):
    """Occurrences of recurring duties. What changes them keeps step with when their line and case are due."""

    def due(self, now: datetime, *, limit: int) -> Sequence[DueDuty]:
        """Lines of recurring duties whose next look has come; on PostgreSQL, skipping those another clock holds."""
        ...

    def open(self, case_id: int, line_id: int, openings: Sequence[Opening]) -> Sequence[Opening]:
        """Open occurrences of a line, each period once, ever; returns those that are new, or were void."""
        ...

    def save(self, case_id: int, occurrence: Occurrence, *, next_look_at: datetime | None) -> None:
        """Write due day and state if the version is still the one read. Raises StaleVersion."""
        ...

    def schedule(
        self,
        case_id: int,
        line_id: int,
        recurs_on: date | None,
        *,
        next_look_at: datetime | None,
        since: datetime | None = None,
    ) -> None:
        """Write when a line's next occurrence is due (None: it recurs no more), and when to look whether to open it.

        `since`: what was to be told before is nobody's alarm; None leaves it.
        """
        ...

    def of_period(self, line_id: int, period: date) -> Occurrence | None:
        """The occurrence of a line for a period, open or not."""
        ...

    def last_period(self, line_id: int) -> date | None:
        """The latest period that was opened and is not void."""
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

    def resting_in(self, series_ids: Sequence[int], now: datetime, *, limit: int) -> Sequence[Notice]:
        """Those of `waiting_in` that are to be told later than now, whatever their audience."""
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

    def on_their_way(self, before: datetime, *, limit: int) -> Sequence[OnTheWay]:
        """Notices in pushes that were due before then and that no sender holds, push by push."""
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

    def unstick(self, now: datetime, *, held_until: datetime) -> int:
        """Free jobs that wait for an instant later than any sane clock would have set: the clock has jumped back."""
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
