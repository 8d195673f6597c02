"""Members, roles, and the one table that says what a role may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is to a meeting series."""

    COORDINATOR = "coordinator"  # 管考幕僚
    CONTACT = "contact"  # 單位窗口
    CHIEF = "chief"  # 主管


class Reach(StrEnum):
    """Whose lines a role may act on."""

    NONE = "none"
    OWN = "own"  # the lines of the member's own unit
    SERIES = "series"  # every line of the series


class Action(StrEnum):
    """What needs permission. Reading what the chat may see needs none."""

    REPORT = "report"
    REQUEST_RELEASE = "request_release"
    WITHDRAW_REQUEST = "withdraw_request"
    DECIDE = "decide"  # 解除列管, 賡續列管
    ASK_EXTENSION = "ask_extension"
    ANSWER_EXTENSION = "answer_extension"
    ANSWER_LONG_EXTENSION = "answer_long_extension"  # of more days than the coordinator may approve
    PROPOSE_TRANSFER = "propose_transfer"
    ANSWER_TRANSFER = "answer_transfer"  # of a line that is to be one's own
    ACKNOWLEDGE = "acknowledge"  # a reminder; nobody does it for others
    OPEN_CASE = "open_case"
    EDIT_CASE = "edit_case"
    CLOSE_CASE = "close_case"  # 併案, 停止辦理, 作廢
    SLEEP = "sleep"  # let a case wait for another or for an event, and not any more
    WAKE = "wake"  # what it waits for came about
    SET_REMINDERS = "set_reminders"  # ladders, days off, meetings to come
    APPOINT = "appoint"  # contacts and chiefs; everybody hands over what is one's own
    IMPORT = "import"
    BIND_GROUP = "bind_group"
    SEE_QUOTA = "see_quota"  # the month's pushes
    UNDO = "undo"  # one's own change
    UNDO_OTHERS = "undo_others"


PERMISSIONS: dict[Role, dict[Action, Reach]] = {
    Role.COORDINATOR: {
        Action.REPORT: Reach.SERIES,
        Action.REQUEST_RELEASE: Reach.SERIES,
        Action.WITHDRAW_REQUEST: Reach.SERIES,
        Action.DECIDE: Reach.SERIES,
        Action.ASK_EXTENSION: Reach.SERIES,
        Action.ANSWER_EXTENSION: Reach.SERIES,
        Action.PROPOSE_TRANSFER: Reach.SERIES,
        Action.ANSWER_TRANSFER: Reach.SERIES,
        Action.OPEN_CASE: Reach.SERIES,
        Action.EDIT_CASE: Reach.SERIES,
        Action.CLOSE_CASE: Reach.SERIES,
        Action.SLEEP: Reach.SERIES,
        Action.WAKE: Reach.SERIES,
        Action.SET_REMINDERS: Reach.SERIES,
        Action.APPOINT: Reach.SERIES,
        Action.IMPORT: Reach.SERIES,
        Action.BIND_GROUP: Reach.SERIES,
        Action.SEE_QUOTA: Reach.SERIES,
        Action.UNDO: Reach.SERIES,
        Action.UNDO_OTHERS: Reach.SERIES,
    },
    Role.CONTACT: {
        Action.REPORT: Reach.OWN,
        Action.REQUEST_RELEASE: Reach.OWN,
        Action.WITHDRAW_REQUEST: Reach.OWN,
        Action.ASK_EXTENSION: Reach.OWN,
        Action.PROPOSE_TRANSFER: Reach.OWN,
        Action.ANSWER_TRANSFER: Reach.OWN,
        Action.ACKNOWLEDGE: Reach.OWN,
        Action.WAKE: Reach.OWN,
        Action.UNDO: Reach.OWN,
    },
    Role.CHIEF: {
        Action.REPORT: Reach.OWN,
        Action.REQUEST_RELEASE: Reach.OWN,
        Action.WITHDRAW_REQUEST: Reach.OWN,
        Action.ASK_EXTENSION: Reach.OWN,
        Action.ANSWER_LONG_EXTENSION: Reach.OWN,
        Action.PROPOSE_TRANSFER: Reach.OWN,
        Action.ANSWER_TRANSFER: Reach.OWN,
        Action.ACKNOWLEDGE: Reach.OWN,
        Action.WAKE: Reach.OWN,
        Action.UNDO: Reach.OWN,
    },
}
"""Role × action: whose lines. What is not listed is forbidden."""


@dataclass(frozen=True, slots=True)
class Membership:
    """One role of a member in one series; a contact's or chief's belongs to a unit."""

    series_id: int
    role: Role
    unit_id: int | None = None
    departed: bool = False  # the person left a group that sees the series; the role stays


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A known person. Display names are chosen by their owner and prove nothing: `user_id` is the key."""

    id: int
    user_id: str
    name: str
    memberships: tuple[Membership, ...] = ()
    is_friend: bool = False  # 1:1 pushes reach them

    def may(self, action: Action, *, series_id: int, unit_id: int | None = None) -> bool:
        """Tell whether the member may do this to a unit's line of a series. Fails closed."""
        return any(_allows(held, action, unit_id) for held in self.memberships if held.series_id == series_id)


def _allows(held: Membership, action: Action, unit_id: int | None) -> bool:
    reach = PERMISSIONS[held.role].get(action, Reach.NONE)
    if reach is Reach.OWN:
        return held.unit_id is not None and held.unit_id == unit_id
    return reach is Reach.SERIES
