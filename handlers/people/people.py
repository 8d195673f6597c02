"""Who is who, and which group sees which series."""

from __future__ import annotations

from domain.case import Series
from domain.chat import Actor
from domain.invite import hash_code
from domain.member import Action, Member, Role
from domain.ports import Invite
from domain.unit import Unit
from handlers.changes import record
from handlers.commands import Bind, BindGroup, Help, UnbindGroup, WhoAmI
from handlers.context import Context
from handlers.language.topics import help_for
from handlers.language.usage import Audience
from handlers.messages import Message
from handlers.people import people_phrases
from handlers.people.staffing import series_where, take_over


def bind(command: Bind, context: Context) -> Message:
    """Give the person the role that a one-time code stands for; a coordinator's first group is bound with it."""
    user_id, people = context.actor.user_id, context.uow.people
    if user_id is None:
        return people_phrases.no_user_id()
    tries = people.count_failed_codes(user_id, context.now - context.settings.code_window)
    if tries >= context.settings.code_tries:
        return people_phrases.too_many_codes()
    invite = people.take_invite(hash_code(command.code), context.now)
    if invite is None:
        people.add_failed_code(user_id, context.now)
        return people_phrases.wrong_code()
    return _accept(user_id, invite, context)


def _accept(user_id: str, invite: Invite, context: Context) -> Message:
    series = context.uow.series.get(invite.series_id)
    unit = context.uow.units.get(invite.unit_id) if invite.unit_id is not None else None
    name = people_phrases.identity(series, invite.role, unit)
    member = context.uow.people.add_role(user_id, name, series.id, invite.role, invite.unit_id)
    context.uow.people.depart([user_id], [series.id], None)
    if context.is_private:
        context.uow.people.befriend(user_id, is_friend=True)
    bound = _as(member, context)
    given = {"series_id": series.id, "role": invite.role.value, "unit_id": invite.unit_id}
    record("bind", "member", member.id, None, given, bound)
    taken = take_over(invite, member, bound)
    takes_group = invite.role is Role.COORDINATOR and not context.is_private and not context.series_ids
    if takes_group:
        _bind_group(series, bound)
    units = [context.uow.units.get(one.unit_id).name for one in taken if one.unit_id is not None]
    return people_phrases.bound(series, invite.role, unit, group_too=takes_group, taken=units)


def _as(member: Member, context: Context) -> Context:
    """The same surroundings with the person now known."""
    actor = Actor(user_id=context.actor.user_id, member=member, source=context.actor.source)
    return context.with_actor(actor)


def bind_group(command: BindGroup, context: Context) -> Message:
    """Let this group see a series of which the actor is coordinator."""
    if context.is_private:
        return people_phrases.group_only()
    own = [context.uow.series.get(series_id) for series_id in _coordinated(context)]
    if not own:
        return people_phrases.may_not_bind_group()
    named = [series for series in own if not command.series or series.name == command.series.strip()]
    if len(named) != 1:
        return people_phrases.which_own_series("綁定會議", named or own)
    if named[0].id in context.series_ids:
        return people_phrases.group_bound_already(named[0])
    _bind_group(named[0], context)
    return people_phrases.group_bound(named[0])


def unbind_group(command: UnbindGroup, context: Context) -> Message:
    """Let this group see a series no longer."""
    if context.is_private:
        return people_phrases.group_only()
    coordinated = _coordinated(context)
    if not coordinated:
        return people_phrases.may_not_bind_group()
    seen = [context.uow.series.get(series_id) for series_id in context.series_ids if series_id in coordinated]
    named = [series for series in seen if not command.series or series.name == command.series.strip()]
    if len(named) > 1:
        return people_phrases.which_own_series("解除綁定", named)
    if not named:
        return people_phrases.group_sees_nothing()
    context.uow.groups.unbind(context.chat, named[0].id)
    _record_group("unbind_group", set(context.series_ids) - {named[0].id}, context)
    return people_phrases.group_unbound_from(named[0])


def who_am_i(command: WhoAmI, context: Context) -> Message:
    """Tell the asker's roles."""
    member = context.actor.member
    if member is None or not member.memberships:
        return people_phrases.stranger() if context.actor.user_id else people_phrases.no_user_id(asks=True)
    uow = context.uow
    return people_phrases.who_you_are(
        [
            people_phrases.identity(uow.series.get(held.series_id), held.role, _unit(held.unit_id, context))
            for held in member.memberships
        ]
    )


def show_help(command: Help, context: Context) -> Message:
    """List what the asker may do."""
    audiences = {Audience.EVERYBODY}
    if context.actor.member and context.actor.member.memberships:
        audiences.add(Audience.STAFF)
    if _coordinated(context):
        audiences.add(Audience.COORDINATOR)
        if context.is_private and context.uow.reviews.open_of(f"member:{context.member_id}"):
            audiences.add(Audience.REVIEWER)
    return help_for(frozenset(audiences), context.today, command.topic)


def _unit(unit_id: int | None, context: Context) -> Unit | None:
    return context.uow.units.get(unit_id) if unit_id is not None else None


def _coordinated(context: Context) -> list[int]:
    """The series whose groups the actor may bind."""
    return series_where(Action.BIND_GROUP, context)


def _bind_group(series: Series, context: Context) -> None:
    context.uow.groups.bind(context.chat, series.id, context.now)
    _record_group("bind_group", {*context.series_ids, series.id}, context)


def _record_group(action: str, after: set[int], context: Context) -> None:
    chat = {"kind": context.chat.kind.value, "chat_id": context.chat.id}
    before = {**chat, "series_ids": sorted(context.series_ids)}
    record(
        action, "group", context.uow.groups.id_of(context.chat), before, {**chat, "series_ids": sorted(after)}, context
    )
