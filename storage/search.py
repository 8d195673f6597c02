"""Cases by words, over pairs of characters (docs/decisions/0011): FTS5 on SQLite, a GIN index on PostgreSQL.

The index is no table of ours: it is made by the migration and kept in step here, with what the case says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, column
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import array as pg_array

from domain.case import Case
from domain.grams import bigrams, runs
from storage.repository import Repository
from storage.tables import cases

STEPS = (128, 1_280, 12_800, 128_000)
"""PostgreSQL reads all that an index gives before it sorts. So it is asked among the newest cases first, from so many
to twice as many, then among ever more: a frequent word is found among the newest, a rare one is rare in the whole."""

_fts = sa.table("case_search", column("rowid"), column("grams"), column("case_search"))
ADD_FTS = sa.insert(_fts).values(rowid=bindparam("case_id"), grams=bindparam("text"))
CHANGE_FTS = sa.update(_fts).where(_fts.c.rowid == bindparam("case_id")).values(grams=bindparam("text"))
FIND_FTS = (
    sa.select(_fts.c.rowid.label("id"))
    .where(_fts.c.case_search.op("MATCH")(bindparam("query")))
    .order_by(_fts.c.rowid.desc())
    .limit(bindparam("at_most", type_=sa.Integer))
    .offset(bindparam("skipped", type_=sa.Integer))
)

BATCH = 5_000
SOME = (
    sa.select(cases.c.id, cases.c.series_id, cases.c.title, cases.c.sentence)
    .where(cases.c.id > bindparam("after"))
    .order_by(cases.c.id)
    .limit(BATCH)
)
_gin = sa.table(
    "case_search",
    column("case_id", sa.BigInteger),
    column("words", sa.Text),
    column("grams", ARRAY(sa.Text)),
)
ADD_GIN = sa.insert(_gin)
_last = sa.select(sa.func.max(_gin.c.case_id).label("id")).cte("last").prefix_with("MATERIALIZED")
CHANGE_GIN = (
    sa.update(_gin)
    .where(_gin.c.case_id == bindparam("of_case"))
    .values(words=bindparam("new_words"), grams=bindparam("new_grams"))
)


@dataclass(frozen=True, slots=True)
class Indexed:
    """What of a case can be searched."""

    case_id: int
    series_id: int
    title: str
    sentence: str


class Search(Repository):
    """The index of words on one connection."""

    def add(self, cases: Sequence[Indexed]) -> None:
        """Index new cases by what they say."""
        if self._is_sqlite:
            self._many(ADD_FTS, [{"case_id": case.case_id, "text": _fts_text(case)} for case in cases])
        else:
            self._many(ADD_GIN, [_gin_row(case) for case in cases])

    def fill(self) -> None:
        """Fill an empty index with every case that is there."""
        after = 0
        while rows := self._rows(SOME, after=after):
            self.add([Indexed(*row) for row in rows])
            after = rows[-1].id

    def change(self, case: Case) -> None:
        """Index a case anew whose title or sentence was changed."""
        now = Indexed(case.id, case.series_id, case.title, case.sentence)
        if self._is_sqlite:
            self._count(CHANGE_FTS, case_id=case.id, text=_fts_text(now))
        else:
            row = _gin_row(now)
            self._count(CHANGE_GIN, of_case=case.id, new_words=row["words"], new_grams=row["grams"])

    def find(self, series_ids: Sequence[int], words: Iterable[str], *, limit: int, offset: int) -> list[int]:
        """Ids of the cases that hold all the words, the newest first."""
        wanted = _words(words)
        if not wanted or not series_ids:
            return []
        window = {"at_most": limit, "skipped": offset}
        if self._is_sqlite:
            query = f"({' OR '.join(map(_series_token, series_ids))}) AND {' AND '.join(map(_phrase, wanted))}"
            rows = self._rows(FIND_FTS, query=query, **window)
        else:
            values: dict[str, Any] = {f"word{at}": word for at, word in enumerate(wanted)}
            values |= {"pairs": _grams(wanted), "series": tuple(map(_series_token, series_ids))}
            rows = self._rows(find_gin(len(wanted)), **values, **window)
        return [row.id for row in rows]

    @property
    def _is_sqlite(self) -> bool:
        return self._connection.dialect.name == "sqlite"


@cache
def find_gin(words: int) -> sa.Select[Any]:
    """PostgreSQL's search for so many words.

    A step is taken only where none before it filled the page; the last is the whole index. Each is materialised:
    in order of id PostgreSQL would try one case after the other.
    """
    at_most, skipped = bindparam("at_most", type_=sa.Integer), bindparam("skipped", type_=sa.Integer)
    holds = [_gin.c.grams.contains(_array("pairs"))]
    holds += [sa.func.strpos(_gin.c.words, bindparam(f"word{at}")) > 0 for at in range(words)]
    too_few: list[sa.ColumnElement[bool]] = []
    pages: list[sa.Select[Any]] = []
    for step in STEPS:
        found = _step(*holds, _gin.c.grams.overlap(_newest(step)), *too_few)
        count = sa.select(sa.func.count()).select_from(found).scalar_subquery()
        too_few.append(count < at_most + skipped)
        pages.append(sa.select(found.c.id).where(count >= at_most + skipped))
    whole = _step(*holds, _gin.c.grams.overlap(_array("series")), *too_few)
    page = sa.union_all(*pages, sa.select(whole.c.id)).subquery("page")
    return sa.select(page.c.id).order_by(page.c.id.desc()).limit(at_most).offset(skipped)


def _step(*where: sa.ColumnElement[bool]) -> sa.CTE:
    return sa.select(_gin.c.case_id.label("id")).where(*where).cte().prefix_with("MATERIALIZED")


def _newest(step: int) -> sa.ColumnElement[Any]:
    """The marks of the newest cases of each series, from so many to twice as many."""
    last = sa.select(_last.c.id).scalar_subquery()
    series = sa.func.unnest(_array("series")).table_valued(column("one", sa.Text), name="series").render_derived()
    newest = pg_array([last // step, last // step - 1])
    places = sa.func.unnest(newest).table_valued(column("place", sa.BigInteger), name="places").render_derived()
    mark = series.c.one.concat(_step_token(step)).concat(sa.cast(places.c.place, sa.Text))
    return sa.func.array(sa.select(mark).select_from(series.join(places, sa.true())).scalar_subquery())


def _array(name: str) -> sa.BindParameter[Any]:
    return bindparam(name, type_=ARRAY(sa.Text))


def _words(texts: Iterable[str]) -> list[str]:
    return [run for text in texts for run in runs(text)]


def _grams(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({gram for word in words for gram in bigrams(word)}))


def _phrase(word: str) -> str:
    return '"' + " ".join(bigrams(word)) + '"'


def _fts_text(case: Indexed) -> str:
    """The pairs in order, so that a phrase of them is the word; a gap keeps two words apart."""
    pairs = " gap ".join(" ".join(bigrams(word)) for word in _words((case.title, case.sentence)))
    return f"{_series_token(case.series_id)} {pairs}"


def _gin_row(case: Indexed) -> dict[str, Any]:
    """The pairs, and what narrows a search: the series, and that with, by steps, where among the newest the case is."""
    words, series = _words((case.title, case.sentence)), _series_token(case.series_id)
    marks = (series, *(f"{series}{_step_token(step)}{case.case_id // step}" for step in STEPS))
    return {"case_id": case.case_id, "words": " ".join(words), "grams": (*_grams(words), *marks)}


def _series_token(series_id: int) -> str:
    return f"series{series_id}"


def _step_token(step: int) -> str:
    return f"of{step}at"
