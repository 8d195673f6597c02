"""Files that coordinators send in a 1:1 chat: queued at once, read by a worker, answered by what they hold.

What a file holds is told by its content; `OPENERS` says what is done about each kind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from domain.calendar import WorkCalendar
from domain.job import JobKind, NewJob
from domain.member import Action
from handlers.context import Context
from handlers.inbound import FileSent
from handlers.language.folding import clean
from handlers.messages import SILENT, Message
from handlers.review_commands import FinishPasting
from handlers.reviewing import file_phrases
from handlers.reviewing.list_import import ListSource, begin_list
from handlers.reviewing.pasting import MOST, keep_for_later, read_pasted
from handlers.reviewing.read_back import review_report
from minutes.formats import Document, Limits, Reason, Sheet, Unreadable, advice, read_document, remark, sniff
from minutes.formats.sheets import read_sheets
from minutes.model import Minutes
from minutes.parse import parse
from minutes.report.filled import FilledReport
from minutes.report.reading import read_report

LARGEST = Limits().size  # bytes
_SHEET = "sheet"  # the detail of a refusal to read a sheet as a document


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesFile:
    """Minutes, read and parsed."""

    name: str
    text: str
    minutes: Minutes
    remarks: tuple[str, ...] = ()  # what of the file was left out


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFile:
    """A 執行情形彙整表 that came back."""

    name: str
    digest: str  # SHA-256 of the bytes
    report: FilledReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFile:
    """A sheet that is no report: a list of cases, most likely."""

    name: str
    digest: str  # SHA-256 of the bytes
    sheets: tuple[Sheet, ...]


SentFile = MinutesFile | ReportFile | ListFile


def receive(event: FileSent, context: Context) -> Message:
    """Queue a file for reading; the webhook is answered before it is fetched."""
    if not any(context.may(Action.IMPORT, series_id=series_id) for series_id in context.series_ids):
        return file_phrases.not_taken()
    name = clean(event.name)
    if event.size > LARGEST:
        return file_phrases.not_readable(name, advice(Unreadable(Reason.TOO_LARGE)))
    assert event.user_id is not None, "permission was checked before"
    context.uow.jobs.add(
        NewJob(
            kind=JobKind.READ_FILE,
            message_id=event.message_id,
            name=name,
            size=event.size,
            chat_id=event.chat.id,
            user_id=event.user_id,
            reply_token=event.reply_token,
            asked_at=context.now,
            due_at=context.now,
        )
    )
    return SILENT


def read_file(content: bytes, name: str, calendar: WorkCalendar) -> SentFile:
    """Read a file for what it is. Slow; touches no database. Raises Unreadable."""
    digest = hashlib.sha256(content).hexdigest()
    report = read_report(content, name)
    if report is not None:
        return ReportFile(name=name, digest=digest, report=report)
    if sniff.extension(name) in ("csv", "tsv"):
        return ListFile(name=name, digest=digest, sheets=read_sheets(content, name))
    try:
        return _minutes(read_document(content, name), name, calendar)
    except Unreadable as refusal:
        if (refusal.reason, refusal.detail) != (Reason.UNSUPPORTED, _SHEET):
            raise
    return ListFile(name=name, digest=digest, sheets=read_sheets(content, name))


def open_file(file: SentFile, context: Context) -> Message:
    """Do what is done about such a file and say so, in one transaction."""
    return OPENERS[type(file)](file, context)


def _minutes(document: Document, name: str, calendar: WorkCalendar) -> MinutesFile:
    return MinutesFile(
        name=name,
        text=document.text,
        minutes=parse(document.text, calendar=calendar),
        remarks=tuple(remark(note) for note in document.warnings),
    )


def _open_minutes(file: MinutesFile, context: Context) -> Message:
    """Begin the review. What the minutes do not say is asked about, and the text kept for the answer."""
    shown, begun = read_pasted(file.text, file.minutes, FinishPasting(), context)
    if not begun and len(file.text) > MOST:
        return file_phrases.without_heading(file.name)
    if not begun:
        keep_for_later(file.text, context)
    return file_phrases.with_remarks(shown, file.remarks)


def _open_report(file: ReportFile, context: Context) -> Message:
    return review_report(file.report, file.digest, context)


def _open_list(file: ListFile, context: Context) -> Message:
    return begin_list(ListSource(name=file.name, digest=file.digest, sheets=file.sheets), context)


OPENERS: dict[type[SentFile], Callable[[Any, Context], Message]] = {
    MinutesFile: _open_minutes,
    ReportFile: _open_report,
    ListFile: _open_list,
}
