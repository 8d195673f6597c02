"""`lieguan minutes import`: look at what minutes would open and decide, edit it, confirm it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path

import click

from bot.bootstrap import House
from bot.cli.documents import read_minutes
from bot.cli.errors import Refusal, in_one_line
from bot.cli.house import house
from bot.cli.review_loop import converse, is_wanted
from domain.ports import UnitOfWork
from handlers.reviewing.confirming import Desk, confirm
from handlers.reviewing.drafting import drafts_of_minutes
from handlers.reviewing.import_minutes import ImportRefused, Source
from handlers.reviewing.import_phrases import REFUSALS, as_data, as_text, new_units
from handlers.reviewing.judging import judge, not_mentioned
from handlers.reviewing.review_phrases import confirmed as confirmed_words
from handlers.reviewing.reviews import start
from minutes.parse import parse

HOW_TO_UNDO = "（在終端機：同一個指令把 --confirm 換成 --interactive 後輸入）"


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--confirm", "confirmed", is_flag=True, help="確認無誤，寫入列管案件並套用前案決定")
@click.option("--json", "as_json", is_flag=True, help="印出一個 JSON 物件")
@click.option("--series", help="會議系列的名稱（紀錄沒寫或寫法不同時使用）")
@click.option("--ordinal", type=click.IntRange(1), help="第幾次會議（紀錄沒寫時使用）")
@click.option("--held-on", type=click.DateTime(["%Y-%m-%d"]), help="開會日期（紀錄沒寫時使用）")
@click.option("--interactive/--no-interactive", default=None, help="逐件檢視與修改；在終端機上預設如此")
@in_one_line
def import_minutes(
    file: Path,
    confirmed: bool,
    as_json: bool,
    series: str | None,
    ordinal: int | None,
    held_on: datetime | None,
    interactive: bool | None,
) -> None:
    """把會議紀錄的結論列成草稿；確認（或加上 --confirm）才寫入。"""
    text = read_minutes(file)
    with house() as opened:
        day = held_on.date() if held_on else None
        source = Source(
            minutes=parse(text, calendar=opened.calendar, held_on=day),
            digest=hashlib.sha256(text.encode()).hexdigest(),
            series=series,
            ordinal=ordinal,
        )
        try:
            if confirmed:
                click.echo(_confirm(source, opened, as_json=as_json))
                _lend_cast(opened)
                return
            click.echo(_preview(source, opened, as_json=as_json))
            if is_wanted(interactive, as_json=as_json):
                converse(lambda desk, uow: start(drafts_of_minutes(source, uow), desk.context(uow)), opened)
                _lend_cast(opened)
        except ImportRefused as refusal:
            raise Refusal(REFUSALS[refusal.reason]) from None


def _lend_cast(opened: House) -> None:
    """In the playground, let its people work with a series that is new."""
    if not opened.config.line.is_configured:
        from bot.playground.adopt import adopt_beside

        opened.store.write(lambda uow: adopt_beside(uow, opened.clock()))


def _preview(source: Source, opened: House, *, as_json: bool) -> str:
    """What importing would do. Changes nothing."""
    desk = Desk(now=opened.clock(), calendar=opened.calendar, settings=opened.settings)

    def work(uow: UnitOfWork) -> str:
        drafts = drafts_of_minutes(source, uow)
        judged, missing = judge(drafts, uow), not_mentioned(drafts, uow)
        if as_json:
            return json.dumps(as_data(drafts, judged, missing, uow, confirmed=False), ensure_ascii=False)
        return as_text(drafts, judged, missing, new_units(drafts, uow), desk.context(uow).day)

    return opened.store.read(work)


def _confirm(source: Source, opened: House, *, as_json: bool) -> str:
    """Open the cases and apply the decisions, all in one transaction."""
    desk = Desk(now=opened.clock(), calendar=opened.calendar, settings=opened.settings)

    def work(uow: UnitOfWork) -> str:
        fresh = new_units(drafts_of_minutes(source, uow), uow)
        done = confirm(source, uow, desk)
        drafts, judged, missing = done.drafts, judge(done.drafts, uow), not_mentioned(done.drafts, uow)
        if as_json:
            data = as_data(drafts, judged, missing, uow, confirmed=done.is_change)
            return json.dumps({**data, "new_units": fresh}, ensure_ascii=False)
        if not done.is_change:
            return as_text(drafts, judged, missing, [], desk.context(uow).day)
        return f"{confirmed_words(done).text}{HOW_TO_UNDO}"

    return opened.store.write(work)
