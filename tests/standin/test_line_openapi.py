"""The checker that the whole suite relies on must itself refuse."""

from __future__ import annotations

from typing import Any

import pytest

from tests import line_openapi
from tests.line_openapi import check_request, check_webhook

HEADERS = {"content-type": "application/json"}
USER = "U" + "a" * 32
EVENT = {
    "type": "message",
    "timestamp": 1,
    "mode": "active",
    "webhookEventId": "01M80MG6DRBTRCRC1AV6DBYJRC",
    "deliveryContext": {"isRedelivery": False},
    "source": {"type": "user", "userId": USER},
    "message": {"type": "text", "id": "1", "text": "列管", "quoteToken": "q"},
}
there = pytest.mark.usefixtures("_described")


@pytest.fixture(params=["described"] if line_openapi.available() else [])
def _described(request: pytest.FixtureRequest) -> Any:
    return request.param


def push(*messages: dict[str, Any]) -> dict[str, Any]:
    return {"to": USER, "messages": list(messages)}


@there
def test_good_request_passes() -> None:
    assert check_request("POST", "/v2/bot/message/push", HEADERS, push({"type": "text", "text": "提醒"}))
    assert check_request("GET", "/v2/bot/message/quota", {}, b"")


@there
@pytest.mark.parametrize(
    ("path", "headers", "body"),
    [
        ("/v2/bot/message/push", HEADERS, push({"type": "text"})),
        ("/v2/bot/message/push", HEADERS, push({"type": "text", "text": "x", "colour": "red"})),
        ("/v2/bot/message/push", HEADERS, push({"type": "nothing"})),
        ("/v2/bot/message/push", HEADERS, {"messages": [{"type": "text", "text": "x"}]}),
        ("/v2/bot/message/push", {}, push({"type": "text", "text": "x"})),
        ("/v2/bot/message/push", HEADERS | {"x-line-retry-key": "1"}, push({"type": "text", "text": "x"})),
        ("/v2/bot/message/reply", HEADERS | {"x-line-retry-key": "1"}, {"replyToken": "t", "messages": []}),
        ("/v2/bot/message/shove", HEADERS, push({"type": "text", "text": "x"})),
    ],
)
def test_bad_request_is_refused(path: str, headers: dict[str, str], body: dict[str, Any]) -> None:
    with pytest.raises((AssertionError, ValueError)):
        check_request("POST", path, headers, body)


@there
@pytest.mark.parametrize("kind", ["message", "messageEdited"])
def test_good_webhook_passes(kind: str) -> None:
    assert check_webhook({"destination": USER, "events": [{**EVENT, "type": kind}]})
    assert check_webhook({"destination": USER, "events": []})


@there
@pytest.mark.parametrize("missing", ["timestamp", "mode", "webhookEventId", "deliveryContext", "message"])
def test_webhook_event_without_a_property_is_refused(missing: str) -> None:
    event = {key: value for key, value in EVENT.items() if key != missing}

    with pytest.raises(AssertionError):
        check_webhook({"destination": USER, "events": [event]})
