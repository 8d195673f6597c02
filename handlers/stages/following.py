"""What a change of a case brings about in the cases that wait for it, in the same transaction.

A case counts as done when all its lead lines are 待解列 or released as done: whoever waits for it may begin when the
work is finished, not when the chair has said so.
"""

from __future__ import annotations

from domain.case import Case
from domain.wait import Wait
from handlers.context import Context
from handlers.stages import stage_phrases as words
from handlers.stages.sleeping import end_wait, is_touched, sleep_again, wake
from handlers.stages.telling import KEPT, LOST, tell_contacts, tell_coordinators


def follow(context: Context) -> list[str]:
    """Wake what waits for the cases that this operation changed, or put it back to sleep; says what that did."""
    waits = context.uow.waits.following(sorted(context.touched))
    context.touched.clear()
    if not waits:
        return []
    ids = {one.case_id for one in waits} | {one.first_id for one in waits if one.first_id}
    cases = {case.id: case for case in context.uow.cases.by_ids(sorted(ids))}
    said = [_follow(one, cases[one.case_id], cases[one.first_id or 0], context) for one in waits]
    return [note for note in said if note]


def _follow(wait: Wait, case: Case, first: Case, context: Context) -> str:
    if not case.is_open:
        return ""
    if wait.is_asleep:
        return _wake(case, wait, context) if first.is_reported_done else _lost(case, wait, first, context)
    return "" if first.is_reported_done or first.is_given_up else _take_back(case, wait, first, context)


def _wake(case: Case, wait: Wait, context: Context) -> str:
    woken, reading = wake(case, context, follows=True)
    tell_contacts(woken, wait, context)
    return words.woken_note(woken, reading, context.day)


def _lost(case: Case, wait: Wait, first: Case, context: Context) -> str:
    """The case sleeps on; its coordinator decides."""
    if not first.is_given_up:
        return ""
    tell_coordinators(case, wait, LOST, context)
    return words.lost_note(case, first)


def _take_back(case: Case, wait: Wait, first: Case, context: Context) -> str:
    """What woke the case holds no more: it sleeps again, unless somebody has begun."""
    assert wait.woken_at is not None, "it is awake"
    if not is_touched(case, wait.woken_at, context):
        return words.asleep_again_note(sleep_again(case, context))
    tell_coordinators(case, wait, KEPT, context)
    end_wait(case, context, follows=True)
    return words.kept_note(case, first)
