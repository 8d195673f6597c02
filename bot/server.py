"""Serve a WSGI application with waitress until somebody says stop."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress.server import create_server

from bot.config import ConfigError, Server
from bot.line.webhook import MAX_BODY

CONNECTIONS = 500  # open at once; waitress's own 100 are soon used up by clients that never finish a request
IDLE_SECONDS = 20  # until a connection on which nothing happens is hung up


class WebServer:
    """Listens from the start; `run` serves until `stop`, which any thread or signal handler may call."""

    def __init__(self, app: Flask, settings: Server) -> None:
        """Bind the address. Raises ConfigError when it is taken or not ours."""
        self._channels: dict[int, Any] = {}
        self._left: list[Any] = []
        try:
            self._server: Any = create_server(
                app,
                map=self._channels,
                host=settings.host,
                port=settings.port,
                threads=settings.threads,
                max_request_body_size=MAX_BODY,
                connection_limit=CONNECTIONS,
                channel_timeout=IDLE_SECONDS,
                cleanup_interval=IDLE_SECONDS // 2,
                asyncore_use_poll=True,  # where there is none, waitress takes select
                ident=None,
            )
        except (OSError, ValueError) as error:
            raise ConfigError(
                f"無法使用 {settings.host}:{settings.port}（{error}）；請停止占用它的程式，或改 [server] host、port。"
            ) from error

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._server.effective_port)

    def run(self) -> None:
        """Serve; after `stop`, let the requests that have begun end, then hang up."""
        self._server.run()
        self._server.task_dispatcher.shutdown()
        for channel in self._left:
            channel.close()

    def stop(self) -> None:
        """Make `run` return: the loop ends when it watches no connection any more."""
        self._server.trigger.pull_trigger(self._leave)

    def _leave(self) -> None:
        self._left = list(self._channels.values())
        self._channels.clear()


def stop_on_signals(stop: Callable[[], None]) -> None:
    """Call `stop` on SIGINT and SIGTERM. Main thread only."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop())
