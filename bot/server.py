"""Serve a WSGI application with waitress until a signal says stop."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType
from typing import Any

from flask import Flask
from waitress.server import create_server

from bot.config import ConfigError, Server
from bot.line.webhook import MAX_BODY


class Stopped(Exception):
    """Somebody asked the process to stop."""


def listen(app: Flask, settings: Server) -> Any:
    """Bind the address. Raises ConfigError when it is taken or not ours."""
    try:
        return create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            max_request_body_size=MAX_BODY,
            ident=None,
        )
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"無法使用 {settings.host}:{settings.port}（{error}）；請停止占用它的程式，或改 [server] host、port。"
        ) from error


def run_until_stopped(server: Any, stop: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM, then close the listening socket and call `stop`."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _raise_stopped)
    try:
        server.run()
    except Stopped:
        pass
    finally:
        server.close()
        stop()


def _raise_stopped(_number: int, _frame: FrameType | None) -> None:
    raise Stopped
