"""`lieguan minutes import`: propose cases from minutes, and open them on --confirm."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path

import click

from bot.cli.errors import Refusal, in_one_line
from bot.cli.house import house
from bot.cli.minutes import UNREADABLE, minutes
from handlers.import_minutes import Desk, ImportRefused, Proposal, Source, confirm, propose
from handlers.import_phrases import REFUSALS, as_data, as_text
from minutes.parse import parse
from minutes.readers import Unreadable, read_text


@minutes.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--confirm", "confirmed", is_flag=True, help="確認無誤，寫入列管案件")
@click.option("--json", "as_json", is_flag=True, help="印出一個 JSON 物件")
@click.option("--series", help="會議系列的名稱（紀錄沒寫或寫法不同時使用）")
@click.option("--ordinal", type=click.IntRange(1), help="第幾次會議（紀錄沒寫時使用）")
@click.option("--held-on", type=click.DateTime(["%Y-%m-%d"]), help="開會日期（紀錄沒寫時使用）")
@in_one_line
def import_minutes(
    file: Path, confirmed: bool, as_json: bool, series: str | None, ordinal: int | None, held_on: datetime | None
) -> None:
    """把會議紀錄的結論列成案件；加上 --confirm 才寫入。"""
    text = _read(file)
    with house() as opened:
        day = held_on.date() if held_on else None
        source = Source(
            minutes=parse(text, calendar=opened.calendar, held_on=day),
            digest=hashlib.sha256(text.encode()).hexdigest(),
            series=series,
            ordinal=ordinal,
        )
        desk = Desk(now=opened.clock(), calendar=opened.calendar, settings=opened.settings)
        try:
            done: Proposal = (
                opened.store.write(lambda uow: confirm(source, uow, desk))
                if confirmed
                else opened.store.read(lambda uow: propose(source, uow))
            )
        except ImportRefused as refusal:
            raise Refusal(REFUSALS[refusal.reason]) from None
        click.echo(json.dumps(as_data(done), ensure_ascii=False) if as_json else as_text(done, opened.calendar))


def _read(file: Path) -> str:
    try:
        return read_text(file)
    except Unreadable as error:
        raise Refusal(UNREADABLE[error.reason].format(path=file)) from None
