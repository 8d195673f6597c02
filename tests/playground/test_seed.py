from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.playground.people import CAST, CHIEFS, OFFICE, OWN, OWN_TRIES, ROOMS, TOUR
from bot.playground.samples import sample_minutes
from bot.playground.seed import seed
from domain.calendar import WorkCalendar
from domain.case import Case
from domain.chat import Chat, ChatKind
from domain.ports import Store, UnitOfWork
from handlers.commands import NAMES
from handlers.context import Settings
from handlers.grammar import parse as parse_text
from handlers.language.phrasebook import Address
from minutes.parse import parse

SUNDAY = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CALENDAR = WorkCalendar()


def fill(store: Store, now: datetime = SUNDAY) -> bool:
    return seed(store, now=now, calendar=CALENDAR, settings=Settings())


def cases(uow: UnitOfWork, series: str) -> list[Case]:
    found = uow.series.by_name(series)
    assert found is not None
    return list(uow.cases.open((found.id,), limit=100))


def test_samples_become_cases_and_the_later_minutes_release_what_they_say(store: Store) -> None:
    assert fill(store)

    chiefs, office = store.read(lambda uow: (cases(uow, CHIEFS), cases(uow, OFFICE)))

    lines = {case.number: [line.unit for line in case.assignments] for case in chiefs + office}
    assert lines == {
        "57-1": ["資訊局"],
        "57-2": ["公管中心", "資訊局"],
        "58-1": ["資訊局"],
        "58-2": ["公管中心"],
        "58-3": ["法務局", "研考會"],
        "58-4": ["資訊局", "觀傳局"],
        "58-5": ["研考會"],
        "58-6": ["公管中心"],
        "3001": ["文書組"],
        "3101": ["文書組"],
        "3102": ["公管中心"],
        "3103": ["總務組"],
        "3104": ["文書組"],
        "3105": ["總務組"],
    }


def test_second_start_changes_nothing(store: Store) -> None:
    fill(store)
    before = store.read(lambda uow: (cases(uow, CHIEFS), uow.people.by_user_id(CAST[0].user_id)))

    again = fill(store, datetime(2027, 3, 1, 1, 0, tzinfo=UTC))

    assert not again
    assert store.read(lambda uow: (cases(uow, CHIEFS), uow.people.by_user_id(CAST[0].user_id))) == before


def test_cast_has_its_roles_and_the_stranger_none(store: Store) -> None:
    fill(store)

    members = store.read(lambda uow: [uow.people.by_user_id(speaker.user_id) for speaker in CAST])

    held = [[membership.role for membership in member.memberships] if member else [] for member in members]
    assert held == [[part.role for part in speaker.parts] for speaker in CAST]


def test_each_group_sees_its_own_series(store: Store) -> None:
    fill(store)

    def seen(uow: UnitOfWork) -> list[list[str]]:
        chats = [Chat(ChatKind.GROUP, room.chat_id) for room in ROOMS]
        return [[uow.series.get(series_id).name for series_id in uow.groups.series_of(chat)] for chat in chats]

    assert store.read(seen) == [[room.series] for room in ROOMS]


@pytest.mark.parametrize(
    "on",
    [
        date(2026, 11, 22),  # a Sunday
        date(2026, 11, 27),  # a Friday
        date(2026, 12, 31),
        date(2027, 2, 6),  # the new year's holidays
        date(2028, 2, 29),
        date(2028, 1, 31),
    ],
)
def test_samples_hold_something_overdue_due_today_soon_and_next_month(on: date) -> None:
    today = CALENDAR.next_working_day(on)
    drafts = [draft for text in sample_minutes(on, CALENDAR) for draft in parse(text, calendar=CALENDAR).drafts]

    due = [draft.deadline.deadline for draft in drafts if draft.deadline and draft.deadline.deadline]

    assert min(due) < today in due
    assert any(0 < (day - today).days <= 14 for day in due)
    next_month = today.month % 12 + 1
    assert [day.month for day in due].count(next_month) >= 3
    assert len(drafts) == 16


SAID_IN_GROUPS = {t.text for room in ROOMS for t in room.tries} | {s.text for s in TOUR if s.chat != OWN}
SAID_IN_PRIVATE = {t.text for t in OWN_TRIES} | {s.text for s in TOUR if s.chat == OWN}


@pytest.mark.parametrize(
    ("text", "address"),
    [(text, Address.NONE) for text in sorted(SAID_IN_GROUPS)]
    + [(text, Address.DIRECT) for text in sorted(SAID_IN_PRIVATE)],
)
def test_everything_that_the_page_proposes_is_a_command(text: str, address: Address) -> None:
    assert type(parse_text(text, address)) in NAMES.values()
