"""等待, 喚醒, 取消等待: what a coordinator says about waits, and a contact about the event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.case import Case, CaseKind, State
from domain.dates import Condition, tells_of, waited_for
from domain.member import Action
from domain.ports import UnitOfWork
from domain.wait import NewWait
from handlers.changing.coordinating import coordinated_case
from handlers.context import Context
from handlers.lookup import find_case, refuse
from handlers.messages import Message
from handlers.refs import CaseRef
from handlers.stage_commands import CancelWait, SetWait, TellEvent, Wake
from handlers.stages import sleeping
from handlers.stages import stage_phrases as words
from handlers.stages.telling import tell_contacts

SHORTEST = 2  # characters of an event
LONGEST_CHAIN = 1_000


def set_wait(command: SetWait, context: Context) -> Message:
    """Let a case sleep until another, or an event, is reported."""

    def say(ref: CaseRef) -> str:
        return words.typed(ref, command.what, command.within)

    case = coordinated_case(command.ref, Action.SLEEP, say, context)
    if isinstance(case, Message):
        return case
    new = cannot_sleep(case) or _asked(command, case, context)
    if isinstance(new, Message):
        return new
    if _is_same(case, new):
        return words.already(case)
    firsts = context.uow.cases.by_ids([new.first_id]) if new.first_id else []
    return words.asleep(sleeping.put_to_sleep(case, new, context), *firsts)


def _asked(command: SetWait, case: Case, context: Context) -> NewWait | Message:
    """The wait that was asked for, or why there can be none."""
    condition = replace(waited_for(command.what), within=command.within)
    first = first_of(case, condition.number, context) if condition.number else None
    if isinstance(first, Message):
        return first
    if first is None and len(condition.event) < SHORTEST:
        return words.bad_event(case)
    return wait_of(case, first, condition, context)


def cannot_sleep(case: Case) -> Message | None:
    """Why a case cannot wait for anything; None where it can."""
    if case.kind is CaseKind.CONTRACT:
        return words.contract_never_sleeps(case)
    if case.deadline.duty is not None:
        return words.duty_never_sleeps(case)
    if not any(line.state is State.OPEN for line in case.assignments):
        return words.nothing_left_to_do(case)
    return None


def first_of(case: Case, number: str, context: Context) -> Case | Message:
    """The case of that number, if the other may wait for it; else why not."""
    found = context.uow.cases.by_number([case.series_id], number)
    if not found:
        elsewhere = context.uow.cases.by_number(context.series_ids, number)
        series = context.uow.series.get(elsewhere[0].series_id if elsewhere else case.series_id)
        return words.first_elsewhere(case, number, series) if elsewhere else words.no_such_first(case, number, series)
    [first] = found
    if first.id == case.id:
        return words.waits_for_itself(case)
    if first.is_given_up:
        return words.first_given_up(case, first)
    if first.is_reported_done:
        return words.needs_no_wait(case, first)
    path = circle_of(first, case, context.uow)
    return words.circle(case, [case.number, *path]) if path else first


def wait_of(case: Case, first: Case | None, condition: Condition, context: Context) -> NewWait:
    """The wait of a case for another, or for the event in words."""
    return NewWait(
        case_id=case.id,
        first_id=first.id if first else None,
        event="" if first else condition.event,
        within=condition.within,
        at=context.now,
    )


def wake(command: Wake, context: Context) -> Message:
    """Wake a case: its coordinator whatever it waits for, its contacts where that is an event."""

    def say(ref: CaseRef) -> str:
        return f"喚醒 {ref}"

    case = find_case(command.ref, context, say)
    if isinstance(case, Message):
        return case
    if not _may_wake(case, context):
        return refuse(case, context)
    if not case.is_asleep or case.wait is None:
        return words.not_asleep(case)
    if case.wait.first_id is not None and not context.may(Action.SLEEP, series_id=case.series_id):
        return words.coordinator_wakes(case)
    return _wake(case, command.reason, context)


def tell_event(command: TellEvent, context: Context) -> Message | None:
    """Wake the case that waits for this very event. None: nobody spoke to the bot."""
    waiting = _waiting_for(command, context.series_ids, context.uow)
    if len(waiting) != 1:
        return None
    [case] = waiting
    return _wake(case, command.event, context) if _may_wake(case, context) else refuse(case, context)


def is_waited_for(command: TellEvent, series_ids: Sequence[int], uow: UnitOfWork) -> bool:
    """Tell whether a case of that number waits for this very event."""
    return bool(_waiting_for(command, series_ids, uow))


def cancel_wait(command: CancelWait, context: Context) -> Message:
    """Let a case wait no more."""

    def say(ref: CaseRef) -> str:
        return f"取消等待 {ref}"

    case = coordinated_case(command.ref, Action.SLEEP, say, context)
    if isinstance(case, Message):
        return case
    if not case.is_asleep:
        return words.not_asleep(case)
    return words.ended(sleeping.end_wait(case, context), context.day)


def after_report(case: Case, text: str, context: Context) -> str:
    """What a report means for a case that sleeps: it tells of the event, or the case sleeps on. Empty: it is awake."""
    if not case.is_asleep or case.wait is None:
        return ""
    if not case.wait.event or not tells_of(text, case.wait.event):
        return words.still_asleep(case)
    woken, reading = sleeping.wake(case, context)
    tell_contacts(woken, case.wait, context)
    return words.woken_note(woken, reading, context.day)


def _wake(case: Case, reason: str, context: Context) -> Message:
    assert case.wait is not None, "it sleeps"
    woken, reading = sleeping.wake(case, context, reason=reason)
    tell_contacts(woken, case.wait, context)
    return words.woken(woken, reading, context.day)


def _waiting_for(command: TellEvent, series_ids: Sequence[int], uow: UnitOfWork) -> list[Case]:
    found = uow.cases.by_number(series_ids, command.ref.number)
    return [case for case in found if case.is_asleep and case.wait and tells_of(command.event, case.wait.event)]


def _may_wake(case: Case, context: Context) -> bool:
    return any(context.may(Action.WAKE, series_id=case.series_id, unit_id=line.unit_id) for line in case.assignments)


def _is_same(case: Case, new: NewWait) -> bool:
    wait = case.wait
    if wait is None or not wait.is_asleep:
        return False
    return (wait.first_id, wait.event, wait.within) == (new.first_id, new.event, new.within)


def circle_of(first: Case, last: Case, uow: UnitOfWork) -> list[str]:
    """The numbers along which one case already waits for another, both included; nothing where it does not."""
    path = [first.number]
    for _ in range(LONGEST_CHAIN):
        if first.wait is None or first.wait.first_id is None:
            return []
        [first] = uow.cases.by_ids([first.wait.first_id])
        path.append(first.number)
        if first.id == last.id:
            return path
    return path
