"""Proposals: one of a kind waits on a line, answers are versioned, history stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.errors import StaleVersion
from domain.ports import Store
from domain.proposal import NewProposal, Proposal, ProposalKind, ProposalState
from tests.storage.office import MINUTE, NOW, add_case, add_member, office


@pytest.fixture(autouse=True)
def _office(store: Store) -> None:
    office(store)
    add_member(store)
    add_case(store)


def extension(day: int = 15, **changes: object) -> NewProposal:
    given: dict[str, object] = {
        "kind": ProposalKind.EXTENSION,
        "series_id": 1,
        "case_id": 1,
        "assignment_id": 1,
        "member_id": 1,
        "reason": "廠商延誤",
        "from_on": date(2021, 9, 30),
        "to_on": date(2021, 10, day),
        "at": NOW,
    }
    return NewProposal(**given | changes)  # type: ignore[arg-type]


def settled(proposal: Proposal, state: ProposalState = ProposalState.DECLINED) -> Proposal:
    return replace(proposal, state=state, settled_by=1, settled_at=NOW + MINUTE, note="仍請如期")


def add(store: Store, new: NewProposal) -> Proposal | None:
    return store.write(lambda uow: uow.proposals.add(new))


def test_a_proposal_is_read_back_as_it_was_kept(store: Store) -> None:
    added = add(store, extension())

    assert added == Proposal(
        id=1,
        kind=ProposalKind.EXTENSION,
        series_id=1,
        case_id=1,
        assignment_id=1,
        member_id=1,
        reason="廠商延誤",
        from_on=date(2021, 9, 30),
        to_on=date(2021, 10, 15),
        at=NOW,
    )
    assert store.read(lambda uow: uow.proposals.get(1)) == added
    assert store.read(lambda uow: list(uow.proposals.waiting([1], limit=5))) == [added]
    assert store.read(lambda uow: list(uow.proposals.waiting([2], limit=5))) == []


def test_a_second_of_the_same_kind_does_not_wait_beside_the_first(store: Store) -> None:
    add(store, extension())
    transfer = extension(kind=ProposalKind.TRANSFER, from_on=None, to_on=None, from_unit_id=1, to_unit_id=2)

    assert add(store, extension(20)) is None
    assert add(store, transfer) is not None


def test_an_answer_is_kept_and_makes_room_for_the_next(store: Store) -> None:
    first = add(store, extension())
    assert first is not None
    answered = store.write(lambda uow: uow.proposals.save(settled(first)))
    second = add(store, extension(20))

    assert answered == replace(settled(first), version=2)
    assert store.read(lambda uow: list(uow.proposals.of_case(1, ProposalKind.EXTENSION))) == [answered, second]


def test_the_second_answer_to_one_version_is_refused(store: Store) -> None:
    first = add(store, extension())
    assert first is not None
    store.write(lambda uow: uow.proposals.save(settled(first)))

    with pytest.raises(StaleVersion):
        store.write(lambda uow: uow.proposals.save(settled(first, ProposalState.ACCEPTED)))


def test_an_unknown_proposal_is_an_error(store: Store) -> None:
    with pytest.raises(LookupError):
        store.read(lambda uow: uow.proposals.get(9))


def test_what_was_said_for_and_against_a_proposal_can_be_blanked(store: Store) -> None:
    asked = add(store, extension())
    assert asked is not None
    refused = store.write(lambda uow: uow.proposals.save(settled(asked)))

    store.write(lambda uow: uow.proposals.purge_reason(1))
    assert store.read(lambda uow: uow.proposals.get(1)) == replace(refused, reason="")

    store.write(lambda uow: uow.proposals.purge_note(1))
    assert store.read(lambda uow: uow.proposals.get(1)) == replace(refused, reason="", note="")
