"""停班: typhoon days, told by a coordinator; what is still unsent moves to the working days around."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from domain.member import Action
from domain.ports import AuditEntry, DayOff
from handlers.changes import record
from handlers.clock_commands import CloseDay, ReopenDay
from handlers.context import Context
from handlers.language.day_words import read_day
from handlers.messages import Message
from handlers.reminding import days_off_phrases as words
from handlers.undoing.undo_review import CannotUndo, Step


def close_day(command: CloseDay, context: Context) -> Message:
    """Take a day as off, everywhere or in a city."""
    day = _day(command.day, context)
    if isinstance(day, Message):
        return day
    if not context.calendar.is_working_day(day):
        return words.off_already(day)
    day_off = DayOff(day, city_name(command.city))
    if not context.uow.days_off.add(day_off, context.now):
        return words.closed_already(day_off)
    record("close_day", "day_off", day.toordinal(), None, _data(day_off), context)
    _look_back(day_off, context)
    return words.closed(day_off, context.day)


def reopen_day(command: ReopenDay, context: Context) -> Message:
    """Work on a day after all; without a city wherever it was off."""
    day = _day(command.day, context)
    if isinstance(day, Message):
        return day
    city = city_name(command.city)
    known = [one for one in context.uow.days_off.since(day) if one.day == day and city in ("", one.city)]
    if not known:
        return words.not_closed(DayOff(day, city))
    for one in known:
        context.uow.days_off.remove(one)
        record("reopen_day", "day_off", day.toordinal(), _data(one), None, context)
        _look_back(one, context)
    return words.reopened(known)


def undo_day_off(entry: AuditEntry, context: Context) -> Step:
    """Undo a typhoon day, or its withdrawal."""
    if not _may(context):
        raise CannotUndo("您已不是管考幕僚。")
    was_closed = entry.after is not None
    data = entry.after or entry.before or {}
    day_off = DayOff(date.fromisoformat(data["day"]), data["city"])
    is_closed = day_off in context.uow.days_off.since(day_off.day)
    if is_closed != was_closed:
        raise CannotUndo(f"{words.name_of(day_off)} 之後已有人變更。")

    def step() -> str:
        if was_closed:
            context.uow.days_off.remove(day_off)
        else:
            context.uow.days_off.add(day_off, context.now)
        record("undo_day_off", "day_off", entry.subject_id, entry.after, entry.before, context, undone=True)
        _look_back(day_off, context)
        return f"{words.name_of(day_off)} {'照常上班' if was_closed else '停班'}"

    return step


def city_name(city: str) -> str:
    """A city as it is written officially: 台北市 is 臺北市."""
    return city.replace("台", "臺")


def _day(said: str, context: Context) -> date | Message:
    if not _may(context):
        return words.may_not_set()
    reading = read_day(said, context)
    if isinstance(reading, str):
        return words.no_day(reading, context.today)
    assert reading.deadline is not None, "a reading of a day has one"
    return words.past(reading.deadline, context.today) if reading.deadline < context.today else reading.deadline


def _may(context: Context) -> bool:
    return any(context.may(Action.SET_REMINDERS, series_id=series_id) for series_id in context.series_ids)


def _look_back(day_off: DayOff, context: Context) -> None:
    """Rungs of the day, and of the working day before it, are looked at anew; what was told stays told."""
    before = context.calendar.last_working_day(day_off.day - timedelta(days=1))
    since = datetime.combine(before, time(), tzinfo=context.settings.zone)
    context.uow.reminders.look_back(_affected(day_off, context), since, context.now)


def _affected(day_off: DayOff, context: Context) -> Sequence[int]:
    rules = context.settings.rules
    series = context.uow.series.all()
    return [one.id for one in series if day_off.city in ("", city_name(rules.city_of(one.name)))]


def _data(day_off: DayOff) -> dict[str, Any]:
    return {"day": day_off.day.isoformat(), "city": day_off.city}
