"""A 執行情形彙整表 that came back with the chair's ticks → a review of its decisions. Nothing is applied here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.case import Series
from domain.member import Action
from domain.ports import UnitOfWork
from handlers.asking.report_sheet import open_cases
from handlers.commands import Verdict
from handlers.context import Context
from handlers.messages import Message
from handlers.reviewing import read_back_phrases
from handlers.reviewing.drafting import LineDecision, drafts_of_decisions
from handlers.reviewing.review import Drafts, NotRead
from handlers.reviewing.reviews import start
from minutes.report.filled import FilledReport
from minutes.report.read_back import LineKey, ReadBack, read_back


@dataclass(frozen=True, slots=True)
class TickedReport:
    """What a filled report says about a series, and the review that it gives."""

    drafts: Drafts
    found: ReadBack


def review_report(report: FilledReport, digest: str, context: Context) -> Message:
    """Begin the review of a filled report, or say why not."""
    mine = [context.uow.series.get(one) for one in context.series_ids if context.may(Action.IMPORT, series_id=one)]
    series = series_of(report, mine, context.uow)
    if series is None:
        return read_back_phrases.which_series(report.marker.series if report.marker else "")
    ticked = drafts_of_report(report, series, digest, context.uow)
    if not ticked.drafts.decisions:
        return read_back_phrases.nothing_ticked(series.name, ticked.found)
    return read_back_phrases.with_leftovers(start(ticked.drafts, context), ticked.found)


def series_of(report: FilledReport, candidates: Sequence[Series], uow: UnitOfWork) -> Series | None:
    """Which of the series a report is about: by its marker, else the only one whose open cases it names most."""
    if report.marker is not None:
        return _named(report.marker.series, candidates)
    if len(candidates) == 1:
        return candidates[0]
    numbers = {row.number for row in report.rows}
    known = {one.id: sum(case.number in numbers for case in open_cases(one.id, uow)) for one in candidates}
    best = max(known.values(), default=0)
    fitting = [one for one in candidates if known[one.id] == best]
    return fitting[0] if best and len(fitting) == 1 else None


def drafts_of_report(report: FilledReport, series: Series, digest: str, uow: UnitOfWork) -> TickedReport:
    """Check a report against the lines that are open now. Reads the database, changes nothing."""
    lines = {
        case.number: [line.unit for line in case.assignments if line.is_open] for case in open_cases(series.id, uow)
    }
    found = read_back(report, lines)
    drafts = drafts_of_decisions(
        series,
        [*_ticked(found), *_both(found.conflicts)],
        digest=digest,
        ordinal=report.marker.meeting_ordinal if report.marker else None,
        held_on=None,
    )
    return TickedReport(replace(drafts, unread=_not_read(found)), found)


def _named(beginning: str, candidates: Sequence[Series]) -> Series | None:
    """The series that a marker names, which holds as much of the name as there is room for."""
    exact = [one for one in candidates if one.name == beginning]
    fitting = exact or [one for one in candidates if beginning and one.name.startswith(beginning)]
    return fitting[0] if len(fitting) == 1 else None


def _ticked(found: ReadBack) -> Iterable[LineDecision]:
    for one in found.decisions:
        yield LineDecision(number=one.number, unit=one.unit, verdict=Verdict(one.decision), text=one.remark)


def _both(conflicts: Sequence[LineKey]) -> Iterable[LineDecision]:
    """Two ticks on one line are two decisions that contradict each other: a person settles them in the review."""
    for key in conflicts:
        for verdict in Verdict:
            yield LineDecision(number=key.number, unit=key.unit, verdict=verdict, text=read_back_phrases.BOTH_TICKED)


def _not_read(found: ReadBack) -> tuple[NotRead, ...]:
    return tuple(NotRead(one.row.row, read_back_phrases.not_understood(one)) for one in found.not_understood)
