"""Who can be reached, who left, whose lines nobody looks after; acknowledged reminders; changes by number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.case import Deadline
from domain.member import Membership, Role
from domain.ports import Departure, Invite, Store, UnmannedLine
from tests.storage.office import MINUTE, NOW, USER, add_case, add_member, entry, office

CONTACT = Membership(1, Role.CONTACT, 1)


@pytest.fixture(autouse=True)
def _office(store: Store) -> None:
    office(store)


def test_friends_are_remembered_before_and_after_they_have_a_role(store: Store) -> None:
    store.write(lambda uow: uow.people.befriend(USER, is_friend=True))
    add_member(store)

    member = store.read(lambda uow: uow.people.by_user_id(USER))
    assert member is not None
    assert (member.name, member.is_friend, member.memberships) == ("窗口", True, (CONTACT,))

    store.write(lambda uow: uow.people.befriend(USER, is_friend=False))
    assert store.read(lambda uow: uow.people.get(member.id)) == replace(member, is_friend=False)


def test_who_left_keeps_the_role_and_is_marked_until_coming_back(store: Store) -> None:
    add_member(store)

    left = store.write(lambda uow: uow.people.depart([USER, "U-nobody"], [1], NOW))
    assert [member.memberships for member in left] == [(replace(CONTACT, departed=True),)]

    back = store.write(lambda uow: uow.people.depart([USER], [1], None))
    assert [member.memberships for member in back] == [(CONTACT,)]


def test_who_left_is_to_be_told_until_somebody_was_told_and_again_after_the_next_leaving(store: Store) -> None:
    add_member(store)
    store.write(lambda uow: uow.people.depart([USER], [1], NOW))
    gone = store.read(lambda uow: uow.people.departures([1], limit=5))
    assert gone == [Departure(membership_id=1, role=Role.CONTACT, unit="資訊局")]
    assert store.read(lambda uow: uow.people.departures([2], limit=5)) == []

    store.write(lambda uow: uow.people.departures_told(gone, NOW))
    assert store.read(lambda uow: uow.people.departures([1], limit=5)) == []

    for at in (None, NOW + MINUTE):
        store.write(lambda uow, when=at: uow.people.depart([USER], [1], when))
    assert store.read(lambda uow: uow.people.departures([1], limit=5)) == gone


def test_leaving_a_group_of_another_series_marks_nothing(store: Store) -> None:
    add_member(store)

    assert store.write(lambda uow: uow.people.depart([USER], [2], NOW)) == []


def test_lines_without_a_contact_who_is_there_are_found(store: Store) -> None:
    add_member(store)
    add_case(store, "211-2", lines=((1, "lead"), (2, "lead")))
    add_case(store, "211-3", lines=((None, "lead"),))
    nobody = UnmannedLine(case_id=2, number="211-3", title="換文", unit_id=None, unit="未定單位")
    legal = UnmannedLine(case_id=1, number="211-2", title="換文", unit_id=2, unit="法務局")
    own = UnmannedLine(case_id=1, number="211-2", title="換文", unit_id=1, unit="資訊局")

    def unmanned() -> list[UnmannedLine]:
        return store.read(lambda uow: list(uow.people.unmanned([1], limit=9)))

    assert unmanned() == [nobody, legal]
    store.write(lambda uow: uow.people.depart([USER], [1], NOW))
    assert unmanned() == [nobody, own, legal]


def test_a_role_is_ended_once(store: Store) -> None:
    member_id = add_member(store)

    assert store.write(lambda uow: uow.people.remove_role(member_id, CONTACT)) is True
    assert store.write(lambda uow: uow.people.remove_role(member_id, CONTACT)) is False
    assert store.read(lambda uow: uow.people.contacts(1, 1)) == []


def test_a_role_without_a_unit_is_ended_as_well(store: Store) -> None:
    held = Membership(1, Role.COORDINATOR, None)
    member = store.write(lambda uow: uow.people.add_role(USER, "幕僚", 1, Role.COORDINATOR, None))

    assert store.write(lambda uow: uow.people.remove_role(member.id, held)) is True


def test_a_code_of_a_handover_names_whom_it_replaces(store: Store) -> None:
    terms = Invite(series_id=1, role=Role.CONTACT, unit_id=1, expires_at=NOW + MINUTE, replaces_id=7)
    store.write(lambda uow: uow.people.add_invite("0" * 64, terms, NOW))

    assert store.write(lambda uow: uow.people.take_invite("0" * 64, NOW)) == terms


def test_an_acknowledgement_lasts_until_the_deadline_moves(store: Store) -> None:
    case = add_case(store, deadline=Deadline(on=date(2021, 9, 30)))
    line_id = case.assignments[0].id

    assert store.write(lambda uow: uow.reminders.acknowledge(line_id, NOW)) is None
    titled = store.write(lambda uow: uow.cases.save_case(replace(case, title="另一題"), next_look_at=None))
    assert store.write(lambda uow: uow.reminders.acknowledge(line_id, NOW)) == NOW
    moved = replace(titled, deadline=Deadline(on=date(2021, 10, 15)))
    store.write(lambda uow: uow.cases.save_case(moved, next_look_at=None))
    assert store.write(lambda uow: uow.reminders.acknowledge(line_id, None)) is None


def test_a_change_is_found_by_the_number_of_any_of_its_entries(store: Store) -> None:
    member_id = add_member(store)
    one, two = (store.write(lambda uow: uow.audit.add(entry(member_id=member_id))) for _ in range(2))
    other = store.write(lambda uow: uow.audit.add(entry(source="cli")))

    assert [e.id for e in store.read(lambda uow: uow.audit.change_of(two))] == [one, two]
    assert [e.id for e in store.read(lambda uow: uow.audit.change_of(other))] == [other]
    assert store.read(lambda uow: uow.audit.change_of(99)) == []
