"""LINE's Messaging API, through line-bot-sdk's client with ready JSON bodies.

The SDK is imported at the first call (it takes most of a second), and its models are not used on this path: the payload
was rendered when it entered the outbox. One client serves all threads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

import msgspec
import structlog

from bot.line.mentions import NAMED, calling, calls_anybody, naming
from bot.line.month import is_used_up
from domain.errors import INVALID_REPLY_TOKEN, UNCONFIRMED_LIMIT, SendError, SendFault
from domain.outbox import Accepted, Outgoing, Route

TIMEOUT = (3.0, 10.0)  # seconds to connect, seconds to wait for an answer
PATHS = {Route.REPLY: "/v2/bot/message/reply", Route.PUSH: "/v2/bot/message/push"}
MONTHLY_LIMIT = "monthly limit"  # LINE tells its two meanings of 429 apart by the text alone
log = structlog.get_logger()


class LineMessenger:
    """Sends outbox rows to LINE. Safe to share between threads; create it after a fork."""

    def __init__(
        self, access_token: str, api_base: str, *, connections: int = 64, timeout: tuple[float, float] = TIMEOUT
    ) -> None:
        self._access_token = access_token
        self._api_base = api_base
        self._connections = connections
        self._timeout = timeout
        self._client: Any = None

    def send(self, message: Outgoing) -> Accepted:
        """Send a reply or a push. 409 says that an earlier attempt was accepted: success. Raises SendError.

        Where LINE refuses a message that calls people (one has left, say), it goes again with their names.
        """
        messages = msgspec.json.decode(message.payload)
        if not calls_anybody(messages):
            return self._send(message, messages, message.retry_key)
        try:
            return self._send(message, calling(messages), message.retry_key)
        except SendError as error:
            if error.status != 400 or error.reason == INVALID_REPLY_TOKEN:
                raise
        return self._send(message, naming(messages), str(uuid5(UUID(message.retry_key), NAMED)))

    def _send(self, message: Outgoing, messages: list[dict[str, Any]], retry_key: str) -> Accepted:
        sent = _body(message, messages)
        status, headers, body = self._post(PATHS[message.route], sent, _headers(message, retry_key))
        request_id = headers.get("x-line-request-id")
        log.info("line_answered", outbox=message.id, route=message.route, status=status, request_id=request_id)
        if status == 409 or 200 <= status < 300:
            accepted = headers.get("x-line-accepted-request-id") or request_id
            return Accepted(message_ids=_message_ids(body), request_id=accepted)
        error = fault(status, body)
        if error.fault is SendFault.QUOTA and not is_used_up(self._api(), self._timeout):
            raise SendError(SendFault.TRANSIENT, UNCONFIRMED_LIMIT, status)
        raise error

    def _post(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        from urllib3 import Timeout
        from urllib3.exceptions import HTTPError

        connect, read = self._timeout
        try:
            # The SDK's connections without its layers, which write the ready body and read the answer once more.
            answer = self._api().rest_client.pool_manager.request(
                "POST",
                self._api_base + path,
                body=body,
                headers={**self._api().default_headers, "Content-Type": "application/json", **headers},
                timeout=Timeout(connect=connect, read=read),
            )
        except HTTPError as error:
            raise SendError(SendFault.TRANSIENT, type(error).__name__) from error
        return answer.status, answer.headers, answer.data

    def _api(self) -> Any:
        if self._client is None:
            from linebot.v3.messaging import ApiClient, Configuration

            configuration = Configuration(host=self._api_base, access_token=self._access_token)
            configuration.connection_pool_maxsize = self._connections
            configuration.retries = False  # retrying is the outbox's business
            self._client = ApiClient(configuration)
        return self._client


def fault(status: int, body: bytes) -> SendError:
    """Map LINE's refusal to its kind, in one place. LINE guarantees no texts: an unknown one is judged by status."""
    text = body.decode("utf-8", "replace")
    if status == 429:
        quota = MONTHLY_LIMIT in text
        return SendError(
            SendFault.QUOTA if quota else SendFault.TRANSIENT, "monthly_limit" if quota else "rate_limit", status
        )
    if status == 400 and "Invalid reply token" in text:
        return SendError(SendFault.PERMANENT, INVALID_REPLY_TOKEN, status)
    if status == 400 and "Failed to send messages" in text:
        return SendError(SendFault.PERMANENT, "not_in_chat", status)
    if status in (0, 408) or status >= 500:
        return SendError(SendFault.TRANSIENT, f"http_{status}", status)
    return SendError(SendFault.PERMANENT, f"http_{status}", status)


def _body(message: Outgoing, messages: list[dict[str, Any]]) -> bytes:
    if message.route is Route.REPLY:
        return msgspec.json.encode({"replyToken": message.reply_token, "messages": messages})
    silence = {"notificationDisabled": True} if message.silent else {}
    return msgspec.json.encode({"to": message.to, "messages": messages, **silence})


def _headers(message: Outgoing, retry_key: str) -> dict[str, str]:
    """A push carries its retry key from the first attempt; LINE refuses the key on a reply."""
    return {"X-Line-Retry-Key": retry_key} if message.route is Route.PUSH else {}


def _message_ids(body: bytes) -> tuple[str, ...]:
    try:
        sent = msgspec.json.decode(body)["sentMessages"]
        return tuple(str(message["id"]) for message in sent)
    except (msgspec.DecodeError, KeyError, TypeError):
        return ()
