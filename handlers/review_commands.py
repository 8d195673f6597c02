"""The commands about a review: the drafts and decisions of minutes or a list, before anything is tracked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class ShowDrafts:
    """What waits to be confirmed?"""

    page: int = 1


@dataclass(frozen=True, slots=True)
class ShowDraft:
    """One draft, with its sentence and how it was read."""

    key: int


@dataclass(frozen=True, slots=True)
class ShowUnread:
    """What of the minutes was not understood?"""


class Change(StrEnum):
    """What an edit changes of a draft."""

    NUMBER = "number"
    TITLE = "title"
    LEAD = "lead"
    SUPPORT = "support"
    DEADLINE = "deadline"
    WAIT = "wait"  # 等待: sleeps until another case or an event is reported
    MERGE = "merge"  # 併入: goes on in another case
    SPLIT = "split"
    EXPAND = "expand"  # 展開: every unit of the directory leads
    DROP = "drop"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class EditDraft:
    """Change one draft; `value` is the new words, where the change needs any."""

    key: int
    change: Change
    value: str = ""


@dataclass(frozen=True, slots=True)
class ShowColumns:
    """What was each column of the list taken for?"""


@dataclass(frozen=True, slots=True)
class SetColumn:
    """Take a column of the list, counted from 1, for what the person calls it; the list is read anew."""

    column: int
    field: str


@dataclass(frozen=True, slots=True)
class ShowDecisions:
    """What would the minutes' decisions change?"""

    page: int = 1


class Settle(StrEnum):
    """What a coordinator says about a decision that was read."""

    APPLY = "apply"
    SKIP = "skip"
    RELEASE = "release"
    CONTINUE = "continue"
    UNIT = "unit"  # it is about this unit's line


@dataclass(frozen=True, slots=True)
class SettleDecision:
    """Say what a decision of the review means; `unit` names the line."""

    key: int
    settle: Settle
    unit: str = ""


@dataclass(frozen=True, slots=True)
class NameUnit:
    """Say that a unit's name in the minutes is another's alias, or (no) part of another; learnt on confirmation."""

    name: str
    unit: str
    is_part: bool = False
    declined: bool = False  # it is no part of it, whatever the minutes suggest


@dataclass(frozen=True, slots=True)
class ConfirmDrafts:
    """Open the drafts with these keys; without keys everything, decisions too."""

    keys: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DropDrafts:
    """Give up the review."""


@dataclass(frozen=True, slots=True)
class StartPasting:
    """The minutes come in several messages."""


@dataclass(frozen=True, slots=True)
class FinishPasting:
    """All messages are there: read them, as minutes of this series and ordinal where they do not say."""

    series: str = ""
    ordinal: int | None = None


ReviewCommand = (
    ShowDrafts
    | ShowDraft
    | ShowUnread
    | ShowColumns
    | SetColumn
    | EditDraft
    | ShowDecisions
    | SettleDecision
    | NameUnit
    | ConfirmDrafts
    | DropDrafts
    | StartPasting
    | FinishPasting
)

REVIEW_NAMES: dict[str, type[ReviewCommand]] = {
    "show_drafts": ShowDrafts,
    "show_draft": ShowDraft,
    "show_unread": ShowUnread,
    "show_columns": ShowColumns,
    "set_column": SetColumn,
    "edit_draft": EditDraft,
    "show_decisions": ShowDecisions,
    "settle_decision": SettleDecision,
    "name_unit": NameUnit,
    "confirm_drafts": ConfirmDrafts,
    "drop_drafts": DropDrafts,
    "start_pasting": StartPasting,
    "finish_pasting": FinishPasting,
}

REVIEW_CHANGES: frozenset[type[ReviewCommand]] = frozenset(
    {SetColumn, EditDraft, SettleDecision, NameUnit, ConfirmDrafts, DropDrafts, StartPasting, FinishPasting}
)
