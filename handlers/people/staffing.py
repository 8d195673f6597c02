"""Who is contact of what: appoint, hand over, remove, list; and the lines that nobody looks after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from domain.case import Series
from domain.invite import hash_code, new_code
from domain.member import Action, Member, Membership, Role
from domain.ports import AuditEntry, Invite
from domain.unit import Unit, suggest
from handlers.change_commands import Appoint, AskUnmanned, HandOver, ListContacts, RemoveContact
from handlers.changes import record
from handlers.context import Context
from handlers.messages import Message
from handlers.people import people_phrases
from handlers.people import staffing_phrases as words
from handlers.undoing.undo_review import CannotUndo, Step

CODE_LIVES = timedelta(days=7)
MOST_LISTED = 40


def appoint(command: Appoint, context: Context) -> Message:
    """Give a coordinator a code for a unit's new contact or chief."""
    found = _unit_of_coordinator(command.unit, command.series, f"指派{words.ROLES[command.role]}", context)
    if isinstance(found, Message):
        return found
    series, unit = found
    code = _invite(series, command.role, unit.id, None, context)
    return words.code_for(series, unit, command.role, code)


def hand_over(command: HandOver, context: Context) -> Message:
    """Give a code whose user takes over every role of a contact; without a unit, one's own."""
    return _hand_over_of(command, context) if command.unit else _hand_over_own(context)


def _hand_over_own(context: Context) -> Message:
    member = context.actor.member
    own = [one for one in member.memberships if one.unit_id is not None] if member else []
    if member is None or not own:
        return words.nothing_to_hand_over()
    if not context.is_private:
        return words.codes_in_private("交接")
    series_ids = dict.fromkeys(one.series_id for one in own)
    return words.handover_codes([_handover(member, series_id, context) for series_id in series_ids])


def _hand_over_of(command: HandOver, context: Context) -> Message:
    found = _unit_of_coordinator(command.unit, command.series, "交接", context)
    if isinstance(found, Message):
        return found
    series, unit = found
    contact = _one_contact(series, unit, command.place, "交接", context)
    if isinstance(contact, Message):
        return contact
    return words.handover_codes([_handover(contact, series.id, context)])


def _handover(member: Member, series_id: int, context: Context) -> tuple[Series, Sequence[str], str]:
    held = [one for one in member.memberships if one.series_id == series_id and one.unit_id is not None]
    series = context.uow.series.get(series_id)
    code = _invite(series, held[0].role, held[0].unit_id, member.id, context)
    return series, [context.uow.units.get(one.unit_id).name for one in held if one.unit_id is not None], code


def _invite(series: Series, role: Role, unit_id: int | None, replaces_id: int | None, context: Context) -> str:
    code = new_code()
    terms = Invite(
        series_id=series.id,
        role=role,
        unit_id=unit_id,
        expires_at=context.now + CODE_LIVES,
        replaces_id=replaces_id,
    )
    context.uow.people.add_invite(hash_code(code), terms, context.now)
    after = {"role": role.value, "unit_id": unit_id, "replaces_id": replaces_id}
    record("invite", "series", series.id, None, after, context, undone=True)
    return code


def take_over(invite: Invite, newcomer: Member, context: Context) -> Sequence[Membership]:
    """Give the newcomer the roles that a handover's code stands for, and end them for who held them."""
    if invite.replaces_id is None or invite.replaces_id == newcomer.id:
        return ()
    before = context.uow.people.get(invite.replaces_id)
    held = [one for one in before.memberships if one.series_id == invite.series_id and one.unit_id is not None]
    for one in held:
        context.uow.people.add_role(newcomer.user_id, newcomer.name, one.series_id, one.role, one.unit_id)
        context.uow.people.remove_role(before.id, one)
    after = {"from": before.id, "series_id": invite.series_id, "units": [one.unit_id for one in held]}
    record("hand_over", "member", newcomer.id, None, after, context)
    return held


def remove_contact(command: RemoveContact, context: Context) -> Message:
    """End the role of a unit's contact."""
    found = _unit_of_coordinator(command.unit, command.series, "移除窗口", context, in_private=False)
    if isinstance(found, Message):
        return found
    series, unit = found
    contact = _one_contact(series, unit, command.place, "移除窗口", context)
    if isinstance(contact, Message):
        return contact
    held = Membership(series.id, Role.CONTACT, unit.id)
    context.uow.people.remove_role(contact.id, held)
    after = {"series_id": series.id, "unit_id": unit.id, "user_id": contact.user_id, "name": contact.name}
    record("remove_contact", "member", contact.id, after, None, context)
    return words.removed(series, unit, left=len(context.uow.people.contacts(series.id, unit.id)))


def undo_removal(entry: AuditEntry, context: Context) -> Step:
    """Give a removed contact the role back."""
    before = entry.before or {}
    series_id, unit_id = before["series_id"], before["unit_id"]
    if not context.may(Action.APPOINT, series_id=series_id):
        raise CannotUndo("您已不是該會議的管考幕僚。")

    def step() -> str:
        context.uow.people.add_role(before["user_id"], before["name"], series_id, Role.CONTACT, unit_id)
        record("undo_remove_contact", "member", entry.subject_id, None, entry.before, context, undone=True)
        return f"{context.uow.units.get(unit_id).name}的窗口"

    return step


def list_contacts(command: ListContacts, context: Context) -> Message:
    """Tell who looks after which unit. People are counted and dated, not named: display names prove nothing."""
    units = context.uow.units
    if command.unit:
        unit = units.by_name(command.unit)
        if unit is None:
            return words.unknown_unit(command.unit, suggest(command.unit, units.all()))
        return words.contacts([_staff(unit, context)])
    held = {
        one.unit_id
        for series_id in context.series_ids
        for role in (Role.CONTACT, Role.CHIEF)
        for member in context.uow.people.with_role(series_id, role)
        for one in member.memberships
        if one.series_id == series_id and one.unit_id is not None
    }
    return words.contacts([_staff(units.get(unit_id), context) for unit_id in sorted(held)[:MOST_LISTED]])


def _staff(unit: Unit, context: Context) -> words.Staff:
    found = [
        one
        for series_id in context.series_ids
        for role in (Role.CONTACT, Role.CHIEF)
        for member in context.uow.people.with_role(series_id, role)
        for one in member.memberships
        if one.series_id == series_id and one.role is role and one.unit_id == unit.id
    ]
    contacts = [one for one in found if one.role is Role.CONTACT]
    departed = sum(one.departed for one in contacts)
    return words.Staff(unit.name, len(contacts), departed, sum(one.role is Role.CHIEF for one in found))


def ask_unmanned(command: AskUnmanned, context: Context) -> Message:
    """List the open lines whose unit has no contact who is still there."""
    found = context.uow.people.unmanned(context.series_ids, limit=MOST_LISTED + 1)
    return words.unmanned(found[:MOST_LISTED], has_more=len(found) > MOST_LISTED)


def _unit_of_coordinator(
    name: str, series_name: str, said: str, context: Context, *, in_private: bool = True
) -> tuple[Series, Unit] | Message:
    """The unit and series that a coordinator names, or what to answer instead."""
    own = [context.uow.series.get(series_id) for series_id in series_where(Action.APPOINT, context)]
    if not own:
        return words.coordinator_only(said)
    if in_private and not context.is_private:
        return words.codes_in_private(f"{said} {name}".strip())
    unit = context.uow.units.by_name(name)
    if unit is None:
        return words.unknown_unit(name, suggest(name, context.uow.units.all()), said)
    named = [series for series in own if not series_name or series_name in series.name]
    if len(named) != 1:
        return people_phrases.which_own_series(f"{said} {unit.name}", named or own)
    return named[0], unit


def _one_contact(series: Series, unit: Unit, place: int, said: str, context: Context) -> Member | Message:
    contacts = context.uow.people.contacts(series.id, unit.id)
    if not contacts:
        return words.no_contact(unit)
    if place:
        return contacts[place - 1] if place <= len(contacts) else words.no_contact(unit, place)
    if len(contacts) == 1:
        return contacts[0]
    bound = [_bound_on(member, context) for member in contacts]
    departed = [any(one.departed for one in member.memberships if one.unit_id == unit.id) for member in contacts]
    return words.which_contact(unit, said, list(zip(bound, departed, strict=True)), context.day)


def _bound_on(member: Member, context: Context) -> AuditEntry | None:
    entries = context.uow.audit.of_subject("member", member.id)
    return next((entry for entry in entries if entry.action == "bind"), None)


def series_where(action: Action, context: Context) -> list[int]:
    """The series in which the actor may do this to everything."""
    member = context.actor.member
    held = dict.fromkeys(role.series_id for role in member.memberships) if member else {}
    return [series_id for series_id in held if context.may(action, series_id=series_id)]
