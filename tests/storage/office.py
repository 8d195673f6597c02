"""A small office to write into a store: one series, a few units, cases of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from domain.case import Assignment, Case, Deadline, Duty
from domain.member import Role
from domain.outbox import NewMessage, Outgoing, Route
from domain.ports import AuditEntry, NewCase, Store, UnitOfWork

T = TypeVar("T")

NOW = datetime(2021, 9, 23, 1, 0, tzinfo=UTC)
TODAY = date(2021, 9, 23)
MINUTE = timedelta(minutes=1)
USER = "U" + "0" * 32


def new_case(series_id: int = 1, number: str = "211-2", **changes: Any) -> NewCase:
    given: dict[str, Any] = {
        "series_id": series_id,
        "meeting_id": None,
        "number": number,
        "title": "換文",
        "sentence": "請資訊局完成換文。",
        "section": "貳-一",
        "deadline": Deadline(),
        "lines": ((1, Duty.LEAD),),
        "next_look_at": None,
        "at": NOW,
    }
    return NewCase(**given | changes)


def set_up(uow: UnitOfWork) -> None:
    """Two series (1, 2) and three units (1, 2, 3)."""
    uow.series.add("會報", "{meeting}-{n}")
    uow.series.add("處務會議", "{meeting}{n:02d}")
    for name in ("資訊局", "法務局", "交通局"):
        uow.units.add(name)


def office(store: Store) -> Store:
    store.write(set_up)
    return store


def add_case(store: Store, number: str = "211-2", **changes: Any) -> Case:
    return store.write(lambda uow: uow.cases.add(new_case(number=number, **changes)))


def add_member(store: Store) -> int:
    return store.write(lambda uow: uow.people.add_role(USER, "窗口", 1, Role.CONTACT, 1)).id


def save(
    store: Store, change: Callable[[Assignment], Assignment], case: Case, at: int = 0, look: datetime | None = None
) -> Assignment:
    return store.write(lambda uow: uow.cases.save_line(change(case.assignments[at]), next_look_at=look))


def message(**changes: Any) -> NewMessage:
    given: dict[str, Any] = {
        "route": Route.PUSH,
        "to": "C1",
        "payload": "[]",
        "due_at": NOW,
        "give_up_at": NOW + timedelta(hours=23),
    }
    return NewMessage(**given | changes)


def claim(
    store: Store, now: datetime = NOW, *, limit: int = 10, until: datetime = NOW + MINUTE, route: str | None = None
) -> list[Outgoing]:
    return list(store.write(lambda uow: uow.outbox.claim(now, limit=limit, until=until, route=route)))


def entry(**changes: Any) -> AuditEntry:
    given: dict[str, Any] = {
        "at": NOW,
        "action": "request_release",
        "subject": "assignment",
        "subject_id": 7,
        "member_id": None,
        "source": "line:1",
        "before": {"state": "open"},
        "after": {"state": "release_requested"},
    }
    return AuditEntry(**given | changes)


def numbers(cases: Any) -> list[str]:
    return [case.number for case in cases]
