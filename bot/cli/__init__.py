"""The command line `lieguan`. Each command lives in a module of its own, imported when it is called."""

from __future__ import annotations

import click

from bot.cli.lazy import LazyGroup

COMMANDS = {
    "deadline": "bot.cli.deadline:deadline",
    "invite": "bot.cli.invite:invite",
    "list": "bot.cli.lists:lists",
    "minutes": "bot.cli.minutes:minutes",
    "outbox": "bot.cli.outbox:outbox",
    "report": "bot.cli.report:report",
    "serve": "bot.cli.serve:serve",
    "simulate": "bot.cli.simulate:simulate",
    "tick": "bot.cli.tick:tick",
}


@click.group(cls=LazyGroup, modules=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lieguan")
def main() -> None:
    """列管小幫手: follow up what a meeting decided."""
