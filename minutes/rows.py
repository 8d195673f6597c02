"""Rows of a tracking table → drafts and decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from domain.numbers import fold
from minutes.columns import DUE, LEAD, NUMBER, PROGRESS, REMARK, ROW_NUMBER, RULING, STATUS, SUBJECT, SUPPORT
from minutes.conclusions import Context, is_noted, read_item
from minutes.decisions import CONTINUE, Verdict, has_boxes, read_ruling, read_verdicts
from minutes.model import Decision, Draft, Unread
from minutes.parties import cell_parties
from minutes.shares import read_shares
from minutes.tables import Cell, Row, Table
from minutes.timing import Timing, due_in

_DONE = re.compile(r"^(?:已|業已|業經)?(?:辦理)?(?:完成|辦竣|完竣|結束|執行完畢)(?:結案)?(?:[。,]|$|\()")


@dataclass(slots=True)
class Taken:
    drafts: list[Draft] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def read_table(table: Table, context: Context, *, reported: bool) -> Taken:
    """Read each row. In a report on earlier conclusions a row without a decision asks nothing new."""
    taken = Taken()
    for row in table.rows:
        _read_row(row, context, taken, reported=reported)
    return taken


def _read_row(row: Row, context: Context, taken: Taken, *, reported: bool) -> None:
    number = _number(row)
    if number and (shares := _shares(row, context)):
        taken.decisions.extend(
            replace(_decision(row, context, Verdict(decision, 0, 0), number), unit=unit) for unit, decision in shares
        )
        taken.drafts.extend(_ordered(row, context, number))
        return
    verdicts = list(_verdicts(row))[:1]
    for verdict in verdicts:
        if number and not (verdict.decision == CONTINUE and NUMBER not in row.cells and not reported):
            taken.decisions.append(_decision(row, context, verdict, number))
            taken.drafts.extend(_ordered(row, context, number))
            return
    if verdicts and verdicts[0].decision != CONTINUE:
        taken.unread.append(Unread(row.paragraph.line, row.paragraph.folded.verbatim(), "no_number"))
    elif drafts := _drafts(row, context, reported=reported):
        taken.drafts.extend(drafts)
    elif not (reported or is_noted(row.text(RULING)) or any(has_boxes(cell.text) for cell in row.cells.values())):
        taken.unread.append(
            Unread(row.paragraph.line, row.paragraph.folded.verbatim(), "done" if _is_done(row) else "no_order")
        )


def _verdicts(row: Row) -> Iterator[Verdict]:
    for column in (STATUS, RULING, REMARK):
        yield from read_ruling(row.text(column))
    yield from read_verdicts(row.text(PROGRESS))


def _shares(row: Row, context: Context) -> tuple[tuple[str, str], ...]:
    """The decisions of a row that is decided unit by unit."""
    cells = (read_shares(row.text(column), context.directory) for column in (STATUS, RULING, REMARK))
    return next((found for found in cells if found), ())


def _number(row: Row) -> str | None:
    text = row.text(NUMBER) or row.text(ROW_NUMBER)
    return fold(text).strip("。.、 ") if text else None


def _decision(row: Row, context: Context, verdict: Verdict, number: str) -> Decision:
    text = row.paragraph.folded.verbatim()
    return Decision(
        number,
        verdict.decision,
        None,
        context.section,
        row.paragraph.line,
        text,
        verdict.reason,
        verdict.merged_into,
        verdict.doubts,
    )


def _is_done(row: Row) -> bool:
    return bool(_DONE.match(row.text(STATUS)))


def _drafts(row: Row, context: Context, *, reported: bool) -> tuple[Draft, ...]:
    if _is_done(row) or has_boxes(row.text(STATUS)) or (reported and RULING not in row.cells):
        return ()
    if RULING in row.cells:
        return _ruled(row, context, _number(row) if reported else None)
    return _from_cell(row, row.cells.get(SUBJECT), context, None)


def _ordered(row: Row, context: Context, number: str) -> tuple[Draft, ...]:
    """The orders that a ruling gives beside its decision."""
    drafts = _ruled(row, context, number)
    return tuple(draft for draft in drafts if draft.mark in ("please", "charge"))


def _ruled(row: Row, context: Context, number: str | None) -> tuple[Draft, ...]:
    return _from_cell(row, row.cells.get(RULING), context, number)


def _from_cell(row: Row, cell: Cell | None, context: Context, number: str | None) -> tuple[Draft, ...]:
    if cell is None or is_noted(cell.text) or len(cell.text) < 4:
        return ()
    if read_verdicts(cell.text) and not re.search("請|由", cell.text):
        return ()
    parties = cell_parties(row.text(LEAD), row.text(SUPPORT))
    due = due_in(row.text(DUE), context.clock) if DUE in row.cells else Timing()
    inherited = replace(context, parties=parties, due=due, case_number=number)
    return read_item(cell.paragraph, inherited).drafts
