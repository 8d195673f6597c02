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
from sqlalchemy.engine import Connection

from domain.case import Case
from domain.grams import bigrams, runs
from storage.tables import cases

STEPS = (1_024, 16_384, 131_072)
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
LAST_GIN = sa.select(sa.func.max(_gin.c.case_id))
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


def add(connection: Connection, cases: Sequence[Indexed]) -> None:
    """Index new cases by what they say."""
    if _is_sqlite(connection):
        connection.execute(ADD_FTS, [{"case_id": case.case_id, "text": _fts_text(case)} for case in cases])
    else:
        connection.execute(ADD_GIN, [_gin_row(case) for case in cases])


def fill(connection: Connection) -> None:
    """Fill an empty index with every case that is there."""
    after = 0
    while rows := connection.execute(SOME, {"after": after}).all():
        add(connection, [Indexed(*row) for row in rows])
        after = rows[-1].id


def change(connection: Connection, case: Case) -> None:
    """Index a case anew whose title or sentence was changed."""
    now = Indexed(case.id, case.series_id, case.title, case.sentence)
    if _is_sqlite(connection):
        connection.execute(CHANGE_FTS, {"case_id": case.id, "text": _fts_text(now)})
    else:
        row = _gin_row(now)
        connection.execute(CHANGE_GIN, {"of_case": case.id, "new_words": row["words"], "new_grams": row["grams"]})


def find(
    connection: Connection, series_ids: Sequence[int], words: Iterable[str], *, limit: int, offset: int
) -> list[int]:
    """Ids of the cases that hold all the words, the newest first."""
    wanted = _words(words)
    if not wanted or not series_ids:
        return []
    if _is_sqlite(connection):
        query = f"({' OR '.join(map(_series_token, series_ids))}) AND {' AND '.join(map(_phrase, wanted))}"
        rows = connection.execute(FIND_FTS, {"query": query, "at_most": limit, "skipped": offset})
        return [row.id for row in rows]
    return _find_gin(connection, series_ids, wanted, limit, offset)


def _find_gin(
    connection: Connection, series_ids: Sequence[int], words: list[str], limit: int, offset: int
) -> list[int]:
    values: dict[str, Any] = {f"word{at}": word for at, word in enumerate(words)}
    values |= {"pairs": _grams(words), "series": [_series_token(one) for one in series_ids]}
    values |= {"at_most": limit, "skipped": offset}
    last = connection.execute(LAST_GIN).scalar() or 0
    for step in STEPS:
        if last <= step:
            break
        newest = {"newest": [_step_token(step, last), _step_token(step, last - step)]}
        found = connection.execute(_gin_query(len(words), among_newest=True), values | newest).scalars().all()
        if len(found) == limit:
            return list(found)
    return list(connection.execute(_gin_query(len(words), among_newest=False), values).scalars().all())


@cache
def _gin_query(words: int, *, among_newest: bool) -> sa.Select[Any]:
    """Materialised: in order of id PostgreSQL would try one case after the other."""
    holds = [_gin.c.grams.contains(_array("pairs")), _gin.c.grams.overlap(_array("series"))]
    holds += [_gin.c.grams.overlap(_array("newest"))] if among_newest else []
    holds += [sa.func.strpos(_gin.c.words, bindparam(f"word{at}")) > 0 for at in range(words)]
    held = sa.select(_gin.c.case_id).where(*holds).cte("held").prefix_with("MATERIALIZED")
    window = bindparam("at_most", type_=sa.Integer), bindparam("skipped", type_=sa.Integer)
    return sa.select(held.c.case_id).order_by(held.c.case_id.desc()).limit(window[0]).offset(window[1])


def _array(name: str) -> sa.BindParameter[Any]:
    return bindparam(name, type_=ARRAY(sa.Text))


def _words(texts: Iterable[str]) -> list[str]:
    return [run for text in texts for run in runs(text)]


def _grams(words: Iterable[str]) -> list[str]:
    return sorted({gram for word in words for gram in bigrams(word)})


def _phrase(word: str) -> str:
    return '"' + " ".join(bigrams(word)) + '"'


def _fts_text(case: Indexed) -> str:
    """The pairs in order, so that a phrase of them is the word; a gap keeps two words apart."""
    pairs = " gap ".join(" ".join(bigrams(word)) for word in _words((case.title, case.sentence)))
    return f"{_series_token(case.series_id)} {pairs}"


def _gin_row(case: Indexed) -> dict[str, Any]:
    """The pairs, and what narrows a search: the series and, by steps, where among the newest the case is."""
    words = _words((case.title, case.sentence))
    marks = [_series_token(case.series_id), *(_step_token(step, case.case_id) for step in STEPS)]
    return {"case_id": case.case_id, "words": " ".join(words), "grams": [*_grams(words), *marks]}


def _series_token(series_id: int) -> str:
    return f"series{series_id}"


def _step_token(step: int, case_id: int) -> str:
    return f"of{step}at{case_id // step}"


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
