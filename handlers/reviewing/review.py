"""A review: the drafts and decisions of one set of minutes, on their way to cases. Data that survives restarts.

Nothing here is tracked yet. A review is stored as JSON; its parts are frozen, every edit makes a new one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

import msgspec

from domain.case import Closing, Deadline
from domain.dates import Condition
from handlers.commands import Verdict
from handlers.reviewing.listed import Listed, ListedSheet


class Fate(StrEnum):
    """What confirming does with a draft."""

    OPEN = "open"
    MERGED = "merged"  # opened under its number and closed at once: it goes on in another case
    DROPPED = "dropped"


class Origin(StrEnum):
    """Where a draft comes from."""

    NEW = "new"
    CARRIED = "carried"  # an earlier number that goes on and that the bot did not know
    CHANGED = "changed"  # a corrected version says otherwise about a case that is there
    VANISHED = "vanished"  # a corrected version does not have it any more


@dataclass(frozen=True, slots=True, kw_only=True)
class AsRead:
    """What the text said, before anybody edited the draft: what a corrected version is compared with."""

    title: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: date | None = None
    recurrence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCase:
    """One conclusion. `key` is what it is called by (草稿 3); `how` says in words how the deadline was read."""

    key: int
    number: str
    title: str
    sentence: str  # verbatim
    section: str = ""
    line: int | None = None
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: Deadline = field(default_factory=Deadline)
    how: str = ""
    doubts: tuple[str, ...] = ()
    origin: Origin = Origin.NEW
    fate: Fate = Fate.OPEN
    into: str = ""  # the number that it is merged into; of an open one, the number that it may belong to
    case_id: int | None = None  # the case that it corrects
    opened: bool = False  # confirmed already
    read: AsRead | None = None
    before: AsRead | None = None  # what the version before said, where this one says otherwise
    waits: Condition | None = None  # what its case is to wait for, once it is opened
    listed: Listed | None = None  # what the row of a list says besides

    @property
    def is_waiting(self) -> bool:
        """Tell whether confirming would do something about it."""
        return not self.opened and self.fate is not Fate.DROPPED

    @property
    def takes_number(self) -> bool:
        """Tell whether it would get its number anew."""
        return self.is_waiting and self.origin in (Origin.NEW, Origin.CARRIED)


class Choice(StrEnum):
    """What the coordinator said about a decision."""

    AUTO = "auto"  # applied if it is clear
    APPLY = "apply"
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDecision:
    """What the meeting decided on an earlier number, for one unit's line or for all."""

    key: int
    number: str
    verdict: Verdict
    unit: str | None = None
    closing: Closing = Closing.DONE
    into: str = ""  # merged into this number
    section: str = ""
    line: int | None = None
    text: str = ""
    doubts: tuple[str, ...] = ()
    choice: Choice = Choice.AUTO
    applied: bool = False
    dropped: bool = False  # a corrected version does not say it any more: applying takes back what it did


@dataclass(frozen=True, slots=True)
class Count:
    """A count that the minutes state themselves, beside what they list."""

    line: int
    declared: int
    listed: int


@dataclass(frozen=True, slots=True)
class NotRead:
    """A line that led to nothing."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class UnitNote:
    """What the coordinator said about a unit's name: it is another's alias, or part of another, or declined as one."""

    name: str
    unit: str
    is_part: bool = False
    declined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """All of a review. `seen` is the version of each line that a decision is about, as it was shown last."""

    series: str
    scheme: str
    digest: str
    ordinal: int | None = None
    held_on: date | None = None
    cases: tuple[DraftCase, ...] = ()
    decisions: tuple[DraftDecision, ...] = ()
    counts: tuple[Count, ...] = ()
    unread: tuple[NotRead, ...] = ()
    units: tuple[UnitNote, ...] = ()
    proposed: tuple[UnitNote, ...] = ()  # what the minutes suggest; becomes a note of `units` when accepted
    next_meeting_on: date | None = None  # as the minutes state it
    seen: tuple[tuple[int, int], ...] = ()
    kind: str = "minutes"  # or "list", "decisions"
    corrects: int | None = None  # the confirmed review that this one corrects
    sheet: ListedSheet | None = None  # the list that it was read from
    messages: tuple[str, ...] = ()  # LINE's ids of the messages that brought it: it goes when one is taken back

    def case(self, key: int) -> DraftCase | None:
        """The draft with that key."""
        return next((draft for draft in self.cases if draft.key == key), None)

    def decision(self, key: int) -> DraftDecision | None:
        """The decision with that key."""
        return next((decision for decision in self.decisions if decision.key == key), None)

    @property
    def numbers(self) -> list[str]:
        """The numbers that its drafts would take."""
        return [draft.number for draft in self.cases if draft.takes_number]

    @property
    def next_key(self) -> int:
        """A key that no draft has."""
        return max((draft.key for draft in self.cases), default=0) + 1

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to confirm."""
        settled = all(one.applied or one.choice is Choice.SKIP for one in self.decisions)
        return settled and not any(draft.is_waiting for draft in self.cases)

    def with_case(self, *changed: DraftCase) -> Drafts:
        """The same review with a draft replaced by its new self (and what was split off it)."""
        key = changed[0].key
        cases = [part for draft in self.cases for part in (changed if draft.key == key else (draft,))]
        return replace(self, cases=tuple(cases))

    def with_decision(self, changed: DraftDecision) -> Drafts:
        """The same review with a decision replaced by its new self."""
        decisions = tuple(changed if decision.key == changed.key else decision for decision in self.decisions)
        return replace(self, decisions=decisions)


def encode(drafts: Drafts) -> str:
    """Write a review as JSON."""
    return msgspec.json.encode(drafts).decode()


def decode(data: str) -> Drafts:
    """Read a review that `encode` wrote."""
    return msgspec.json.decode(data, type=Drafts)


def keyed(cases: Iterable[DraftCase]) -> tuple[DraftCase, ...]:
    """Drafts numbered 1, 2, 3 … in their order."""
    return tuple(replace(case, key=key) for key, case in enumerate(cases, 1))


def chosen(drafts: Drafts, keys: Collection[int]) -> Sequence[DraftCase]:
    """The drafts that wait and are meant: those named, or all."""
    return [draft for draft in drafts.cases if draft.is_waiting and (not keys or draft.key in keys)]
