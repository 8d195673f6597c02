"""`lieguan serve`: serve LINE, or the playground when no LINE channel is configured."""

from __future__ import annotations

import click

from bot import handover
from bot.bootstrap import Bot, House, hold_database, open_house
from bot.cli.errors import in_one_line
from bot.clock import now
from bot.config import Line, load_config
from bot.logs import configure_logs
from bot.server import WebServer, stop_on_signals


@click.command()
@in_one_line
def serve() -> None:
    """啟動列管小幫手。設定了 LINE 就服務 LINE；沒有就開體驗頁，只在本機。"""
    configure_logs()
    house = open_house(load_config(), now)
    lock = hold_database(house)
    try:
        if house.config.line.is_configured:
            run(house, house.config.line)
        else:
            _play(house)
    finally:
        if lock:
            lock.release()


def run(house: House, line: Line) -> None:
    """Serve one LINE channel until stopped."""
    bot = Bot(house, line)
    server = WebServer(bot.app, house.config.server)
    stop_on_signals(server.stop)
    bot.start()
    click.echo(f"列管小幫手已啟動：http://{house.config.server.host}:{server.port}/callback")
    server.run()
    bot.stop()


def _play(house: House) -> None:
    from bot.playground.adopt import adopt
    from bot.playground.runner import Playground
    from bot.playground.seed import seed

    at = house.clock()
    seed(house.store, now=at, calendar=house.calendar, settings=house.settings)
    house.store.write(lambda uow: adopt(uow, at))
    config = house.config
    callback = f"http://{config.server.host}:{config.server.port}/callback"
    with Playground(line=config.line, port=config.playground.port, webhook_url=callback) as playground:
        line = Line(
            channel_secrets=(playground.channel_secret,),
            channel_access_token=playground.access_token,
            api_base=playground.api_base,
            data_api_base=playground.api_base,
        )
        handover.tell(line)
        try:
            click.echo(f"請用瀏覽器開啟體驗頁：{playground.url}")
            run(house, line)
        finally:
            handover.forget()
