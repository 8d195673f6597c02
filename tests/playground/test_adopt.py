"""A newcomer's own minutes: the cast works with them at once."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.playground.adopt import adopt
from bot.playground.people import CHIEFS_GROUP, COORDINATOR, IT_CONTACT, OFFICE_GROUP, STRANGER
from domain.chat import Chat, ChatKind
from domain.member import Action
from domain.ports import Store

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def test_new_series_gets_a_group_and_the_cast_its_roles(store: Store) -> None:
    series = store.write(lambda uow: uow.series.add("某市政府主任秘書會報", "{meeting}-{n}"))
    unit = store.write(lambda uow: uow.units.add("資訊局"))

    store.write(lambda uow: adopt(uow, NOW))

    def work(uow):  # type: ignore[no-untyped-def]
        return [uow.people.by_user_id(user) for user in (COORDINATOR, IT_CONTACT, STRANGER)]

    coordinator, contact, stranger = store.read(work)
    assert store.read(lambda uow: list(uow.groups.of_series(series.id))) == [Chat(ChatKind.GROUP, CHIEFS_GROUP)]
    assert coordinator.may(Action.DECIDE, series_id=series.id)
    assert contact.may(Action.REPORT, series_id=series.id, unit_id=unit.id)
    assert stranger is None


def test_office_meeting_goes_to_the_office_group(store: Store) -> None:
    series = store.write(lambda uow: uow.series.add("某處處務會議", "{meeting}{n:02d}"))

    store.write(lambda uow: adopt(uow, NOW))

    assert store.read(lambda uow: list(uow.groups.of_series(series.id))) == [Chat(ChatKind.GROUP, OFFICE_GROUP)]


def test_series_that_a_group_sees_is_left_alone(store: Store) -> None:
    series = store.write(lambda uow: uow.series.add("某處處務會議", "{meeting}{n:02d}"))
    own = Chat(ChatKind.GROUP, "C-own")
    store.write(lambda uow: (uow.groups.joined(own, NOW), uow.groups.bind(own, series.id, NOW)))

    store.write(lambda uow: adopt(uow, NOW))

    assert store.read(lambda uow: list(uow.groups.of_series(series.id))) == [own]
    assert store.read(lambda uow: uow.people.by_user_id(COORDINATOR)) is None
