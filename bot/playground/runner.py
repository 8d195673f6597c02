"""Runs the playground: the stand-in with the chat page, on loopback, with secrets made for this run."""

from __future__ import annotations

import errno
import secrets

from bot.clock import Clock, system_clock
from bot.config import ConfigError, Line
from bot.line.standin import Platform, Settings, StandInServer
from bot.line.standin.ids import MessageIds, milliseconds
from bot.playground.page import create_playground
from bot.playground.people import furnish

PORTS_TRIED = 20
LAST_PORT = 65535
MESSAGES_PER_MILLISECOND = 100_000


class PlaygroundRefused(ConfigError):
    """The playground cannot run; the text is one line for the person who started it."""


class Playground:
    """The chat page and the stand-in behind it. A context manager; the bot is configured from its attributes.

    `port` 0 takes a free one; one that is taken makes way for the next free one, so read `url`. Raises
    PlaygroundRefused when a real LINE channel is configured, or when no port is free.
    """

    def __init__(self, *, line: Line, port: int, webhook_url: str, clock: Clock = system_clock) -> None:
        if line.channel_secrets or line.channel_access_token:
            raise PlaygroundRefused("已設定 LINE 頻道的憑證，體驗頁不會啟動；要試用，請先移除 [line] 的憑證。")
        self.channel_secret, self.access_token = secrets.token_hex(16), secrets.token_hex(32)
        settings = Settings(channel_secret=self.channel_secret, access_token=self.access_token, webhook_url=webhook_url)
        self.platform = Platform(settings, clock)
        # Ids of an earlier run are still in the database; a quote must never mean one of those.
        self.platform.new_message_id = MessageIds(milliseconds(clock()) * MESSAGES_PER_MILLISECOND)
        furnish(self.platform)
        self._server = _first_free(self.platform, port)

    @property
    def url(self) -> str:
        """The page's address."""
        return self._server.url

    @property
    def api_base(self) -> str:
        """What the bot takes for LINE's hosts, data host included."""
        return self._server.url

    def start(self) -> Playground:
        self._server.start()
        return self

    def stop(self) -> None:
        self._server.stop()

    def __enter__(self) -> Playground:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def _first_free(platform: Platform, port: int) -> StandInServer:
    application = create_playground(platform)
    ports = range(port, min(port + PORTS_TRIED, LAST_PORT + 1)) if port else (0,)
    for candidate in ports:
        try:
            return StandInServer(platform, candidate, application)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    raise PlaygroundRefused(f"連接埠 {ports[0]} 到 {ports[-1]} 都有人使用；請在 [playground] port 換一個。")
