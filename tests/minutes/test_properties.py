"""Any text is read without an error, and no line of it is lost."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from minutes.lines import paragraphs, split_lines
from minutes.model import Minutes
from minutes.parse import parse, to_json

CORPUS = Path(__file__).parents[1] / "data" / "minutes"
LINES = [line for path in sorted(CORPUS.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
CALENDAR = WorkCalendar()
PIECES = st.sampled_from(
    [
        *"、，。；：（）()□■-|\t 　之至等",
        "請",
        "由",
        "應",
        "決議：",
        "解除列管",
        "繼續列管",
        "一、",
        "（一）",
        "1.",
        "壹、",
        "編號",
        "211-2",
        "資訊局",
        "月底前",
        "第",
    ]
)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def lost_lines(text: str, minutes: Minutes) -> set[int]:
    written = {line.number for line in split_lines(text) if line.raw.strip()}
    return written - minutes.read_lines - set(minutes.furniture) - {unread.line for unread in minutes.unread}


def assert_whole(text: str) -> None:
    minutes = parse(text, calendar=CALENDAR, held_on=date(2024, 5, 7))
    assert lost_lines(text, minutes) == set()
    assert json.loads(json.dumps(to_json(minutes)))["has_conclusions"] == minutes.has_conclusions


@SLOW
@given(st.text())
def test_any_characters_are_read_and_no_line_is_lost(text: str) -> None:
    assert_whole(text)


@SLOW
@given(st.lists(PIECES, max_size=60).map("".join) | st.lists(st.lists(PIECES, max_size=12).map("".join)).map("\n".join))
def test_scrambled_words_of_the_trade_are_read_and_no_line_is_lost(text: str) -> None:
    assert_whole(text)


@SLOW
@given(st.lists(st.sampled_from(LINES), max_size=40).map("\n".join))
def test_shuffled_lines_of_minutes_are_read_and_no_line_is_lost(text: str) -> None:
    assert_whole(text)


@SLOW
@given(st.sampled_from(sorted(CORPUS.glob("*.txt"))), st.integers(0, 2000), st.integers(0, 80), st.text(max_size=8))
def test_mutated_minutes_are_read_and_no_line_is_lost(path: Path, at: int, cut: int, inserted: str) -> None:
    text = path.read_text("utf-8")

    assert_whole(text[:at] + inserted + text[at + cut :])


def test_work_grows_with_the_number_of_pages_only() -> None:
    page = (CORPUS / "bureau-affairs.txt").read_text("utf-8")

    one, twenty = (paragraphs(split_lines(page * pages)).paragraphs for pages in (1, 20))

    assert len(twenty) <= 20 * len(one)
    assert max(len(paragraph.text) for paragraph in twenty) <= max(len(paragraph.text) for paragraph in one)
