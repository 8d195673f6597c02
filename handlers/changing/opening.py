"""新增: a coordinator opens a case by message; the sentence is read as one of minutes, and how it was read is told."""

from __future__ import annotations

from collections.abc import Sequence

from domain.case import Case, Duty, Series
from domain.member import Action
from domain.numbers import NumberScheme
from domain.ports import NewCase
from handlers.change_commands import OpenCase
from handlers.changes import record
from handlers.changing import opening_phrases as words
from handlers.context import Context
from handlers.messages import Message
from handlers.people.staffing import series_where
from handlers.recurring import tracked
from handlers.reviewing.drafting import draft_case
from handlers.reviewing.import_minutes import free_numbers, meeting_number, scheme_of
from handlers.reviewing.review import DraftCase
from handlers.stages.proposing import sleep_as_proposed
from minutes.parse import parse

MOST_AT_ONCE = 5


def open_case(command: OpenCase, context: Context) -> Message:
    """Open a case for each order of a sentence, under the next free number."""
    seen = [series_id for series_id in series_where(Action.OPEN_CASE, context) if series_id in context.series_ids]
    own = [context.uow.series.get(series_id) for series_id in seen]
    if not own:
        return words.coordinator_only()
    named = [series for series in own if not command.series or command.series in series.name]
    if len(named) != 1:
        return words.which_series(named or own, command.text)
    orders = parse(f"會議結論：\n{command.text}", calendar=context.calendar, held_on=context.today).drafts
    if not orders:
        return words.no_order(context.today)
    if len(orders) > MOST_AT_ONCE:
        return words.too_many(MOST_AT_ONCE)
    numbers = next_numbers(named[0], len(orders), context)
    drafts = [draft_case(order, number) for order, number in zip(orders, numbers, strict=True)]
    opened = [_open(named[0], draft, context) for draft in drafts]
    return words.opened(list(zip(opened, drafts, [_unknown(draft, context) for draft in drafts], strict=True)), context)


def next_numbers(series: Series, count: int, context: Context) -> list[str]:
    """The next free numbers of the meeting that the series recorded last; of today where there was none."""
    meetings = context.uow.series.meetings(series.id)
    ordinal, held_on = (meetings[0].ordinal, meetings[0].held_on) if meetings else (None, None)
    taken = context.uow.cases.numbers(series.id)
    scheme: NumberScheme = scheme_of(series, None, taken)
    return free_numbers(count, meeting_number(ordinal, held_on or context.today), scheme, taken)


def _open(series: Series, draft: DraftCase, context: Context) -> Case:
    deadline = tracked(draft.deadline, context.today, context.calendar)
    new = NewCase(
        series_id=series.id,
        meeting_id=None,
        number=draft.number,
        title=draft.title,
        sentence=draft.sentence,
        section=words.section(context.today),
        deadline=deadline,
        lines=_lines(draft, context) or ((None, Duty.LEAD),),
        next_look_at=context.first_look(deadline),
        at=context.now,
    )
    case = context.uow.cases.add(new)
    lines = {str(line.id): line.version for line in case.assignments}
    after = {"number": case.number, "meeting_id": None, "lines": lines, "merged_into": ""}
    record("open_case", "case", case.id, None, after, context)
    return sleep_as_proposed(case, draft.waits, context)


def _lines(draft: DraftCase, context: Context) -> tuple[tuple[int | None, Duty], ...]:
    """A line for each unit of the directory; what is not in it is told, and never made a unit by a chat message."""
    named = [(name, Duty.LEAD) for name in draft.lead] + [(name, Duty.SUPPORT) for name in draft.support]
    found = [(context.uow.units.by_name(name), duty) for name, duty in named]
    return tuple((unit.id, duty) for unit, duty in found if unit is not None)


def _unknown(draft: DraftCase, context: Context) -> Sequence[str]:
    return [name for name in (*draft.lead, *draft.support) if context.uow.units.by_name(name) is None]
