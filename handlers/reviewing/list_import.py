"""An office's own list of open cases → the review that minutes go through as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.case import CaseKind, Deadline
from domain.dates import read
from domain.ports import UnitOfWork
from handlers.context import Context
from handlers.messages import Message
from handlers.recurring import duty_of
from handlers.review_commands import SetColumn, ShowColumns
from handlers.reviewing import list_phrases
from handlers.reviewing.drafting import ListedCase, drafts_of_list
from handlers.reviewing.import_minutes import resembles
from handlers.reviewing.listed import Listed, ListedProgress, ListedSheet
from handlers.reviewing.pasting import coordinated
from handlers.reviewing.review import DraftCase, Drafts, NotRead, Origin, decode
from handlers.reviewing.reviews import Desk, on_review, save, start
from minutes.formats import Sheet
from minutes.lists.model import Due, Field, Item, ListReading
from minutes.lists.read import Terms, read_list
from minutes.lists.words import field_named

MOST_CASES = 500  # of one review
MOST_CELLS = 60_000  # of the sheet that a review keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSource:
    """A read file and what a person says about it. `digest` is the SHA-256 of its bytes; columns count from 1."""

    name: str
    digest: str
    sheets: Sequence[Sheet]
    sheet: str | None = None
    columns: Mapping[int, Field] = field(default_factory=dict)


class TooManyCases(Exception):
    """The list is longer than one review takes; `args[0]` is how many cases it has."""


@dataclass(frozen=True, slots=True)
class ListDrafts:
    """A list as it was read, and the drafts that came of it."""

    reading: ListReading
    drafts: Drafts


def read_source(source: ListSource, series: str, context: Context) -> ListDrafts:
    """Read a list into drafts. Changes nothing. Raises NoSuchSheet and TooManyCases."""
    terms = Terms(
        today=context.today,
        calendar=context.calendar,
        known_units=_known_units(context.uow),
        columns=source.columns,
        sheet=source.sheet,
    )
    reading = read_list(source.sheets, terms)
    sheet = next(sheet for sheet in source.sheets if sheet.name == reading.sheet)
    if len(reading.items) > MOST_CASES or sum(map(len, sheet.rows)) > MOST_CELLS:
        raise TooManyCases(len(reading.items))
    columns = tuple((index, named.value) for index, named in sorted(source.columns.items()))
    kept = ListedSheet(sheet.name, sheet.rows, columns, reading.other_sheets)
    return ListDrafts(reading, _drafts(reading, kept, series, source.digest, context))


def begin_list(source: ListSource, context: Context) -> Message:
    """Begin the review of a list that a coordinator sent, and say what its columns were taken for."""
    names = coordinated(context)
    series = _series(source, names)
    if series is None:
        return list_phrases.which_series(source.name, names)
    try:
        read = read_source(source, series, context)
    except TooManyCases as refusal:
        return list_phrases.too_many(source.name, refusal.args[0], MOST_CASES)
    if not read.reading.items:
        return list_phrases.nothing_listed(source.name, read.reading)
    return list_phrases.begun(read.reading, start(read.drafts, context))


def show_columns(command: ShowColumns, context: Context) -> Message:
    """Say what each column of the list under review was taken for, and why."""

    def show(desk: Desk) -> Message:
        if desk.drafts.sheet is None:
            return list_phrases.no_list()
        source = _source_of(desk.drafts.sheet, desk.drafts.digest)
        return list_phrases.columns(read_source(source, desk.drafts.series, context).reading)

    return on_review(show, context)


def set_column(command: SetColumn, context: Context) -> Message:
    """Take a column for what the person says, and read the list anew. Edits of single drafts are made again."""

    def work(desk: Desk) -> Message:
        sheet, named = desk.drafts.sheet, field_named(command.field)
        if sheet is None:
            return list_phrases.no_list()
        if any(draft.opened and draft.origin is Origin.NEW for draft in desk.drafts.cases):
            return list_phrases.opened_already()
        width = max(map(len, sheet.rows), default=0)
        if named is None or not 1 <= command.column <= width:
            return list_phrases.no_such_column(command.column, width, command.field)
        said = {**dict(sheet.columns), command.column: named.value}
        source = _source_of(replace(sheet, columns=tuple(sorted(said.items()))), desk.drafts.digest)
        try:
            read = read_source(source, desk.drafts.series, context)
        except TooManyCases as refusal:
            return list_phrases.too_many(sheet.name, refusal.args[0], MOST_CASES)
        save(desk, replace(read.drafts, messages=desk.drafts.messages), context)
        return list_phrases.read_anew(read.reading)

    return on_review(work, context)


def _source_of(sheet: ListedSheet, digest: str) -> ListSource:
    columns = {index: Field(named) for index, named in sheet.columns}
    return ListSource(name="", digest=digest, sheets=[Sheet(sheet.name, sheet.rows)], columns=columns)


def _known_units(uow: UnitOfWork) -> list[str]:
    return [name for unit in uow.units.all() for name in (unit.name, *unit.aliases)]


def _series(source: ListSource, names: Sequence[str]) -> str | None:
    """The series that the file's name or the list's title names; else the only one that the person coordinates."""
    if len(names) <= 1:
        return next(iter(names), None)
    titles = [source.name.rpartition(".")[0], *(text for sheet in source.sheets for text in _head(sheet))]
    fitting = [name for name in names if any(name in title for title in titles)]
    fitting = fitting or [name for name in names if any(resembles(title, name) for title in titles if len(title) > 2)]
    return fitting[0] if len(fitting) == 1 else None


def _head(sheet: Sheet) -> list[str]:
    """The sheet's name and the texts of its first rows, where titles stand."""
    return [sheet.name, *(text for row in sheet.rows[:3] if len(set(filter(None, row))) == 1 for text in set(row))]


def _imported(series: str, digest: str, uow: UnitOfWork) -> Drafts | None:
    """What was confirmed of this very file before."""
    before = (one for one in uow.reviews.confirmed(series, None, "list") if one.digest == digest)
    return next((replace(decode(one.data), corrects=one.id) for one in before), None)


def _opened_before(series: str, uow: UnitOfWork) -> dict[str, str]:
    """The numbers that cases without one got when an earlier version of the list was confirmed, by their sentence."""
    lists = [decode(one.data) for one in uow.reviews.confirmed(series, None, "list")]
    return {draft.sentence: draft.number for drafts in lists for draft in drafts.cases if draft.opened}


def _drafts(reading: ListReading, sheet: ListedSheet, series: str, digest: str, context: Context) -> Drafts:
    """Drafts under the list's own numbers. Of a number that comes twice the first keeps it, the rest get new ones."""
    if before := _imported(series, digest, context.uow):
        return before
    before_by_sentence, seen = _opened_before(series, context.uow), set[str]()
    listed = [_listed_case(item, seen, before_by_sentence, context) for item in reading.items]
    drafts = drafts_of_list(series, listed, digest=digest, today=context.today, uow=context.uow)
    cases = tuple(_with_listed(draft, item) for draft, item in zip(drafts.cases, reading.items, strict=True))
    unread = tuple(NotRead(unread.row, unread.text) for unread in reading.unread)
    return replace(drafts, cases=cases, unread=unread, sheet=sheet)


def _listed_case(item: Item, seen: set[str], before: Mapping[str, str], context: Context) -> ListedCase:
    number = item.number or before.get(item.sentence)
    number = number if number not in seen else None
    if number:
        seen.add(number)
    return ListedCase(
        number=number,
        title=item.title,
        sentence=item.sentence,
        lead=item.lead,
        support=item.support,
        deadline=_deadline_of(item.due, context),
        row=item.rows[0],
        doubts=list_phrases.doubts(item),
    )


def _deadline_of(due: Due, context: Context) -> Deadline:
    """A row's day, or what its words say recurs (每月5日前)."""
    said = read(due.text, on=context.today, calendar=context.calendar) if due.on is None else None
    duty = duty_of(said) if said else None
    return duty or Deadline(on=due.on, text=due.text, rule=due.rule)


def _with_listed(draft: DraftCase, item: Item) -> DraftCase:
    """The draft with what the row says besides."""
    progress = tuple(ListedProgress(one.text, one.on, one.units) for one in item.progress)
    kind = CaseKind.CONTRACT if item.is_contract else CaseKind.CASE
    listed = Listed(progress=progress, asks_release=item.asks_release, note=item.note, kind=kind, stage=item.stage)
    return replace(draft, section=list_phrases.place(item), listed=listed)
