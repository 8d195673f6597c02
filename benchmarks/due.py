"""Plan and claim 500 due lines, among a thousand cases and among a million."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from benchmarks.databases import postgresql_urls, sqlite_url
from benchmarks.figure import Aim, Figure
from benchmarks.scale import Scale
from bot.line.render import render
from domain.calendar import WorkCalendar
from domain.chat import Chat, ChatKind
from domain.ports import Store, UnitOfWork
from domain.reminders import Ladder
from scheduler.plan import Policy, plan
from scheduler.route import route
from storage.engine import is_sqlite, parse_url, postgresql, sqlite_writer
from storage.store import open_store
from storage.tables import assignments, carriers, cases, digests, notices, outbox
from storage.types import to_microseconds

DUE = 500
FEW = 1_000  # cases in the small database
NOW = datetime(2021, 9, 30, 2, 0, tzinfo=UTC)  # a Thursday at ten in Taipei
# Each has a rung of the ladder on the morning of NOW.
DEADLINES = [date(2021, 9, day) for day in (27, 29, 30)] + [date(2021, 10, day) for day in (1, 5, 12)]
CLAIM = """UPDATE assignments SET next_look_at = NULL WHERE id IN (SELECT id FROM assignments
    WHERE state != 'released' AND next_look_at IS NOT NULL AND next_look_at <= ? ORDER BY next_look_at, id LIMIT 500)
    RETURNING id, case_id"""

DATE_CASE = (
    sa.update(cases)
    .where(cases.c.id == sa.bindparam("case"))
    .values(deadline_on=sa.bindparam("day"), due_on=sa.bindparam("day"), is_open=True, is_pending=True)
)
DATE_LINE = (
    sa.update(assignments).where(assignments.c.case_id == sa.bindparam("case")).values(due_on=sa.bindparam("day"))
)


def figures(scale: Scale) -> Iterator[Figure]:
    """Milliseconds for 500 lines; for the large database also the ratio to the small one."""
    yield from _both("SQLite", sqlite_url(FEW), sqlite_url(scale.cases), scale, Aim(15, at_least=False, of_ratio=False))
    if scale.postgresql:
        with postgresql_urls(FEW, scale.cases) as (few, many):
            yield from _both("PostgreSQL", few, many, scale, None)


def _both(kind: str, few: str, many: str, scale: Scale, aim: Aim | None) -> Iterator[Figure]:
    small, large = Bench(few), Bench(many)
    rounds = [(small.run(), large.run(), large.floor()) for _ in range(scale.rounds + 1)][1:]
    small.close()
    large.close()
    of_small, of_large, floor = (median(column) for column in zip(*rounds, strict=True))
    name = f"plan + claim {DUE} due of {scale.cases:,}, {kind}"
    yield Figure(name=name, unit="ms", ours=of_large, floor=floor or None, aim=aim)
    yield Figure(
        name=f"the same beside {FEW:,} cases, {kind}",
        unit="ms",
        ours=of_large,
        floor=of_small,
        aim=Aim(1.5, at_least=False, of_ratio=True),
    )


class Bench:
    """One database in which 500 lines are due again and again."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._store: Store = open_store(url)
        self._engine = _engine(url)
        self._store.write(_bind_group)
        with self._engine.begin() as connection:
            count = connection.execute(sa.select(sa.func.max(cases.c.id))).scalar_one()
            self._cases = [n * (count // DUE) for n in range(1, DUE + 1)]
            self._lines = [2 * n - 1 for n in self._cases]
            connection.execute(DATE_CASE, [{"case": n, "day": _deadline(n)} for n in self._cases])
            connection.execute(DATE_LINE, [{"case": n, "day": _deadline(n)} for n in self._cases])

    def run(self) -> float:
        """Milliseconds to plan what is due and to claim what was planned."""
        self._make_due()
        start = time.perf_counter()
        planned = plan(self._store, POLICY, as_of=NOW, now=NOW)
        routed = route(self._store, POLICY, render, as_of=NOW, now=NOW)
        claimed = self._store.write(lambda uow: uow.outbox.claim(NOW, limit=DUE, until=NOW + timedelta(minutes=1)))
        taken = time.perf_counter() - start
        if (routed.told, routed.messages) != (DUE, len(claimed)):
            raise RuntimeError(f"not all that was due was planned and claimed: {planned}, {routed}, {len(claimed)}")
        return 1000 * taken

    def floor(self) -> float:
        """Milliseconds for one statement by the bare driver that finds and claims the rows; 0 on PostgreSQL."""
        if self._engine.dialect.name != "sqlite":
            return 0.0
        self._make_due()
        raw = sqlite3.connect(self._url.removeprefix("sqlite:///"), isolation_level=None)
        raw.execute("PRAGMA synchronous=FULL")
        start = time.perf_counter()
        raw.execute("BEGIN IMMEDIATE")
        claimed = raw.execute(CLAIM, (to_microseconds(NOW),)).fetchall()
        raw.execute("COMMIT")
        taken = time.perf_counter() - start
        raw.close()
        assert len(claimed) == DUE
        return 1000 * taken

    def close(self) -> None:
        """Leave the database without due lines."""
        with self._engine.begin() as connection:
            connection.execute(
                sa.update(assignments).where(assignments.c.id.in_(self._lines)).values(next_look_at=None)
            )
        self._store.close()
        self._engine.dispose()

    def _make_due(self) -> None:
        look = {"state": "open", "next_look_at": NOW, "looked_at": NOW - timedelta(days=1)}
        with self._engine.begin() as connection:
            connection.execute(sa.delete(carriers))
            connection.execute(sa.delete(notices))
            connection.execute(sa.delete(digests))
            connection.execute(sa.delete(outbox))
            connection.execute(sa.update(assignments).where(assignments.c.id.in_(self._lines)).values(look))


POLICY = Policy(ladder=Ladder(), until=datetime.max.time(), zone=ZoneInfo("Asia/Taipei"), calendar=WorkCalendar())


def _deadline(case: int) -> date:
    return DEADLINES[case % len(DEADLINES)]


def _engine(url: str) -> Engine:
    parsed = parse_url(url)
    return sqlite_writer(parsed) if is_sqlite(parsed) else postgresql(parsed)


def _bind_group(uow: UnitOfWork) -> None:
    uow.groups.bind(Chat(ChatKind.GROUP, "C" + "1" * 32), 1, NOW)
