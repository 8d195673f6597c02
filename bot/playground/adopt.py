"""Minutes that a newcomer imports: the cast gets its roles in the new series, and a group chat sees it.

An office does this with codes (`lieguan invite`); in the playground everybody is played by one person.
"""

from __future__ import annotations

from datetime import datetime

from bot.playground.people import CAST, CHIEFS_GROUP, OFFICE_GROUP, Speaker
from domain.case import Series
from domain.chat import Chat, ChatKind
from domain.member import Role
from domain.ports import UnitOfWork

OFFICE_WORDS = ("處務", "室務", "科務", "組務", "所務")  # the meetings of one office


def adopt(uow: UnitOfWork, now: datetime) -> None:
    """Let the cast work with every series that no group sees yet: coordinators and contacts keep their parts."""
    for series in uow.series.all():
        if not uow.groups.of_series(series.id):
            uow.groups.bind(_group(series), series.id, now)
            for speaker in CAST:
                _give_roles(speaker, series, uow)


def adopt_beside(uow: UnitOfWork, now: datetime) -> None:
    """Do the same for the command line, beside a playground that may run. An office's own database is left alone."""
    groups = (Chat(ChatKind.GROUP, group) for group in (CHIEFS_GROUP, OFFICE_GROUP))
    if any(uow.groups.series_of(group) for group in groups):
        adopt(uow, now)


def _group(series: Series) -> Chat:
    is_office = any(word in series.name for word in OFFICE_WORDS)
    return Chat(ChatKind.GROUP, OFFICE_GROUP if is_office else CHIEFS_GROUP)


def _give_roles(speaker: Speaker, series: Series, uow: UnitOfWork) -> None:
    for role, unit in {(part.role, part.unit) for part in speaker.parts}:
        found = uow.units.by_name(unit) if unit else None
        if role is Role.COORDINATOR or found:
            uow.people.add_role(speaker.user_id, speaker.name, series.id, role, found.id if found else None)
