"""What people ask of the bot, as values. Every entry (text, button, quote, command line) builds these.

A command names cases by `CaseRef`, as people do; which case it is, and whether the asker may, is for the handler to
find out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.ask_commands import ASK_NAMES, AskCommand
from handlers.change_commands import CHANGE_NAMES, READING, ChangeCommand
from handlers.clock_commands import CLOCK_CHANGES, CLOCK_NAMES, ClockCommand
from handlers.refs import CaseRef as CaseRef
from handlers.review_commands import REVIEW_CHANGES, REVIEW_NAMES, ReviewCommand
from handlers.stage_commands import STAGE_CHANGES, STAGE_NAMES, StageCommand


@dataclass(frozen=True, slots=True)
class AskCase:
    """What is this case?"""

    refs: tuple[CaseRef, ...]


@dataclass(frozen=True, slots=True)
class AskOpen:
    """What is tracked?"""

    page: int = 1


@dataclass(frozen=True, slots=True)
class AskUnit:
    """What does a unit have?"""

    name: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class AskOverdue:
    """What is overdue?"""

    page: int = 1


@dataclass(frozen=True, slots=True)
class AskMine:
    """What does my unit have?"""

    page: int = 1


@dataclass(frozen=True, slots=True)
class NextPage:
    """The page after the one this chat was shown last."""


@dataclass(frozen=True, slots=True)
class ReportProgress:
    """Progress on a line (辦理情形), kept verbatim."""

    ref: CaseRef
    text: str


@dataclass(frozen=True, slots=True)
class RequestRelease:
    """The unit's 完成 asks for release. Several cases are asked about once; `confirmed` does all or none."""

    refs: tuple[CaseRef, ...]
    text: str = ""
    confirmed: bool = False


class Verdict(StrEnum):
    """What the chair decided about a line."""

    RELEASE = "release"  # 解除列管
    CONTINUE = "continue"  # 賡續列管


@dataclass(frozen=True, slots=True)
class Decide:
    """The chair's decision, entered by a coordinator; `everyone` applies it to every line of the case.

    Several cases are decided on together after one confirmation, all or none.
    """

    refs: tuple[CaseRef, ...]
    verdict: Verdict
    everyone: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class AskReport:
    """The 執行情形彙整表 of a series' next meeting, or of the one with that ordinal."""

    series: str = ""
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last own change, or the one with that number; `confirmed`: with what came after it."""

    entry: int = 0
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Bind:
    """Bind this person by a one-time code."""

    code: str


@dataclass(frozen=True, slots=True)
class BindGroup:
    """Let this group see a series; without a name, the only one that the coordinator has."""

    series: str = ""


@dataclass(frozen=True, slots=True)
class UnbindGroup:
    """Let this group see a series no longer; without a name, the only one it sees."""

    series: str = ""


@dataclass(frozen=True, slots=True)
class AskQuota:
    """How many pushes are left this month, and who gives way first."""


@dataclass(frozen=True, slots=True)
class WhoAmI:
    """Who am I to the bot?"""


@dataclass(frozen=True, slots=True)
class Help:
    """What can I do here? With a topic: how is each of its commands typed?"""

    topic: str = ""


Command = (
    AskCase
    | AskOpen
    | AskUnit
    | AskOverdue
    | AskMine
    | NextPage
    | AskReport
    | ReportProgress
    | RequestRelease
    | Decide
    | Undo
    | Bind
    | BindGroup
    | UnbindGroup
    | AskQuota
    | WhoAmI
    | Help
    | AskCommand
    | ChangeCommand
    | ClockCommand
    | ReviewCommand
    | StageCommand
)

NAMES: dict[str, type[Command]] = {
    "ask_case": AskCase,
    "ask_open": AskOpen,
    "ask_unit": AskUnit,
    "ask_overdue": AskOverdue,
    "ask_mine": AskMine,
    "next_page": NextPage,
    "ask_report": AskReport,
    "report": ReportProgress,
    "request_release": RequestRelease,
    "decide": Decide,
    "undo": Undo,
    "bind": Bind,
    "bind_group": BindGroup,
    "unbind_group": UnbindGroup,
    "ask_quota": AskQuota,
    "who_am_i": WhoAmI,
    "help": Help,
    **ASK_NAMES,
    **CHANGE_NAMES,
    **CLOCK_NAMES,
    **REVIEW_NAMES,
    **STAGE_NAMES,
}
"""The name of each command in sentences.toml, in button data and in the documentation."""

CHANGES: frozenset[type[Command]] = frozenset(
    {
        ReportProgress,
        RequestRelease,
        Decide,
        Undo,
        Bind,
        BindGroup,
        UnbindGroup,
        *(command for command in CHANGE_NAMES.values() if command not in READING),
        *CLOCK_CHANGES,
        *REVIEW_CHANGES,
        *STAGE_CHANGES,
    }
)
"""The commands that change something."""


WHILE_PASTING: frozenset[type[Command]] = frozenset({Help, NextPage, Undo, *REVIEW_NAMES.values()})
"""What stays a command while minutes are pasted; any other text is a piece of them."""


@dataclass(frozen=True, slots=True)
class Misread:
    """The bot was spoken to, but the sentence fits no command; `nearest` is the command whose usage may help."""

    nearest: type[Command] | None
    ref: CaseRef | None = None


@dataclass(frozen=True, slots=True)
class Courtesy:
    """Somebody thanks the bot in a 1:1 chat."""


@dataclass(frozen=True, slots=True)
class WhichCase:
    """Somebody quoted a message about several cases and wrote a report: on which of them?"""

    refs: tuple[CaseRef, ...]
    text: str
