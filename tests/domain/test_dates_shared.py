"""The project's table of deadline phrases, where it stands beside the checkout."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from domain.calendar import WorkCalendar
from domain.dates import Kind, Reading, read

TABLE = Path(__file__).parents[3] / "shared" / "deadlines.tsv"
CALENDAR = WorkCalendar()


def rows() -> list[tuple[str, str, str, str]]:
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t")
        return [(row["phrase"], row["meeting_date"], row["expected"], row["type"]) for row in reader]


def written(reading: Reading) -> str:
    if reading.date:
        return reading.date.isoformat()
    return f"{reading.start}/{reading.end}" if reading.end else "null"


@pytest.mark.parametrize(("phrase", "on", "expected", "kind"), rows())
def test_phrase_is_read_as_the_table_says(phrase: str, on: str, expected: str, kind: str) -> None:
    reading = read(phrase, on=date.fromisoformat(on), calendar=CALENDAR)

    assert reading.kind.value == kind
    if reading.kind is not Kind.RECURRENCE:
        assert written(reading) == expected.split(" (")[0]
