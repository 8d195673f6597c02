"""Slow work as rows: claimed by one worker, settled once.

`ready_at` alone says when a worker may take a job: when it is due, when it is to be tried again, or when a claim on it
runs out. It is NULL once the job is settled for good.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.job import Job, JobKind, JobState, NewJob
from storage.repository import Repository
from storage.tables import jobs
from storage.types import Instant

ADD = sa.insert(jobs).returning(jobs.c.id)
_picked = (
    sa.select(jobs.c.id)
    .where(jobs.c.ready_at <= bindparam("now", type_=Instant))
    .order_by(jobs.c.ready_at, jobs.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
    .cte("picked")
)
CLAIM = (
    sa.update(jobs)
    .where(jobs.c.id.in_(sa.select(_picked.c.id)))
    .values(state=JobState.CLAIMED, ready_at=bindparam("until", type_=Instant), attempts=jobs.c.attempts + 1)
    .returning(jobs)
)
_held = (
    sa.update(jobs)
    .where(
        jobs.c.id == bindparam("job_id"),
        jobs.c.state == JobState.CLAIMED,
        jobs.c.attempts == bindparam("read_attempts"),
    )
    .values(reason=bindparam("why"))
)
# A settled job keeps neither the file's name nor the token: nobody needs them any more.
SETTLE = _held.values(
    state=bindparam("new_state"),
    name="",
    reply_token=None,
    ready_at=None,
    settled_at=bindparam("final_at", type_=Instant),
)
TRY_AGAIN = _held.values(state=JobState.WAITING, ready_at=bindparam("next_at", type_=Instant))
UNSTICK = (
    sa.update(jobs)
    .where(jobs.c.ready_at > bindparam("held_until", type_=Instant))
    .values(ready_at=bindparam("now", type_=Instant))
)
NEXT = sa.select(sa.func.min(jobs.c.ready_at)).where(jobs.c.ready_at.is_not(None))


class Jobs(Repository):
    """`domain.ports.JobRepository`."""

    def add(self, new: NewJob) -> int:
        return int(self._value(ADD, **_new_row(new)))

    def claim(self, now: datetime, *, until: datetime) -> Job | None:
        row = self._row(CLAIM, now=now, until=until)
        return None if row is None else _job(row)

    def settle(self, job: Job, state: JobState, at: datetime, *, reason: str | None = None) -> bool:
        return self._count(SETTLE, **_claim_of(job), new_state=state, final_at=at, why=reason) == 1

    def try_again(self, job: Job, at: datetime, *, reason: str) -> bool:
        return self._count(TRY_AGAIN, **_claim_of(job), next_at=at, why=reason) == 1

    def unstick(self, now: datetime, *, held_until: datetime) -> int:
        return self._count(UNSTICK, now=now, held_until=held_until)

    def next_at(self) -> datetime | None:
        earliest: datetime | None = self._value(NEXT)
        return earliest


def _claim_of(job: Job) -> dict[str, int]:
    return {"job_id": job.id, "read_attempts": job.attempts}


def _new_row(new: NewJob) -> dict[str, Any]:
    return {
        "kind": new.kind,
        "message_id": new.message_id,
        "name": new.name,
        "size": new.size,
        "chat_id": new.chat_id,
        "user_id": new.user_id,
        "reply_token": new.reply_token,
        "asked_at": new.asked_at,
        "due_at": new.due_at,
        "ready_at": new.due_at,
        "state": JobState.WAITING,
        "attempts": 0,
    }


def _job(row: sa.Row[Any]) -> Job:
    return Job(
        id=row.id,
        kind=JobKind(row.kind),
        message_id=row.message_id,
        name=row.name,
        size=row.size,
        chat_id=row.chat_id,
        user_id=row.user_id,
        reply_token=row.reply_token,
        asked_at=row.asked_at,
        due_at=row.due_at,
        attempts=row.attempts,
    )
