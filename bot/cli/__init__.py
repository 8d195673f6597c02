"""The command line `lieguan`. Each command lives in a module of its own, imported when it is called."""

from __future__ import annotations

import importlib

import click

COMMANDS = {
    "deadline": "bot.cli.deadline:deadline",
    "invite": "bot.cli.invite:invite",
    "minutes": "bot.cli.minutes_import:minutes",
    "report": "bot.cli.report:report",
    "serve": "bot.cli.serve:serve",
    "tick": "bot.cli.tick:tick",
}


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is asked for, to start quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="lieguan")
def main() -> None:
    """列管小幫手: follow up what a meeting decided."""
