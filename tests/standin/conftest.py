from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import urllib3
from linebot.v3.messaging import ApiClient, Configuration, MessagingApi, MessagingApiBlob

from bot.line.standin import TEST_TOKEN, Platform, Settings, StandInServer
from bot.line.standin.model import Group, User
from tests.line_openapi import check_platform
from tests.standin.receiver import Receiver


@dataclass
class MovableClock:
    now: datetime = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Chat:
    """A group of three: a coordinator and a contact, who are friends of the bot, and somebody who is not."""

    coordinator: User
    contact: User
    stranger: User
    group: Group

    @property
    def id(self) -> str:
        return self.group.group_id


@dataclass
class Http:
    """Calls LINE's side by hand, for what the SDK would not send."""

    url: str
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(retries=False))

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> urllib3.BaseHTTPResponse:
        given = {"authorization": f"Bearer {TEST_TOKEN}", "content-type": "application/json"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        return self.pool.request(method, self.url + path, body=data, headers=given, timeout=5)

    def post(self, path: str, body: Any, **headers: str) -> urllib3.BaseHTTPResponse:
        return self.call("POST", path, body, **headers)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def platform(clock: MovableClock, receiver: Receiver) -> Platform:
    return Platform(Settings(webhook_url=receiver.url), clock)


@pytest.fixture
def line(platform: Platform) -> Iterator[StandInServer]:
    with StandInServer(platform) as server:
        yield server
        platform.webhooks.settle()
        check_platform(platform)


@pytest.fixture
def chat(platform: Platform) -> Chat:
    coordinator = platform.add_user("管考幕僚", friend=True)
    contact = platform.add_user("資訊局窗口", friend=True)
    stranger = platform.add_user("路人")
    members = [u.user_id for u in (coordinator, contact, stranger)]
    return Chat(coordinator, contact, stranger, platform.add_group("秘書長會報", members))


@pytest.fixture
def http(line: StandInServer) -> Iterator[Http]:
    http = Http(line.url)
    yield http
    http.pool.clear()


@pytest.fixture
def client(line: StandInServer) -> Iterator[ApiClient]:
    client = ApiClient(Configuration(host=line.url, access_token=TEST_TOKEN))
    yield client
    client.close()
    client.rest_client.pool_manager.clear()


@pytest.fixture
def api(client: ApiClient) -> MessagingApi:
    return MessagingApi(client)


@pytest.fixture
def blob(client: ApiClient) -> MessagingApiBlob:
    return MessagingApiBlob(client)
