"""Fetching a file from LINE's data host, over HTTP: what each answer means, and the bounds on size and time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from bot.line.content import LineContent
from domain.errors import ContentError, ContentFault

Answer = Callable[[BaseHTTPRequestHandler], None]
CONTENT = "/v2/bot/message/M1/content"


class Host:
    """A host that answers as the test says, and remembers what it was asked."""

    def __init__(self) -> None:
        self.answer: Answer = plain(b"")
        self.asked: list[tuple[str, str, str | None, bytes]] = []
        self.closing = Event()
        host = self

        class Handler(BaseHTTPRequestHandler):
            def handle_one(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                host.asked.append((self.command, self.path, self.headers.get("Authorization"), body))
                host.answer(self)

            do_GET = do_POST = handle_one  # noqa: N815 - the names that http.server looks for

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


def plain(body: bytes, *, status: int = 200, length: int | None = None) -> Answer:
    """Answer with a body and its length, be it a wrong one."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body) if length is None else length))
        handler.send_header("Location", CONTENT)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def pieces(host: Host, piece: bytes, pause: float) -> Answer:
    """Answer without a length, a piece at a time, until the caller hangs up."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while not host.closing.wait(pause):
                handler.wfile.write(piece)
        except OSError:
            return

    return answer


@pytest.fixture
def host() -> Iterator[Host]:
    made = Host()
    thread = Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.closing.set()
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def source(host: Host, *, seconds: float = 5.0) -> LineContent:
    return LineContent("TOKEN", host.url, host.url, timeout=(1.0, 0.3), seconds=seconds)


def fault(host: Host, *, limit: int = 100, seconds: float = 5.0) -> tuple[ContentFault, str]:
    with pytest.raises(ContentError) as raised:
        source(host, seconds=seconds).fetch("M1", limit=limit)
    return raised.value.fault, raised.value.reason


def test_content_comes_with_the_token_as_it_is(host: Host) -> None:
    host.answer = plain(b"\x00\xff\r\n")

    assert source(host).fetch("M1", limit=4) == b"\x00\xff\r\n"
    assert host.asked == [("GET", CONTENT, "Bearer TOKEN", b"")]


def test_message_id_cannot_leave_its_place_in_the_path(host: Host) -> None:
    source(host).fetch("../a?b", limit=4)

    assert host.asked[0][1] == "/v2/bot/message/..%2Fa%3Fb/content"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (202, ContentFault.TRANSIENT),
        (302, ContentFault.REFUSED),
        (400, ContentFault.REFUSED),
        (401, ContentFault.REFUSED),
        (403, ContentFault.REFUSED),
        (404, ContentFault.GONE),
        (408, ContentFault.TRANSIENT),
        (410, ContentFault.GONE),
        (429, ContentFault.TRANSIENT),
        (500, ContentFault.TRANSIENT),
        (503, ContentFault.TRANSIENT),
    ],
)
def test_status_has_its_kind(host: Host, status: int, expected: ContentFault) -> None:
    host.answer = plain(b"{}", status=status)

    assert fault(host) == (expected, f"http_{status}")
    assert len(host.asked) == 1


def test_announced_size_over_the_limit_is_refused_unread(host: Host) -> None:
    host.answer = plain(b"x" * 101)

    assert fault(host) == (ContentFault.TOO_LARGE, "announced")


def test_size_over_the_limit_is_refused_while_streaming(host: Host) -> None:
    host.answer = pieces(host, b"x" * 10_000, 0.0)

    assert fault(host) == (ContentFault.TOO_LARGE, "streamed")


def test_body_that_ends_early_is_tried_again(host: Host) -> None:
    host.answer = plain(b"half", length=90)

    assert fault(host)[0] is ContentFault.TRANSIENT


def test_content_that_drips_is_stopped_by_the_bound_on_the_whole(host: Host) -> None:
    host.answer = pieces(host, b"x", 0.02)

    assert fault(host, limit=10**9, seconds=0.2) == (ContentFault.TRANSIENT, "slow")


def test_content_that_does_not_come_is_tried_again(host: Host) -> None:
    host.answer = pieces(host, b"late", 5.0)

    assert fault(host)[0] is ContentFault.TRANSIENT


def test_host_that_is_down_is_tried_again() -> None:
    down = LineContent("TOKEN", "http://127.0.0.1:1", "http://127.0.0.1:1")

    with pytest.raises(ContentError) as raised:
        down.fetch("M1", limit=4)

    assert raised.value.fault is ContentFault.TRANSIENT


def test_loading_is_asked_for_the_longest_that_line_allows(host: Host) -> None:
    host.answer = plain(b"{}", status=202)

    source(host).show_loading("U1")

    asked = ("POST", "/v2/bot/chat/loading/start", "Bearer TOKEN", b'{"chatId": "U1", "loadingSeconds": 60}')
    assert host.asked == [asked]


def test_loading_on_a_host_that_is_down_raises_nothing() -> None:
    LineContent("TOKEN", "http://127.0.0.1:1", "http://127.0.0.1:1").show_loading("U1")
