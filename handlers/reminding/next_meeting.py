"""下次會議: when a series meets next, and who has not reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.case import Series
from domain.member import Action
from domain.ports import AuditEntry
from handlers.asking.report_out import matching
from handlers.changes import record
from handlers.clock_commands import AskNextMeeting, SetNextMeeting
from handlers.context import Context
from handlers.language.day_words import read_day
from handlers.messages import Message
from handlers.reminding import next_meeting_phrases as words
from handlers.reminding.chase_phrases import meeting_of, unreported
from handlers.reminding.meeting_days import day_data, move_next_meeting
from handlers.undoing.undo_review import CannotUndo, Step


def ask_next_meeting(command: AskNextMeeting, context: Context) -> Message:
    """Say when each series that is seen here meets next, and who has not reported since the last meeting."""
    series = matching(command.series, _visible(context))
    if not series:
        return words.unknown_series(command.series)
    views = [
        words.Coming(one, meeting_of(one, context.uow, context.day), unreported(one.id, context.uow, context.day))
        for one in series
    ]
    return words.shown(views, context.settings.rules.chase, context.day, may_set=bool(_own(series, context)))


def set_next_meeting(command: SetNextMeeting, context: Context) -> Message:
    """Set the day of a series' next meeting: the chase goes by it from now on."""
    named = matching(command.series, _visible(context))
    if not named:
        return words.unknown_series(command.series)
    own = _own(named, context)
    if not own:
        return words.may_not_set()
    if len(own) > 1:
        return words.which_series(own, command.day)
    reading = read_day(command.day, context)
    if isinstance(reading, str):
        return words.no_day(reading, context.today)
    assert reading.deadline is not None, "a reading of a day has one"
    if reading.deadline < context.today:
        return words.past(reading.deadline, context.today)
    return _set(own[0], reading.deadline, context)


def undo_next_meeting(entry: AuditEntry, context: Context) -> Step:
    """Go back to the day that was set before, or to none."""
    before, after = entry.before or {}, entry.after or {}
    series = context.uow.series.get(entry.subject_id)
    if not context.may(Action.SET_REMINDERS, series_id=series.id):
        raise CannotUndo("您已不是該會議的管考幕僚。")
    if day_data(series.next_meeting_on) != after:
        raise CannotUndo(f"「{series.name}」的下次會議之後已有人變更。")
    on = date.fromisoformat(before["on"]) if before.get("on") else None

    def step() -> str:
        context.uow.series.set_next_meeting(series.id, on)
        record("undo_next_meeting", "next_meeting", series.id, after, before, context, undone=True)
        restored = context.uow.series.get(series.id)
        return words.day_of(restored, meeting_of(restored, context.uow, context.day), context.day)

    return step


def _set(series: Series, on: date, context: Context) -> Message:
    move_next_meeting(series, on, context)
    missing = unreported(series.id, context.uow, context.day)
    return words.changed(series, on, missing, context.settings.rules.chase, context.day)


def _visible(context: Context) -> Sequence[Series]:
    return [context.uow.series.get(series_id) for series_id in context.series_ids]


def _own(series: Sequence[Series], context: Context) -> list[Series]:
    return [one for one in series if context.may(Action.SET_REMINDERS, series_id=one.id)]
