"""總覽: how the units of a series stand, and what has been tracked longest."""

from __future__ import annotations

from datetime import timedelta

from handlers.ask_commands import AskOverview
from handlers.asking import overview_phrases
from handlers.asking.ages import age_in_meetings, reported_since
from handlers.context import Context
from handlers.messages import Message
from handlers.views import Aged, Overview

SOON = timedelta(days=7)
OLDEST = 3


def ask_overview(command: AskOverview, context: Context) -> Message:
    """Show every series that this chat sees."""
    return overview_phrases.overview([view(one, context) for one in context.series_ids], context.today)


def view(series_id: int, context: Context) -> Overview:
    """Gather what an overview says of one series."""
    uow, today = context.uow, context.today
    series, meetings = uow.series.get(series_id), uow.series.meetings(series_id)
    since = reported_since(meetings, today, context.settings.zone)
    units = uow.survey.tally(series_id, today=today, soon=today + SOON, since=since)
    oldest = [
        Aged(case, age_in_meetings(case, series, meetings)) for case in uow.survey.oldest(series_id, limit=OLDEST)
    ]
    ordered = sorted(units, key=lambda unit: (-unit.overdue, -unit.due, -unit.open, unit.unit))
    return Overview(series, ordered, uow.cases.count_open([series_id]), oldest, uow.survey.count_asleep(series_id))
