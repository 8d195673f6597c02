"""The commands by which units and coordinators change what is tracked, besides reports and decisions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.case import Closing
from domain.member import Role
from handlers.refs import CaseRef


@dataclass(frozen=True, slots=True)
class AskExtension:
    """Ask for a later deadline (展期): `to` is the new day in words, `reason` verbatim. What lacks is asked for."""

    ref: CaseRef
    to: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AnswerExtension:
    """Approve or refuse an extension; `note` says why not."""

    ref: CaseRef
    accept: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListProposals:
    """Which extensions and transfers wait for an answer?"""


@dataclass(frozen=True, slots=True)
class WithdrawRelease:
    """Take the request for release back."""

    refs: tuple[CaseRef, ...]


class CaseField(StrEnum):
    """What of a case is changed."""

    TITLE = "title"
    DEADLINE = "deadline"
    LEAD = "lead"  # one more unit leads
    SUPPORT = "support"  # one more unit supports
    REMOVE = "remove"  # a unit's line is void


@dataclass(frozen=True, slots=True)
class EditCase:
    """Change a case; `confirmed` replaces what somebody else has just changed."""

    ref: CaseRef
    field: CaseField
    value: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class CloseCase:
    """Close a case as merged into another, stopped or void; `reason` is kept verbatim."""

    ref: CaseRef
    closing: Closing
    into: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ProposeTransfer:
    """Not ours: propose another unit for the line."""

    ref: CaseRef
    unit: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AnswerTransfer:
    """Accept a transfer or send it back; `note` says why not."""

    ref: CaseRef
    accept: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The reminder was seen. `quoting`: said on quoting the bot, where it may be mere courtesy."""

    refs: tuple[CaseRef, ...]
    quoting: bool = False


@dataclass(frozen=True, slots=True)
class OpenCase:
    """Track what a sentence orders; `series` where the coordinator has several."""

    text: str
    series: str = ""


@dataclass(frozen=True, slots=True)
class Appoint:
    """A code for a unit's new contact or chief."""

    unit: str
    role: Role = Role.CONTACT
    series: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """A code for who takes over: from the asker, or from a unit's contact; `place` says which of several."""

    unit: str = ""
    place: int = 0
    series: str = ""


@dataclass(frozen=True, slots=True)
class RemoveContact:
    """End the role of a unit's contact; `place` says which of several."""

    unit: str
    place: int = 0
    series: str = ""


@dataclass(frozen=True, slots=True)
class ListContacts:
    """Who looks after a unit, or after which?"""

    unit: str = ""


@dataclass(frozen=True, slots=True)
class AskUnmanned:
    """Which open lines have no contact?"""


@dataclass(frozen=True, slots=True)
class ReportSeveral:
    """The same progress on several cases: asked about once; `confirmed` keeps it on all or none."""

    refs: tuple[CaseRef, ...]
    text: str
    confirmed: bool = False


ChangeCommand = (
    AskExtension
    | AnswerExtension
    | ListProposals
    | WithdrawRelease
    | EditCase
    | CloseCase
    | ProposeTransfer
    | AnswerTransfer
    | Acknowledge
    | OpenCase
    | Appoint
    | HandOver
    | RemoveContact
    | ListContacts
    | AskUnmanned
    | ReportSeveral
)

CHANGE_NAMES: dict[str, type[ChangeCommand]] = {
    "ask_extension": AskExtension,
    "answer_extension": AnswerExtension,
    "list_proposals": ListProposals,
    "withdraw_release": WithdrawRelease,
    "edit_case": EditCase,
    "close_case": CloseCase,
    "propose_transfer": ProposeTransfer,
    "answer_transfer": AnswerTransfer,
    "acknowledge": Acknowledge,
    "open_case": OpenCase,
    "appoint": Appoint,
    "hand_over": HandOver,
    "remove_contact": RemoveContact,
    "list_contacts": ListContacts,
    "ask_unmanned": AskUnmanned,
    "report_several": ReportSeveral,
}

READING: frozenset[type[ChangeCommand]] = frozenset({ListProposals, ListContacts, AskUnmanned})
"""Those that change nothing."""
