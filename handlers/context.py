"""What a handler knows besides the command: who asks, where, when, and the open transaction."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from domain.calendar import WorkCalendar
from domain.case import Case, Deadline
from domain.chat import Actor, Chat, ChatKind
from domain.member import Action
from domain.ports import UnitOfWork
from domain.reminders import Ladder
from domain.rules import Rules
from handlers.reminding.reminders import View


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRules:
    """How often a case's deadline may be extended, and over how many days the unit's chief approves."""

    most_times: int = 2
    chief_over_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the configuration says to the handlers."""

    prefixes: tuple[str, ...] = ("列管小幫手", "小幫手", "列管")
    zone: tzinfo = field(default_factory=lambda: ZoneInfo("Asia/Taipei"))
    ladder: Ladder = field(default_factory=Ladder)
    rules: Rules = field(default_factory=Rules)
    page_size: int = 8
    reply_lives: timedelta = timedelta(minutes=20)  # LINE: a redelivered event's token lives until then
    page_lives: timedelta = timedelta(minutes=30)  # how long 下一頁 means something
    code_tries: int = 5  # wrong codes allowed to a person within `code_window`
    code_window: timedelta = timedelta(hours=1)
    extensions: ExtensionRules = field(default_factory=ExtensionRules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One operation's surroundings. `series_ids` is what this chat may see; `now` is one instant for all of it."""

    actor: Actor
    chat: Chat
    series_ids: tuple[int, ...]
    uow: UnitOfWork
    now: datetime
    calendar: WorkCalendar
    settings: Settings = field(default_factory=Settings)
    touched: set[int] = field(default_factory=set)  # cases whose lines this operation changed: others may wait for them

    @property
    def today(self) -> date:
        """The calendar day in the office's time zone."""
        return self.now.astimezone(self.settings.zone).date()

    @property
    def day(self) -> View:
        """How dates are said today."""
        return View(self.today, self.calendar, self.settings.zone)

    @property
    def is_private(self) -> bool:
        """Tell whether this is a 1:1 chat."""
        return self.chat.kind is ChatKind.USER

    @property
    def member_id(self) -> int | None:
        """The acting member's id, for the audit."""
        return self.actor.member.id if self.actor.member else None

    def with_actor(self, actor: Actor) -> Context:
        """The same surroundings for another actor."""
        return replace(self, actor=actor)

    def may(self, action: Action, *, series_id: int, unit_id: int | None = None) -> bool:
        """Tell whether the actor may do this. A person without a known user id may change nothing."""
        if self.actor.is_operator:
            return True
        member = self.actor.member
        return member is not None and member.may(action, series_id=series_id, unit_id=unit_id)

    def next_look(self, case: Case) -> datetime | None:
        """When an open line of the case wants its next look by the clock."""
        return None if case.is_asleep else self.first_look(case.deadline)

    def first_look(self, deadline: Deadline) -> datetime | None:
        """Now: the planner finds the first rung from here on. What was due before is nobody's alarm."""
        return None if deadline.on is None else self.now
