"""Cases and their lines: reading them, and the changes that keep the case's own columns in step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from domain.case import UNNAMED_UNIT, Assignment, Case, CaseKind, Closing, Deadline, Duty, Priority, Report, State
from domain.errors import DuplicateNumber, StaleVersion
from domain.numbers import sort_key
from domain.ports import NewCase
from domain.wait import Wait
from storage import occurrences, reports
from storage.case_statements import (
    ADD,
    ADD_LINES,
    BY_IDS,
    BY_NUMBER,
    BY_NUMBERS,
    CONTRACTS,
    COUNT_OF_UNIT,
    COUNT_OPEN,
    COUNT_OVERDUE,
    LINES_OF,
    LOCK,
    MOVE_LINES,
    NUMBERS,
    OF_UNIT,
    OPEN,
    OVERDUE,
    SAVE_CASE,
    SAVE_LINE,
    SET_FLAGS,
)
from storage.occurrences import Occurrences
from storage.repository import Repository
from storage.search import Indexed, Search
from storage.tables import NO_DEADLINE
from storage.types import read_days, seen_before, stored_days


class Cases(Repository):
    """`domain.ports.CaseRepository`."""

    def by_number(self, series_ids: Sequence[int], number: str) -> Sequence[Case]:
        return self.with_lines(self._rows(BY_NUMBER, in_series=list(series_ids), of_number=number))

    def by_numbers(self, series_ids: Sequence[int], numbers: Sequence[str], *, limit: int) -> Sequence[Case]:
        return self.with_lines(
            self._rows(BY_NUMBERS, in_series=list(series_ids), of_numbers=list(numbers), at_most=limit)
        )

    def by_ids(self, case_ids: Sequence[int]) -> Sequence[Case]:
        return self.with_lines(self._rows(BY_IDS, ids=list(case_ids)))

    def open(self, series_ids: Sequence[int], *, limit: int, offset: int = 0) -> Sequence[Case]:
        return self._page(OPEN, series_ids, limit, offset)

    def count_open(self, series_ids: Sequence[int]) -> int:
        return int(self._value(COUNT_OPEN, in_series=list(series_ids)))

    def of_unit(self, series_ids: Sequence[int], unit_id: int, *, limit: int, offset: int = 0) -> Sequence[Case]:
        return self._page(OF_UNIT, series_ids, limit, offset, of_unit=unit_id)

    def count_of_unit(self, series_ids: Sequence[int], unit_id: int) -> int:
        return int(self._value(COUNT_OF_UNIT, in_series=list(series_ids), of_unit=unit_id))

    def overdue(self, series_ids: Sequence[int], today: date, *, limit: int, offset: int = 0) -> Sequence[Case]:
        return self._page(OVERDUE, series_ids, limit, offset, today=today)

    def count_overdue(self, series_ids: Sequence[int], today: date) -> int:
        return int(self._value(COUNT_OVERDUE, in_series=list(series_ids), today=today))

    def contracts(self, series_ids: Sequence[int]) -> Sequence[Case]:
        rows = [row for series in series_ids for row in self._rows(CONTRACTS, of_series=series)]
        return self.with_lines(sorted(rows, key=lambda row: (row.due_on, row.sort_key, row.id)))

    def numbers(self, series_id: int) -> Sequence[str]:
        return [row.number for row in self._rows(NUMBERS, of_series=series_id)]

    def add(self, new: NewCase) -> Case:
        case_id = self._value(ADD, **_case_row(new))
        if case_id is None:
            raise DuplicateNumber(series_id=new.series_id, number=new.number)
        self._many(ADD_LINES, list(_line_rows(case_id, new)))
        Search(self._connection).add([Indexed(case_id, new.series_id, new.title, new.sentence)])
        return self.by_ids([case_id])[0]

    def save_line(self, line: Assignment, *, next_look_at: datetime | None) -> Assignment:
        self._row(LOCK, case_id=line.case_id)
        saved = self._count(
            SAVE_LINE,
            line_id=line.id,
            read_version=line.version,
            new_unit=line.unit_id,
            new_duty=line.duty,
            new_state=line.state,
            new_closing=line.closing,
            new_merged_into=line.merged_into or None,
            new_look=next_look_at,
            seen=seen_before(next_look_at),
            new_recurs_on=line.recurs_on,
        )
        if not saved:
            raise StaleVersion(kind="assignment", id=line.id)
        if line.recurs_on is not None:
            Occurrences(self._connection).follow(line, next_look_at=next_look_at)
        self._count(SET_FLAGS, of_case=line.case_id)
        return self._line(line)

    def save_case(self, case: Case, *, next_look_at: datetime | None) -> Case:
        due = case.deadline.on or NO_DEADLINE
        saved = self._count(
            SAVE_CASE,
            case_id=case.id,
            read_version=case.version,
            new_title=case.title,
            new_sentence=case.sentence,
            new_deadline=case.deadline.on,
            new_words=case.deadline.text,
            new_rule=case.deadline.rule,
            new_due=due,
            new_priority=case.priority,
            new_remind_before=stored_days(case.remind_before),
            new_stage=case.stage or None,
            new_recurrence=case.deadline.recurrence or None,
        )
        if not saved:
            raise StaleVersion(kind="case", id=case.id)
        Search(self._connection).change(case)
        if case.deadline.duty is None:
            self._count(MOVE_LINES, of_case=case.id, new_due=due, new_look=next_look_at, seen=seen_before(next_look_at))
        else:
            Occurrences(self._connection).look(case.id, next_look_at=next_look_at)
        return self.by_ids([case.id])[0]

    def add_line(self, case: Case, unit_id: int | None, duty: Duty, *, next_look_at: datetime | None) -> Assignment:
        self._row(LOCK, case_id=case.id)
        self._many(ADD_LINES, [_line_row(case.id, case, unit_id, duty, next_look_at)])
        self._count(SET_FLAGS, of_case=case.id)
        return self.by_ids([case.id])[0].assignments[-1]

    def add_report(self, report: Report) -> int:
        return int(self._value(reports.ADD, **reports.to_row(report)))

    def last_reports(self, assignment_ids: Sequence[int]) -> dict[int, Report]:
        rows = self._rows(reports.LAST, lines=list(assignment_ids))
        return {row.assignment_id: reports.from_row(row) for row in rows}

    def last_reports_of_units(self, assignment_ids: Sequence[int]) -> dict[int, list[Report]]:
        found: dict[int, list[Report]] = {}
        for row in self._rows(reports.LAST_OF_UNITS, lines=list(assignment_ids)) if assignment_ids else ():
            found.setdefault(row.assignment_id, []).append(reports.from_row(row))
        return found

    def report_texts(self, report_ids: Sequence[int]) -> dict[int, str]:
        return {row.id: row.text for row in self._rows(reports.TEXTS, ids=list(report_ids))} if report_ids else {}

    def purge_reports(self, message_id: str) -> int:
        return self._count(reports.PURGE, unsent_id=message_id)

    def withdraw_report(self, report_id: int, at: datetime) -> bool:
        return self._count(reports.WITHDRAW, report_id=report_id, withdrawn=at) == 1

    def _page(
        self, statement: sa.Select[Any], series_ids: Sequence[int], limit: int, offset: int, **values: Any
    ) -> list[Case]:
        """A page over several series, each read in order from its index and merged here."""
        single = len(series_ids) == 1
        window = {"at_most": limit if single else limit + offset, "skipped": offset if single else 0}
        rows = [row for series in series_ids for row in self._rows(statement, of_series=series, **window, **values)]
        if not single:
            rows = sorted(rows, key=lambda row: (row.due_on, row.sort_key, row.id))[offset : offset + limit]
        return self.with_lines(rows)

    def with_lines(self, rows: Sequence[sa.Row[Any]]) -> list[Case]:
        """The cases of these rows, each with its lines."""
        if not rows:
            return []
        of_case: dict[int, list[sa.Row[Any]]] = {row.id: [] for row in rows}
        for line in self._rows(LINES_OF, cases=list(of_case)):
            of_case[line.case_id].append(line)
        return [_case(row, of_case[row.id]) for row in rows]

    def _line(self, line: Assignment) -> Assignment:
        """The line as it is stored now, with the name of its unit."""
        rows = self._rows(LINES_OF, cases=[line.case_id])
        return next(_assignment(row) for row in rows if row.id == line.id)


def _case_row(new: NewCase) -> dict[str, Any]:
    return {
        "series_id": new.series_id,
        "number": new.number,
        "sort_key": stored_sort_key(new.number),
        "meeting_id": new.meeting_id,
        "title": new.title,
        "sentence": new.sentence,
        "section": new.section,
        "deadline_on": new.deadline.on,
        "deadline_text": new.deadline.text,
        "deadline_rule": new.deadline.rule,
        "due_on": new.deadline.on or NO_DEADLINE,
        "is_open": bool(new.lines),
        "is_pending": bool(new.lines),
        "created_at": new.at,
        "version": 1,
        "kind": new.kind,
        "stage": new.stage or None,
        "recurrence": new.deadline.recurrence or None,
    }


def _line_rows(case_id: int, new: NewCase) -> Iterable[dict[str, Any]]:
    """A row for each unit; one that is named twice gets its first line only."""
    named: set[int] = set()
    for unit_id, duty in new.lines:
        if unit_id in named:
            continue
        if unit_id is not None:
            named.add(unit_id)
        yield _line_row(case_id, new, unit_id, duty, new.next_look_at)


def _line_row(
    case_id: int, case: NewCase | Case, unit_id: int | None, duty: Duty, look: datetime | None
) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "unit_id": unit_id,
        "series_id": case.series_id,
        "duty": duty,
        "state": State.OPEN,
        "closing": None,
        "merged_into": None,
        "due_on": case.deadline.on or NO_DEADLINE,
        "sort_key": stored_sort_key(case.number),
        "next_look_at": look,
        "looked_at": seen_before(look),
        "recurs_on": case.deadline.on if case.deadline.duty else None,
        "version": 1,
    }


def stored_sort_key(number: str) -> str:
    """The natural order of numbers as text: every part padded, so that 99-2 stands before 211-10."""
    parts, tail = sort_key(number)
    return "".join(f"{part:09d}" for part in parts) + f" {tail}"


def _case(row: sa.Row[Any], lines: Sequence[sa.Row[Any]]) -> Case:
    opened = [occurrences.from_row(line) for line in lines if line.of_line_id is not None]
    return Case(
        id=row.id,
        series_id=row.series_id,
        number=row.number,
        title=row.title,
        sentence=row.sentence,
        section=row.section,
        meeting_id=row.meeting_id,
        deadline=read_deadline(row),
        created_at=row.created_at,
        version=row.version,
        kind=CaseKind(row.kind),
        priority=Priority(row.priority),
        remind_before=read_days(row.remind_before),
        stage=row.stage or "",
        assignments=tuple(_assignment(line) for line in lines if line.of_line_id is None),
        occurrences=tuple(sorted(opened, key=lambda one: (one.due_on, one.id))),
        wait=next((wait_of(line) for line in lines if line.wait_id is not None), None),
    )


def wait_of(row: sa.Row[Any]) -> Wait:
    """The wait that a row with `WAIT_COLUMNS` holds."""
    return Wait(
        id=row.wait_id,
        case_id=row.case_id,
        first_id=row.first_id,
        first=row.first or "",
        event=row.event,
        within=row.within,
        at=row.wait_at,
        woken_at=row.woken_at,
        ended_at=row.ended_at,
    )


def read_deadline(row: sa.Row[Any]) -> Deadline:
    """The deadline that a case's row holds."""
    return Deadline(on=row.deadline_on, text=row.deadline_text, rule=row.deadline_rule, recurrence=row.recurrence or "")


def _assignment(row: sa.Row[Any]) -> Assignment:
    return Assignment(
        id=row.id,
        case_id=row.case_id,
        unit_id=row.unit_id,
        unit=row.unit or UNNAMED_UNIT,
        duty=Duty(row.duty),
        state=State(row.state),
        closing=None if row.closing is None else Closing(row.closing),
        merged_into=row.merged_into or "",
        recurs_on=row.recurs_on,
        version=row.version,
    )
