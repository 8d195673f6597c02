"""The append-only record of every change; triggers in the database refuse to alter it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.ports import WHOLE_CASE, AuditEntry
from storage.repository import Repository
from storage.tables import HAS_WORDS, NOT_UNDONE, assignments, audit, reports

ADD = sa.insert(audit).returning(audit.c.id)
LAST = (
    sa.select(audit.c.source, audit.c.at)
    .where(audit.c.member_id == bindparam("by_member"), NOT_UNDONE)
    .order_by(audit.c.at.desc(), audit.c.id.desc())
    .limit(1)
)
LAST_FROM = (
    sa.select(audit.c.at)
    .where(audit.c.member_id.is_(None), NOT_UNDONE, audit.c.source == bindparam("of_source"))
    .order_by(audit.c.id.desc())
    .limit(1)
)
OF_NOBODY = (
    sa.select(audit)
    .where(
        audit.c.member_id.is_(None),
        NOT_UNDONE,
        audit.c.source == bindparam("of_source"),
        audit.c.at == bindparam("of_at"),
    )
    .order_by(audit.c.id)
)
OF_CHANGE = (
    sa.select(audit)
    .where(
        audit.c.member_id == bindparam("by_member"),
        NOT_UNDONE,
        audit.c.source == bindparam("of_source"),
        audit.c.at == bindparam("of_at"),
    )
    .order_by(audit.c.id)
)
BY_ID = sa.select(audit.c.member_id, audit.c.source, audit.c.at).where(audit.c.id == bindparam("entry_id"))
MARK_UNDONE = sa.update(audit).where(audit.c.id == bindparam("entry_id")).values(undone=True)
WITH_WORDS = sa.select(audit).where(audit.c.source == bindparam("of_source"), HAS_WORDS).order_by(audit.c.id)
PURGE_WORDS = sa.update(audit).where(audit.c.id == bindparam("entry_id")).values(words="")
OF_SUBJECT = (
    sa.select(audit)
    .where(audit.c.subject == bindparam("of_kind"), audit.c.subject_id == bindparam("of_id"))
    .order_by(audit.c.id)
)
_lines_of = sa.select(assignments.c.id).where(assignments.c.case_id == bindparam("of_case"))
_reports_of = sa.select(reports.c.id).where(reports.c.assignment_id.in_(_lines_of))
OF_CASE = (
    sa.select(audit)
    .where(
        sa.or_(
            *(sa.and_(audit.c.subject == one, audit.c.subject_id == bindparam("of_case")) for one in WHOLE_CASE),
            sa.and_(audit.c.subject == "assignment", audit.c.subject_id.in_(_lines_of)),
            sa.and_(audit.c.subject == "line", audit.c.subject_id.in_(_lines_of)),
            sa.and_(audit.c.subject == "occurrence", audit.c.subject_id.in_(_lines_of)),
            sa.and_(audit.c.subject == "report", audit.c.subject_id.in_(_reports_of)),
        )
    )
    .order_by(audit.c.id.desc())
    .limit(bindparam("at_most", type_=sa.Integer))
    .offset(bindparam("skipped", type_=sa.Integer))
)


class Audit(Repository):
    """`domain.ports.AuditRepository`."""

    def add(self, entry: AuditEntry) -> int:
        return int(
            self._value(
                ADD,
                at=entry.at,
                action=entry.action,
                subject=entry.subject,
                subject_id=entry.subject_id,
                member_id=entry.member_id,
                source=entry.source,
                before=_to_json(entry.before),
                after=_to_json(entry.after),
                undone=entry.undone,
                words=entry.words,
            )
        )

    def last_of(self, member_id: int) -> Sequence[AuditEntry]:
        last = self._row(LAST, by_member=member_id)
        if last is None:
            return []
        return _entries(self._rows(OF_CHANGE, by_member=member_id, of_source=last.source, of_at=last.at))

    def last_from(self, source: str) -> Sequence[AuditEntry]:
        last = self._row(LAST_FROM, of_source=source)
        if last is None:
            return []
        return _entries(self._rows(OF_NOBODY, of_source=source, of_at=last.at))

    def change_of(self, entry_id: int) -> Sequence[AuditEntry]:
        one = self._row(BY_ID, entry_id=entry_id)
        if one is None:
            return []
        if one.member_id is None:
            return _entries(self._rows(OF_NOBODY, of_source=one.source, of_at=one.at))
        return _entries(self._rows(OF_CHANGE, by_member=one.member_id, of_source=one.source, of_at=one.at))

    def mark_undone(self, entry_ids: Sequence[int]) -> None:
        self._many(MARK_UNDONE, [{"entry_id": entry_id} for entry_id in entry_ids])

    def with_words(self, source: str) -> Sequence[AuditEntry]:
        return _entries(self._rows(WITH_WORDS, of_source=source))

    def purge_words(self, entry_ids: Sequence[int]) -> None:
        self._many(PURGE_WORDS, [{"entry_id": entry_id} for entry_id in entry_ids])

    def of_subject(self, subject: str, subject_id: int) -> Sequence[AuditEntry]:
        return _entries(self._rows(OF_SUBJECT, of_kind=subject, of_id=subject_id))

    def of_case(self, case_id: int, *, limit: int, offset: int = 0) -> Sequence[AuditEntry]:
        return _entries(self._rows(OF_CASE, of_case=case_id, at_most=limit, skipped=offset))


def _entries(rows: Sequence[sa.Row[Any]]) -> list[AuditEntry]:
    return [
        AuditEntry(**{**row._asdict(), "before": _from_json(row.before), "after": _from_json(row.after)})
        for row in rows
    ]


def _to_json(data: dict[str, Any] | None) -> str | None:
    return None if data is None else json.dumps(data, ensure_ascii=False)


def _from_json(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)
