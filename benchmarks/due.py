"""Plan, route and claim what is due, among a thousand cases and among a million; and after a month without a clock.

On a machine that others use, the processor time of this process is steadier than the clock on the wall. Of PostgreSQL
it is the client's alone.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import psycopg
import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url

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

AIMED_AT = 500  # due lines
AIM = Aim(15, at_least=False, of_ratio=False)
GROWTH = Aim(1.5, at_least=False, of_ratio=True)
DAY, MONTH = timedelta(days=1), timedelta(days=31)
NOW = datetime(2021, 9, 30, 2, 0, tzinfo=UTC)  # a Thursday at ten in Taipei
# Each has a rung of the ladder on the morning of NOW.
DEADLINES = [date(2021, 9, day) for day in (27, 29, 30)] + [date(2021, 10, day) for day in (1, 5, 12)]
CLAIM = """UPDATE assignments SET next_look_at = NULL WHERE id IN (SELECT id FROM assignments
    WHERE state != 'released' AND next_look_at IS NOT NULL AND next_look_at <= {at} ORDER BY next_look_at, id
    LIMIT {due} {lock}) RETURNING id, case_id"""

DATE_CASE = (
    sa.update(cases)
    .where(cases.c.id == sa.bindparam("case"))
    .values(deadline_on=sa.bindparam("day"), due_on=sa.bindparam("day"), is_open=True, is_pending=True)
)
DATE_LINE = (
    sa.update(assignments).where(assignments.c.case_id == sa.bindparam("case")).values(due_on=sa.bindparam("day"))
)


def figures(scale: Scale) -> Iterator[Figure]:
    """Milliseconds for what is due on a day and after a month, and how they grow with the database."""
    yield from _all("SQLite", [sqlite_url(size) for size in scale.sizes], scale)
    if scale.postgresql:
        with postgresql_urls(*scale.sizes) as urls:
            yield from _all("PostgreSQL", urls, scale)


def _all(kind: str, urls: Sequence[str], scale: Scale) -> Iterator[Figure]:
    for due in scale.due:
        fitting = [(size, url) for size, url in zip(scale.sizes, urls, strict=True) if size >= due]
        yield from _growth(kind, due, fitting, scale.rounds)


def _growth(kind: str, due: int, databases: Sequence[tuple[int, str]], rounds: int) -> Iterator[Figure]:
    """So many due in each of the databases, smallest first; the runs are interleaved."""
    benches = [Bench(url, due) for _, url in databases]
    large = benches[-1]
    runs = [([bench.run() for bench in benches], large.floor(), large.catch_up()) for _ in range(rounds + 1)][1:]
    for bench in benches:
        bench.close()
    ours = [median(run.wall for run in column) for column in zip(*(of_all for of_all, _, _ in runs), strict=True)]
    floor, caught_up = median(run[1].wall for run in runs), median(run[2].wall for run in runs)
    last = [of_all[-1] for of_all, _, _ in runs]
    sizes = [size for size, _ in databases]
    for size, taken in zip(sizes[:-1], ours[:-1], strict=True):
        yield Figure(name=f"plan + claim {due:,} due of {size:,}, {kind}", unit="ms", ours=taken)
    yield Figure(
        name=f"plan + claim {due:,} due of {sizes[-1]:,}, {kind}",
        unit="ms",
        ours=ours[-1],
        floor=floor,
        aim=AIM if due == AIMED_AT and kind == "SQLite" else None,
    )
    yield Figure(name="of it, planning alone", unit="ms", ours=median(run.planning for run in last))
    yield Figure(
        name="of it, processor time",
        unit="ms",
        ours=median(run.processor for run in last),
        floor=median(run[1].processor for run in runs),
    )
    if len(ours) > 1:
        name = f"the same beside {sizes[0]:,} cases, {kind}"
        yield Figure(name=name, unit="ms", ours=ours[-1], floor=ours[0], aim=GROWTH)
    name = f"a month's catch-up beside a day, {due:,} due of {sizes[-1]:,}, {kind}"
    yield Figure(name=name, unit="ms", ours=caught_up, floor=ours[-1])


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds that something took."""

    wall: float
    processor: float
    planning: float = 0.0  # of the wall's


class Watch:
    """Measures from its making on."""

    def __init__(self) -> None:
        self._wall, self._processor = time.perf_counter(), time.process_time()

    def wall(self) -> float:
        """Milliseconds on the wall until now."""
        return 1000 * (time.perf_counter() - self._wall)

    def taken(self, planning: float = 0.0) -> Taken:
        """What it took until now."""
        return Taken(self.wall(), 1000 * (time.process_time() - self._processor), planning)


class Bench:
    """One database in which so many lines are due again and again."""

    def __init__(self, url: str, due: int) -> None:
        self._url = url
        self._due = due
        self._store: Store = open_store(url)
        self._engine = _engine(url)
        self._store.write(_bind_group)
        with self._engine.begin() as connection:
            count = connection.execute(sa.select(sa.func.max(cases.c.id))).scalar_one()
            self._cases = [n * (count // due) for n in range(1, due + 1)]
            self._lines = [2 * n - 1 for n in self._cases]
            days = [{"case": case, "day": _deadline(n)} for n, case in enumerate(self._cases)]
            connection.execute(DATE_CASE, days)
            connection.execute(DATE_LINE, days)

    def run(self) -> Taken:
        """What it takes to plan what is due, to route it and to claim the group's digest."""
        taken, planned = self._tick(DAY)
        if planned != self._due:
            raise RuntimeError(f"{self._due} were due and {planned} were planned")
        return taken

    def catch_up(self) -> Taken:
        """The same after a month without a clock: one digest, and the stale rungs on record."""
        taken, planned = self._tick(MONTH)
        if planned <= self._due:
            raise RuntimeError(f"of {self._due} lines no stale rung was kept: {planned}")
        return taken

    def _tick(self, down: timedelta) -> tuple[Taken, int]:
        self._make_due(down)
        watch = Watch()
        planned = plan(self._store, POLICY, as_of=NOW, now=NOW)
        planning = watch.wall()
        routed = route(self._store, POLICY, render, as_of=NOW, now=NOW)
        claimed = self._store.write(lambda uow: uow.outbox.claim(NOW, limit=9, until=NOW + timedelta(minutes=1)))
        taken = watch.taken(planning)
        if (routed.told, routed.messages, len(claimed)) != (self._due, 1, 1):
            raise RuntimeError(f"not one digest with all that was due: {planned}, {routed}, {len(claimed)}")
        return taken, planned.notices

    def floor(self) -> Taken:
        """What one statement by the bare driver takes that finds and claims the rows."""
        self._make_due(DAY)
        taken, claimed = self._claim_in_sqlite() if is_sqlite(make_url(self._url)) else self._claim_in_postgresql()
        assert claimed == self._due
        return taken

    def _claim_in_sqlite(self) -> tuple[Taken, int]:
        statement = CLAIM.format(at=to_microseconds(NOW), due=self._due, lock="")
        raw = sqlite3.connect(self._url.removeprefix("sqlite:///"), isolation_level=None)
        raw.execute("PRAGMA synchronous=FULL")
        watch = Watch()
        raw.execute("BEGIN IMMEDIATE")
        claimed = raw.execute(statement).fetchall()
        raw.execute("COMMIT")
        taken = watch.taken()
        raw.close()
        return taken, len(claimed)

    def _claim_in_postgresql(self) -> tuple[Taken, int]:
        statement = CLAIM.format(at=to_microseconds(NOW), due=self._due, lock="FOR UPDATE SKIP LOCKED")
        with psycopg.connect(self._url.replace("+psycopg", "")) as raw:
            watch = Watch()
            claimed = raw.execute(statement).fetchall()  # type: ignore[arg-type] # no text from outside
            raw.commit()
            return watch.taken(), len(claimed)

    def close(self) -> None:
        """Leave the database without due lines."""
        with self._engine.begin() as connection:
            connection.execute(
                sa.update(assignments).where(assignments.c.id.in_(self._lines)).values(next_look_at=None)
            )
        self._store.close()
        self._engine.dispose()

    def _make_due(self, down: timedelta) -> None:
        """Let each line have been looked at so long ago, and want its next look since a day after that."""
        looked_at = NOW - down
        look = {"state": "open", "next_look_at": looked_at + DAY, "looked_at": looked_at}
        with self._engine.begin() as connection:
            connection.execute(sa.delete(carriers))
            connection.execute(sa.delete(notices))
            connection.execute(sa.delete(digests))
            connection.execute(sa.delete(outbox))
            connection.execute(sa.update(assignments).where(assignments.c.id.in_(self._lines)).values(look))


POLICY = Policy(ladder=Ladder(), until=datetime.max.time(), zone=ZoneInfo("Asia/Taipei"), calendar=WorkCalendar())


def _deadline(n: int) -> date:
    return DEADLINES[n % len(DEADLINES)]


def _engine(url: str) -> Engine:
    parsed = parse_url(url)
    return sqlite_writer(parsed) if is_sqlite(parsed) else postgresql(parsed)


def _bind_group(uow: UnitOfWork) -> None:
    uow.groups.bind(Chat(ChatKind.GROUP, "C" + "1" * 32), 1, NOW)
