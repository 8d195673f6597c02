"""Slow work: each job is one worker's at a time and is settled once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from domain.job import Job, JobKind, JobState, NewJob
from domain.ports import Store
from storage.engine import parse_url
from storage.tables import jobs
from tests.storage.office import MINUTE, NOW


def new_job(**changes: Any) -> NewJob:
    given: dict[str, Any] = {
        "kind": JobKind.READ_FILE,
        "message_id": "M1",
        "name": "紀錄.docx",
        "size": 5_000_000_000,
        "chat_id": "U1",
        "user_id": "U1",
        "reply_token": "R1",
        "asked_at": NOW,
        "due_at": NOW,
    }
    return NewJob(**given | changes)


def claim(store: Store, now: datetime = NOW) -> Job | None:
    return store.write(lambda uow: uow.jobs.claim(now, until=now + MINUTE))


@pytest.fixture
def queued(store: Store) -> Store:
    store.write(lambda uow: uow.jobs.add(new_job()))
    return store


def taken(store: Store, now: datetime = NOW) -> Job:
    job = claim(store, now)
    assert job is not None
    return job


def test_job_comes_back_as_it_was_queued(queued: Store) -> None:
    job = taken(queued)

    assert {name: getattr(job, name) for name in NewJob.__dataclass_fields__} == {
        name: getattr(new_job(), name) for name in NewJob.__dataclass_fields__
    }
    assert job.attempts == 1


def test_job_is_claimed_by_one_worker(queued: Store) -> None:
    taken(queued)

    assert claim(queued) is None


def test_job_is_not_taken_before_it_is_due(queued: Store) -> None:
    assert claim(queued, NOW - timedelta(microseconds=1)) is None


def test_jobs_are_taken_oldest_first(store: Store) -> None:
    for minutes in (2, 1):
        store.write(lambda uow, m=minutes: uow.jobs.add(new_job(message_id=f"M{m}", due_at=NOW + m * MINUTE)))

    assert [taken(store, NOW + 5 * MINUTE).message_id for _ in range(2)] == ["M1", "M2"]


def test_claim_that_ran_out_is_taken_again_and_can_settle_nothing(queued: Store) -> None:
    first = taken(queued)
    second = taken(queued, NOW + MINUTE)

    assert second.attempts == 2
    assert queued.write(lambda uow: uow.jobs.settle(first, JobState.DONE, NOW)) is False
    assert queued.write(lambda uow: uow.jobs.settle(second, JobState.DONE, NOW)) is True


def test_settled_job_is_never_taken_again(queued: Store) -> None:
    job = taken(queued)
    queued.write(lambda uow: uow.jobs.settle(job, JobState.FAILED, NOW, reason="gone"))

    assert claim(queued, NOW + timedelta(days=1)) is None
    assert queued.read(lambda uow: uow.jobs.next_at()) is None
    assert queued.write(lambda uow: uow.jobs.settle(job, JobState.DONE, NOW)) is False


def test_job_put_back_is_taken_when_its_time_has_come(queued: Store) -> None:
    job = taken(queued)
    queued.write(lambda uow: uow.jobs.try_again(job, NOW + 2 * MINUTE, reason="http_500"))

    assert queued.read(lambda uow: uow.jobs.next_at()) == NOW + 2 * MINUTE
    assert claim(queued, NOW + MINUTE) is None
    assert taken(queued, NOW + 2 * MINUTE).attempts == 2


@pytest.mark.parametrize("jump", [timedelta(hours=3), timedelta(days=366)])
def test_job_that_waits_for_an_instant_before_the_clock_was_put_back_is_freed(queued: Store, jump: timedelta) -> None:
    taken(queued)
    now = NOW - jump

    freed = queued.write(lambda uow: uow.jobs.unstick(now, held_until=now + MINUTE))

    assert (freed, taken(queued, now).attempts) == (1, 2)


def test_claim_that_a_clock_would_have_set_now_is_left_alone(queued: Store) -> None:
    taken(queued)

    assert queued.write(lambda uow: uow.jobs.unstick(NOW, held_until=NOW + MINUTE)) == 0
    assert claim(queued) is None


def test_settled_job_keeps_neither_name_nor_token(queued: Store, database_url: str) -> None:
    job = taken(queued)
    queued.write(lambda uow: uow.jobs.settle(job, JobState.DONE, NOW))

    engine = sa.create_engine(parse_url(database_url))
    with engine.connect() as connection:
        row = connection.execute(sa.select(jobs)).one()
    engine.dispose()

    assert (row.state, row.name, row.reply_token, row.settled_at) == ("done", "", None, NOW)
