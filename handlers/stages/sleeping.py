"""What falling asleep and waking do to the rows: the wait, the deadline that counts from waking, the audit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.case import Case, Deadline, State
from domain.dates import Reading, read
from domain.wait import NewWait, Wait
from handlers.changes import record
from handlers.context import Context
from handlers.reviewing.case_desk import deadline_data, deadline_in
from handlers.stages.wait_words import waiting_for


def put_to_sleep(case: Case, new: NewWait, context: Context) -> Case:
    """Let a case wait; what it waited for before holds no more."""
    if case.wait is not None:
        context.uow.waits.save(replace(case.wait, ended_at=context.now), next_look_at=None)
    context.uow.waits.add(new)
    after = again(case, context)
    record("set_wait", "wait", case.id, wait_data(case), wait_data(after), context)
    return after


def wake(case: Case, context: Context, *, reason: str = "", follows: bool = False) -> tuple[Case, Reading | None]:
    """End a case's sleep; a period that counts from it becomes its deadline, and how it was read is returned.

    `follows`: another case's report woke it, so that it is taken back with that one and not by itself.
    """
    wait = case.wait
    assert wait is not None, "only what sleeps can be woken"
    reading = read(wait.within, on=context.today, calendar=context.calendar) if wait.within else None
    if reading is not None and reading.deadline is not None:
        text = f"{wait.first or wait.event}{'完成' if wait.first else ''}後{wait.within}"
        _set_deadline(case, Deadline(on=reading.deadline, text=text, rule=reading.rule), context)
    context.uow.waits.save(replace(wait, woken_at=context.now), next_look_at=_look(case, context))
    after = again(case, context)
    told = wait_data(after, follows=follows)
    record("wake", "wait", case.id, wait_data(case), told, context, undone=follows, words=reason)
    return after, reading


def sleep_again(case: Case, context: Context) -> Case:
    """Put a case back to sleep whose waking is taken back, with the deadline that it had."""
    wait = case.wait
    assert wait is not None, "only a live wait can go on"
    before = _before_waking(case, context)
    if before is not None:
        _set_deadline(case, before, context)
    context.uow.waits.save(replace(wait, woken_at=None), next_look_at=None)
    after = again(case, context)
    record("sleep_again", "wait", case.id, wait_data(case), wait_data(after, follows=True), context, undone=True)
    return after


def end_wait(case: Case, context: Context, *, follows: bool = False) -> Case:
    """Let a case wait no more, though nothing came about."""
    wait = case.wait
    assert wait is not None, "only a live wait can end"
    context.uow.waits.save(replace(wait, ended_at=context.now), next_look_at=_look(case, context))
    after = again(case, context)
    told = wait_data(after, follows=follows)
    record("cancel_wait", "wait", case.id, wait_data(case), told, context, undone=follows)
    return after


def is_touched(case: Case, since: datetime, context: Context) -> bool:
    """Tell whether a unit did something about a case after an instant: a report, a request for release."""
    reports = context.uow.cases.last_reports([line.id for line in case.assignments]).values()
    return any(report.at > since for report in reports) or any(
        line.state is State.RELEASE_REQUESTED for line in case.assignments
    )


def again(case: Case, context: Context) -> Case:
    """The case as it is stored now."""
    return context.uow.cases.by_ids([case.id])[0]


def wait_data(case: Case, *, follows: bool = False) -> dict[str, Any]:
    """What the audit keeps of a case's live wait, to go back to it; `follows`: another change brought it about."""
    wait = case.wait
    return {
        "number": case.number,
        "wait": _stored(wait) if wait else None,
        "waits": waiting_for(wait) if wait else "",
        "deadline": deadline_data(case.deadline),
        "follows": follows,
    }


def restored(data: Mapping[str, Any], context: Context) -> Wait | None:
    """The wait that `wait_data` kept, live again."""
    kept = data["wait"]
    if kept is None:
        return None
    woken_at = datetime.fromisoformat(kept["woken_at"]) if kept["woken_at"] else None
    return replace(context.uow.waits.get(kept["id"]), woken_at=woken_at, ended_at=None)


def _stored(wait: Wait) -> dict[str, Any]:
    return {"id": wait.id, "woken_at": wait.woken_at.isoformat() if wait.woken_at else None}


def _set_deadline(case: Case, deadline: Deadline, context: Context) -> None:
    context.uow.cases.save_case(replace(case, deadline=deadline), next_look_at=None)


def _before_waking(case: Case, context: Context) -> Deadline | None:
    """The deadline that waking changed; None where it changed none, or somebody changed it since."""
    woken = [entry for entry in context.uow.audit.of_subject("wait", case.id) if entry.action == "wake"]
    before, after = (woken[-1].before or {}, woken[-1].after or {}) if woken else ({}, {})
    is_as_set = deadline_data(case.deadline) == after.get("deadline") != before.get("deadline")
    return deadline_in(before) if is_as_set else None


def _look(case: Case, context: Context) -> datetime | None:
    return context.first_look(again(case, context).deadline)
