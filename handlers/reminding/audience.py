"""Who is to be told of a notice: the groups and the people of its audience."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from domain.chat import Chat
from domain.member import Member, Membership, Role
from domain.notice import Audience
from domain.ports import UnitOfWork
from handlers.reminding.reminders import Entry

IN_GROUP = frozenset({Audience.RESPONSIBLE, Audience.GROUP})
"""What a group may hear. All else is private and never said in one."""
IN_PRIVATE = frozenset(Audience) - {Audience.GROUP}
PRIVATE_FIRST = frozenset({Audience.CONTACT, Audience.CHIEF})  # else the coordinators
OF_UNIT = frozenset({Audience.RESPONSIBLE, Audience.CONTACT, Audience.CHIEF})  # the others belong to no unit
ROLES = {
    Audience.RESPONSIBLE: Role.CONTACT,
    Audience.CONTACT: Role.CONTACT,
    Audience.CHIEF: Role.CHIEF,
    Audience.COORDINATOR: Role.COORDINATOR,
    Audience.HEAD: Role.CHIEF,
}


@dataclass(frozen=True, slots=True)
class Readers:
    """Where a notice may be told: in each of the groups (with their size, if counted), or to each of the people."""

    groups: tuple[tuple[Chat, int | None], ...] = ()
    people: tuple[Member, ...] = ()

    @property
    def friends(self) -> tuple[Member, ...]:
        """The people whom a push reaches."""
        return tuple(member for member in self.people if member.is_friend)


class Audiences:
    """Finds the readers of notices within one transaction."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._sizes = cache(lambda series_id: tuple(uow.groups.sizes(series_id)))
        self._with_role = cache(lambda series_id, role: tuple(uow.people.with_role(series_id, role)))
        self._of = cache(self._find)

    def of(self, entry: Entry) -> Readers:
        """The readers of an entry; where a push reaches neither group nor contact, also the coordinators."""
        return self.readers(entry.notice.audience, entry.notice.series_id, entry.unit_id)

    def readers(self, audience: Audience, series_id: int, unit_id: int | None) -> Readers:
        """The readers of what concerns a unit of a series."""
        return self._of(audience, series_id, unit_id)

    def _find(self, audience: Audience, series_id: int, unit_id: int | None) -> Readers:
        if audience in PRIVATE_FIRST:
            return self._in_private(audience, series_id, unit_id)
        groups = self._sizes(series_id) if audience in IN_GROUP else ()
        people = self._holders(audience, series_id, unit_id)
        if audience in IN_GROUP and not groups and not any(member.is_friend for member in people):
            people += self._holders(Audience.COORDINATOR, series_id, None)
        return Readers(groups, people)

    def _in_private(self, audience: Audience, series_id: int, unit_id: int | None) -> Readers:
        """Those in private whom a push reaches, else the coordinators; the groups only of what must not be lost."""
        people = self._holders(audience, series_id, unit_id)
        if not any(member.is_friend for member in people):
            people += self._holders(Audience.COORDINATOR, series_id, None)
        lost = audience is Audience.CONTACT and not any(member.is_friend for member in people)
        return Readers(self._sizes(series_id) if lost else (), people)

    def _holders(self, audience: Audience, series_id: int, unit_id: int | None) -> tuple[Member, ...]:
        role = ROLES.get(audience)
        if role is None or (audience in OF_UNIT and unit_id is None):
            return ()
        wanted = Membership(series_id, role, unit_id if audience in OF_UNIT else None)
        return tuple(member for member in self._with_role(series_id, role) if wanted in member.memberships)


def sole_reader(readers: Readers, chat: Chat, user_id: str | None) -> bool:
    """Tell whether all who are to be told read this chat."""
    in_group = [group for group, _ in readers.groups] == [chat]
    return in_group or [member.user_id for member in readers.people] == [user_id] == [chat.id]


def among_readers(readers: Readers, chat: Chat) -> bool:
    """Tell whether somebody who is to be told reads this chat."""
    return chat in {group for group, _ in readers.groups} or chat.id in {member.user_id for member in readers.people}


def audiences_of(chat_is_private: bool) -> Sequence[Audience]:
    """What may be said in a kind of chat."""
    return sorted(IN_PRIVATE if chat_is_private else IN_GROUP)
