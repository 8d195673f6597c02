"""What LINE knows of the bot's account: the month's quota and the size of groups. Through line-bot-sdk's client."""

from __future__ import annotations

from typing import Any

import msgspec

from bot.line.client import TIMEOUT, fault
from domain.chat import Chat, ChatKind
from domain.errors import SendError, SendFault
from domain.quota import Quota

PATHS = {ChatKind.GROUP: "group", ChatKind.ROOM: "room"}


class LineAccount:
    """`domain.ports.Account`."""

    def __init__(self, access_token: str, api_base: str, *, timeout: tuple[float, float] = TIMEOUT) -> None:
        self._access_token = access_token
        self._api_base = api_base
        self._timeout = timeout
        self._client: Any = None

    def quota(self) -> Quota:
        """The month's quota; "none" is a plan without a limit."""
        allowed = self._get("/v2/bot/message/quota")
        used = self._get("/v2/bot/message/quota/consumption")
        limit = None if allowed.get("type") == "none" else _number(allowed, "value")
        return Quota(limit=limit, used=_number(used, "totalUsage"))

    def member_count(self, chat: Chat) -> int:
        """How many people are in a group or room, the bot itself not counted."""
        return _number(self._get(f"/v2/bot/{PATHS[chat.kind]}/{chat.id}/members/count"), "count")

    def _get(self, path: str) -> dict[str, Any]:
        from linebot.v3.messaging.exceptions import ApiException
        from urllib3.exceptions import HTTPError

        try:
            answer = self._api().call_api(
                path, "GET", header_params={}, response_types_map={}, _request_timeout=self._timeout
            )
            return msgspec.json.decode(answer.raw_data, type=dict[str, Any])
        except ApiException as error:
            raise fault(int(error.status or 0), (error.body or "").encode()) from error
        except (HTTPError, UnicodeDecodeError, msgspec.MsgspecError) as error:
            raise SendError(SendFault.TRANSIENT, type(error).__name__) from error

    def _api(self) -> Any:
        if self._client is None:
            from linebot.v3.messaging import ApiClient, Configuration

            configuration = Configuration(host=self._api_base, access_token=self._access_token)
            configuration.retries = False
            self._client = ApiClient(configuration)
        return self._client


def _number(answer: dict[str, Any], key: str) -> int:
    value = answer.get(key)
    if not isinstance(value, int):
        raise SendError(SendFault.TRANSIENT, "odd_answer")
    return value
