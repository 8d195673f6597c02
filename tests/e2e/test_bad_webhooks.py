"""Forged, broken and repeated webhooks: a clear answer, nothing lost, nothing twice."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from contextlib import ExitStack
from socket import create_connection
from typing import Any

import pytest
import urllib3

from bot.line.standin import TEST_SECRET
from domain.ports import AuditEntry, UnitOfWork
from tests.e2e.conftest import CONTACT, GROUP, World
from tests.e2e.office import open_212_5

EMPTY = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'


def sign(body: bytes, secret: str = TEST_SECRET) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def post(world: World, body: bytes, signature: str | None) -> int:
    headers = {"content-type": "application/json"} | ({"x-line-signature": signature} if signature is not None else {})
    with urllib3.PoolManager(retries=False, timeout=10) as http:
        return http.request("POST", f"{world.url}/callback", body=body, headers=headers).status


def event(text: str, number: int, **fields: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "mode": "active",
        "timestamp": 1632376800000,
        "source": {"type": "group", "groupId": GROUP, "userId": CONTACT},
        "webhookEventId": f"01EVENT{number:04d}",
        "deliveryContext": {"isRedelivery": False},
        "message": {"type": "text", "id": str(1000 + number), "quoteToken": "q", "text": text},
        **fields,
    }


def body_of(*events: Any) -> bytes:
    return json.dumps({"destination": "U1", "events": list(events)}).encode()


def reports(world: World) -> list[AuditEntry]:
    """What the audit knows of reports; their ids count from 1 in an empty database."""

    def work(uow: UnitOfWork) -> list[AuditEntry]:
        return [entry for number in range(1, 21) for entry in uow.audit.of_subject("report", number)]

    return world.house.store.read(work)


def test_published_signature_of_line_is_accepted() -> None:
    from bot.line.webhook import is_signed

    secret = "8c570fa6dd201bb328f1c1eac23a96d8"
    assert is_signed(EMPTY, "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=", ["old", secret])


@pytest.mark.parametrize(
    ("signature", "status"),
    [
        (sign(EMPTY), 200),
        (None, 400),
        ("", 400),
        (sign(EMPTY)[:-4], 400),
        (sign(EMPTY, "another secret"), 400),
        (sign(EMPTY + b" "), 400),
        ("簽章", 400),
    ],
)
def test_signature_decides(world: World, signature: str | None, status: int) -> None:
    given = signature.encode().decode("latin-1") if signature else signature

    assert post(world, EMPTY, given) == status


@pytest.mark.parametrize(
    "body",
    [b"", b"no json", b"[]", b"{}", b'{"events": 3}', b"\xff\xfe", b"[" * 200_000, b'{"events":' + b"[" * 100_000],
)
def test_signed_body_that_is_no_webhook_is_refused(world: World, body: bytes) -> None:
    assert post(world, body, sign(body)) == 400


def test_body_over_one_megabyte_is_refused(world: World) -> None:
    body = body_of(event("大" * 700_000, 1))

    assert post(world, body, sign(body)) == 413


def test_poison_event_does_not_stop_the_ten_around_it(office: World) -> None:
    open_212_5(office)
    poison = [
        *({}, None, 7, {"type": "message"}, event("\ud800", 98)),
        {**event("x", 99), "source": {"type": "planet"}},
        event("列管", 97, replyToken=["no", "token"]),
    ]
    good = [event(f"回報 212-5 進度 {number}", number) for number in range(10)]
    body = body_of(*good[:5], *poison, *good[5:])

    status = post(office, body, sign(body))

    assert status == 200
    assert len(reports(office)) == 10


def test_clients_that_never_finish_a_request_do_not_keep_others_out(world: World) -> None:
    begun = b"POST /callback HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"
    host, port = world.url.removeprefix("http://").split(":")
    with ExitStack() as stack:
        for _ in range(150):
            stack.enter_context(create_connection((host, int(port)))).sendall(begun)

        assert post(world, EMPTY, sign(EMPTY)) == 200


def test_same_event_from_many_connections_is_applied_once(office: World) -> None:
    open_212_5(office)

    deliveries = office.platform.post_at_once([event("回報 212-5 已完成換文", 1)], 5)
    for delivery in deliveries:
        delivery.wait()

    assert [delivery.status for delivery in deliveries] == [200] * 5
    assert len(reports(office)) == 1


def test_redelivered_event_is_applied_once(office: World) -> None:
    open_212_5(office)
    first = body_of(event("回報 212-5 已完成換文", 1))
    again = body_of(event("回報 212-5 已完成換文", 1, deliveryContext={"isRedelivery": True}))

    assert [post(office, body, sign(body)) for body in (first, again)] == [200, 200]
    assert len(reports(office)) == 1


def test_event_without_user_id_may_ask_and_not_change(office: World) -> None:
    open_212_5(office)
    source = {"type": "group", "groupId": GROUP}

    body = body_of(event("212-5", 1, source=source), event("完成 212-5", 2, source=source))

    assert post(office, body, sign(body)) == 200
    assert reports(office) == []


def test_standby_event_changes_nothing(office: World) -> None:
    open_212_5(office)
    body = body_of(event("完成 212-5", 1, mode="standby"))

    assert post(office, body, sign(body)) == 200
    assert reports(office) == []


def test_unknown_path_is_not_found_and_health_is_told(world: World) -> None:
    with urllib3.PoolManager(retries=False) as http:
        assert http.request("GET", f"{world.url}/nothing").status == 404
        health = http.request("GET", f"{world.url}/healthz")

    assert (health.status, health.json()["status"]) == (200, "ok")


@pytest.mark.parametrize(
    "text",
    [
        "回報 212-5 " + "長" * 4_990,
        "回報 212-5 😀👨‍👩‍👧‍👦 𠮷𪜶 {a} {{b}} %s \\n",
        "回報 212-5 \u202e倒著\u200b\x07\x00\x1b[31m",
    ],
)
def test_odd_text_is_kept_and_answered(office: World, text: str) -> None:
    open_212_5(office)

    answers = office.say(CONTACT, text)

    assert len(answers) >= 1
    assert len(reports(office)) == 1
