"""The hot questions read their index, on both databases, as the database itself explains."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from benchmarks.seed import seed
from domain.grams import bigrams
from domain.outbox import Route
from domain.ports import Store
from storage import audit, case_statements, milestones, occurrences, outbox, reminders, reports
from storage.engine import is_sqlite, parse_url, postgresql, sqlite_writer
from storage.search import STEPS, Search, find_gin
from tests.storage.office import NOW, entry, message

DAYS = [NOW.date() + timedelta(days=n) for n in range(200)]
PAGE = {"at_most": 20, "skipped": 0}
QUESTIONS = {
    "uq_cases_series_id_number": (case_statements.BY_NUMBER, {"in_series": [1], "of_number": "3-7"}),
    "ix_cases_open": (case_statements.OPEN, {"of_series": 1} | PAGE),
    "ix_cases_pending": (case_statements.OVERDUE, {"of_series": 1, "today": date(2021, 2, 1)} | PAGE),
    "ix_cases_contracts": (case_statements.CONTRACTS, {"of_series": 1}),
    "ix_assignments_of_unit": (case_statements.OF_UNIT, {"of_series": 1, "of_unit": 3} | PAGE),
    "ix_assignments_next_look": (reminders.DUE_LINES, {"now": NOW, "at_most": 20}),
    "uq_assignments_case_id_unit_id": (case_statements.LINES_OF, {"cases": [3, 4]}),
    "ix_reports_assignment_id_at": (reports.LAST, {"lines": [3, 5]}),
    "ix_reports_message_id": (reports.PURGE, {"unsent_id": "m1"}),
    "ix_outbox_ready": (outbox.CLAIM, {"on_route": Route.PUSH, "now": NOW, "until": NOW, "at_most": 20}),
    "ix_milestones_assignment_id": (milestones.OF_LINES, {"lines": [3, 5], "since": NOW.date()}),
    "ix_milestones_planned": (milestones.BETWEEN, {"since": NOW.date(), "until": NOW.date() + timedelta(days=1)}),
    "ix_audit_of_member": (audit.LAST, {"by_member": 1}),
    "ix_audit_words": (audit.WITH_WORDS, {"of_source": "line:1"}),
    "ix_audit_subject_subject_id": (audit.OF_SUBJECT, {"of_kind": "case", "of_id": 7}),
}
FURTHER = [
    ("ix_assignments_next_look", occurrences.DUE, {"now": NOW, "at_most": 20}),
    ("uq_assignments_occurrence", occurrences.OF_PERIOD, {"line": 3, "first_day": date(2021, 12, 1)}),
    ("uq_assignments_occurrence", occurrences.LAST, {"line": 3}),
]
COUNTS = {
    "ix_cases_open": (case_statements.COUNT_OPEN, {"in_series": [1]}),
    "ix_cases_pending": (case_statements.COUNT_OVERDUE, {"in_series": [1], "today": date(2021, 2, 1)}),
    "ix_assignments_of_unit": (case_statements.COUNT_OF_UNIT, {"in_series": [1], "of_unit": 3}),
}
INDEX_NAMES = {  # SQLite names the index of a constraint itself
    "uq_cases_series_id_number": "sqlite_autoindex_cases_1",
    "uq_assignments_case_id_unit_id": "sqlite_autoindex_assignments_1",
}
ASKED = [*((index, *question) for index, question in [*QUESTIONS.items(), *COUNTS.items()]), *FURTHER]


@pytest.fixture
def connection(store: Store, database_url: str) -> Iterator[Connection]:
    """A connection to a database of 20,000 cases with what belongs to them."""
    seed(database_url, 20_000)
    _add_messages(store)
    url = parse_url(database_url)
    engine = sqlite_writer(url) if is_sqlite(url) else postgresql(url)
    with engine.connect() as opened:
        opened.exec_driver_sql("ANALYZE")
        opened.commit()  # what was found out would be lost with the transaction
        yield opened
    engine.dispose()


def _add_messages(store: Store) -> None:
    store.write(lambda uow: uow.outbox.add_many([message() for _ in range(3000)]))
    store.write(lambda uow: [uow.milestones.add(2 * n + 1, None, DAYS[n % 200], "開標", NOW) for n in range(3000)])
    store.write(lambda uow: [uow.audit.add(entry(subject_id=n, member_id=1)) for n in range(3000)])
    store.write(lambda uow: uow.reminders.looked([(line, None, NOW) for line in range(39, 20_000, 40)]))


def test_each_hot_question_reads_its_index(connection: Connection) -> None:
    plans = [(index, explain(connection, statement, values)) for index, statement, values in ASKED]

    assert [
        (index, plan) for index, plan in plans if INDEX_NAMES.get(index, index) not in plan and index not in plan
    ] == []


def test_no_page_of_a_list_sorts_what_its_index_has_in_order(connection: Connection) -> None:
    lists = ("ix_cases_open", "ix_cases_pending", "ix_assignments_next_look", "ix_audit_of_member")
    plans = {index: explain(connection, *QUESTIONS[index]) for index in lists}

    assert [index for index, plan in plans.items() if "TEMP B-TREE" in plan or "Sort Key" in plan] == []


@pytest.mark.parametrize(("word", "every"), [("設備更新", 1), ("換文", 100), ("議約", 10_000), ("查無此詞", 10**6)])
@pytest.mark.parametrize("offset", [0, 9, 150, 2_500])
def test_each_page_of_a_word_is_found_however_frequent_it_is(
    connection: Connection, word: str, every: int, offset: int
) -> None:
    held = [n for n in range(20_000, 0, -1) if n % every == 0]

    assert Search(connection).find((1,), [word], limit=9, offset=offset) == held[offset : offset + 9]


@pytest.mark.parametrize(("word", "steps"), [("設備更新", 1), ("換文", 2), ("議約", len(STEPS) + 1)])
def test_postgresql_looks_no_further_than_a_page_needs(connection: Connection, word: str, steps: int) -> None:
    if connection.dialect.name == "sqlite":
        pytest.skip("FTS5 reads its index in the order of the answer")
    values = {"word0": word, "pairs": bigrams(word), "series": ["series1"], "at_most": 9, "skipped": 0}

    plan = explain(connection, find_gin(1), values, verb="EXPLAIN ANALYZE")

    read = [line for line in plan.splitlines() if "Scan on case_search" in line and "never executed" not in line]
    assert len(read) == steps


def explain(connection: Connection, statement: sa.Executable, values: dict[str, Any], verb: str = "EXPLAIN") -> str:
    """The plan of a statement as its database tells it."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, text: str, parameters: Any, *_: object) -> None:
        sent.append((text, parameters))

    sa.event.listen(connection, "before_cursor_execute", note)
    connection.execute(statement, values).close()
    sa.event.remove(connection, "before_cursor_execute", note)
    connection.rollback()
    text, parameters = sent[-1]
    verb = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else verb
    return "\n".join(str(tuple(row)) for row in connection.exec_driver_sql(f"{verb} {text}", parameters))
