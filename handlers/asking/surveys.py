"""Lists over many cases: due in some days, waiting for release, not reported, of the last meeting, by words."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from domain.case import Case, Meeting
from domain.ports import UnitOfWork
from handlers import phrases, postback
from handlers.ask_commands import AskDue, AskMeeting, AskUnreported, AskWaiting, Search, Window
from handlers.asking import case_cards, survey_phrases
from handlers.asking.ages import last_meeting, reported_since
from handlers.context import Context
from handlers.language.folding import fold
from handlers.messages import Message
from handlers.stage_commands import AskSleeping
from handlers.stages.stage_phrases import to_settle
from handlers.unit_reports import owing
from handlers.views import Page

Paged = AskDue | AskWaiting | AskUnreported | AskMeeting | AskSleeping
Fetch = Callable[[int, int, int], Sequence[Case]]
"""Series, limit, offset → its cases in order of deadline, then number."""
DAY, WEEK = timedelta(days=1), timedelta(days=7)
MOST_SETTLED = 200  # sleepers of a series that are looked through for those that wait in vain
SHORTEST = 2  # characters of a word that is searched


def ask_due(command: AskDue, context: Context) -> Message:
    """List what is due in some days."""
    survey = context.uow.survey
    first, last = days_of(command.window, context.today)
    title, said = survey_phrases.WINDOWS[command.window]
    return _show(
        command,
        Page("", title, said, (), command.page, 0, 0, survey_phrases.span(first, last)),
        sum(survey.count_due(one, first, last) for one in context.series_ids),
        lambda series_id, limit, offset: survey.due(series_id, first, last, limit=limit, offset=offset),
        context,
    )


def ask_waiting(command: AskWaiting, context: Context) -> Message:
    """List what waits for the chair."""
    survey = context.uow.survey
    return _show(
        command,
        Page("", "待解列", "待解列", (), command.page, 0, 0),
        sum(survey.count_waiting(one) for one in context.series_ids),
        lambda series_id, limit, offset: survey.waiting(series_id, limit=limit, offset=offset),
        context,
    )


def ask_sleeping(command: AskSleeping, context: Context) -> Message:
    """List what waits for another case or an event, and whose first case was given up."""
    survey = context.uow.survey
    asleep = [case for one in context.series_ids for case in survey.asleep(one, limit=MOST_SETTLED)]
    firsts = {case.wait.first_id for case in asleep if case.wait and case.wait.first_id}
    given_up = {one.id: one for one in context.uow.cases.by_ids(sorted(firsts)) if one.is_given_up}
    lost = [(case, given_up[case.wait.first_id]) for case in asleep if case.wait and case.wait.first_id in given_up]
    return _show(
        command,
        Page("", "等待中", "等待中", (), command.page, 0, 0, to_settle(lost)),
        sum(survey.count_asleep(one) for one in context.series_ids),
        lambda series_id, limit, offset: survey.asleep(series_id, limit=limit, offset=offset),
        context,
    )


def ask_unreported(command: AskUnreported, context: Context) -> Message:
    """List what nobody reported on since the last meeting, and which units that concerns."""
    survey, today, zone = context.uow.survey, context.today, context.settings.zone
    since = {one: reported_since(context.uow.series.meetings(one), today, zone) for one in context.series_ids}
    silent = {one: owing(one, since[one], context.uow) for one in since}
    partly = {one: [line.case_id for line in silent[one]] for one in since}
    tallies = [tally for one in since for tally in survey.tally(one, today=today, soon=today, since=since[one])]
    about = survey_phrases.by_unit(tallies, [line.unit for lines in silent.values() for line in lines])
    return _show(
        command,
        Page("", "未填報", "未填報", (), command.page, 0, 0, about),
        sum(survey.count_unreported(one, since[one], partly[one]) for one in since),
        lambda series_id, limit, offset: survey.unreported(
            series_id, since[series_id], partly[series_id], limit=limit, offset=offset
        ),
        context,
    )


def ask_meeting(command: AskMeeting, context: Context) -> Message:
    """List what the last meeting of each series opened."""
    survey = context.uow.survey
    found = [(one, last_meeting(context.uow.series.meetings(one))) for one in context.series_ids]
    held: dict[int, Meeting] = {series_id: meeting for series_id, meeting in found if meeting}
    if not held:
        return survey_phrases.no_meeting()
    names = [survey_phrases.meeting(context.uow.series.get(one), meeting) for one, meeting in held.items()]
    return _show(
        command,
        Page("", "上次會議決議列管", "上次會議", (), command.page, 0, 0, "、".join(names)),
        sum(survey.count_of_meeting(one, meeting.id) for one, meeting in held.items()),
        lambda series_id, limit, offset: (
            survey.of_meeting(series_id, held[series_id].id, limit=limit, offset=offset) if series_id in held else ()
        ),
        context,
    )


def search(command: Search, context: Context) -> Message:
    """List the cases that hold all of these words in title or sentence, the newest first."""
    words = fold(command.words).split()
    if not words or any(len(word) < SHORTEST for word in words):
        return survey_phrases.too_short(command.words)
    size = context.settings.page_size
    start = (command.page - 1) * size
    found = context.uow.survey.search(context.series_ids, words, limit=size + 1, offset=start)
    has_more = len(found) > size
    _remember(replace(command, page=command.page + 1) if has_more else None, context)
    return survey_phrases.found(command, found[:size], context.day, has_more=has_more)


def finds_any(command: Search, series_ids: Sequence[int], uow: UnitOfWork) -> bool:
    """Tell whether there is anything to answer with: a bare 「找 …」 in a group may be talk."""
    return bool(uow.survey.search(series_ids, fold(command.words).split(), limit=1))


def days_of(window: Window, today: date) -> tuple[date, date]:
    """First and last day of a window around today. Weeks begin on Monday."""
    monday = today - today.weekday() * DAY
    if window is Window.TODAY:
        return today, today
    if window is Window.TOMORROW:
        return today + DAY, today + DAY
    if window is Window.THIS_WEEK:
        return monday, monday + WEEK - DAY
    if window is Window.NEXT_WEEK:
        return monday + WEEK, monday + 2 * WEEK - DAY
    return _month(today if window is Window.THIS_MONTH else _month(today)[1] + DAY)


def _month(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _show(command: Paged, page: Page, total: int, fetch: Fetch, context: Context) -> Message:
    size = context.settings.page_size
    cases = _merged(fetch, size, (command.page - 1) * size, context)
    page = replace(page, cases=cases, size=size, total=total)
    if not cases:
        return phrases.empty_page(page)
    _remember(replace(command, page=command.page + 1) if page.left else None, context)
    return case_cards.show_page(page, context.day)


def _merged(fetch: Fetch, limit: int, offset: int, context: Context) -> Sequence[Case]:
    """A page over the series of this chat, each read in its order and merged here."""
    if len(context.series_ids) == 1:
        return fetch(context.series_ids[0], limit, offset)
    cases = [case for one in context.series_ids for case in fetch(one, limit + offset, 0)]
    ordered = sorted(cases, key=lambda case: (case.deadline.on or date.max, case.number, case.id))
    return ordered[offset : offset + limit]


def _remember(following: Paged | Search | None, context: Context) -> None:
    data = postback.encode(following) if following else ""
    context.uow.talk.remember(context.chat.id, data, context.now)
