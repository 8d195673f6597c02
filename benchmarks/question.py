"""A question by number, in process: text in → JSON for LINE out, among a million cases."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import psycopg

from benchmarks.databases import postgresql_urls, sqlite_url
from benchmarks.figure import Aim, Figure, percentile
from benchmarks.scale import Scale
from benchmarks.seed import PER_MEETING, number_of
from bot.line.render import render
from domain.calendar import WorkCalendar
from domain.chat import Actor, Chat, ChatKind
from domain.ports import Store, UnitOfWork
from handlers.commands import AskCase
from handlers.context import Context, Settings
from handlers.dispatcher import dispatch
from handlers.inbound import TextSaid
from handlers.language.manners import listen
from storage.store import open_store

NOW = datetime(2021, 9, 30, 2, 0, tzinfo=UTC)
GROUP = Chat(ChatKind.GROUP, "C" + "1" * 32)
SETTINGS = Settings()
CALENDAR = WorkCalendar()
WARM_UP = 50
MOST_READABLE = 9_999 * PER_MEETING  # a meeting of five figures is no number to the grammar
CASE = "SELECT * FROM cases WHERE series_id = 1 AND number = ?"
LINES = "SELECT * FROM assignments WHERE case_id = ?"


def figures(scale: Scale) -> Iterator[Figure]:
    """The p99 of one question after the other, numbers drawn at random; the floor reads the same rows by the driver."""
    numbers = [number_of(random.randint(1, min(scale.cases, MOST_READABLE))) for _ in range(scale.questions + WARM_UP)]
    url = sqlite_url(scale.cases)
    raw = sqlite3.connect(url.removeprefix("sqlite:///"))
    yield _figure("SQLite", url, numbers, scale, lambda sql, value: raw.execute(sql, (value,)).fetchone(), bound=2)
    raw.close()
    if scale.postgresql:
        with postgresql_urls(scale.cases) as (url,), psycopg.connect(url.replace("+psycopg", "")) as connection:

            def fetch(sql: str, value: object) -> object:
                return connection.execute(sql.replace("?", "%s"), (value,)).fetchone()

            yield _figure("PostgreSQL", url, numbers, scale, fetch, bound=5)


def _figure(
    kind: str, url: str, numbers: list[str], scale: Scale, fetch: Callable[[str, object], object], *, bound: float
) -> Figure:
    store = open_store(url)

    def bare(number: str) -> bool:
        row = fetch(CASE, number)
        return isinstance(row, tuple) and fetch(LINES, row[0]) is not None

    ours, floor = [], []
    sound = True
    for number in numbers:
        ours.append(_timed(lambda number: number in _answer(store, number), number))
        floor.append(_timed(bare, number))
        sound &= ours[-1][1] and floor[-1][1]
    store.close()
    return Figure(
        name=f"question by number among {scale.cases:,}, {kind}: p99",
        unit="ms",
        ours=percentile([taken for taken, _ in ours[WARM_UP:]], 0.99),
        floor=percentile([taken for taken, _ in floor[WARM_UP:]], 0.99),
        aim=Aim(bound, at_least=False, of_ratio=False),
        is_void=not sound,
    )


def _timed(work: Callable[[str], bool], number: str) -> tuple[float, bool]:
    start = time.perf_counter()
    right = work(number)
    return 1000 * (time.perf_counter() - start), right


def _answer(store: Store, number: str) -> str:
    event = TextSaid(
        event_id="e", chat=GROUP, user_id=None, at=NOW, reply_token="r", message_id="m", text=number, to_bot=True
    )
    heard = listen(event, SETTINGS.prefixes)
    assert heard is not None
    said = heard.said
    assert isinstance(said, AskCase)
    message = store.read(lambda uow: dispatch(said, _context(uow)))
    assert message is not None
    return render(message)


def _context(uow: UnitOfWork) -> Context:
    actor = Actor(user_id=None, member=None, source="benchmark")
    return Context(actor=actor, chat=GROUP, series_ids=(1,), uow=uow, now=NOW, calendar=CALENDAR, settings=SETTINGS)
