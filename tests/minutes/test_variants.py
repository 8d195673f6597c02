"""The same minutes in another typist's or converter's spelling give the same answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from domain.calendar import WorkCalendar
from minutes.parse import parse

CORPUS = sorted((Path(__file__).parents[1] / "data" / "minutes").glob("*.txt"))
CALENDAR = WorkCalendar()
FULL, HALF = str.maketrans("()0123456789:,", "（）０１２３４５６７８９：，"), str.maketrans("（）：，；", "():,;")
NUMBERED = re.compile(r"(?m)^(?=\s*[(（]?[一二三四五六七八九十\d]+[)）、.])")
HEADING = re.compile(r"(?m)^(\s*(?:[壹貳參肆伍陸]|[一二三四五六])、[^\n。，,:：|]{2,12})$")
WIDTH, SLACK = 36, 6
COLUMNS = re.compile(r"[\t|│｜]|\S(?:  |　)\s*\S.*\S(?:  |　)\s*\S")


def wrapped(text: str) -> str:
    """Break every long line of prose at one width, words and numbers in two."""
    return "\n".join(line if COLUMNS.search(line) else "\n".join(pieces(line)) for line in text.split("\n"))


def pieces(line: str) -> Iterator[str]:
    while len(line) > WIDTH + SLACK:
        yield line[:WIDTH]
        line = line[WIDTH:]
    yield line


VARIANTS: dict[str, Callable[[str], str]] = {
    "full-width": lambda text: text.translate(FULL),
    "half-width": lambda text: text.translate(HALF),
    "list-dashes": lambda text: NUMBERED.sub("- ", text),
    "bold-headings": lambda text: HEADING.sub(r"**\1**", text),
    "line-ends": lambda text: text.replace("\n", "\r\n"),
    "indented": lambda text: re.sub(r"(?m)^(?=.)", "　　", text),
    "broken-lines": wrapped,
    "misread-headings": lambda text: re.sub(r"(?m)^(\s*)參、(?=(?:報告|討論)事項|臨時動議|提案討論)", r"\1多、", text),
    "misread-numerals": lambda text: text.replace("二、", "ニ、"),
    "spaced-figures": lambda text: re.sub(r"(?<=[一-鿿])(\d+)(?=[一-鿿])", r" \1 ", text),
}
Answer = tuple[list[object], list[object], object]


def answer(text: str) -> Answer:
    """What must not depend on the spelling: units and deadlines, decisions, the day."""
    found = parse(text, calendar=CALENDAR)
    return (
        [(draft.lead, draft.support, draft.deadline and draft.deadline.deadline) for draft in found.drafts],
        [(decision.number, decision.unit, decision.decision) for decision in found.decisions],
        found.header.held_on,
    )


@pytest.mark.parametrize("variant", VARIANTS)
def test_spelling_changes_no_answer(variant: str) -> None:
    texts = {path.name: path.read_text("utf-8") for path in CORPUS}

    changed = {name for name, text in texts.items() if answer(VARIANTS[variant](text)) != answer(text)}

    assert changed == set()
