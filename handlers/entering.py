"""Who speaks where: from a chat's and a person's id to what a handler knows."""

from __future__ import annotations

from datetime import datetime

from domain.calendar import WorkCalendar
from domain.chat import Actor, Chat, ChatKind
from domain.ports import UnitOfWork
from handlers.context import Context, Settings


def enter(
    chat: Chat,
    user_id: str | None,
    source: str,
    uow: UnitOfWork,
    *,
    now: datetime,
    calendar: WorkCalendar,
    settings: Settings,
) -> Context:
    """Build a context. A 1:1 chat sees the series of its person, a group those bound to it."""
    member = uow.people.by_user_id(user_id) if user_id else None
    if chat.kind is not ChatKind.USER:
        visible = tuple(uow.groups.series_of(chat))
    else:
        visible = tuple(dict.fromkeys(held.series_id for held in member.memberships)) if member else ()
    return Context(
        actor=Actor(user_id=user_id, member=member, source=source),
        chat=chat,
        series_ids=visible,
        uow=uow,
        now=now,
        calendar=calendar,
        settings=settings,
    )
