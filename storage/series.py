"""Meeting series and their meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.case import Meeting, Release, Series
from storage.repository import Repository, insert_new
from storage.tables import meetings, series

BY_ID = sa.select(series).where(series.c.id == bindparam("series_id"))
BY_NAME = sa.select(series).where(series.c.name == bindparam("series_name"))
ALL = sa.select(series).order_by(series.c.id)
ADD = insert_new(series)
SET_NEXT_MEETING = (
    sa.update(series).where(series.c.id == bindparam("of_series")).values(next_meeting_on=bindparam("on_day"))
)
MEETING = sa.select(meetings).where(meetings.c.id == bindparam("meeting_id"))
OF_SERIES = sa.select(meetings).where(meetings.c.series_id == bindparam("series_id")).order_by(meetings.c.id.desc())
ADD_MEETING = insert_new(meetings)
DATE_MEETING = (
    sa.update(meetings)
    .where(meetings.c.id == bindparam("dated_id"))
    .values(held_on=bindparam("new_day"), digest=bindparam("new_digest"))
)


class SeriesTable(Repository):
    """`domain.ports.SeriesRepository`."""

    def get(self, series_id: int) -> Series:
        row = self._row(BY_ID, series_id=series_id)
        if row is None:
            raise LookupError(series_id)
        return _series(row)

    def by_name(self, name: str) -> Series | None:
        row = self._row(BY_NAME, series_name=name)
        return None if row is None else _series(row)

    def all(self) -> Sequence[Series]:
        return [_series(row) for row in self._rows(ALL)]

    def add(self, name: str, scheme: str, release: Release = Release.CHAIR) -> Series:
        self._count(ADD, name=name, scheme=scheme, release=release)
        return _series(self._connection.execute(BY_NAME, {"series_name": name}).one())

    def meeting(self, series_id: int, ordinal: int | None, held_on: date | None) -> Meeting | None:
        if ordinal is None and held_on is None:
            return None
        statement = OF_SERIES
        if ordinal is not None:
            statement = statement.where(meetings.c.ordinal == ordinal)
        if held_on is not None:
            statement = statement.where(meetings.c.held_on == held_on)
        row = self._row(statement.limit(1), series_id=series_id)
        return None if row is None else _meeting(row)

    def set_next_meeting(self, series_id: int, on: date | None) -> None:
        self._count(SET_NEXT_MEETING, of_series=series_id, on_day=on)

    def get_meeting(self, meeting_id: int) -> Meeting | None:
        row = self._row(MEETING, meeting_id=meeting_id)
        return None if row is None else _meeting(row)

    def meetings(self, series_id: int) -> Sequence[Meeting]:
        return [_meeting(row) for row in self._rows(OF_SERIES, series_id=series_id)]

    def add_meeting(
        self, series_id: int, ordinal: int | None, held_on: date | None, digest: str, at: datetime
    ) -> Meeting:
        meeting_id = self._value(
            ADD_MEETING.returning(meetings.c.id),
            series_id=series_id,
            ordinal=ordinal,
            held_on=held_on,
            digest=digest,
            created_at=at,
        )
        if meeting_id is None and (known := self.meeting(series_id, ordinal, held_on)):
            return known
        return Meeting(id=meeting_id, series_id=series_id, ordinal=ordinal, held_on=held_on, digest=digest)

    def date_meeting(self, meeting: Meeting, held_on: date, digest: str) -> Meeting:
        self._count(DATE_MEETING, dated_id=meeting.id, new_day=held_on, new_digest=digest)
        return replace(meeting, held_on=held_on, digest=digest)


def _series(row: sa.Row[Any]) -> Series:
    return Series(
        id=row.id,
        name=row.name,
        scheme=row.scheme,
        release=Release(row.release),
        next_meeting_on=row.next_meeting_on,
    )


def _meeting(row: sa.Row[Any]) -> Meeting:
    return Meeting(id=row.id, series_id=row.series_id, ordinal=row.ordinal, held_on=row.held_on, digest=row.digest)
