"""Series that come in beside a running playground."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.playground.adopt import adopt_beside
from bot.playground.people import CHIEFS_GROUP
from bot.playground.seed import seed
from domain.calendar import WorkCalendar
from domain.chat import Chat, ChatKind
from domain.member import Role
from domain.ports import Store, UnitOfWork
from handlers.context import Settings

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def imported(uow: UnitOfWork) -> tuple[list[str], list[str]]:
    """The groups that see a new series, and its coordinators, after the command line was there."""
    series = uow.series.add("臺北市政府工作會報", "{meeting}-{n}")
    adopt_beside(uow, NOW)
    groups = [chat.id for chat in uow.groups.of_series(series.id)]
    return groups, [member.name for member in uow.people.with_role(series.id, Role.COORDINATOR)]


def test_imported_series_is_seen_in_the_playground_at_once(store: Store) -> None:
    seed(store, now=NOW, calendar=WorkCalendar(), settings=Settings())

    assert store.write(imported) == ([CHIEFS_GROUP], ["管考幕僚"])


def test_series_in_the_database_of_an_office_is_given_to_nobody(store: Store) -> None:
    def furnish(uow: UnitOfWork) -> None:
        series = uow.series.add("處務會議", "{meeting}-{n}")
        uow.groups.bind(Chat(ChatKind.GROUP, "C" + "9" * 32), series.id, NOW)

    store.write(furnish)

    assert store.write(imported) == ([], [])
