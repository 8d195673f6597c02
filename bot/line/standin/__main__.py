"""`python -m bot.line.standin`: the stand-in as a process of its own, for benchmarks and chaos runs."""

from __future__ import annotations

import contextlib
import threading

import click

from bot.line.standin.platform import Platform
from bot.line.standin.server import StandInServer
from bot.line.standin.settings import TEST_SECRET, TEST_TOKEN, Settings, Validation


@click.command()
@click.option("--port", default=0, show_default=True, help="Port on 127.0.0.1; 0 takes a free one.")
@click.option("--webhook", default=None, help="URL of the bot's webhook.")
@click.option("--channel-secret", default=TEST_SECRET, show_default=True)
@click.option("--access-token", default=TEST_TOKEN, show_default=True)
@click.option("--validate", type=click.Choice(["full", "limits", "off"]), default="full", show_default=True)
@click.option("--latency", default=0.0, show_default=True, help="Seconds that every call to the API takes longer.")
@click.option("--rate-limit", default=2000.0, show_default=True, help="Requests/s per endpoint; 0 switches it off.")
@click.option("--quota", default=200, show_default=True, help="Messages per month; a negative number: no limit.")
def main(
    port: int,
    webhook: str | None,
    channel_secret: str,
    access_token: str,
    validate: Validation,
    latency: float,
    rate_limit: float,
    quota: int,
) -> None:
    """Run the stand-in until it is interrupted. The first line printed is its address."""
    settings = Settings(channel_secret=channel_secret, access_token=access_token, webhook_url=webhook)
    settings.validate, settings.latency = validate, latency
    settings.rate_limit, settings.quota_limit = rate_limit or None, quota if quota >= 0 else None
    with contextlib.suppress(KeyboardInterrupt), StandInServer(Platform(settings), port) as server:
        click.echo(server.url)
        threading.Event().wait()


if __name__ == "__main__":
    main()
