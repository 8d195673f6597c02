"""Fill a migrated, empty database with any number of cases, fast: what every benchmark at scale stands on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from domain.case import Duty, State
from storage.cases import stored_sort_key
from storage.engine import is_sqlite, parse_url, postgresql, sqlite_writer
from storage.search import Search
from storage.tables import NO_DEADLINE, assignments, cases, members, reports, series, units

START = datetime(2021, 1, 4, 1, 0, tzinfo=UTC)
CHUNK = 20_000
UNITS = 12
PER_MEETING = 20
OPEN_SHARE = 20  # one case in so many is still open
DATED_SHARE = 8  # one case in so many has a deadline
REPORTED_SHARE = 4  # one case in so many has a report
FIRST_DAY = date(2021, 1, 4)
RARE = {100: "與換文", 10_000: "暨議約", 100_000: "並驗收"}
DAYS = 700  # over which deadlines are spread


def seed(url: str, count: int) -> None:
    """Write `count` cases of one series with one or two lines each; some open, dated or reported.

    Case n (from 1) has the number `number_of(n)`. No open line has a next look: a benchmark sets those it wants.
    """
    parsed = parse_url(url)
    engine = sqlite_writer(parsed) if is_sqlite(parsed) else postgresql(parsed)
    _base(engine)
    for first in range(1, count + 1, CHUNK):
        with engine.begin() as connection:
            _chunk(connection, range(first, min(first + CHUNK, count + 1)))
    _finish(engine)
    engine.dispose()


def number_of(n: int) -> str:
    """The number of the n-th case: `{meeting}-{n}` with 20 cases a meeting."""
    return f"{1 + (n - 1) // PER_MEETING}-{1 + (n - 1) % PER_MEETING}"


def _base(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.insert(series), {"id": 1, "name": "會報", "scheme": "{meeting}-{n}", "release": "chair"})
        connection.execute(sa.insert(units), [{"id": n, "name": f"第{n}組"} for n in range(1, UNITS + 1)])
        connection.execute(sa.insert(members), {"id": 1, "user_id": "U" + "0" * 32, "name": "窗口"})


def _chunk(connection: Connection, span: range) -> None:
    connection.execute(sa.insert(cases), [_case(n) for n in span])
    connection.execute(sa.insert(assignments), [line for n in span for line in _lines(n)])
    reported = [_report(n) for n in span if n % REPORTED_SHARE == 0]
    if reported:
        connection.execute(sa.insert(reports), reported)


def _case(n: int) -> dict[str, Any]:
    deadline = _deadline(n)
    return {
        "id": n,
        "series_id": 1,
        "number": number_of(n),
        "sort_key": stored_sort_key(number_of(n)),
        "title": f"完成第{n}項設備更新{_rare(n)}",
        "sentence": f"請第{1 + n % UNITS}組完成第{n}項設備更新，並於下次會議報告辦理情形。",
        "section": "貳-一",
        "deadline_on": deadline,
        "deadline_text": "",
        "deadline_rule": "",
        "due_on": deadline or NO_DEADLINE,
        "is_open": _is_open(n),
        "is_pending": _is_open(n),
        "created_at": START + timedelta(minutes=n),
        "version": 1,
    }


def _rare(n: int) -> str:
    """Words of one case in a hundred, in ten thousand, and in a hundred thousand."""
    return "".join(word for every, word in RARE.items() if n % every == 0)


def _lines(n: int) -> Iterator[dict[str, Any]]:
    for place in range(1 + (n % 3 == 0)):
        yield {
            "id": 2 * n - 1 + place,
            "case_id": n,
            "unit_id": 1 + (n + place) % UNITS,
            "series_id": 1,
            "duty": Duty.SUPPORT if place else Duty.LEAD,
            "state": State.OPEN if _is_open(n) else State.RELEASED,
            "due_on": _deadline(n) or NO_DEADLINE,
            "sort_key": stored_sort_key(number_of(n)),
            "version": 1,
        }


def _report(n: int) -> dict[str, Any]:
    return {"assignment_id": 2 * n - 1, "member_id": 1, "text": "已完成換文", "at": START + timedelta(minutes=n)}


def _is_open(n: int) -> bool:
    return n % OPEN_SHARE < 1


def _deadline(n: int) -> date | None:
    return FIRST_DAY + timedelta(days=n % DAYS) if (n // OPEN_SHARE) % DATED_SHARE == 0 else None


def _finish(engine: Engine) -> None:
    """Index the words, move PostgreSQL's counters behind the ids, and let both databases look at what they hold."""
    with engine.begin() as connection:
        Search(connection).fill()
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            for table in (series, units, members, cases, assignments):
                connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), (SELECT max(id) FROM {table.name}))"
                )
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
