"""One-time codes: an administrator at the terminal invites somebody to a role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.case import Series
from domain.member import Role
from domain.ports import AuditEntry, Invite, UnitOfWork
from domain.unit import Unit

DEFAULT_SCHEME = "{meeting}-{n}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Whom to invite, by names. `code_hash` is all that is kept of the code."""

    code_hash: str
    role: Role
    series: str
    unit: str | None
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """What the code stands for, and which names were new and are now in the directory."""

    series: Series
    unit: Unit | None
    new_names: tuple[str, ...]


@dataclass(eq=False)
class SeriesUnclear(Exception):
    """Several series end with the name that was given."""

    names: tuple[str, ...]


def invite(invitation: Invitation, uow: UnitOfWork, now: datetime) -> Invited:
    """Keep a code for a role; a series or unit that nobody knows is made. Raises SeriesUnclear."""
    series = find_series(invitation.series, uow.series.all())
    unit = uow.units.by_name(invitation.unit) if invitation.unit else None
    new = [invitation.series] if series is None else []
    new += [invitation.unit] if invitation.unit and unit is None else []
    series = series or uow.series.add(invitation.series, DEFAULT_SCHEME)
    if invitation.unit and unit is None:
        unit = uow.units.add(invitation.unit)
    terms = Invite(
        series_id=series.id,
        role=invitation.role,
        unit_id=unit.id if unit else None,
        expires_at=invitation.expires_at,
    )
    uow.people.add_invite(invitation.code_hash, terms, now)
    uow.audit.add(_entry(terms, now))
    return Invited(series=series, unit=unit, new_names=tuple(new))


def find_series(name: str, known: Sequence[Series]) -> Series | None:
    """The series of that name; else the one whose name ends so or that the name ends with, as imports match them."""
    exact = [series for series in known if series.name == name]
    similar = [series for series in known if series.name.endswith(name) or name.endswith(series.name)]
    found = exact or similar
    if len(found) > 1:
        raise SeriesUnclear(tuple(series.name for series in found))
    return found[0] if found else None


def _entry(terms: Invite, now: datetime) -> AuditEntry:
    return AuditEntry(
        at=now,
        action="invite",
        subject="series",
        subject_id=terms.series_id,
        member_id=None,
        source="cli",
        before=None,
        after={
            "role": terms.role.value,
            "unit_id": terms.unit_id,
            "expires_at": terms.expires_at.isoformat(),
        },
    )
