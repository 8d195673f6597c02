"""Drafts for a single day and for whole units: weeks, months, seasons, halves, years."""

from __future__ import annotations

from datetime import date, timedelta

from domain.dates.draft import Draft, Scene
from domain.dates.reading import Kind

_DAY = timedelta(days=1)


def unit(
    scene: Scene, begin: int, stop: int, *, days: tuple[date, date], mark: str, rule: str, flags: tuple[str, ...] = ()
) -> Draft:
    """Draft a whole unit: its end where 內, 底 or 結束前 limit it; two readings for 前; else a range that is a label.

    「10月前」 may mean before October begins or until it ends; within the unit itself only its end makes sense.
    """
    first, last = days
    if not mark:
        return Draft(Kind.RANGE, begin, stop, rule, start=first, end=last, flags=flags, label=True)
    if mark in ("前", "以前", "之前") and scene.on < first:
        either = (first - _DAY, last)
        return Draft(Kind.AMBIGUOUS, begin, stop, rule, flags=(*flags, "two_readings"), candidates=either, marked=True)
    return Draft(Kind.DATE, begin, stop, rule, date=last, flags=flags, marked=True)


def ambiguous(
    begin: int, stop: int, rule: str, flags: tuple[str, ...], candidates: tuple[date, ...], *, marked: bool
) -> Draft:
    """Draft an expression that a person has to decide."""
    return Draft(Kind.AMBIGUOUS, begin, stop, rule, flags=flags, candidates=candidates, marked=marked)
