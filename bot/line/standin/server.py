"""A small HTTP/1.1 server for the stand-in: loopback only, a thread per connection, able to hang up on purpose.

It exists because neither waitress nor Flask's own server can close a connection in place of an answer, and the latter
speaks HTTP/1.0, which would open a connection per push.
"""

from __future__ import annotations

import contextlib
import socket
import socketserver
import threading
from typing import Any, Protocol, runtime_checkable

from flask import Flask

from bot.line.standin import api, validation, wire
from bot.line.standin.app import DROP_HEADER, content, create_standin, headers
from bot.line.standin.model import Call
from bot.line.standin.platform import Platform

LINE_PREFIX = "/v2/"
POLL_SECONDS = 0.02


@runtime_checkable
class Closable(Protocol):
    """What WSGI may want closed when the answer has been read."""

    def close(self) -> None: ...


class Connection(socketserver.StreamRequestHandler):
    """Serves the requests of one connection, one after the other."""

    disable_nagle_algorithm = True
    server: Server

    def handle(self) -> None:
        with contextlib.suppress(wire.BadRequest, ConnectionError, TimeoutError, ValueError):
            while (call := wire.read_call(self.rfile, self.wfile)) is not None:
                answer = self._line(call) if call.path.startswith(LINE_PREFIX) else self._wsgi(call)
                if answer is None:
                    return
                self.wfile.write(answer)
                if not wire.keeps_open(call):
                    return

    def _line(self, call: Call) -> bytes | None:
        """Answer LINE's side without the web framework, which would take most of the time."""
        answer = api.answer(self.server.platform, wire.decoded(call))
        if answer.drop:
            return None
        return wire.rendered(call, wire.status_line(answer.status), headers(answer).items(), content(answer))

    def _wsgi(self, call: Call) -> bytes | None:
        given: list[Any] = []

        def start_response(status: str, response_headers: list[tuple[str, str]], _exc_info: Any = None) -> Any:
            given[:] = [status, response_headers]
            return lambda _: None

        environ = wire.environ(call, self.client_address[0], "127.0.0.1", self.server.server_address[1])
        parts = self.server.application.wsgi_app(environ, start_response)
        try:
            body = b"".join(parts)
        finally:
            if isinstance(parts, Closable):
                parts.close()
        if any(name.lower() == DROP_HEADER for name, _ in given[1]):
            return None
        return wire.rendered(call, given[0], given[1], body)


class Server(socketserver.ThreadingTCPServer):
    """Keeps track of open connections, so that stopping does not wait for clients."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 1024

    def __init__(self, port: int, platform: Platform, application: Flask) -> None:
        self.platform, self.application = platform, application
        self._open: set[socket.socket] = set()
        self._changed = threading.Lock()
        super().__init__(("127.0.0.1", port), Connection)
        self.host = str(self.server_address[0])

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._changed:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._changed:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        with self._changed:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class StandInServer:
    """Runs a stand-in on 127.0.0.1 in threads of its own. A context manager; port 0 takes a free one."""

    def __init__(self, platform: Platform | None = None, port: int = 0, application: Flask | None = None) -> None:
        self.platform = platform or Platform()
        validation.warm_up(self.platform.settings)
        self._server = Server(port, self.platform, application or create_standin(self.platform))
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(POLL_SECONDS,), name="standin", daemon=True
        )

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"http://{self._server.host}:{self.port}"

    def start(self) -> StandInServer:
        self._thread.start()
        return self

    def stop(self) -> None:
        """Close all connections and end the delivery of webhooks."""
        self.platform.close()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> StandInServer:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
