"""Cases by words, over pairs of characters (docs/decisions/0010): FTS5 on SQLite, a GIN index on PostgreSQL.

The index is no table of ours: it is made by the migration and kept in step here, with what the case says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam, column
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Connection

from domain.case import Case
from domain.grams import bigrams, runs

RECENT = 2_000  # cases in which a frequent word is found without the index, which would list all that hold it

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

_gin = sa.table(
    "case_search",
    column("case_id", sa.BigInteger),
    column("series_id", sa.BigInteger),
    column("words", sa.Text),
    column("grams", ARRAY(sa.Text)),
)
ADD_GIN = sa.insert(_gin)
CHANGE_GIN = (
    sa.update(_gin)
    .where(_gin.c.case_id == bindparam("of_case"))
    .values(words=bindparam("new_words"), grams=bindparam("new_grams"))
)


def add(connection: Connection, case_id: int, series_id: int, texts: Iterable[str]) -> None:
    """Index a new case by what it says."""
    words = _words(texts)
    if _is_sqlite(connection):
        connection.execute(ADD_FTS, {"case_id": case_id, "text": _fts_text(series_id, words)})
    else:
        row = {"case_id": case_id, "series_id": series_id, "words": " ".join(words), "grams": _grams(words)}
        connection.execute(ADD_GIN, row)


def change(connection: Connection, case: Case) -> None:
    """Index a case anew whose title or sentence was changed."""
    words = _words((case.title, case.sentence))
    if _is_sqlite(connection):
        connection.execute(CHANGE_FTS, {"case_id": case.id, "text": _fts_text(case.series_id, words)})
    else:
        connection.execute(CHANGE_GIN, {"of_case": case.id, "new_words": " ".join(words), "new_grams": _grams(words)})


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
    values: dict[str, Any] = {f"word{at}": word for at, word in enumerate(wanted)}
    values |= {"in_series": list(series_ids), "grams": _grams(wanted), "at_most": limit, "skipped": offset}
    recent, everywhere = _find_gin(len(wanted))
    found = connection.execute(recent, values).scalars().all()
    return list(found if len(found) == limit else connection.execute(everywhere, values).scalars().all())


@cache
def _find_gin(words: int) -> tuple[sa.Select[Any], sa.Select[Any]]:
    """Among the newest cases; and among all, by the index."""
    in_series = _gin.c.series_id.in_(bindparam("in_series", expanding=True))
    newest = sa.select(_gin).where(in_series).order_by(_gin.c.case_id.desc()).limit(RECENT).subquery("newest")
    # The index is asked for ids alone, materialised: in order of id PostgreSQL would try one case after the other.
    held = sa.select(_gin.c.case_id).where(in_series, *_holds(_gin, words)).cte("held").prefix_with("MATERIALIZED")
    return _window(newest.c.case_id, *_holds(newest, words)), _window(held.c.case_id)


def _holds(table: Any, words: int) -> list[sa.ColumnElement[bool]]:
    grams = bindparam("grams", type_=ARRAY(sa.Text))
    return [
        table.c.grams.contains(grams),
        *(sa.func.strpos(table.c.words, bindparam(f"word{at}")) > 0 for at in range(words)),
    ]


def _window(found: sa.ColumnElement[int], *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    window = bindparam("at_most", type_=sa.Integer), bindparam("skipped", type_=sa.Integer)
    return sa.select(found).where(*where).order_by(found.desc()).limit(window[0]).offset(window[1])


def _words(texts: Iterable[str]) -> list[str]:
    return [run for text in texts for run in runs(text)]


def _grams(words: Iterable[str]) -> list[str]:
    return sorted({gram for word in words for gram in bigrams(word)})


def _phrase(word: str) -> str:
    return '"' + " ".join(bigrams(word)) + '"'


def _fts_text(series_id: int, words: Iterable[str]) -> str:
    """The pairs in order, so that a phrase of them is the word; a gap keeps two words apart."""
    return f"{_series_token(series_id)} " + " gap ".join(" ".join(bigrams(word)) for word in words)


def _series_token(series_id: int) -> str:
    return f"series{series_id}"


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
