"""Where people, groups, and what was said to them are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.chat import Chat
from domain.member import Member, Membership, Role
from domain.ports.records import (
    Departure,
    Invite,
    UnmannedLine,
)


class PeopleRepository(Protocol):
    """Members, their roles, invites, and the groups the bot is in."""

    def by_user_id(self, user_id: str) -> Member | None: ...
    def add_role(self, user_id: str, name: str, series_id: int, role: Role, unit_id: int | None) -> Member:
        """Give a person a role in a series; the person becomes known if need be. Giving it twice changes nothing."""
        ...

    def with_role(self, series_id: int, role: Role) -> Sequence[Member]: ...
    def contacts(self, series_id: int, unit_id: int) -> Sequence[Member]: ...
    def add_invite(self, code_hash: str, invite: Invite, at: datetime) -> None: ...
    def take_invite(self, code_hash: str, now: datetime) -> Invite | None:
        """Use up a code that is unused and not expired; None otherwise."""
        ...

    def get(self, member_id: int) -> Member: ...
    def remove_role(self, member_id: int, held: Membership) -> bool:
        """End a role; False if the member has it no longer."""
        ...

    def befriend(self, user_id: str, *, is_friend: bool) -> None:
        """Keep whether 1:1 pushes reach a person, known or not."""
        ...

    def depart(self, user_ids: Sequence[str], series_ids: Sequence[int], at: datetime | None) -> Sequence[Member]:
        """Mark the roles of people who left a group, or with None of those who came back; returns who has any."""
        ...

    def departures(self, series_ids: Sequence[int], *, limit: int) -> Sequence[Departure]:
        """Contacts and chiefs who left and of whom no coordinator was told yet."""
        ...

    def departures_told(self, departures: Sequence[Departure], at: datetime) -> None: ...

    def unmanned(self, series_ids: Sequence[int], *, limit: int) -> Sequence[UnmannedLine]:
        """Open lines whose unit has no contact who is still there, by unit and number."""
        ...

    def count_failed_codes(self, user_id: str, since: datetime) -> int: ...
    def add_failed_code(self, user_id: str, at: datetime) -> None: ...


class GroupRepository(Protocol):
    """Group chats and which series each sees."""

    def joined(self, chat: Chat, at: datetime) -> int:
        """Record that the bot is in the group; returns the row's id."""
        ...

    def left(self, chat: Chat, at: datetime) -> None:
        """Record that the bot is out: nothing is sent there any more."""
        ...

    def series_of(self, chat: Chat) -> Sequence[int]: ...
    def id_of(self, chat: Chat) -> int:
        """The row's id of a group that was bound or joined."""
        ...

    def bind(self, chat: Chat, series_id: int, at: datetime) -> None: ...
    def unbind(self, chat: Chat, series_id: int) -> None: ...
    def of_series(self, series_id: int) -> Sequence[Chat]:
        """The groups in which the bot still is and that see the series."""
        ...

    def sizes(self, series_id: int) -> Sequence[tuple[Chat, int | None]]:
        """The same groups with the number of their members; None where nobody counted yet."""
        ...

    def uncounted(self, since: datetime) -> Sequence[Chat]:
        """The groups in which the bot still is and whose members were not counted since then."""
        ...

    def count(self, chat: Chat, members: int, at: datetime) -> None: ...
    def forget_count(self, chat: Chat) -> None:
        """Somebody came or went: count the group again soon, and go by the old number until then."""
        ...


class TalkRepository(Protocol):
    """What a chat was shown last, so that 下一頁 means something. One row for each chat."""

    def remember(self, chat_id: str, following: str, at: datetime) -> None:
        """Keep the command, as button data, that shows the page after the one just shown."""
        ...

    def recall(self, chat_id: str, since: datetime) -> str | None:
        """The command kept since then, if any."""
        ...


class UnsentRepository(Protocol):
    """Ids of messages that were taken back before they arrived: LINE keeps no order."""

    def remember(self, message_id: str, at: datetime) -> None: ...
    def knows(self, message_id: str) -> bool: ...


class InboxRepository(Protocol):
    """Webhook events that had an effect, each once."""

    def take(self, event_id: str, at: datetime) -> bool:
        """Record an event; False if it was there already."""
        ...

    def fail(self, event_id: str, reason: str, at: datetime) -> None:
        """Record that an event raised; `reason` is the error's kind, never the message text."""
        ...
