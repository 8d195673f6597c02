"""The commands by which units and coordinators change what is tracked, besides reports and decisions."""

from __future__ import annotations

from dataclasses import dataclass

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


ChangeCommand = AskExtension | AnswerExtension | ListProposals

CHANGE_NAMES: dict[str, type[ChangeCommand]] = {
    "ask_extension": AskExtension,
    "answer_extension": AnswerExtension,
    "list_proposals": ListProposals,
}

READING: frozenset[type[ChangeCommand]] = frozenset({ListProposals})
"""Those that change nothing."""
