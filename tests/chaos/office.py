"""The office of a chaos run: who is there, which cases there are, and what each case is kept for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.line.standin import Platform
from domain.case import Deadline, Duty
from domain.chat import Chat, ChatKind
from domain.member import Role
from domain.ports import NewCase, Store, UnitOfWork

SERIES, UNITS = 6, 4
FIRST_MEETING = 101
CASES = {"talk": range(1, 21), "finish": range(21, 46), "release": range(46, 61), "due": range(61, 69)}
CAREFUL = 69  # the case whose contact takes things back


@dataclass(frozen=True, slots=True)
class Room:
    """One series with its group. Its cases are numbered `{meeting}-{n}`, so that a number is known everywhere."""

    index: int

    @property
    def group(self) -> str:
        """LINE's id of its group."""
        return f"C{self.index:032x}"

    @property
    def careful(self) -> str:
        """The contact who speaks only when the last word was heard."""
        return f"U{0xCA00 + self.index:032x}"

    @property
    def befriends(self) -> bool:
        """Tell whether a push reaches its contacts in private; else only the group is told."""
        return self.index % 2 == 0

    def contact(self, unit: int) -> str:
        """The contact of a unit in its series."""
        return f"U{0xA000 + 0x10 * self.index + unit:032x}"

    def numbers(self, kind: str) -> list[str]:
        """The numbers of the cases of a kind."""
        return [self.number(n) for n in CASES[kind]]

    def number(self, n: int) -> str:
        """The number of its n-th case."""
        return f"{FIRST_MEETING + self.index}-{n}"

    @property
    def members(self) -> list[str]:
        """Everybody in its group."""
        return [COORDINATOR, STRANGER, self.careful, *map(self.contact, range(UNITS))]


COORDINATOR, STRANGER = (f"U{n:032x}" for n in (0xC0, 0x57))
ROOMS = tuple(Room(index) for index in range(SERIES))


def unit_of(n: int) -> int:
    """The unit that has the n-th case of a series."""
    return n % UNITS


def furnish_line(platform: Platform) -> None:
    """Put the people and the groups into the stand-in: all are friends, though of some the bot does not know it."""
    for user in dict.fromkeys(user for room in ROOMS for user in room.members):
        platform.add_user("人員", user, friend=True)
    for room in ROOMS:
        platform.add_group(f"群組{room.index}", room.members, room.group)


def furnish(store: Store, *, today: date, now: datetime) -> dict[Room, list[int]]:
    """Write series, people and cases; returns the lines that are due today, which nobody looks at yet."""
    return store.write(lambda uow: _furnish(uow, today, now))


def look_at(store: Store, lines: Sequence[int], now: datetime) -> None:
    """Let the clock find that these lines want a look, not having had one for two days."""
    looked_at = now - timedelta(days=2)
    store.write(lambda uow: uow.reminders.looked([(line, looked_at, now) for line in lines]))


def _furnish(uow: UnitOfWork, today: date, now: datetime) -> dict[Room, list[int]]:
    due: dict[Room, list[int]] = {}
    units = [uow.units.add(f"第{n + 1}科").id for n in range(UNITS)]
    for room in ROOMS:
        series_id = uow.series.add(f"示範{room.index}會報", "{meeting}-{n}").id
        uow.groups.bind(Chat(ChatKind.GROUP, room.group), series_id, now)
        uow.people.add_role(COORDINATOR, "管考幕僚", series_id, Role.COORDINATOR, None)
        uow.people.add_role(room.careful, "窗口", series_id, Role.CONTACT, units[unit_of(CAREFUL)])
        for unit in range(UNITS):
            uow.people.add_role(room.contact(unit), "窗口", series_id, Role.CONTACT, units[unit])
            uow.people.befriend(room.contact(unit), is_friend=room.befriends)
        cases = [
            uow.cases.add(
                _case(series_id, units[unit_of(n)], room.number(n), today if n in CASES["due"] else None, now)
            )
            for n in range(1, CAREFUL + 1)
        ]
        due[room] = [case.assignments[0].id for case in cases if case.deadline.on]
    return due


def _case(series_id: int, unit_id: int, number: str, due: date | None, now: datetime) -> NewCase:
    return NewCase(
        series_id=series_id,
        meeting_id=None,
        number=number,
        title="完成機房設備汰換",
        sentence="請完成機房設備汰換，並於下次會議報告辦理情形。",
        section="貳-一",
        deadline=Deadline(on=due),
        lines=((unit_id, Duty.LEAD),),
        next_look_at=None,
        at=now,
    )
