"""The small server below it all, and the stand-in as a process of its own."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
import urllib3

from bot.line.standin import TEST_TOKEN, Platform, StandInServer
from tests.paths import ROOT
from tests.standin.conftest import Http

INFO = f"GET /v2/bot/info HTTP/1.1\r\nauthorization: Bearer {TEST_TOKEN}\r\n\r\n".encode()


@pytest.fixture
def wire(line: StandInServer) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", line.port), timeout=5) as connection:
        yield connection


def test_server_listens_on_loopback_only(line: StandInServer) -> None:
    assert line.url == f"http://127.0.0.1:{line.port}"


def test_connection_stays_open_between_calls(wire: socket.socket) -> None:
    for _ in range(2):
        wire.sendall(INFO)
        assert wire.recv(65536).startswith(b"HTTP/1.1 200 OK\r\n")


def test_connection_closes_when_asked(wire: socket.socket) -> None:
    wire.sendall(INFO.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))

    assert b"connection: close" in wire.recv(65536)
    assert wire.recv(1) == b""


def test_caller_that_expects_a_go_ahead_gets_it(wire: socket.socket) -> None:
    body = json.dumps({"messages": [{"type": "text", "text": "x"}]}).encode()
    head = f"POST /v2/bot/message/validate/push HTTP/1.1\r\nauthorization: Bearer {TEST_TOKEN}\r\n"
    head += f"content-type: application/json\r\ncontent-length: {len(body)}\r\nexpect: 100-continue\r\n\r\n"

    wire.sendall(head.encode())
    assert wire.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
    wire.sendall(body)
    assert wire.recv(65536).startswith(b"HTTP/1.1 200 OK\r\n")


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\x16\x03\x01\r\n",
        b"GET /v2/bot/info HTTP/1.1\r\ncontent-length: x\r\n\r\n",
        b"GET /v2/bot/info HTTP/1.1\r\ncontent-length: -1\r\n\r\n",
        b"POST /v2/x HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n",
    ],
)
def test_nonsense_closes_the_connection_and_harms_nobody(
    line: StandInServer, wire: socket.socket, nonsense: bytes
) -> None:
    wire.sendall(nonsense)
    wire.shutdown(socket.SHUT_WR)
    received = _received(wire)

    assert received == b""
    assert Http(line.url).call("GET", "/v2/bot/info").status == 200


def test_percent_encoded_path_is_decoded(http: Http) -> None:
    assert http.call("GET", "/v2/bot/%69nfo").status == 200


def test_many_callers_at_once_are_all_counted(http: Http, platform: Platform) -> None:
    user = platform.add_user("窗口", friend=True)
    platform.settings.quota_limit = None
    asked = {"to": user.user_id, "messages": [{"type": "text", "text": "x"}]}

    def run() -> None:
        for _ in range(20):
            http.post("/v2/bot/message/push", asked)

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert platform.settings.quota_used == 160
    assert [e["seq"] for e in platform.timeline()["entries"]] == list(range(1, 161))


def test_stand_in_runs_as_a_process_of_its_own() -> None:
    command = [sys.executable, "-m", "bot.line.standin", "--access-token", "t", "--quota", "-1", "--validate", "limits"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        pool = urllib3.PoolManager()
        answer = pool.request("GET", f"{url}/v2/bot/message/quota", headers={"authorization": "Bearer t"})
        settings = pool.request("GET", f"{url}/_standin/settings").json()
        pool.clear()
        process.terminate()

    assert url.startswith("http://127.0.0.1:")
    assert answer.json() == {"type": "none"}
    assert settings["validate"] == "limits"


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536)
    except ConnectionResetError:
        return b""
