"""Every phrase of the corpus is read as written there; the calendar's facts (day_off) have tests of their own."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from domain.calendar import WorkCalendar
from domain.dates import Kind, Reading, read

CORPUS = sorted((Path(__file__).parent.parent / "data" / "dates").glob("*.tsv"))
CALENDAR = WorkCalendar()


def rows() -> list[tuple[str, ...]]:
    """Phrase (⏎ stands for a line break), day of the meeting, kind, reading, flags."""
    found = []
    for path in CORPUS:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            found += [(row["phrase"], row["on"], row["kind"], row["reading"], row["flags"]) for row in reader]
    return found


def written(reading: Reading) -> str:
    """The reading as the corpus writes it: a day, start/end, an RRULE, or the candidates."""
    if reading.kind is Kind.RECURRENCE:
        return reading.recurrence or ""
    if reading.kind is Kind.AMBIGUOUS:
        return " ".join(day.isoformat() for day in reading.candidates)
    if reading.date:
        return reading.date.isoformat()
    return f"{reading.start}/{reading.end}" if reading.end else ""


@pytest.mark.parametrize(("phrase", "on", "kind", "expected", "flags"), rows())
def test_phrase_is_read_as_the_corpus_says(phrase: str, on: str, kind: str, expected: str, flags: str) -> None:
    reading = read(phrase.replace("⏎", "\n"), on=date.fromisoformat(on), calendar=CALENDAR)

    doubts = set(reading.flags) - {"day_off"}
    assert (reading.kind.value, written(reading), doubts) == (kind, expected, set(flags.split()))
