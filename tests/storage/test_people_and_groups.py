from __future__ import annotations

from datetime import timedelta

import pytest

from domain.chat import Chat, ChatKind
from domain.member import Member, Membership, Role
from domain.ports import Invite, Store
from tests.storage.office import MINUTE, NOW, USER, office

GROUP = Chat(ChatKind.GROUP, "C1")
CODE = "0" * 64


@pytest.fixture(autouse=True)
def _office(store: Store) -> None:
    office(store)


def invite(**changes: object) -> Invite:
    given = {"series_id": 1, "role": Role.CONTACT, "unit_id": 1, "expires_at": NOW + MINUTE}
    return Invite(**given | changes)


def test_a_member_has_the_roles_that_were_given(store: Store) -> None:
    store.write(lambda uow: uow.people.add_role(USER, "窗口", 1, Role.CONTACT, 1))
    member = store.write(lambda uow: uow.people.add_role(USER, "窗口", 2, Role.COORDINATOR, None))

    assert member == Member(
        id=1,
        user_id=USER,
        name="窗口",
        memberships=(Membership(1, Role.CONTACT, 1), Membership(2, Role.COORDINATOR, None)),
    )
    assert store.read(lambda uow: uow.people.by_user_id(USER)) == member


@pytest.mark.parametrize("unit_id", [1, None])
def test_a_role_given_twice_is_held_once(store: Store, unit_id: int | None) -> None:
    for _ in range(2):
        member = store.write(lambda uow: uow.people.add_role(USER, "窗口", 1, Role.CHIEF, unit_id))

    assert member.memberships == (Membership(1, Role.CHIEF, unit_id),)


def test_a_contact_of_two_units_holds_both(store: Store) -> None:
    for unit_id in (1, 2):
        member = store.write(lambda uow, u=unit_id: uow.people.add_role(USER, "窗口", 1, Role.CONTACT, u))

    assert [held.unit_id for held in member.memberships] == [1, 2]


def test_a_stranger_is_no_member(store: Store) -> None:
    assert store.read(lambda uow: uow.people.by_user_id(USER)) is None


def test_people_are_found_by_role_and_by_unit(store: Store) -> None:
    first = store.write(lambda uow: uow.people.add_role("U1", "甲", 1, Role.CONTACT, 1))
    second = store.write(lambda uow: uow.people.add_role("U2", "乙", 1, Role.CONTACT, 2))
    chief = store.write(lambda uow: uow.people.add_role("U3", "丙", 1, Role.CHIEF, 1))

    assert store.read(lambda uow: uow.people.with_role(1, Role.CONTACT)) == [first, second]
    assert store.read(lambda uow: uow.people.with_role(1, Role.CHIEF)) == [chief]
    assert store.read(lambda uow: uow.people.with_role(2, Role.CONTACT)) == []
    assert store.read(lambda uow: uow.people.contacts(1, 1)) == [first]


def test_an_invite_is_taken_once(store: Store) -> None:
    store.write(lambda uow: uow.people.add_invite(CODE, invite(), NOW))

    assert store.write(lambda uow: uow.people.take_invite(CODE, NOW)) == invite()
    assert store.write(lambda uow: uow.people.take_invite(CODE, NOW)) is None


@pytest.mark.parametrize(("after", "taken"), [(MINUTE - timedelta(microseconds=1), True), (MINUTE, False)])
def test_an_invite_can_be_taken_until_it_expires(store: Store, after: timedelta, taken: bool) -> None:
    store.write(lambda uow: uow.people.add_invite(CODE, invite(), NOW))

    assert (store.write(lambda uow: uow.people.take_invite(CODE, NOW + after)) is not None) is taken


def test_an_unknown_code_is_no_invite(store: Store) -> None:
    assert store.write(lambda uow: uow.people.take_invite(CODE, NOW)) is None


def test_failed_codes_are_counted_for_each_person_since_an_instant(store: Store) -> None:
    for user_id, at in ((USER, NOW - MINUTE), (USER, NOW), (USER, NOW + MINUTE), ("U2", NOW)):
        store.write(lambda uow, u=user_id, t=at: uow.people.add_failed_code(u, t))

    assert store.read(lambda uow: uow.people.count_failed_codes(USER, NOW)) == 2
    assert store.read(lambda uow: uow.people.count_failed_codes("U3", NOW)) == 0


def test_a_group_sees_the_series_that_are_bound(store: Store) -> None:
    store.write(lambda uow: uow.groups.joined(GROUP, NOW))
    for series_id in (2, 1, 1):
        store.write(lambda uow, s=series_id: uow.groups.bind(GROUP, s, NOW))

    assert store.read(lambda uow: uow.groups.series_of(GROUP)) == [1, 2]
    assert store.read(lambda uow: uow.groups.of_series(1)) == [GROUP]


def test_a_group_that_never_joined_can_be_bound(store: Store) -> None:
    store.write(lambda uow: uow.groups.bind(GROUP, 1, NOW))

    assert store.read(lambda uow: uow.groups.of_series(1)) == [GROUP]


def test_an_unbound_series_is_not_seen(store: Store) -> None:
    store.write(lambda uow: uow.groups.bind(GROUP, 1, NOW))
    store.write(lambda uow: uow.groups.bind(GROUP, 2, NOW))
    store.write(lambda uow: uow.groups.unbind(GROUP, 1))

    assert store.read(lambda uow: uow.groups.series_of(GROUP)) == [2]
    assert store.read(lambda uow: uow.groups.of_series(1)) == []


def test_a_group_that_the_bot_left_is_not_told_anything(store: Store) -> None:
    store.write(lambda uow: uow.groups.bind(GROUP, 1, NOW))
    store.write(lambda uow: uow.groups.left(GROUP, NOW))

    assert store.read(lambda uow: uow.groups.of_series(1)) == []


def test_a_group_that_is_joined_again_is_the_same_group(store: Store) -> None:
    first = store.write(lambda uow: uow.groups.joined(GROUP, NOW))
    store.write(lambda uow: uow.groups.bind(GROUP, 1, NOW))
    store.write(lambda uow: uow.groups.left(GROUP, NOW))

    assert store.write(lambda uow: uow.groups.joined(GROUP, NOW + MINUTE)) == first
    assert store.read(lambda uow: uow.groups.of_series(1)) == [GROUP]


def test_a_group_has_the_id_it_joined_with_and_a_strange_one_has_none(store: Store) -> None:
    joined = store.write(lambda uow: uow.groups.joined(GROUP, NOW))

    assert store.read(lambda uow: uow.groups.id_of(GROUP)) == joined
    with pytest.raises(LookupError):
        store.read(lambda uow: uow.groups.id_of(Chat(ChatKind.GROUP, "C2")))


def test_a_chat_remembers_what_follows(store: Store) -> None:
    store.write(lambda uow: uow.talk.remember("C1", "page=2", NOW))
    store.write(lambda uow: uow.talk.remember("C1", "page=3", NOW + MINUTE))

    assert store.read(lambda uow: uow.talk.recall("C1", NOW + MINUTE)) == "page=3"
    assert store.read(lambda uow: uow.talk.recall("C1", NOW + 2 * MINUTE)) is None
    assert store.read(lambda uow: uow.talk.recall("C2", NOW)) is None


def test_the_heartbeat_is_the_last_beat_of_its_name(store: Store) -> None:
    for at in (NOW, NOW + MINUTE):
        store.write(lambda uow, t=at: uow.heartbeat.beat("tick", t))

    assert store.read(lambda uow: uow.heartbeat.last("tick")) == NOW + MINUTE
    assert store.read(lambda uow: uow.heartbeat.last("other")) is None
