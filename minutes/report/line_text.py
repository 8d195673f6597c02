"""The report as messages for LINE, which takes 5 of them at once, each of at most 5,000 UTF-16 units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice, product

from domain.calendar import roc
from minutes.report import phrases
from minutes.report.clean import one_line
from minutes.report.layout import counts_of
from minutes.report.sheet import Progress, ReportLine, ReportRow, ReportSheet
from minutes.report.table import deadline_of, figures_of, not_reported, planned_of

MAX_MESSAGES = 5
MAX_UNITS = 5_000

_DETAILS = (400, 120, 40, 0)  # characters of a report's text, from the fullest that fits
_SIZES = (1_000, 2_000, MAX_UNITS)  # a bubble of a thousand units still reads well on a phone
_NAME = 60  # characters of a title or unit
_DEADLINE = 100


def write_line_texts(sheet: ReportSheet) -> tuple[str, ...]:
    """Write the report as one to five messages, parted between cases; what does not fit is counted at the end."""
    head = "\n".join(_head(sheet))
    for detail, size in product(_DETAILS, _SIZES):
        pieces = (piece for row in sheet.rows for piece in _pieces(row, sheet, detail, size))
        messages = _pack(chain([head], pieces), size)
        if len(messages) <= MAX_MESSAGES:
            return messages
    return _cut(head, sheet)


def utf16_units(text: str) -> int:
    """The length of a text as LINE counts it."""
    return len(text.encode("utf-16-le")) // 2


def _head(sheet: ReportSheet) -> Iterator[str]:
    header = sheet.header
    ordinal = "" if header.meeting_ordinal is None else phrases.CHAT_ORDINAL.format(ordinal=header.meeting_ordinal)
    yield phrases.CHAT_HEAD.format(series=_short(header.series, _NAME), ordinal=ordinal)
    if header.held_on:
        yield phrases.HELD_ON.format(day=roc(header.held_on))
    yield counts_of(sheet) if sheet.rows else phrases.EMPTY


def _pieces(row: ReportRow, sheet: ReportSheet, detail: int, size: int) -> Iterator[str]:
    """A case as one piece, or as several of its lines where it is longer than a message."""
    title = phrases.CHAT_CASE.format(number=_short(row.number, _NAME), title=_short(row.title, _NAME))
    deadline = _short("，".join(deadline_of(row, sheet.made_on)), _DEADLINE)
    taken = [title, phrases.CHAT_DEADLINE.format(deadline=deadline)]
    for at, said in enumerate(chain.from_iterable(_lines(line, detail) for line in row.units)):
        if at and utf16_units("\n".join([*taken, said])) > size:
            yield "\n".join(taken)
            taken = [title + phrases.CONTINUED]
        taken.append(said)
    yield "\n".join(taken)


def _lines(line: ReportLine, detail: int) -> Iterator[str]:
    """One line for a unit; what the units said on a line of every unit comes below it, each on its own."""
    told = [_told(progress, detail) for progress in line.progress]
    silent = [_short(silent, max(detail, _NAME))] if (silent := not_reported(line)) else []
    is_shared = bool(line.silent) or any(progress.unit for progress in line.progress)
    says = [phrases.ASKS_RELEASE] if line.asks_release else []
    says += [] if is_shared else [*told, *silent]
    says += [_short(planned, _NAME) for planned in islice(planned_of(line, 1), 1)] if detail else []
    unit, duty = _short(line.unit, _NAME), phrases.DUTY[line.duty]
    yield phrases.CHAT_LINE.format(unit=unit, duty=duty, says="，".join(says))
    yield from (phrases.CHAT_OF_UNIT.format(says=each) for each in (*told, *silent) if is_shared)


def _told(progress: Progress, detail: int) -> str:
    told = one_line(f"{_short(progress.unit, _NAME)} {roc(progress.on)} {_short(progress.text, detail)}")
    return " ".join(part for part in (told, figures_of(progress.figures)) if part)


def _short(text: str, length: int) -> str:
    text = one_line(text)
    return text if len(text) <= length else text[:length] + phrases.ELLIPSIS if length else ""


def _pack(pieces: Iterable[str], size: int) -> tuple[str, ...]:
    """Fill messages with pieces in order, a blank line between them; ends behind the first message too many."""
    messages: list[str] = []
    for piece in pieces:
        together = f"{messages[-1]}\n\n{piece}" if messages else piece
        if messages and utf16_units(together) > size:
            messages.append(piece)
        else:
            messages[-1:] = [together]
        if len(messages) > MAX_MESSAGES:
            break
    return tuple(messages)


def _cut(head: str, sheet: ReportSheet) -> tuple[str, ...]:
    """Show the cases that fit, whole, and say how many do not."""
    shown = [head]
    for at, row in enumerate(sheet.rows):
        more = phrases.CHAT_MORE.format(count=len(sheet.rows) - at)
        pieces = [*shown, *_pieces(row, sheet, 0, MAX_UNITS)]
        if len(_pack([*pieces, more], MAX_UNITS)) > MAX_MESSAGES:
            return _pack([*shown, more], MAX_UNITS)
        shown = pieces
    return _pack(shown, MAX_UNITS)
