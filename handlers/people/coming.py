"""People come and go: friends, members of groups. Roles stay; who can be reached is kept."""

from __future__ import annotations

from handlers.changes import record
from handlers.context import Context
from handlers.inbound import MemberLeft, MembersJoined
from handlers.messages import SILENT, Message
from handlers.people import people_phrases


def followed(context: Context) -> Message:
    """Greet who added the bot as a friend: 1:1 pushes reach them."""
    if context.actor.user_id is not None:
        context.uow.people.befriend(context.actor.user_id, is_friend=True)
    return people_phrases.welcome()


def unfollowed(context: Context) -> Message:
    """Remember that 1:1 pushes reach the person no longer."""
    if context.actor.user_id is not None:
        context.uow.people.befriend(context.actor.user_id, is_friend=False)
    return SILENT


def members_left(event: MemberLeft, context: Context) -> Message | None:
    """Mark the roles of who left a group that sees the series. Others leave no trace."""
    members = context.uow.people.depart(event.user_ids, context.series_ids, context.now)
    if members:
        context.uow.groups.forget_count(context.chat)
    for member in members:
        record("leave_group", "member", member.id, None, {"chat_id": context.chat.id}, context, undone=True)
    return SILENT if members else None


def members_joined(event: MembersJoined, context: Context) -> Message | None:
    """Take the mark off who came back."""
    if not context.uow.people.depart(event.user_ids, context.series_ids, None):
        return None
    context.uow.groups.forget_count(context.chat)
    return SILENT
