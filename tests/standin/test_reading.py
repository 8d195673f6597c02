"""What the bot can ask of LINE."""

from __future__ import annotations

from typing import Any

import pytest
from linebot.v3.messaging import (
    ApiClient,
    ApiException,
    Configuration,
    MessagingApi,
    MessagingApiBlob,
    ShowLoadingAnimationRequest,
)

from bot.line.standin import Platform, StandInServer
from tests.standin.conftest import Chat, Http


def test_bot_info_names_the_webhooks_destination(api: MessagingApi, platform: Platform) -> None:
    assert api.get_bot_info().user_id == platform.settings.bot_user_id


def test_group_answers_summary_and_count_without_the_bot(api: MessagingApi, chat: Chat) -> None:
    assert api.get_group_summary(chat.id).group_name == "秘書長會報"
    assert api.get_group_member_count(chat.id).count == 3


def test_group_member_is_known_without_friendship(api: MessagingApi, chat: Chat) -> None:
    assert api.get_group_member_profile(chat.id, chat.stranger.user_id).display_name == "路人"


def test_group_member_ids_are_for_verified_accounts(api: MessagingApi, platform: Platform, chat: Chat) -> None:
    with pytest.raises(ApiException) as refused:
        api.get_group_members_ids(chat.id)
    platform.settings.verified_account = True

    assert refused.value.status == 403
    assert api.get_group_members_ids(chat.id).member_ids == chat.group.members


def test_group_that_the_bot_left_is_not_found(api: MessagingApi, platform: Platform, chat: Chat) -> None:
    api.leave_group(chat.id)

    with pytest.raises(ApiException) as refused:
        api.get_group_summary(chat.id)

    assert refused.value.status == 404
    assert platform.timeline(chat.id)["entries"][-1]["kind"] == "leave"


def test_profile_is_for_friends_only(api: MessagingApi, platform: Platform, chat: Chat) -> None:
    assert api.get_profile(chat.contact.user_id).display_name == "資訊局窗口"
    platform.block(chat.contact.user_id)

    for user in (chat.contact, chat.stranger):
        with pytest.raises(ApiException) as refused:
            api.get_profile(user.user_id)
        assert refused.value.status == 404


@pytest.mark.parametrize(("limit", "quota"), [(200, {"type": "limited", "value": 200}), (None, {"type": "none"})])
def test_quota_tells_the_plan(http: Http, platform: Platform, limit: int | None, quota: dict[str, Any]) -> None:
    platform.settings.quota_limit, platform.settings.quota_used = limit, 17

    assert http.call("GET", "/v2/bot/message/quota").json() == quota
    assert http.call("GET", "/v2/bot/message/quota/consumption").json() == {"totalUsage": 17}


def test_file_content_comes_from_the_data_host(blob: MessagingApiBlob, platform: Platform, chat: Chat) -> None:
    content = "第212次會議紀錄".encode() * 1000
    message_id = platform.send_file(chat.id, chat.coordinator.user_id, "紀錄.txt", content).message_id

    assert bytes(blob.get_message_content(message_id)) == content


def test_file_content_that_does_not_exist_is_not_found(http: Http) -> None:
    assert http.call("GET", "/v2/bot/message/1/content").status == 404


def test_loading_indicator_is_for_private_chats(api: MessagingApi, http: Http, platform: Platform, chat: Chat) -> None:
    api.show_loading_animation(ShowLoadingAnimationRequest(chatId=chat.contact.user_id, loadingSeconds=5))

    assert platform.loading[0]["chatId"] == chat.contact.user_id
    assert http.post("/v2/bot/chat/loading/start", {"chatId": chat.id}).status == 400
    assert http.post("/v2/bot/chat/loading/start", {"chatId": chat.contact.user_id, "loadingSeconds": 7}).status == 400


@pytest.mark.parametrize("path", ["/v2/bot/message/pushh", "/v2/bot", "/", "/v3/x", "/v2/bot/richmenu"])
def test_unknown_path_is_not_found(http: Http, path: str) -> None:
    answer = http.post(path, {})

    assert (answer.status, answer.json()) == (404, {"message": "Not found"})


def test_wrong_method_is_not_found(http: Http) -> None:
    assert http.call("GET", "/v2/bot/message/push").status == 404


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer wrong", "standin-channel-access-token"])
def test_wrong_token_is_refused(http: Http, header: str) -> None:
    assert http.call("GET", "/v2/bot/info", authorization=header).status == 401


def test_sdk_reports_a_wrong_token(line: StandInServer) -> None:
    with (
        ApiClient(Configuration(host=line.url, access_token="wrong")) as client,
        pytest.raises(ApiException) as refused,
    ):
        MessagingApi(client).get_bot_info()
    client.rest_client.pool_manager.clear()

    assert refused.value.status == 401


def test_every_answer_has_a_request_id_of_its_own(http: Http) -> None:
    answers = [
        http.call("GET", "/v2/bot/info"),
        http.call("GET", "/nothing"),
        http.call("GET", "/v2/x", authorization=""),
    ]

    assert len({a.headers["x-line-request-id"] for a in answers}) == 3


def test_requests_are_read_back_without_the_token(http: Http, platform: Platform) -> None:
    answer = http.post("/v2/bot/message/validate/push?x=1", {"messages": [{"type": "text", "text": "案"}]})

    recorded = platform.ledger.since()[-1].to_json()
    assert recorded["body"] == {"messages": [{"type": "text", "text": "案"}]}
    assert (recorded["method"], recorded["path"], recorded["query"]) == ("POST", "/v2/bot/message/validate/push", "x=1")
    assert (recorded["status"], recorded["requestId"]) == (200, answer.headers["x-line-request-id"])
    assert "authorization" not in recorded["headers"]
