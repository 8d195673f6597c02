"""Paragraphs and tables of a document, and how they become lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

Block: TypeAlias = "str | Table"
_GAP = "  "  # two blanks: wide enough that folding keeps one of them
_LABEL_LENGTH = 12
_PUNCTUATION = re.compile(r"[，。；、,;!?！？]")
_NUMBER = re.compile(r"\d{1,3}")
_COLON = (":", "：")
_FORM_LABELS = re.compile(
    r"(?:會議|開會|召開)?(?:時間|日期|地點|名稱|主題|事由)|(?:會議)?主席|主持人|召集人|(?:會議)?[紀記]錄(?:人員?|者)?"
    r"|(?:出席|列席|請假|缺席|與會|參加)(?:者|人員|單位|委員|人數)?|聯絡人|電話"
)


@dataclass(slots=True)
class Cell:
    blocks: list[Block] = field(default_factory=list)
    columns: int = 1  # how many columns of the grid it covers
    continues: bool = False  # it belongs to the cell above (vertical merge)

    @property
    def lines(self) -> list[str]:
        return [line for line in render(self.blocks) if line.strip()]


@dataclass(slots=True)
class Table:
    rows: list[list[Cell]] = field(default_factory=list)


def render(blocks: Iterable[Block]) -> Iterator[str]:
    """The lines of paragraphs and tables, in order."""
    for block in blocks:
        if isinstance(block, str):
            yield from map(_without_stray_tabs, block.split("\n"))
        else:
            yield from _table_lines(block)


def _without_stray_tabs(line: str) -> str:
    """Keep the tabs of a table that was typed with tabs; elsewhere a tab is only a gap."""
    if "\t" not in line:
        return line
    cells = [cell.strip(" ") for cell in line.strip("\t").split("\t")]
    if sum(map(bool, cells)) >= 3:
        return "\t".join(cells)
    return _GAP.join(cell for cell in cells if cell)


def _table_lines(table: Table) -> Iterator[str]:
    rows = [[(cell, cell.lines) for cell in row] for row in _with_merges_repeated(table)]
    is_form = _is_form(rows)
    for row in rows:
        if len(row) == 1:
            yield from row[0][1]
        elif len(row) == 2 and _NUMBER.fullmatch("".join(row[0][1])):
            yield from _labelled("".join(row[0][1]) + ". ", row[1][1])
        elif len(row) == 2 and is_form:
            yield from _labelled(_with_colon(row[0][1]), row[1][1])
        elif _is_header_row([lines for _, lines in row]):
            for label, content in zip(row[::2], row[1::2], strict=True):
                yield from _labelled(_with_colon(label[1]), content[1])
        elif any(lines for _, lines in row):
            yield "\t".join(_columns(row)).rstrip(" ")


def _with_merges_repeated(table: Table) -> Iterator[list[Cell]]:
    """Give a vertically merged cell's content to each row that it covers."""
    above: dict[int, Cell] = {}
    for row in table.rows:
        now: dict[int, Cell] = {}
        at = 0
        for cell in row:
            origin = above.get(at) if cell.continues else None
            now[at] = Cell(origin.blocks, cell.columns) if origin else cell
            at += cell.columns
        above = now
        if not row or not all(cell.continues for cell in row):
            yield list(now.values())


_Row = list[tuple[Cell, list[str]]]


def _is_form(rows: list[_Row]) -> bool:
    """A table of two columns whose first one names the second: 決議 | 1.請… 2.請…"""
    pairs = [row for row in rows if len(row) == 2]
    return len(pairs) == sum(len(row) > 1 for row in rows) and all(_is_label(row[0][1]) for row in pairs)


def _is_label(lines: list[str]) -> bool:
    text = "".join(lines)
    return 0 < len(text) <= _LABEL_LENGTH and len(lines) <= 2 and not _PUNCTUATION.search(text)


def _is_header_row(cells: list[list[str]]) -> bool:
    """時間 | 110年9月23日 | 地點 | 會議室: labels and values in turn."""
    if len(cells) % 2:
        return False
    labels = [re.sub(r"[\s:：]", "", "".join(lines)) for lines in cells[::2]]
    return all(_FORM_LABELS.fullmatch(label) for label in labels)


def _with_colon(label: list[str]) -> str:
    name = "".join(label).replace(" ", "")
    return name if name.endswith(_COLON) else name + "："


def _labelled(label: str, content: list[str]) -> Iterator[str]:
    if len(content) == 1:
        yield label + content[0]
    else:
        yield label.rstrip(" ")
        yield from content


def _columns(row: _Row) -> Iterator[str]:
    for cell, lines in row:
        yield _GAP.join(line.replace("\t", _GAP).strip() for line in lines)
        yield from [""] * (cell.columns - 1)
