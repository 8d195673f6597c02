"""`lieguan list import`: take over the list of open cases that an office kept so far."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import click

from bot.bootstrap import House
from bot.cli.documents import read_bytes
from bot.cli.errors import Refusal, in_one_line
from bot.cli.house import house
from bot.cli.review_loop import Work, converse, is_wanted
from domain.ports import UnitOfWork
from handlers.messages import Message
from handlers.reviewing import list_phrases
from handlers.reviewing.confirming import Desk, Done, confirm_review, keep
from handlers.reviewing.import_phrases import new_units
from handlers.reviewing.list_import import MOST_CASES, ListDrafts, ListSource, TooManyCases, read_source
from handlers.reviewing.list_text import REFUSALS, as_data, as_text
from handlers.reviewing.review_phrases import confirmed as confirmed_words
from handlers.reviewing.reviews import start
from minutes.formats import Sheet, Unreadable, advice
from minutes.formats.sheets import read_sheets
from minutes.lists.model import Field, column_index
from minutes.lists.read import NoSuchSheet
from minutes.lists.words import field_named, name_of


@click.group("list")
def lists() -> None:
    """列管清單：把現有的清單匯入成案件。"""


@lists.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--series", required=True, help="會議系列的名稱")
@click.option("--sheet", help="要讀的工作表；不寫就選最像列管清單的一張")
@click.option("--column", "said", multiple=True, help="更正欄位，例：--column 3=期限（可重複）")
@click.option("--confirm", "confirmed", is_flag=True, help="確認無誤，寫入列管案件")
@click.option("--json", "as_json", is_flag=True, help="印出一個 JSON 物件")
@click.option("--interactive/--no-interactive", default=None, help="逐件檢視、更正欄位與修改；在終端機上預設如此")
@in_one_line
def import_list(
    file: Path,
    series: str,
    sheet: str | None,
    said: tuple[str, ...],
    confirmed: bool,
    as_json: bool,
    interactive: bool | None,
) -> None:
    """把 .xlsx、.ods、.csv 的列管清單列成草稿；確認（或加上 --confirm）才寫入。"""
    content = read_bytes(file)
    source = ListSource(
        name=file.name,
        digest=hashlib.sha256(content).hexdigest(),
        sheets=_sheets(content, file.name),
        sheet=sheet,
        columns=_columns(said),
    )
    try:
        with house() as opened:
            if confirmed:
                click.echo(_confirm(source, series, opened, as_json=as_json))
            elif is_wanted(interactive, as_json=as_json):
                converse(_begun(source, series), opened)
            else:
                click.echo(_preview(source, series, opened, as_json=as_json))
    except NoSuchSheet as refusal:
        raise Refusal(REFUSALS["sheet"].format(said=sheet, names="、".join(refusal.names))) from None
    except TooManyCases as refusal:
        raise Refusal(REFUSALS["too_many"].format(count=refusal.args[0], most=MOST_CASES)) from None


def _desk(opened: House) -> Desk:
    return Desk(now=opened.clock(), calendar=opened.calendar, settings=opened.settings)


def _begun(source: ListSource, series: str) -> Work:
    """Begin the review of the list, or take it up."""

    def work(desk: Desk, uow: UnitOfWork) -> Message:
        context = desk.context(uow)
        read = read_source(source, series, context)
        if not read.reading.items:
            return list_phrases.nothing_listed(source.name, read.reading)
        return list_phrases.begun(read.reading, start(read.drafts, context))

    return work


def _preview(source: ListSource, series: str, opened: House, *, as_json: bool) -> str:
    """What importing would do. Changes nothing."""

    def work(uow: UnitOfWork) -> str:
        context = _desk(opened).context(uow)
        read = read_source(source, series, context)
        if as_json:
            return json.dumps(as_data(read, uow, confirmed=False), ensure_ascii=False)
        return as_text(read, new_units(read.drafts, uow), context.day)

    return opened.store.read(work)


def _confirm(source: ListSource, series: str, opened: House, *, as_json: bool) -> str:
    """Open the cases, all in one transaction; a list that was imported before changes nothing."""

    def work(uow: UnitOfWork) -> str:
        context = _desk(opened).context(uow)
        read = read_source(source, series, context)
        fresh = new_units(read.drafts, uow)
        if not any(draft.is_waiting for draft in read.drafts.cases):
            data = as_data(read, uow, confirmed=False)
            return json.dumps(data, ensure_ascii=False) if as_json else as_text(read, fresh, context.day)
        done = confirm_review(keep(read.drafts, context), (), context)
        assert isinstance(done, Done), "the review was made in this transaction"
        data = as_data(ListDrafts(read.reading, done.drafts), uow, confirmed=True)
        data["new_units"] = fresh
        return json.dumps(data, ensure_ascii=False) if as_json else confirmed_words(done).text

    return opened.store.write(work)


def _sheets(content: bytes, name: str) -> tuple[Sheet, ...]:
    try:
        return read_sheets(content, name)
    except Unreadable as refusal:
        raise Refusal(f"「{name}」：{advice(refusal)}") from None


def _columns(said: tuple[str, ...]) -> Mapping[int, Field]:
    return dict(_column(one) for one in said)


def _column(said: str) -> tuple[int, Field]:
    """`3=期限` or `C=期限`."""
    place, _, name = said.partition("=")
    index, named = column_index(place.strip()), field_named(name.strip())
    if index is None or not name.strip():
        raise Refusal(REFUSALS["column"].format(said=said))
    if named is None:
        raise Refusal(REFUSALS["field"].format(said=said, fields="、".join(map(name_of, Field))))
    return index, named
