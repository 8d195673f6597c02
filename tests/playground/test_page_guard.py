from __future__ import annotations

from collections.abc import Iterator

import pytest
import urllib3

from bot.config import Line
from bot.playground.people import CHIEFS_GROUP, COORDINATOR
from bot.playground.runner import Playground, PlaygroundRefused

GUARD = {"X-Playground": "1"}


@pytest.fixture
def http() -> Iterator[urllib3.PoolManager]:
    pool = urllib3.PoolManager(retries=False)
    yield pool
    pool.clear()


def test_page_asks_no_other_host(playground: Playground, http: urllib3.PoolManager) -> None:
    answer = http.request("GET", playground.url)

    assert answer.status == 200
    assert answer.headers["content-security-policy"].split("; ")[0] == "default-src 'self'"


@pytest.mark.parametrize("path", ["/", "/playground/feed", "/_standin/users", "/static/main.js"])
def test_page_of_another_name_is_refused(playground: Playground, http: urllib3.PoolManager, path: str) -> None:
    answer = http.request("GET", playground.url + path, headers={**GUARD, "host": "playground.example:8090"})

    assert answer.status == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/playground/feed"), ("GET", "/_standin/timeline"), ("POST", f"/_standin/chats/{CHIEFS_GROUP}/messages")],
)
def test_call_without_the_header_is_refused(
    playground: Playground, http: urllib3.PoolManager, method: str, path: str
) -> None:
    body = {"userId": COORDINATOR, "text": "列管"} if method == "POST" else None

    answer = http.request(method, playground.url + path, json=body)

    assert answer.status == 403
    assert playground.platform.entries == []


def test_line_side_needs_the_token_of_this_run(playground: Playground, http: urllib3.PoolManager) -> None:
    url = f"{playground.api_base}/v2/bot/info"

    right = http.request("GET", url, headers={"authorization": f"Bearer {playground.access_token}"})
    wrong = http.request("GET", url, headers={"authorization": "Bearer standin-channel-access-token"})

    assert (right.status, wrong.status) == (200, 401)


@pytest.mark.parametrize("line", [Line(channel_secrets=("s",), channel_access_token="t"), Line(channel_secrets=("s",))])
def test_playground_with_real_credentials_is_refused(line: Line) -> None:
    with pytest.raises(PlaygroundRefused):
        Playground(line=line, port=0, webhook_url="http://127.0.0.1:1/callback")


def test_port_that_is_taken_makes_way_for_the_next(playground: Playground) -> None:
    taken = int(playground.url.rsplit(":", 1)[1])

    with Playground(line=Line(), port=taken, webhook_url="http://127.0.0.1:1/callback") as other:
        assert taken < int(other.url.rsplit(":", 1)[1]) <= taken + 20


def test_message_ids_of_two_runs_differ(playground: Playground) -> None:
    earlier = playground.platform.say(CHIEFS_GROUP, COORDINATOR, "列管").message_id
    with Playground(line=Line(), port=0, webhook_url="http://127.0.0.1:1/callback") as other:
        later = other.platform.say(CHIEFS_GROUP, COORDINATOR, "列管").message_id

    assert later > earlier
