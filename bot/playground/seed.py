"""What an empty playground starts with: two series, the cases of the sample minutes, the cast's roles, the groups."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from bot.playground.people import CAST, CHIEFS, OFFICE, ROOMS, Part, Speaker
from bot.playground.samples import sample_minutes
from domain.calendar import WorkCalendar
from domain.chat import Chat, ChatKind
from domain.ports import AuditEntry, Store, UnitOfWork
from handlers.context import Settings
from handlers.reviewing.confirming import Desk, confirm
from handlers.reviewing.import_minutes import Source
from minutes.parse import parse

SCHEMES = {CHIEFS: "{meeting}-{n}", OFFICE: "{meeting}{n:02d}"}
SOURCE = "seed"


def seed(store: Store, *, now: datetime, calendar: WorkCalendar, settings: Settings) -> bool:
    """Fill a new database in one transaction; returns whether it did. What a newcomer imported before stays."""
    if store.read(_is_furnished):
        return False
    today = now.astimezone(settings.zone).date()
    sources = [_source(text, calendar) for text in sample_minutes(today, calendar)]
    desk = Desk(now=now, calendar=calendar, settings=settings, source=SOURCE)

    def work(uow: UnitOfWork) -> bool:
        if _is_furnished(uow):
            return False
        for name, scheme in SCHEMES.items():
            uow.series.add(name, scheme)
        for source in sources:
            confirm(source, uow, desk)
        _give_roles(uow, now)
        _bind_groups(uow, now)
        return True

    return store.write(work)


def _is_furnished(uow: UnitOfWork) -> bool:
    return uow.series.by_name(CHIEFS) is not None


def _source(text: str, calendar: WorkCalendar) -> Source:
    return Source(minutes=parse(text, calendar=calendar), digest=hashlib.sha256(text.encode()).hexdigest())


def _give_roles(uow: UnitOfWork, now: datetime) -> None:
    for speaker in CAST:
        for part in speaker.parts:
            _give_role(speaker, part, uow, now)


def _give_role(speaker: Speaker, part: Part, uow: UnitOfWork, now: datetime) -> None:
    series_id, unit_id = _series_id(part.series, uow), _unit_id(part.unit, uow)
    member = uow.people.add_role(speaker.user_id, speaker.name, series_id, part.role, unit_id)
    given = {"series_id": series_id, "role": part.role.value, "unit_id": unit_id}
    _record("bind", "member", member.id, given, uow, now)


def _bind_groups(uow: UnitOfWork, now: datetime) -> None:
    for room in ROOMS:
        chat = Chat(ChatKind.GROUP, room.chat_id)
        series_id, row = _series_id(room.series, uow), uow.groups.joined(chat, now)
        uow.groups.bind(chat, series_id, now)
        bound = {"kind": chat.kind.value, "chat_id": chat.id, "series_ids": [series_id]}
        _record("bind_group", "group", row, bound, uow, now)


def _series_id(name: str, uow: UnitOfWork) -> int:
    series = uow.series.by_name(name)
    assert series is not None
    return series.id


def _unit_id(name: str | None, uow: UnitOfWork) -> int | None:
    if name is None:
        return None
    unit = uow.units.by_name(name)
    return (unit or uow.units.add(name)).id


def _record(action: str, subject: str, subject_id: int, after: dict[str, Any], uow: UnitOfWork, now: datetime) -> None:
    entry = AuditEntry(
        at=now,
        action=action,
        subject=subject,
        subject_id=subject_id,
        member_id=None,
        source=SOURCE,
        before=None,
        after=after,
    )
    uow.audit.add(entry)
