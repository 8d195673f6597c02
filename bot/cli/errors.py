"""What the command line says when something cannot be done: one line, exit code 2, never a stack trace."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from bot.config import ConfigError
from bot.lock import AlreadyRunning
from domain.errors import StorageUnavailable

P = ParamSpec("P")
T = TypeVar("T")


class Refusal(click.ClickException):
    """One line for the person at the terminal."""

    exit_code = 2

    def show(self, file: object = None) -> None:
        click.echo(self.format_message(), err=True)


def in_one_line(command: Callable[P, T]) -> Callable[P, T]:
    """Turn the errors that a person can mend into one line."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except (ConfigError, AlreadyRunning) as error:
            raise Refusal(str(error)) from error
        except StorageUnavailable as error:
            raise Refusal(f"資料庫目前無法使用（{error}）；請確認檔案可寫入、沒有被鎖住，或連線設定正確。") from error

    return run
