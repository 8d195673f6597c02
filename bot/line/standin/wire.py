"""HTTP/1.1 on the wire, as much as the stand-in needs: bodies with a length, connections kept open."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import unquote, unquote_to_bytes

from bot.line.standin.model import Call

LINE_MOST = 64 * 1024
HEADERS_MOST = 100
BODY_MOST = 64 * 1024 * 1024
PHRASES = {status.value: status.phrase for status in HTTPStatus}

Headers = Iterable[tuple[str, str]]


class Source(Protocol):
    def readline(self, size: int, /) -> bytes: ...
    def read(self, size: int, /) -> bytes: ...


class Sink(Protocol):
    def write(self, data: bytes, /) -> int: ...


class BadRequest(Exception):
    """What came in is not HTTP as this server speaks it."""


def read_call(source: Source, sink: Sink) -> Call | None:
    """Read one request; None when the client has closed the connection. Raises BadRequest or ValueError."""
    words = source.readline(LINE_MOST).decode("latin-1").split()
    if len(words) != 3:
        return None
    headers = _read_headers(source)
    if "transfer-encoding" in headers:
        raise BadRequest
    if headers.get("expect", "").lower() == "100-continue":
        sink.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    path, _, query = words[1].partition("?")
    return Call(words[0], path, headers, _read_body(source, int(headers.get("content-length") or 0)), query)


def decoded(call: Call) -> Call:
    """Return the call with its path's percent-encoding undone."""
    if "%" not in call.path:
        return call
    return Call(call.method, unquote(call.path), call.headers, call.body, call.query)


def environ(call: Call, peer: str, host: str, port: int) -> dict[str, Any]:
    """Describe the call to a WSGI application."""
    made = {_environ_name(name): value for name, value in call.headers.items()}
    return made | {
        "REQUEST_METHOD": call.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(call.path).decode("latin-1"),
        "QUERY_STRING": call.query,
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": peer,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(call.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def keeps_open(call: Call) -> bool:
    return call.headers.get("connection", "").lower() != "close"


def rendered(call: Call, status: str, headers: Headers, body: bytes) -> bytes:
    """Put an answer into bytes. The length is ours to say, whatever the headers held."""
    lines = [f"HTTP/1.1 {status}", f"connection: {'keep-alive' if keeps_open(call) else 'close'}"]
    lines += [f"{name}: {value}" for name, value in headers if name.lower() not in ("content-length", "connection")]
    bodiless = status.startswith(("204", "304"))
    if not bodiless:
        lines.append(f"content-length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + (b"" if bodiless or call.method == "HEAD" else body)


def status_line(status: int) -> str:
    return f"{status} {PHRASES.get(status, 'Unknown')}"


def _read_headers(source: Source) -> dict[str, str]:
    headers: dict[str, str] = {}
    for _ in range(HEADERS_MOST):
        line = source.readline(LINE_MOST).decode("latin-1").rstrip("\r\n")
        if not line:
            return headers
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    raise BadRequest


def _read_body(source: Source, length: int) -> bytes:
    if not 0 <= length <= BODY_MOST:
        raise BadRequest
    body = source.read(length)
    if len(body) < length:
        raise BadRequest
    return body


def _environ_name(header: str) -> str:
    name = header.upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
