"""Search by words among a million cases, in process: words of every case, of some, of a few, of none."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from functools import partial

import psycopg

from benchmarks.databases import postgresql_urls, sqlite_url
from benchmarks.figure import Aim, Figure, percentile
from benchmarks.scale import Scale
from domain.ports import Store
from storage.store import open_store

WORDS = (["設備更新"], ["設備", "報告"], ["換文"], ["議約"], ["驗收"], ["設備", "驗收"], ["查無此詞"])
PAGE = 9  # what an answer asks for: a page, and whether there is more
CASE = "SELECT * FROM cases WHERE id = ?"
AIM = Aim(5, at_least=False, of_ratio=False)


def figures(scale: Scale) -> Iterator[Figure]:
    """The p99 over all words, beside reading as many cases by their ids with the bare driver."""
    url = sqlite_url(scale.cases)
    raw = sqlite3.connect(url.removeprefix("sqlite:///"))
    yield _figure("SQLite", url, scale, lambda one: raw.execute(CASE, (one,)).fetchone())
    raw.close()
    if scale.postgresql:
        with postgresql_urls(scale.cases) as (url,), psycopg.connect(url.replace("+psycopg", "")) as connection:
            yield _figure(
                "PostgreSQL", url, scale, lambda one: connection.execute(CASE.replace("?", "%s"), (one,)).fetchone()
            )


def _figure(kind: str, url: str, scale: Scale, fetch: Callable[[int], object]) -> Figure:
    store = open_store(url)
    found = {tuple(words): len(_search(store, words)) for words in WORDS}  # also warms up
    ours = [_timed(partial(_search, store, words)) for _ in range(_rounds(scale)) for words in WORDS]
    floor = [_timed(lambda: [fetch(one) for one in range(1, 1 + PAGE)]) for _ in ours]
    store.close()
    return Figure(
        name=f"search among {scale.cases:,}, {kind}: p99",
        unit="ms",
        ours=percentile(ours, 0.99),
        floor=percentile(floor, 0.99),
        aim=AIM,
        is_void=found["設備更新",] != PAGE or found["查無此詞",] != 0,
    )


def _search(store: Store, words: list[str]) -> list[int]:
    return [case.id for case in store.read(lambda uow: uow.survey.search((1,), words, limit=PAGE))]


def _rounds(scale: Scale) -> int:
    return max(2, scale.questions // (4 * len(WORDS)))


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)
