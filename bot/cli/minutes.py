"""`lieguan minutes`: what the command line does with minutes."""

from __future__ import annotations

import click

from bot.cli.lazy import LazyGroup


@click.group(
    cls=LazyGroup,
    modules={
        "parse": "bot.cli.minutes_parse:parse",
        "import": "bot.cli.minutes_import:import_minutes",
    },
)
def minutes() -> None:
    """會議紀錄：讀出結論與列管決定。"""
