from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from domain.ports import AuditEntry, Store
from tests.storage.office import MINUTE, NOW, add_member, entry, office


@pytest.fixture(autouse=True)
def _office(store: Store) -> None:
    add_member(office(store))


def add(store: Store, **changes: object) -> AuditEntry:
    given = entry(**{"member_id": 1} | changes)
    return replace(given, id=store.write(lambda uow: uow.audit.add(given)))


def last(store: Store) -> list[AuditEntry]:
    return list(store.read(lambda uow: uow.audit.last_of(1)))


def test_an_entry_comes_back_as_it_was_added(store: Store) -> None:
    first = add(store, before=None, after={"標題": "換文", "lines": [1, 2]})
    second = add(store, after=None)
    add(store, subject="case")
    add(store, subject_id=8)

    assert store.read(lambda uow: uow.audit.of_subject("assignment", 7)) == [first, second]


def test_the_last_change_is_all_entries_of_its_source(store: Store) -> None:
    add(store, source="line:1")
    change = [add(store, source="line:2", at=NOW + MINUTE, subject_id=n) for n in (1, 2)]
    add(store, source="line:3", at=NOW + 2 * MINUTE, member_id=None)

    assert last(store) == change


def test_changes_from_one_source_at_different_instants_are_different(store: Store) -> None:
    add(store, source="cli")
    second = add(store, source="cli", at=NOW + MINUTE)

    assert last(store) == [second]


def test_what_was_undone_is_not_the_last_change(store: Store) -> None:
    first = add(store, source="line:1")
    second = add(store, source="line:2", at=NOW + MINUTE)

    store.write(lambda uow: uow.audit.mark_undone([second.id]))

    assert last(store) == [first]
    assert store.read(lambda uow: uow.audit.of_subject("assignment", 7)) == [first, replace(second, undone=True)]


def test_what_was_said_can_be_blanked_and_nothing_else_changes(store: Store) -> None:
    said = [add(store, source="line:1", words="廠商延誤", subject_id=n) for n in (1, 2)]
    other = [add(store, source="line:1"), add(store, source="line:2", words="仍請如期")]
    assert store.read(lambda uow: uow.audit.with_words("line:1")) == said

    store.write(lambda uow: uow.audit.purge_words([said[0].id]))

    assert store.read(lambda uow: uow.audit.with_words("line:1")) == [said[1]]
    assert store.read(lambda uow: uow.audit.of_subject("assignment", 1)) == [replace(said[0], words="")]
    assert store.read(lambda uow: uow.audit.of_subject("assignment", 7)) == other


def test_a_member_who_changed_nothing_has_no_last_change(store: Store) -> None:
    assert last(store) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit",
        "UPDATE audit SET source = 'line:9'",
        "UPDATE audit SET undone = undone, after = NULL",
        "UPDATE audit SET at = 0 WHERE id = 1",
        "UPDATE audit SET words = '改口' WHERE id = 1",
        "UPDATE audit SET words = NULL WHERE id = 1",
    ],
)
def test_the_database_refuses_to_alter_the_audit(store: Store, statement: str) -> None:
    kept = add(store)

    with pytest.raises(IntegrityError, match="append-only"):
        store.write(lambda uow: uow.connection.execute(sa.text(statement)))

    assert last(store) == [kept]
