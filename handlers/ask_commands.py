"""The questions beyond one case, one unit and the plain lists. None of them changes anything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.refs import CaseRef


class Window(StrEnum):
    """Days in which a deadline may lie. Weeks begin on Monday."""

    TODAY = "today"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"
    THIS_MONTH = "this_month"
    NEXT_MONTH = "next_month"


@dataclass(frozen=True, slots=True)
class AskDue:
    """What is due in those days?"""

    window: Window
    page: int = 1


@dataclass(frozen=True, slots=True)
class AskWaiting:
    """What waits for the chair to release it (待解列)?"""

    page: int = 1


@dataclass(frozen=True, slots=True)
class AskUnreported:
    """Who has not reported since the last meeting (未填報)?"""

    page: int = 1


@dataclass(frozen=True, slots=True)
class AskMeeting:
    """What did the last meeting open?"""

    page: int = 1


@dataclass(frozen=True, slots=True)
class AskOverview:
    """How do the units stand (總覽)?"""


@dataclass(frozen=True, slots=True)
class AskHistory:
    """What happened to a case (歷程)?"""

    ref: CaseRef
    page: int = 1


@dataclass(frozen=True, slots=True)
class AskSource:
    """What did the minutes say (原文)?"""

    ref: CaseRef


@dataclass(frozen=True, slots=True)
class Search:
    """Cases whose title or sentence holds all of these words."""

    words: str
    page: int = 1


AskCommand = AskDue | AskWaiting | AskUnreported | AskMeeting | AskOverview | AskHistory | AskSource | Search

ASK_NAMES: dict[str, type[AskCommand]] = {
    "ask_due": AskDue,
    "ask_waiting": AskWaiting,
    "ask_unreported": AskUnreported,
    "ask_meeting": AskMeeting,
    "ask_overview": AskOverview,
    "ask_history": AskHistory,
    "ask_source": AskSource,
    "search": Search,
}
