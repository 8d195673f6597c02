"""A small HTTP/1.1 server for the stand-in: loopback only, a thread per connection, able to hang up on purpose.

It exists because neither waitress nor Flask's own server can close a connection in place of an answer, and the latter
speaks HTTP/1.0, which would open a connection per push.
"""

from __future__ import annotations

import contextlib
import io
import socket
import socketserver
import sys
import threading
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask

from bot.line.standin import validation
from bot.line.standin.app import DROP_HEADER, create_standin
from bot.line.standin.platform import Platform

LINE_MOST = 64 * 1024
HEADERS_MOST = 100
BODY_MOST = 64 * 1024 * 1024


class BadRequest(Exception):
    """What came in is not HTTP as this server speaks it."""


class Connection(socketserver.StreamRequestHandler):
    """Serves the requests of one connection, one after the other."""

    disable_nagle_algorithm = True
    server: Server

    def handle(self) -> None:
        with contextlib.suppress(BadRequest, ConnectionError, TimeoutError, ValueError):
            while self._serve_one():
                pass

    def _serve_one(self) -> bool:
        environ = self._read_request()
        if environ is None:
            return False
        status, headers, body = self._run(environ)
        if any(name.lower() == DROP_HEADER for name, _ in headers):
            return False
        keep = str(environ.get("HTTP_CONNECTION", "")).lower() != "close"
        self.wfile.write(_rendered(status, headers, body, keep, environ["REQUEST_METHOD"] == "HEAD"))
        return keep

    def _read_request(self) -> dict[str, Any] | None:
        words = self.rfile.readline(LINE_MOST).decode("latin-1").split()
        if len(words) != 3:
            return None
        environ = self._environ(words[0], words[1])
        for _ in range(HEADERS_MOST):
            line = self.rfile.readline(LINE_MOST).decode("latin-1").rstrip("\r\n")
            if not line:
                break
            name, _, value = line.partition(":")
            environ[_environ_name(name)] = value.strip()
        if "HTTP_TRANSFER_ENCODING" in environ:
            raise BadRequest
        environ["wsgi.input"] = io.BytesIO(self._read_body(environ))
        return environ

    def _read_body(self, environ: dict[str, Any]) -> bytes:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if not 0 <= length <= BODY_MOST:
            raise BadRequest
        if environ.get("HTTP_EXPECT", "").lower() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = self.rfile.read(length)
        if len(body) < length:
            raise BadRequest
        return body

    def _environ(self, method: str, target: str) -> dict[str, Any]:
        path, _, query = target.partition("?")
        host, port = self.server.server_address[:2]
        return {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": host,
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": self.client_address[0],
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }

    def _run(self, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes]:
        given: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> Any:
            given[:] = [status, headers]
            return lambda _: None

        parts: Iterable[bytes] = self.server.application.wsgi_app(environ, start_response)
        try:
            body = b"".join(parts)
        finally:
            close = getattr(parts, "close", None)
            if close is not None:
                close()
        return given[0], given[1], body


class Server(socketserver.ThreadingTCPServer):
    """Keeps track of open connections, so that stopping does not wait for clients."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 1024

    def __init__(self, port: int, application: Flask) -> None:
        self.application = application
        self._open: set[socket.socket] = set()
        self._changed = threading.Lock()
        super().__init__(("127.0.0.1", port), Connection)

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
        self._server = Server(port, application or create_standin(self.platform))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="standin", daemon=True)

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

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


def _environ_name(header: str) -> str:
    name = header.strip().upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"


def _rendered(status: str, headers: list[tuple[str, str]], body: bytes, keep: bool, headless: bool) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"connection: {'keep-alive' if keep else 'close'}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if not any(name.lower() == "content-length" for name, _ in headers):
        lines.append(f"content-length: {len(body)}")
    has_body = not headless and not status.startswith(str(HTTPStatus.NO_CONTENT.value))
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + (body if has_body else b"")
