"""報表: the 執行情形彙整表 of a series, as text for the chat."""

from __future__ import annotations

from collections.abc import Sequence

from domain.case import Series
from domain.unit import is_subsequence
from handlers.asking import report_phrases
from handlers.asking.report_sheet import gather, sheet_of
from handlers.commands import AskReport
from handlers.context import Context
from handlers.messages import Message
from minutes.report.line_text import write_line_texts


def ask_report(command: AskReport, context: Context) -> Message:
    """Show the report for a series' next meeting, or for the one with that ordinal. Whoever sees the series may."""
    visible = [context.uow.series.get(series_id) for series_id in context.series_ids]
    series = matching(command.series, visible)
    if len(series) != 1:
        return report_phrases.which_series(series or visible, command.ordinal, unknown="" if series else command.series)
    found = gather(series[0], context.uow, context.today)
    sheet = sheet_of(
        found,
        calendar=context.calendar,
        zone=context.settings.zone,
        ordinal=command.ordinal,
    )
    case_ids = tuple(case.id for case in found.cases)
    return report_phrases.report(write_line_texts(sheet), series[0], command.ordinal, case_ids)


def matching(name: str, visible: Sequence[Series]) -> Sequence[Series]:
    """The series that a name means: its own, else those that end in it, else those that hold its characters in order.

    All without a name.
    """
    name = name.strip().replace("台", "臺")
    named = [(one, one.name.replace("台", "臺")) for one in visible]
    exact = [one for one, full in named if full == name]
    ending = [one for one, full in named if full.endswith(name)]
    return exact or ending or [one for one, full in named if is_subsequence(name, full)]
