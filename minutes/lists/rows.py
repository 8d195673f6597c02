"""The rows of one table, in order: cases, their further rows, and everything that is none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.numbers import fold, normal
from minutes.fold import fold_text
from minutes.lists.items import Cells, Reader, Section
from minutes.lists.model import Doubt, DoubtKind, Field, Ground, Item, Left, LeftOut, NotRead, Table, Unclear
from minutes.lists.status import Standing
from minutes.lists.tables import Stretch
from minutes.lists.words import field_of, is_ditto, is_empty, pattern

_LONGEST_SECTION = 40
_ORDINALS = "壹貳參肆伍陸柒捌玖拾一二三四五六七八九十甲乙丙丁"
_NUMBERING = re.compile(rf"^(?:[(（]?[{_ORDINALS}]{{1,3}}[)）]?[、.．:：\s]\s*|[(（][{_ORDINALS}]{{1,3}}[)）])")
_SAYS_WHAT = (Field.SUBJECT, Field.RULING)


@dataclass(slots=True)
class Found:
    """What the rows of a sheet came to."""

    items: list[Item] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unread: list[NotRead] = field(default_factory=list)


class TableReader:
    """Reads the rows of one table from top to bottom."""

    def __init__(self, stretch: Stretch, reader: Reader) -> None:
        self._stretch = stretch
        self._table = stretch.table
        self._reader = reader
        self._found = Found()
        self._section = Section()
        self._above: dict[int, str] = {}
        self._last: Item | LeftOut | None = None

    def read(self, rows: Sequence[tuple[str, ...]]) -> Found:
        """Account for every row of the stretch that is not empty."""
        for at in range(self._stretch.first, self._stretch.last):
            texts = self._texts(rows[at])
            if texts:
                self._row(Cells(at + 1, texts, self._table), " ".join(texts.values()))
        self._found.items = _flagged(self._found.items, self._table)
        return self._found

    def _texts(self, row: tuple[str, ...]) -> dict[int, str]:
        """The filled cells under the table's columns; a ditto mark says what the cell above said."""
        texts = {}
        for column in self._table.columns:
            text = row[column.index - 1] if column.index <= len(row) else ""
            if is_ditto(text):
                text = self._above.get(column.index, "") or text
            if text.strip():
                texts[column.index] = self._above[column.index] = text
        return texts

    def _row(self, cells: Cells, text: str) -> None:
        if left := self._leaves(cells):
            self._leave(cells.row, text, left)
        elif section := self._heads_section(cells):
            self._section = section
            self._leave(cells.row, text, Left.SECTION)
        elif not self._table.has(*_SAYS_WHAT):
            self._found.unread.append(NotRead(cells.row, "", text, Unclear.NO_HEADINGS))
        elif cells.first(*_SAYS_WHAT):
            self._case(cells, text)
        elif self._continues(cells):
            self._go_on(cells, text)
        else:
            why = Unclear.NO_SUBJECT if cells.first(Field.NUMBER) else Unclear.LOOSE_TEXT
            self._found.unread.append(NotRead(cells.row, "", text, why))

    def _leave(self, row: int, text: str, why: Left) -> None:
        self._last = None
        self._found.left_out.append(LeftOut(row, text, why))

    def _leaves(self, cells: Cells) -> Left | None:
        """Rows that are no cases by their form."""
        filled = list(cells.texts.values())
        if cells.row in self._table.heading_rows:
            return Left.HEADING
        if all(is_empty(text) for text in filled):
            return Left.BLANK
        if pattern("rows", "total").match(filled[0].strip()) and self._is_bare(cells, filled):
            return Left.TOTAL
        if pattern("rows", "footnote").match(filled[0].strip()) and len(filled) <= 2:
            return Left.FOOTNOTE
        return None

    @staticmethod
    def _is_bare(cells: Cells, filled: list[str]) -> bool:
        """Beside its word a row of totals holds figures only."""
        return all(re.fullmatch(r"[\d\s.,%件案項筆]+", text) or text == filled[0] for text in filled[1:]) and (
            not cells.text(Field.NUMBER) or cells.text(Field.NUMBER) == filled[0].strip()
        )

    def _heads_section(self, cells: Cells) -> Section | None:
        """A row with one text only: a unit's name, or a short one in the first column or with its own numbering."""
        values = {text.strip() for text in cells.texts.values()}
        text = min(values)
        if len(values) > 1 or len(text) > _LONGEST_SECTION or normal(fold(text)):
            return None
        bare = _NUMBERING.sub("", fold_text(text))
        named = self._reader.units.read(bare)
        units = (*named.lead, *named.support)
        if units and not named.odd and all(self._reader.units.is_unit(name) for name in units):
            return None if self._is_of_last(cells) else Section(text, units)
        first = min(cells.texts) == self._table.columns[0].index
        subject = bool(cells.first(*_SAYS_WHAT))
        numbered = bare != fold_text(text) and self._table.has(Field.NUMBER)
        return Section(text) if numbered or (first and not subject) else None

    def _is_of_last(self, cells: Cells) -> bool:
        """A unit alone in the units' column under a case is one more of its units."""
        return bool(cells.first(Field.LEAD, Field.SUPPORT)) and self._last is not None and len(cells.texts) == 1

    def _case(self, cells: Cells, text: str) -> None:
        standing, _ = self._reader.standing(cells)
        if standing in (Standing.RELEASED, Standing.CLOSED):
            why = Left.RELEASED if standing is Standing.RELEASED else Left.CLOSED
            self._leave(cells.row, text, why)
            self._last = self._found.left_out[-1]
            return
        item = self._reader.item(cells, self._section)
        last = self._last
        if isinstance(last, Item) and item.number == last.number and item.number and item.sentence == last.sentence:
            self._go_on(cells, text)
            return
        self._last = item
        self._found.items.append(item)

    def _continues(self, cells: Cells) -> bool:
        """A row that names a unit and no further case is one more unit's row of the case above."""
        if not cells.first(Field.LEAD, Field.SUPPORT):
            return False
        number = cells.text(Field.NUMBER)
        if isinstance(self._last, Item):
            return not number or normal(fold(number)) == self._last.number
        return self._last is not None and not number

    def _go_on(self, cells: Cells, text: str) -> None:
        """Add a further row to the case above, or to the released one above."""
        if isinstance(self._last, Item):
            self._last = self._found.items[-1] = _joined(self._last, cells, self._reader)
        elif self._last is not None:
            self._last = replace(self._last, row=cells.row, text=text)
            self._found.left_out.append(self._last)


def _joined(item: Item, cells: Cells, reader: Reader) -> Item:
    """The case with one more of its rows: more units, their own progress, and doubts where rows disagree."""
    lead, support, odd = reader.parties(cells)
    known = (*item.lead, *item.support)
    doubts = [*odd]
    due = reader.days.due(cells.text(cells.due_field), item.held_on).due
    if due.text and item.due.text and due != item.due:
        doubts.append(cells.doubt(DoubtKind.ROWS_DIFFER, cells.due_field))
    progress = tuple(p for p in reader.progress(cells, lead) if p.text not in {old.text for old in item.progress})
    kept = tuple(doubt for doubt in item.doubts if not (lead and doubt.kind is DoubtKind.NO_UNIT))
    return replace(
        item,
        rows=(*item.rows, cells.row),
        lead=(*item.lead, *(name for name in lead if name not in known)),
        support=(*item.support, *(name for name in support if name not in known)),
        due=item.due if item.due.text else due,
        progress=(*item.progress, *progress),
        note="\n".join(dict.fromkeys(filter(None, (item.note, cells.joined(Field.NOTE))))),
        doubts=(*kept, *doubts),
    )


def _flagged(items: list[Item], table: Table) -> list[Item]:
    """Flag numbers that come twice. Where the number is a mere count of rows that begins anew, nobody has a number."""
    counts = Counter(item.number for item in items if item.number)
    twice = {number for number, count in counts.items() if count > 1}
    if twice and _is_count(table):
        return [replace(item, number=None) for item in items]
    return [
        replace(item, doubts=(Doubt(DoubtKind.DUPLICATE_NUMBER, "", item.number), *item.doubts))
        if item.number in twice and item.number
        else item
        for item in items
    ]


def _is_count(table: Table) -> bool:
    return any(
        column.ground is not Ground.SAID and (field_of(column.heading) or (None,))[0] is Field.ORDER
        for column in table.of(Field.NUMBER)
    )
