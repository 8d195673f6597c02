"""Trouble to order: what the bot sees, and what LINE has nevertheless done."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
import urllib3
from linebot.v3.messaging import MessagingApi, PushMessageRequest, TextMessage

from bot.line.standin import Fault, Platform, StandInError
from tests.standin.conftest import Chat, Http

PUSH = "/v2/bot/message/push"


def push(chat: Chat) -> dict[str, Any]:
    return {"to": chat.id, "messages": [{"type": "text", "text": "提醒"}]}


@pytest.mark.parametrize("status", [400, 401, 403, 409, 500, 503])
def test_status_fault_answers_and_sends_nothing(http: Http, platform: Platform, chat: Chat, status: int) -> None:
    platform.faults.add(Fault("status", on="push", status=status, body={"message": "ordered"}))

    answer = http.post(PUSH, push(chat))

    assert (answer.status, answer.json()) == (status, {"message": "ordered"})
    assert platform.said_by_bot(chat.id) == []


def test_status_fault_after_acceptance_answers_500_although_it_was_sent(
    http: Http, platform: Platform, chat: Chat
) -> None:
    platform.faults.add(Fault("status", accepted=True))
    key = str(uuid4())

    first, second = (http.post(PUSH, push(chat), x_line_retry_key=key).status for _ in range(2))

    assert (first, second) == (500, 409)
    assert len(platform.said_by_bot(chat.id)) == 1


@pytest.mark.parametrize(("accepted", "second"), [(False, 200), (True, 409)])
def test_dropped_connection_leaves_the_caller_in_the_dark(
    http: Http, platform: Platform, chat: Chat, accepted: bool, second: int
) -> None:
    platform.faults.add(Fault("drop", on="push", accepted=accepted))
    key = str(uuid4())

    with pytest.raises(urllib3.exceptions.ProtocolError):
        http.post(PUSH, push(chat), x_line_retry_key=key)

    assert len(platform.said_by_bot(chat.id)) == int(accepted)
    assert http.post(PUSH, push(chat), x_line_retry_key=key).status == second
    assert len(platform.said_by_bot(chat.id)) == 1


def test_dropped_connection_is_what_the_sdk_raises(api: MessagingApi, platform: Platform, chat: Chat) -> None:
    platform.faults.add(Fault("drop"))

    with pytest.raises(urllib3.exceptions.ProtocolError):
        api.push_message(PushMessageRequest(to=chat.id, messages=[TextMessage(text="提醒")]))


@pytest.mark.parametrize("accepted", [False, True])
def test_hanging_call_runs_into_the_callers_timeout(
    api: MessagingApi, platform: Platform, chat: Chat, accepted: bool
) -> None:
    platform.faults.add(Fault("hang", on="push", accepted=accepted))
    request = PushMessageRequest(to=chat.id, messages=[TextMessage(text="提醒")])

    with pytest.raises(urllib3.exceptions.ReadTimeoutError):
        api.push_message(request, _request_timeout=(1, 0.5))

    assert len(platform.said_by_bot(chat.id)) == int(accepted)


def test_slow_answer_arrives_after_its_time(http: Http, platform: Platform, chat: Chat) -> None:
    platform.faults.add(Fault("hang", accepted=True, seconds=0.01))

    assert http.post(PUSH, push(chat)).status == 200


def test_malformed_answer_hides_that_it_was_sent(http: Http, platform: Platform, chat: Chat) -> None:
    platform.faults.add(Fault("malformed", accepted=True))

    answer = http.post(PUSH, push(chat))

    assert (answer.status, answer.data) == (200, b"<html>")
    assert len(platform.said_by_bot(chat.id)) == 1


@pytest.mark.parametrize(
    ("effect", "text"),
    [
        ("monthly_limit", "You have reached your monthly limit."),
        ("rate_limit", "The API rate limit has been exceeded. Try again later."),
    ],
)
def test_both_limits_can_be_ordered(http: Http, platform: Platform, chat: Chat, effect: Any, text: str) -> None:
    platform.faults.add(Fault(effect))

    answer = http.post(PUSH, push(chat))

    assert (answer.status, answer.json()) == (429, {"message": text})


def test_fault_strikes_only_its_endpoint_and_so_many_times(http: Http, platform: Platform, chat: Chat) -> None:
    platform.faults.add(Fault("status", on="push", times=2))

    info = http.call("GET", "/v2/bot/info").status
    pushes = [http.post(PUSH, push(chat)).status for _ in range(3)]

    assert (info, pushes) == (200, [500, 500, 200])


def test_faults_strike_in_the_order_given(http: Http, platform: Platform) -> None:
    platform.faults.add(Fault("status", status=503), Fault("status", status=502))

    assert [http.call("GET", "/v2/bot/info").status for _ in range(3)] == [503, 502, 200]


def test_chance_faults_repeat_with_their_seed(http: Http, platform: Platform) -> None:
    platform.faults.add(Fault("status", times=None, probability=0.5))

    def run() -> list[int]:
        platform.faults.seed(7)
        return [http.call("GET", "/v2/bot/info").status for _ in range(20)]

    first = run()
    assert set(first) == {200, 500}
    assert run() == first


def test_cleared_faults_are_over(http: Http, platform: Platform) -> None:
    platform.faults.add(Fault("drop", times=None))
    platform.faults.clear()

    assert http.call("GET", "/v2/bot/info").status == 200


def test_latency_delays_every_call(http: Http, platform: Platform) -> None:
    platform.settings.latency = 30

    with pytest.raises(urllib3.exceptions.ReadTimeoutError):
        http.pool.request("GET", http.url + "/v2/bot/info", timeout=0.1)


def test_dropped_call_is_recorded_with_its_fault(http: Http, platform: Platform, chat: Chat) -> None:
    platform.faults.add(Fault("drop", accepted=True))

    with pytest.raises(urllib3.exceptions.ProtocolError):
        http.post(PUSH, push(chat))

    recorded = platform.ledger.since()[-1]
    assert (recorded.status, recorded.accepted, recorded.notes) == (0, True, ["fault: drop after acceptance"])


def test_refused_request_is_refused_whatever_was_ordered_after_acceptance(http: Http, platform: Platform) -> None:
    platform.faults.add(Fault("drop", accepted=True))

    assert http.post(PUSH, {"to": "nobody", "messages": []}).status == 400


def test_unknown_fault_cannot_be_ordered() -> None:
    with pytest.raises(StandInError):
        Fault("explode")  # type: ignore[arg-type]  # the point of the test
