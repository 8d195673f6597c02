"""LINE's reply endpoint, as cheap as can be: `python -m benchmarks.line PORT LATENCY`. `GET /healthz` counts replies.

The stand-in (bot/line/standin) checks all that LINE checks and would take a share of the processor that is not ours.
"""

from __future__ import annotations

import asyncio
import json
import sys

COUNT = b"GET /healthz"


class Line(asyncio.Protocol):
    """One connection. Every reply is accepted after the latency."""

    latency = 0.0
    replies = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._received = b""

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        self._received = b""
        if head.startswith(COUNT):
            self._answer({"replies": Line.replies})
            return
        Line.replies += 1
        accepted = {"sentMessages": [{"id": str(Line.replies), "quoteToken": "q"}]}
        asyncio.get_running_loop().call_later(Line.latency, self._answer, accepted)

    def _answer(self, document: object) -> None:
        body = json.dumps(document).encode()
        head = (
            f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-line-request-id: r\r\ncontent-length: {len(body)}"
        )
        self._transport.write(head.encode() + b"\r\n\r\n" + body)


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0


async def _serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Line, "127.0.0.1", port)
    await server.serve_forever()


def main() -> None:
    """Serve as the command line says."""
    Line.latency = float(sys.argv[2])
    asyncio.run(_serve(int(sys.argv[1])))


if __name__ == "__main__":
    main()
