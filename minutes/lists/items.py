"""One row of a table → an item, or why it makes none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain.numbers import find_numbers, fold, normal
from minutes.fold import fold_text
from minutes.lists.days import DayReader
from minutes.lists.model import Column, Doubt, DoubtKind, Due, Field, Item, Progress, Table, cell_name
from minutes.lists.status import Standing, standing_of
from minutes.lists.tables import JOINT
from minutes.lists.units import UnitReader
from minutes.lists.words import is_empty, pattern, plain
from minutes.title import LONGEST, as_written, title_of

_LONGEST_NUMBER = 20
_LEADING_NUMBER = re.compile(r"[(\[]?(?:案號|編號)?:?(\d{2,4}-\d{1,3})(?:[)\]]|[\s:、,.])")
_COUNT = re.compile(r"\d{1,3}")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ORDINAL = re.compile(r"第?\s*(\d{1,4})\s*(?:次|屆|會期)|^第?\s*(\d{1,4})$")


@dataclass(frozen=True, slots=True)
class Section:
    """The row that heads a group of rows, with the units that it names."""

    text: str = ""
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cells:
    """The filled cells of one row (from 1) under a table's columns, dittos resolved."""

    row: int
    texts: Mapping[int, str]
    table: Table

    def of(self, *fields: Field) -> Iterator[tuple[Column, str]]:
        for column in self.table.columns:
            if column.field in fields and not is_empty(text := self.texts.get(column.index, "")):
                yield column, text

    def first(self, *fields: Field) -> tuple[Column, str] | None:
        return next(self.of(*fields), None)

    def text(self, field: Field) -> str:
        found = self.first(field)
        return found[1].strip() if found else ""

    def place(self, field: Field) -> str:
        found = self.first(field)
        return cell_name(found[0].index, self.row) if found else ""

    def doubt(self, kind: DoubtKind, field: Field) -> Doubt:
        return Doubt(kind, self.place(field), self.text(field))

    @property
    def due_field(self) -> Field:
        """Where the row's deadline stands: of a contract it is its end."""
        return Field.END if self.table.has(Field.END) else Field.DUE

    def joined(self, field: Field) -> str:
        """The cells of a field; where several columns share it, each under the lower part of its heading."""
        shared = len(self.table.of(field)) > 1
        return "\n".join(
            f"{column.heading.split(JOINT)[-1].strip()}：{text.strip()}" if shared and column.heading else text.strip()
            for column, text in self.of(field)
        )


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the rows of a list."""

    days: DayReader
    units: UnitReader

    def standing(self, cells: Cells) -> tuple[Standing, tuple[Doubt, ...]]:
        """Where the case stands by all of its status cells: the one furthest from open counts, unless one is open."""
        found = [(standing_of(text, column.heading), column, text) for column, text in cells.of(Field.STATUS)]
        doubts = tuple(
            Doubt(DoubtKind.STATUS_NOT_READ, cell_name(column.index, cells.row), text)
            for standing, column, text in found
            if standing is Standing.UNKNOWN
        )
        known = [standing for standing, _, _ in found]
        for standing in (Standing.RELEASED, Standing.CLOSED, Standing.ASKS):
            if standing in known:
                return standing, doubts
        return Standing.OPEN, doubts

    def item(self, cells: Cells, section: Section) -> Item:
        """The case of a row that says what it is about."""
        subject, ruling = cells.text(Field.SUBJECT), cells.text(Field.RULING)
        sentence = ruling or subject
        held_on = self.days.any_day(cells.text(Field.MEETING)) if cells.text(Field.MEETING) else None
        number, number_doubts = _number(cells, sentence)
        lead, support, unit_doubts = self._parties(cells, section, sentence)
        due, due_doubts = self._due(cells, sentence, held_on)
        standing, status_doubts = self.standing(cells)
        return Item(
            rows=(cells.row,),
            number=number,
            title=self._title(subject, sentence, is_title=bool(ruling and subject)),
            sentence=sentence,
            lead=lead,
            support=support,
            due=due,
            progress=self.progress(cells, lead),
            asks_release=standing is Standing.ASKS,
            status=cells.joined(Field.STATUS),
            section=section.text,
            meeting=cells.joined(Field.MEETING),
            ordinal=_ordinal(cells.text(Field.MEETING)),
            held_on=held_on,
            note=cells.joined(Field.NOTE),
            doubts=(*number_doubts, *unit_doubts, *due_doubts, *status_doubts, *_says_done(cells, standing)),
            is_contract=cells.due_field is Field.END,
            stage=_stage(cells.text(Field.STAGE)),
        )

    def parties(self, cells: Cells) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Doubt, ...]]:
        """The units that the row's own cells name: lead, support, and the parts that are none."""
        lead: dict[str, None] = {}
        support: dict[str, None] = {}
        doubts: list[Doubt] = []
        for column, text in cells.of(Field.LEAD, Field.SUPPORT):
            named = self.units.read(text)
            (lead if column.field is Field.LEAD else support).update(dict.fromkeys(named.lead))
            support.update(dict.fromkeys(named.support))
            place = cell_name(column.index, cells.row)
            doubts += [Doubt(DoubtKind.ODD_UNIT, place, odd) for odd in named.odd]
        return tuple(lead), tuple(name for name in support if name not in lead), tuple(doubts)

    def progress(self, cells: Cells, lead: tuple[str, ...]) -> tuple[Progress, ...]:
        text = cells.joined(Field.PROGRESS)
        if not text:
            return ()
        stated = cells.text(Field.REPORTED_ON)
        on = (self.days.any_day(stated) if stated else None) or self.days.reported_on(text)
        return (Progress(text, on, lead),)

    def _parties(
        self, cells: Cells, section: Section, sentence: str
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Doubt, ...]]:
        lead, support, doubts = self.parties(cells)
        if lead:
            return lead, support, doubts
        if section.units:
            return section.units, support, doubts
        asked, _ = self.units.addressee(fold_text(sentence))
        if asked:
            return asked, support, (*doubts, Doubt(DoubtKind.UNIT_FROM_SENTENCE, "", "、".join(asked)))
        return (), support, (*doubts, Doubt(DoubtKind.NO_UNIT))

    def _due(self, cells: Cells, sentence: str, held_on: date | None) -> tuple[Due, tuple[Doubt, ...]]:
        """The deadline of its column, the extended one where it has a column; else the one that the sentence states."""
        found = list(cells.of(cells.due_field))
        if not found and cells.due_field is Field.END:
            return Due(), (Doubt(DoubtKind.NO_END),)
        if not found:
            due = self.days.in_sentence(sentence, held_on)
            return due, (Doubt(DoubtKind.DUE_FROM_SENTENCE, "", due.text),) if due.on else ()
        renewed = [pair for pair in found if pattern("marks", "renewed").search(plain(pair[0].heading))]
        column, text = renewed[-1] if renewed else found[0]
        read = self.days.due(text, held_on)
        place = cell_name(column.index, cells.row)
        doubts = tuple(Doubt(kind, place, text.strip()) for kind in read.doubts)
        endless = column.field is Field.END and read.due.on is None
        return read.due, (*doubts, Doubt(DoubtKind.NO_END)) if endless else doubts

    def _title(self, subject: str, sentence: str, *, is_title: bool) -> str:
        folded = fold_text(subject if is_title else sentence)
        if len(folded) <= LONGEST and not folded.startswith("請"):
            return as_written(folded)
        _, at = self.units.addressee(folded)
        return title_of(folded[at:]) or title_of(folded) or as_written(folded[:LONGEST])


def _number(cells: Cells, sentence: str) -> tuple[str | None, tuple[Doubt, ...]]:
    """The row's number, kept as it is; where it has none, one that stands before its sentence."""
    text = fold(cells.text(Field.NUMBER)).strip()
    if cells.due_field is Field.END and _COUNT.fullmatch(text):
        return None, ()  # a register counts its contracts from 1: no number among the cases of the series
    if not text:
        leading = _LEADING_NUMBER.match(fold(sentence))
        return (normal(leading[1]), ()) if leading else (None, ())
    number = normal(text)
    if number and not _ISO_DAY.fullmatch(text):
        return number, ()
    inside = find_numbers(text)
    kept = inside[0].number if len(inside) == 1 else text if len(text) <= _LONGEST_NUMBER else None
    return kept, (cells.doubt(DoubtKind.ODD_NUMBER, Field.NUMBER),)


def _ordinal(meeting: str) -> int | None:
    found = _ORDINAL.search(fold_text(meeting))
    return int(found[1] or found[2]) if found else None


def _stage(text: str) -> str:
    """The stage that a cell names (議約中); where it names none or several, its words."""
    named = set(pattern("contracts", "stages").findall(fold_text(text)))
    return named.pop() if len(named) == 1 else " ".join(text.split())[:LONGEST]


def _says_done(cells: Cells, standing: Standing) -> tuple[Doubt, ...]:
    """An open case whose progress says that it is finished."""
    if standing is not Standing.OPEN or not pattern("status", "finished").search(cells.text(Field.PROGRESS)):
        return ()
    return (Doubt(DoubtKind.SAYS_DONE, cells.place(Field.PROGRESS)),)
