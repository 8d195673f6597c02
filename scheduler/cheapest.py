"""The cheapest way to tell what must be told now: a digest to the groups, or one to each of the contacts in private.

Everything that is packed into a digest costs nothing more, so what could still wait for a reply travels along.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.chat import Chat, ChatKind
from domain.notice import Urgency
from domain.quota import Budget
from handlers.reminding.audience import Readers
from handlers.reminding.reminders import Entry

ASSUMED_MEMBERS = 30  # of a group that nobody counted yet


@dataclass(frozen=True, slots=True)
class Due:
    """A notice with its readers. `must`: it can wait for a reply no longer."""

    entry: Entry
    readers: Readers
    must: bool

    @property
    def urgency(self) -> Urgency:
        """How badly it must be told."""
        return self.entry.notice.urgency


@dataclass(slots=True)
class Plan:
    """What goes where. `held`: must be told, but there is no way today: no push left, or the day's digest is out."""

    by_chat: dict[Chat, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    costs: dict[Chat, int] = field(default_factory=dict)
    held: list[Entry] = field(default_factory=list)
    patient: list[Entry] = field(default_factory=list)  # wait for a reply until the day's last call: pushes are scarce
    unreached: list[Entry] = field(default_factory=list)  # nobody is there to be told


class Planner:
    """Plans one round. `had` are the chats that had today's digest; the last call is the day's last chance to push."""

    def __init__(self, budget: Budget, had: Collection[str], *, is_last_call: bool = True) -> None:
        self._budget = budget
        self._had = had
        self._is_last_call = is_last_call
        self._plan = Plan()

    def plan(self, dues: Sequence[Due]) -> Plan:
        """Choose the ways, series by series, the most urgent first."""
        musts = [due for due in dues if due.must]
        for some in _by_series(musts):
            self._series(some)
        for due in dues:
            if not due.must:
                self._pack(due)
        return self._plan

    def _series(self, dues: Sequence[Due]) -> None:
        in_groups = self._open_groups([due for due in dues if due.readers.groups])
        for due in sorted(dues, key=lambda due: -due.urgency):
            if in_groups and due.readers.groups:
                self._tell(due, self._groups_of(due))
            elif due.readers.friends:
                self._tell_in_private(due)
            elif due.readers.groups:
                (self._plan.held if self._is_last_call else self._plan.patient).append(due.entry)
            else:
                self._plan.unreached.append(due.entry)

    def _open_groups(self, dues: Sequence[Due]) -> bool:
        """Tell whether these go to their groups, which are those of one series: cheaper, or the only way."""
        groups = {chat: size for due in dues for chat, size in due.readers.groups}
        if not groups or any(chat.id in self._had for chat in groups):
            return False
        new = {chat: size or ASSUMED_MEMBERS for chat, size in groups.items() if chat not in self._plan.costs}
        people = {_private(member.user_id) for due in dues for member in due.readers.friends}
        only_there = [due for due in dues if not due.readers.friends]
        saved = len(people - self._plan.costs.keys())
        if not only_there and saved < sum(new.values()):
            return False
        if new and not self._is_last_call and self._is_scarce(sum(new.values())):
            return False
        return self._afford(new, max(due.urgency for due in only_there or dues))

    def _is_scarce(self, cost: int) -> bool:
        """Tell whether what is left does not cover this and what is still to come this month."""
        left = self._budget.left
        return left is not None and left < cost + sum(self._budget.coming.values())

    def _tell_in_private(self, due: Due) -> None:
        people = [_private(member.user_id) for member in due.readers.friends]
        open_ones = [chat for chat in people if chat.id not in self._had]
        if open_ones and self._afford({chat: 1 for chat in open_ones if chat not in self._plan.costs}, due.urgency):
            self._tell(due, open_ones)
        else:
            self._plan.held.append(due.entry)

    def _pack(self, due: Due) -> None:
        """Let a notice that could still wait travel along where that reaches all who are to be told."""
        groups = self._groups_of(due)
        people = [_private(member.user_id) for member in due.readers.friends]
        for chats in (groups, people):
            if chats and all(chat in self._plan.costs for chat in chats):
                self._tell(due, chats)
                return

    def _afford(self, costs: Mapping[Chat, int], urgency: Urgency) -> bool:
        if not self._budget.allows(sum(costs.values()), urgency):
            return False
        self._budget = replace(self._budget, pushed=self._budget.pushed + sum(costs.values()))
        self._plan.costs.update(costs)
        return True

    def _tell(self, due: Due, chats: Iterable[Chat]) -> None:
        for chat in chats:
            self._plan.by_chat[chat].append(due.entry)

    def _groups_of(self, due: Due) -> list[Chat]:
        return [chat for chat, _ in due.readers.groups]


def _by_series(dues: Sequence[Due]) -> Iterable[list[Due]]:
    by_series: dict[int, list[Due]] = defaultdict(list)
    for due in dues:
        by_series[due.entry.notice.series_id].append(due)
    return sorted(by_series.values(), key=lambda some: -max(due.urgency for due in some))


def _private(user_id: str) -> Chat:
    return Chat(ChatKind.USER, user_id)
