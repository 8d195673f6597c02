"""Decisions against what is tracked: what each would do, shown before anything is applied. Nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.case import Assignment, Case, Closing
from domain.ports import UnitOfWork
from handlers.commands import Verdict
from handlers.lookup import lines_of
from handlers.reviewing.review import Choice, DraftDecision, Drafts
from handlers.reviewing.taking_back import before_decision

MOST_LISTED = 500


class Standing(StrEnum):
    """How a decision stands to what is tracked."""

    APPLIES = "applies"
    APPLIED = "applied"
    UNKNOWN = "unknown"  # the series has no such number
    UNKNOWN_UNIT = "unknown_unit"  # the case has no line of that unit, or several that it may mean
    ALREADY = "already"  # to be released, and released before
    RELEASED_BEFORE = "released_before"  # to be continued, and released before
    BOTH = "both"  # a line is to be released and continued
    SKIPPED = "skipped"
    DROPPED = "dropped"  # applied before, and a corrected version does not say it: taken back if a person says so
    REPLACED = "replaced"  # the same, and the corrected version decides otherwise about these lines
    CHANGED_SINCE = "changed_since"  # the same, and the lines changed since: it cannot be taken back


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision with its standing, its case, and the lines that it would change or that it names."""

    decision: DraftDecision
    standing: Standing
    case: Case | None = None
    lines: tuple[Assignment, ...] = ()


def judge(drafts: Drafts, uow: UnitOfWork) -> tuple[Judged, ...]:
    """Every decision of a review against the lines as they are now."""
    cases = _cases(drafts, uow)
    named = {one.key: _named(one, cases, uow) for one in drafts.decisions}
    verdicts = _verdicts(drafts, named)
    return tuple(
        _taken_back(one, cases.get(one.number), named[one.key], verdicts, uow)
        if one.dropped
        else _judged(one, cases.get(one.number), named[one.key], verdicts)
        for one in drafts.decisions
    )


def versions(judged: Sequence[Judged]) -> tuple[tuple[int, int], ...]:
    """The version of every line that a decision is about."""
    return tuple(sorted({(line.id, line.version) for one in judged for line in one.lines}))


def not_mentioned(drafts: Drafts, uow: UnitOfWork) -> Sequence[Case]:
    """The open cases of earlier meetings that the decisions do not mention; none where nothing was decided."""
    series = uow.series.by_name(drafts.series)
    if series is None or not drafts.decisions:
        return ()
    said = {one.number for one in drafts.decisions} | {draft.number for draft in drafts.cases}
    return [case for case in uow.cases.open([series.id], limit=MOST_LISTED) if case.number not in said]


def _cases(drafts: Drafts, uow: UnitOfWork) -> dict[str, Case]:
    series = uow.series.by_name(drafts.series)
    numbers = list({one.number for one in drafts.decisions})
    found = uow.cases.by_numbers([series.id], numbers, limit=len(numbers)) if series and numbers else ()
    return {case.number: case for case in found if not is_void(case)}


def is_void(case: Case) -> bool:
    """Tell whether a case was taken back: its number is used up, but nothing is tracked under it."""
    return all(line.closing is Closing.VOID for line in case.assignments)


def _named(decision: DraftDecision, cases: Mapping[str, Case], uow: UnitOfWork) -> tuple[Assignment, ...]:
    case = cases.get(decision.number)
    if case is None:
        return ()
    lines = case.assignments if decision.unit is None else lines_of(decision.unit, case.assignments, uow)
    return tuple(lines)


def _verdicts(drafts: Drafts, named: Mapping[int, Sequence[Assignment]]) -> dict[int, set[Verdict]]:
    """What is decided about each line. What a person chose outweighs what was only read."""
    verdicts: dict[int, set[Verdict]] = {}
    for choice in (Choice.APPLY, Choice.AUTO):
        settled = set(verdicts)
        for decision in drafts.decisions:
            if decision.choice is choice and not decision.dropped:
                for line in named[decision.key]:
                    if line.id not in settled:
                        verdicts.setdefault(line.id, set()).add(decision.verdict)
    return verdicts


def _taken_back(
    decision: DraftDecision,
    case: Case | None,
    lines: tuple[Assignment, ...],
    verdicts: Mapping[int, set[Verdict]],
    uow: UnitOfWork,
) -> Judged:
    """A decision that a corrected version dropped: only the lines that it says nothing about are put back."""
    if decision.applied or decision.choice is Choice.SKIP:
        return Judged(decision, Standing.APPLIED if decision.applied else Standing.SKIPPED, case)
    left = tuple(line for line in lines if line.id not in verdicts)
    if not left:
        return Judged(decision, Standing.REPLACED, case)
    same = tuple(line for line in left if before_decision(line, decision.verdict, uow) is not None)
    if not same:
        return Judged(decision, Standing.CHANGED_SINCE, case, left)
    return Judged(decision, Standing.APPLIES if decision.choice is Choice.APPLY else Standing.DROPPED, case, same)


def _judged(
    decision: DraftDecision, case: Case | None, lines: tuple[Assignment, ...], verdicts: Mapping[int, set[Verdict]]
) -> Judged:
    if decision.applied or decision.choice is Choice.SKIP:
        return Judged(decision, Standing.APPLIED if decision.applied else Standing.SKIPPED, case)
    if case is None:
        return Judged(decision, Standing.UNKNOWN)
    if not lines:
        return Judged(decision, Standing.UNKNOWN_UNIT, case)
    if any(verdicts.get(line.id) != {decision.verdict} for line in lines):
        return Judged(decision, Standing.BOTH, case, lines)
    return _clear(decision, case, lines)


def _clear(decision: DraftDecision, case: Case, lines: tuple[Assignment, ...]) -> Judged:
    tracked = tuple(line for line in lines if line.is_open)
    if tracked:
        return Judged(decision, Standing.APPLIES, case, tracked)
    if decision.verdict is Verdict.RELEASE:
        return Judged(decision, Standing.ALREADY, case, lines)
    reopens = decision.choice is Choice.APPLY
    return Judged(decision, Standing.APPLIES if reopens else Standing.RELEASED_BEFORE, case, lines)
