"""Where cases, what belongs to them, and how they came are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from datetime import date, datetime
from typing import Protocol

from domain.case import Assignment, Case, Duty, Meeting, Release, Report, Series
from domain.milestone import Milestone
from domain.ports.records import (
    AuditEntry,
    NewCase,
    NewReview,
    Review,
    ReviewState,
    UnitTally,
)
from domain.proposal import NewProposal, Proposal, ProposalKind
from domain.unit import Unit
from domain.wait import NewWait, Wait


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
    def decline_parent(self, part: str, whole: str) -> bool:
        """Remember, by their names, that one unit is no part of another; False if it is remembered already."""
        ...

    def allow_parent(self, part: str, whole: str) -> None:
        """Forget that it was declined."""
        ...

    def declined_parents(self) -> Set[tuple[str, str]]:
        """What was declined: part and whole."""
        ...


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

    def last_reports_of_units(self, assignment_ids: Sequence[int]) -> dict[int, list[Report]]:
        """The latest report of each unit on lines of every unit; one that is for all of them comes first."""
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
    def unreported(
        self, series_id: int, since: datetime, also: Sequence[int] = (), *, limit: int, offset: int = 0
    ) -> Sequence[Case]:
        """Cases with an open line that nobody reported on since then, and `also` those with these ids."""
        ...

    def count_unreported(self, series_id: int, since: datetime, also: Sequence[int] = ()) -> int: ...
    def asleep(self, series_id: int, *, limit: int, offset: int = 0) -> Sequence[Case]:
        """Open cases that wait for another, or for an event, to be reported."""
        ...

    def count_asleep(self, series_id: int) -> int: ...
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

    def purge_reason(self, proposal_id: int) -> None:
        """Blank what was said for the proposal."""
        ...

    def purge_note(self, proposal_id: int) -> None:
        """Blank what was said with the answer."""
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
    def with_words(self, source: str) -> Sequence[AuditEntry]:
        """The entries from one source that still hold what was said."""
        ...

    def purge_words(self, entry_ids: Sequence[int]) -> None:
        """Blank what was said; the entries stay."""
        ...

    def of_subject(self, subject: str, subject_id: int) -> Sequence[AuditEntry]: ...
    def of_case(self, case_id: int, *, limit: int, offset: int = 0) -> Sequence[AuditEntry]:
        """Every entry on a case, its lines and their reports, the latest first."""
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

    def purge(self, milestone_id: int) -> None:
        """Blank what is planned; the day stays."""
        ...


class WaitRepository(Protocol):
    """What cases wait for. A case has one live wait at most; while it sleeps, no clock looks at its lines."""

    def add(self, new: NewWait) -> Wait:
        """Put a case to sleep. Raises StaleVersion where it has a live wait."""
        ...

    def get(self, wait_id: int) -> Wait: ...
    def following(self, case_ids: Sequence[int]) -> Sequence[Wait]:
        """The live waits for these cases, asleep or not."""
        ...

    def save(self, wait: Wait, *, next_look_at: datetime | None) -> None:
        """Write when it woke or ended; the open lines of a case that it lets go are looked at from then on."""
        ...
