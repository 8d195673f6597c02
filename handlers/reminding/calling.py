"""Calling people by name at the end of a digest."""

from __future__ import annotations

from collections.abc import Sequence

from domain.member import Role
from domain.ports import UnitOfWork
from handlers.messages import Mention
from handlers.reminding.reminders import Entry

MOST = 10  # LINE takes 20; a longer line of names calls nobody


def called(entries: Sequence[Entry], uow: UnitOfWork) -> tuple[str | Mention, ...]:
    """The last line of a group's digest: the contacts of the units that it speaks of; empty if there are none."""
    wanted = {(entry.notice.series_id, entry.unit_id) for entry in entries if entry.unit_id is not None}
    people = {
        member.user_id: Mention(member.name, member.user_id)
        for series_id in sorted({series_id for series_id, _ in wanted})
        for member in uow.people.with_role(series_id, Role.CONTACT)
        if any((held.series_id, held.unit_id) in wanted and not held.departed for held in member.memberships)
    }
    if not people:
        return ()
    return ("請 ", *(piece for one in list(people.values())[:MOST] for piece in (one, " ")), "看一下")
