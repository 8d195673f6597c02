"""The stand-in's own side over HTTP, as the playground, benchmarks and chaos runs use it."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from bot.line.standin import TEST_SECRET, TEST_TOKEN, Platform, create_standin
from tests.standin.conftest import Chat, Http
from tests.standin.receiver import Receiver


def post(http: Http, path: str, **body: Any) -> Any:
    answer = http.post(f"/_standin/{path}", body)
    assert answer.status == 200, answer.data
    return answer.json()


def get(http: Http, path: str) -> Any:
    return http.call("GET", f"/_standin/{path}").json()


def test_chat_is_built_and_used_over_http(http: Http, receiver: Receiver) -> None:
    user = post(http, "users", displayName="資訊局窗口", friend=True)
    group = post(http, "groups", groupName="秘書長會報", members=[user["userId"]])
    chat = f"chats/{group['groupId']}"

    said = post(http, f"{chat}/messages?wait=1", userId=user["userId"], text="@列管小幫手 列管", mentions=["bot"])

    assert said["delivery"]["status"] == 200
    assert said["event"] == receiver.events[0]
    assert get(http, "users") == [user]
    assert get(http, "groups") == [group]
    assert get(http, f"{chat}/timeline?since=0")["entries"] == [said["entry"]]
    assert get(http, "timeline")["cursor"] == 1


def test_everything_a_person_does_can_be_done_over_http(http: Http, receiver: Receiver, chat: Chat) -> None:
    user, here = chat.contact.user_id, f"chats/{chat.id}"
    message = post(http, f"{here}/messages", userId=user, text="列管", quotedMessageId="1", hideUser=True)["entry"]
    post(http, f"{here}/messages", userId=user, message={"type": "location", "latitude": 25.0, "longitude": 121.5})
    post(http, f"messages/{message['messageId']}/edit", text="列管 2")
    post(http, f"messages/{message['messageId']}/unsend")
    post(http, f"{here}/taps", userId=user, data="d", params={"date": "2026-11-30"})
    post(http, f"{here}/taps", userId=user, action={"type": "message", "label": "看", "text": "逾期"})
    post(http, f"{here}/files", userId=user, fileName="a.txt", contentBase64=base64.b64encode(b"abc").decode())
    post(http, f"groups/{chat.id}/leave", userIds=[user])
    post(http, f"groups/{chat.id}/join", userIds=[user])
    post(http, f"groups/{chat.id}/bot/leave")
    post(http, f"groups/{chat.id}/bot/join")
    post(http, "settle")

    assert [e["type"] for e in receiver.events] == [
        "message",
        "message",
        "messageEdited",
        "unsend",
        "postback",
        "message",
        "message",
        "memberLeft",
        "memberJoined",
        "leave",
        "join",
    ]


def test_friendship_changes_over_http(http: Http, platform: Platform, chat: Chat) -> None:
    post(http, f"users/{chat.contact.user_id}/block")
    assert not chat.contact.reachable
    post(http, f"users/{chat.contact.user_id}/follow")
    assert chat.contact.reachable


def test_webhooks_can_be_forged_held_and_repeated(http: Http, receiver: Receiver, chat: Chat) -> None:
    post(http, "webhooks/hold")
    event = post(http, f"chats/{chat.id}/messages", userId=chat.contact.user_id, text="列管")["event"]
    released = post(http, "webhooks/release", copies=2)
    post(http, f"deliveries/{released[0]['number']}/redeliver?wait=1")
    forged = post(http, "webhooks?wait=1", body='{"events":[]}', signature="forged")
    ready = post(http, "webhooks?wait=1", events=[event])
    post(http, "settle")
    at_once = post(http, "webhooks", events=[event], copies=3)

    assert [e["deliveryContext"]["isRedelivery"] for e in receiver.events[:4]] == [False, False, True, False]
    assert receiver.posts[3].headers["x-line-signature"] == "forged"
    assert [d["number"] for d in get(http, f"deliveries?since={forged['number'] - 1}")] == [
        forged["number"],
        ready["number"],
        *[d["number"] for d in at_once],
    ]


def test_faults_are_ordered_listed_and_cleared_over_http(http: Http) -> None:
    listed = post(http, "faults", effect="status", on="info", status=503, times=1, seed=1)
    struck = http.call("GET", "/v2/bot/info").status
    cleared = http.call("DELETE", "/_standin/faults").json()

    assert (listed[0]["status"], struck, cleared) == (503, 503, [])


def test_settings_are_changed_over_http_and_keep_their_secrets(http: Http, platform: Platform) -> None:
    answer = http.call("PUT", "/_standin/settings", {"quota_limit": 500, "quota_used": 499, "latency": 0.0})

    assert (platform.settings.quota_limit, answer.json()["quota_used"]) == (500, 499)
    assert TEST_TOKEN.encode() not in answer.data
    assert TEST_SECRET.encode() not in answer.data


def test_requests_are_read_back_over_http(http: Http, chat: Chat) -> None:
    http.post("/v2/bot/message/push", {"to": chat.id, "messages": [{"type": "text", "text": "提醒"}]})

    (request,) = get(http, "requests")
    assert (request["endpoint"], request["status"], request["accepted"]) == ("push", 200, True)
    assert request["body"]["messages"] == [{"type": "text", "text": "提醒"}]
    assert get(http, f"requests?since={request['seq']}") == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "users", {}),
        ("POST", "users", {"displayName": "x", "userId": "me"}),
        ("POST", "chats/C0/messages", {"userId": "U0", "text": "x"}),
        ("POST", "messages/1/unsend", None),
        ("POST", "faults", {"effect": "explode"}),
        ("POST", "faults", {"effect": "drop", "when": "now"}),
        ("PUT", "settings", {"qouta": 1}),
        ("POST", "deliveries/99/redeliver", None),
        ("POST", "users", b"[]"),
        ("POST", "users", b"{"),
    ],
)
def test_senseless_request_is_answered_with_the_reason(http: Http, method: str, path: str, body: Any) -> None:
    answer = http.call(method, f"/_standin/{path}", body)

    assert answer.status == 400
    assert answer.json()["error"]


def test_unknown_control_path_does_not_pass_for_line(http: Http) -> None:
    assert http.call("GET", "/_standin/nothing").status == 404


def test_form_from_another_site_is_not_read(http: Http, platform: Platform) -> None:
    answer = http.post("/_standin/users", {"displayName": "x"}, content_type="text/plain")

    assert answer.status == 400
    assert platform.directory.users == {}


@pytest.mark.parametrize(
    ("host", "peer", "status"),
    [
        ("localhost", "127.0.0.1", 200),
        ("127.0.0.1:5000", "127.0.0.1", 200),
        ("[::1]:5000", "::1", 200),
        ("evil.example", "127.0.0.1", 403),
        ("localhost", "192.0.2.1", 403),
    ],
)
def test_control_side_is_for_this_machine_only(platform: Platform, host: str, peer: str, status: int) -> None:
    client = create_standin(platform).test_client()

    answer = client.get("/_standin/users", headers={"host": host}, environ_base={"REMOTE_ADDR": peer})

    assert answer.status_code == status
