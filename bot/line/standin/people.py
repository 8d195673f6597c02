"""Who exists: users, groups, friendship, membership."""

from __future__ import annotations

from bot.line.standin import ids
from bot.line.standin.model import Group, StandInError, User


class Directory:
    """Users and groups by id. The caller holds the platform's lock."""

    def __init__(self) -> None:
        self.users: dict[str, User] = {}
        self.groups: dict[str, Group] = {}

    def add_user(self, display_name: str, user_id: str | None = None, friend: bool = False) -> User:
        user = User(user_id or ids.user_id(), display_name, friend)
        if not ids.USER_ID.fullmatch(user.user_id):
            raise StandInError(f"a user id is U and 32 hexadecimal digits, not {user.user_id}")
        self.users[user.user_id] = user
        return user

    def add_group(self, name: str, members: list[str], group_id: str | None = None, bot_member: bool = True) -> Group:
        group = Group(group_id or ids.group_id(), name, [self.user(m).user_id for m in members], bot_member)
        if not ids.CHAT_ID.fullmatch(group.group_id) or group.group_id.startswith("U"):
            raise StandInError(f"a group id is C and 32 hexadecimal digits, not {group.group_id}")
        self.groups[group.group_id] = group
        return group

    def user(self, user_id: str) -> User:
        if user_id not in self.users:
            raise StandInError(f"no such user: {user_id}")
        return self.users[user_id]

    def group(self, group_id: str) -> Group:
        if group_id not in self.groups:
            raise StandInError(f"no such group: {group_id}")
        return self.groups[group_id]

    def is_chat(self, chat_id: str) -> bool:
        return chat_id in self.users or chat_id in self.groups

    def check_speaker(self, chat_id: str, user_id: str) -> None:
        """Raise StandInError unless the user can speak in that chat."""
        user = self.user(user_id)
        if chat_id in self.groups:
            if user.user_id not in self.groups[chat_id].members:
                raise StandInError(f"{user_id} is no member of {chat_id}")
        elif chat_id != user_id:
            raise StandInError(f"no such chat for {user_id}: {chat_id}")

    def bot_hears(self, chat_id: str) -> bool:
        """Whether what is said in a chat reaches the bot."""
        if chat_id in self.groups:
            return self.groups[chat_id].bot_member
        return chat_id in self.users and not self.users[chat_id].blocked
