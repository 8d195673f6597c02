"""`lieguan tick`: send the reminders that are due, once."""

from __future__ import annotations

from datetime import datetime

import click

from bot.bootstrap import ask_account, create_account, create_sender
from bot.bootstrap import tick as run_tick
from bot.cli.errors import Refusal, in_one_line
from bot.cli.house import house, line_of


class Instant(click.ParamType[datetime]):
    """An ISO 8601 instant with its offset."""

    name = "時刻"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            raise Refusal(f"看不懂時刻「{value}」，例：2021-09-30T09:00+08:00") from None
        if instant.tzinfo is None:
            raise Refusal(f"時刻「{value}」少了時差，例：{value}+08:00")
        return instant


@click.command()
@click.option("--at", type=Instant(), help="當作是這個時刻，例：2021-09-30T09:00+08:00；不寫就是現在。")
@in_one_line
def tick(at: datetime | None) -> None:
    """看一次有沒有到期的提醒，有就送出；同一個提醒只會送一次。"""
    with house() as opened:
        line = line_of(opened)
        if line is not None:
            ask_account(opened, create_account(line))
        ticked = run_tick(opened, as_of=at)
        click.echo(f"提醒 {ticked.told} 項，排入 {ticked.messages} 則訊息。")
        if ticked.postponed:
            click.echo(
                f"{ticked.postponed} 項沒有可通知的群組或管考幕僚，或處理時出錯（見記錄），一小時後再看。", err=True
            )
        if line is None:
            click.echo("沒有 LINE 可送：請先執行 lieguan serve。", err=True)
            return
        tally = create_sender(opened, line).run_until_idle()
        click.echo(f"送出 {tally.sent} 則，稍後再送 {tally.later} 則，失敗 {tally.failed} 則。")
    if tally.failed:
        raise SystemExit(1)
