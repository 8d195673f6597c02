"""The content of files that people sent, from LINE's data host, through line-bot-sdk's client.

The SDK's own call reads the whole body into memory, however long; here it is read piece by piece, with a bound.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import structlog

from bot.clock import monotonic
from domain.errors import ContentError, ContentFault

TIMEOUT = (3.0, 10.0)  # seconds to connect, seconds to wait for each piece
SECONDS = 40.0  # for a whole file
LOADING_TIMEOUT = (1.0, 2.0)
LOADING_SECONDS = 60  # LINE's most; the indicator ends with the answer
PIECE = 64 * 1024  # bytes
GONE = frozenset({404, 410})
PASSING = frozenset({202, 408, 429})  # 202: LINE is still preparing the content
log = structlog.get_logger()


class LineContent:
    """Fetches files from LINE. Safe to share between threads; create it after a fork."""

    def __init__(
        self,
        access_token: str,
        api_base: str,
        data_api_base: str,
        *,
        timeout: tuple[float, float] = TIMEOUT,
        seconds: float = SECONDS,
    ) -> None:
        self._access_token = access_token
        self._api_base = api_base
        self._data_api_base = data_api_base
        self._timeout = timeout
        self._seconds = seconds
        self._pool: Any = None

    def fetch(self, message_id: str, *, limit: int) -> bytes:
        """The bytes of a file ("Get content"). Raises ContentError."""
        from urllib3.exceptions import HTTPError

        url = f"{self._data_api_base}/v2/bot/message/{quote(message_id, safe='')}/content"
        try:
            answer = self._request("GET", url, self._timeout)
            try:
                return self._read(answer, limit)
            finally:
                answer.close()
        except HTTPError as error:
            raise ContentError(ContentFault.TRANSIENT, type(error).__name__) from error

    def show_loading(self, chat_id: str) -> None:
        """Start the loading indicator of a 1:1 chat ("Display a loading indicator"). Never raises."""
        from urllib3.exceptions import HTTPError

        body = json.dumps({"chatId": chat_id, "loadingSeconds": LOADING_SECONDS}).encode()
        try:
            self._request("POST", f"{self._api_base}/v2/bot/chat/loading/start", LOADING_TIMEOUT, body).close()
        except HTTPError as error:
            log.info("loading_not_shown", error=type(error).__name__)

    def _request(self, method: str, url: str, timeout: tuple[float, float], body: bytes | None = None) -> Any:
        from urllib3 import Timeout

        headers = {"Authorization": f"Bearer {self._access_token}", "Content-Type": "application/json"}
        return self._connections().request(
            method,
            url,
            headers=headers,
            body=body,
            timeout=Timeout(connect=timeout[0], read=timeout[1]),
            retries=False,
            redirect=False,
            preload_content=False,
        )

    def _read(self, answer: Any, limit: int) -> bytes:
        log.info("line_content", status=answer.status, request_id=answer.headers.get("x-line-request-id"))
        if answer.status != 200:
            raise ContentError(_fault(answer.status), f"http_{answer.status}")
        if int(answer.headers.get("content-length") or 0) > limit:
            raise ContentError(ContentFault.TOO_LARGE, "announced")
        content, until = bytearray(), monotonic() + self._seconds
        while piece := answer.read1(PIECE):  # what has come, so that a drip meets the bound on the whole
            content += piece
            if len(content) > limit:
                raise ContentError(ContentFault.TOO_LARGE, "streamed")
            if monotonic() > until:
                raise ContentError(ContentFault.TRANSIENT, "slow")
        return bytes(content)

    def _connections(self) -> Any:
        """The SDK's pool, with its certificates and proxies; made at the first use."""
        if self._pool is None:
            from linebot.v3.messaging import ApiClient, Configuration

            self._pool = ApiClient(
                Configuration(host=self._api_base, access_token=self._access_token)
            ).rest_client.pool_manager
        return self._pool


def _fault(status: int) -> ContentFault:
    if status in GONE:
        return ContentFault.GONE
    if status in PASSING or status >= 500:
        return ContentFault.TRANSIENT
    return ContentFault.REFUSED
