"""What LINE's answers to a push mean, from the stand-in over HTTP through the SDK."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from bot.line.client import LineMessenger
from bot.line.standin import TEST_TOKEN, Fault, Platform, Settings, StandInServer
from domain.errors import SendError, SendFault
from domain.outbox import Accepted, Outgoing, Route

FRIEND = "U" + "f" * 32
QUOTA = (SendFault.QUOTA, "monthly_limit")
PASSING = (SendFault.TRANSIENT, "monthly_limit_unconfirmed")


@dataclass(frozen=True)
class Line:
    """The stand-in, and our messenger on it."""

    platform: Platform
    messenger: LineMessenger

    def push(self, key: str = "", *, silent: bool = False) -> Accepted:
        message = Outgoing(
            id=1,
            route=Route.PUSH,
            to=FRIEND,
            payload='[{"type":"text","text":"好"}]',
            retry_key=key or str(uuid4()),
            reply_token=None,
            attempts=1,
            give_up_at=datetime.max.replace(tzinfo=UTC),
            silent=silent,
        )
        return self.messenger.send(message)

    def refusal(self) -> tuple[SendFault, str]:
        with pytest.raises(SendError) as refused:
            self.push()
        return refused.value.fault, refused.value.reason

    def asked(self) -> list[str]:
        return [exchange.endpoint for exchange in self.platform.ledger.since()]


@pytest.fixture
def line() -> Iterator[Line]:
    platform = Platform(Settings(quota_limit=200))
    platform.add_user("窗口", FRIEND, friend=True)
    with StandInServer(platform) as server:
        yield Line(platform, LineMessenger(TEST_TOKEN, server.url, timeout=(1.0, 1.0)))


def test_rate_limit_passes_and_asks_nothing_more(line: Line) -> None:
    line.platform.faults.add(Fault("rate_limit"))

    assert line.refusal() == (SendFault.TRANSIENT, "rate_limit")
    assert line.asked() == ["push"]


def test_month_that_is_used_up_is_confirmed_by_the_quota_endpoint(line: Line) -> None:
    line.platform.settings.quota_used = 200

    assert line.refusal() == QUOTA
    assert line.asked() == ["push", "quota", "consumption"]


@pytest.mark.parametrize(("limit", "used"), [(200, 199), (None, 5_000)])
def test_monthly_limit_that_the_quota_endpoint_denies_passes(line: Line, limit: int | None, used: int) -> None:
    line.platform.settings.quota_limit, line.platform.settings.quota_used = limit, used
    line.platform.faults.add(Fault("monthly_limit"))

    assert line.refusal() == PASSING


@pytest.mark.parametrize("on", ["quota", "consumption"])
@pytest.mark.parametrize(
    "fault",
    [Fault("status", status=500), Fault("drop"), Fault("malformed", accepted=True)],
    ids=lambda fault: fault.effect,
)
def test_monthly_limit_is_not_believed_for_an_hour_unless_confirmed(line: Line, on: str, fault: Fault) -> None:
    line.platform.faults.add(Fault("monthly_limit", on="push"))
    line.platform.faults.add(Fault(fault.effect, on=on, status=fault.status, accepted=fault.accepted))

    assert line.refusal() == PASSING


@pytest.mark.parametrize(
    ("body", "meaning"),
    [
        ({"message": "You have reached your monthly limit."}, QUOTA),
        ({"message": "monthly limit reached"}, QUOTA),
        ({"message": "The API rate limit has been exceeded. Try again later."}, (SendFault.TRANSIENT, "rate_limit")),
        ({"message": "Too many requests"}, (SendFault.TRANSIENT, "rate_limit")),
    ],
)
def test_429_is_judged_by_its_text(line: Line, body: dict[str, str], meaning: tuple[SendFault, str]) -> None:
    line.platform.settings.quota_used = 200
    line.platform.faults.add(Fault("status", on="push", status=429, body=body))

    assert line.refusal() == meaning


def test_second_attempt_under_the_same_key_gives_the_ids_of_the_first(line: Line) -> None:
    key = str(uuid4())

    assert line.push(key) == line.push(key)
    assert len(line.platform.said_by_bot(FRIEND)) == 1


@pytest.mark.parametrize("silent", [True, False])
def test_a_silent_push_makes_no_sound(line: Line, silent: bool) -> None:
    line.push(silent=silent)

    assert [entry["silent"] for entry in line.platform.timeline(FRIEND)["entries"]] == [silent]
