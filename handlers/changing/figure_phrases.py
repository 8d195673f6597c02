"""The figures of a report: read when it is kept, and told with it."""

from __future__ import annotations

from domain.case import Assignment, Case, Report
from domain.figures import Figures, read_figures, share
from domain.unit import Unit
from handlers.context import Context
from handlers.language.folding import fold


def figures_of(text: str, case: Case, line: Assignment, unit: Unit | None, context: Context) -> Figures:
    """What a report says of done and due; the target may stand in the report before, or in the minutes."""
    told = read_figures(fold(text))
    if told.target or not told.actual:
        return told
    before = _before(line, unit, context)
    targets = (before.figures.target if before else "", read_figures(fold(case.sentence)).target)
    known = (Figures(told.actual, target) for target in targets if target)
    return next((figures for figures in known if share(figures) is not None), told)


def _before(line: Assignment, unit: Unit | None, context: Context) -> Report | None:
    cases = context.uow.cases
    if unit is None:
        return cases.last_reports([line.id]).get(line.id)
    own = cases.last_reports_of_units([line.id]).get(line.id, ())
    return next((report for report in own if report.unit_id == unit.id), None)


def figures_in_words(figures: Figures) -> str:
    """Say them: 目標 113.5 萬份，已達 75 萬份（66%）. Nothing where there are none."""
    percent = share(figures)
    done = f"已達 {figures.actual}" + (f"（{percent}%）" if percent is not None else "") if figures.actual else ""
    return "，".join(part for part in (f"目標 {figures.target}" if figures.target else "", done) if part)


def progress(report: Report | None) -> str:
    """The line of an answer that tells a report's figures, or nothing."""
    words = figures_in_words(report.figures) if report else ""
    return f"數字進度：{words}" if words else ""
