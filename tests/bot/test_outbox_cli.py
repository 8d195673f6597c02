"""`lieguan outbox` as an administrator uses it, beside a database in which messages did not go out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import now
from domain.errors import INVALID_REPLY_TOKEN
from domain.outbox import Delivery, NewMessage, Outcome, Route
from domain.ports import Store
from storage.store import open_store
from tests.paths import ROOT

SECRET_TEXT = "這段話不可以出現"


class Desk:
    """The command line beside an open database."""

    def __init__(self, url: str, folder: Path) -> None:
        self.store: Store = open_store(url)
        self._url = url
        self._folder = folder

    def lieguan(self, *words: str) -> tuple[int, str]:
        """Run `lieguan outbox …`; its exit code, and all that it printed."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("LIEGUAN_")}
        done = subprocess.run(
            [sys.executable, "-m", "bot", "outbox", *words],
            cwd=self._folder,
            env={**kept, "PYTHONPATH": str(ROOT), "LIEGUAN_DATABASE__URL": self._url},
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.returncode, done.stdout + done.stderr

    def queue(self, to: str, *, route: Route = Route.PUSH, ago: timedelta = timedelta(hours=3)) -> int:
        at = now() - ago
        message = NewMessage(
            route=route,
            to=to,
            payload=f'[{{"type":"text","text":"{SECRET_TEXT}"}}]',
            due_at=at,
            give_up_at=at + timedelta(hours=23),
            reply_token="t" if route is Route.REPLY else None,
        )
        row = self.store.write(lambda uow: uow.outbox.add(message))
        assert row is not None
        return row

    def fail(self, to: str, reason: str, *, route: Route = Route.PUSH, doubtful: bool = False) -> int:
        row = self.queue(to, route=route)
        at = now()
        self.store.write(lambda uow: uow.outbox.claim(at, limit=9, until=at + timedelta(seconds=1)))
        outcome = Outcome(id=row, state=Delivery.FAILED, at=at, reason=reason, doubtful=doubtful)
        self.store.write(lambda uow: uow.outbox.settle([outcome]))
        return row

    def claimed(self) -> list[int]:
        at = datetime.now(UTC)
        taken = self.store.write(lambda uow: uow.outbox.claim(at, limit=9, until=at + timedelta(minutes=1)))
        return [message.id for message in taken]


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(database_url, tmp_path)
    yield opened
    opened.store.close()


def test_nothing_undelivered_is_said(desk: Desk) -> None:
    desk.queue("C1", ago=timedelta(minutes=1))

    assert desk.lieguan() == (0, "最近 30 天沒有送不出去的訊息。\n")


def test_what_failed_and_what_is_stuck_is_listed_without_its_text(desk: Desk) -> None:
    desk.fail("C1", "not_in_chat")
    desk.fail("U1", INVALID_REPLY_TOKEN, route=Route.REPLY)
    desk.fail("R1", "http_500", doubtful=True)
    desk.queue("U1")

    assert desk.lieguan() == (
        0,
        "編號　方式　對象　狀態　多久　試過　原因\n"
        "4　推播　一對一　等待中　3 小時　0 次　還沒送出\n"
        "3　推播　聊天室　失敗　3 小時　1 次　http_500（對方可能已收到）\n"
        "2　回覆　一對一　失敗　3 小時　1 次　回覆期限已過\n"
        "1　推播　群組　失敗　3 小時　1 次　小幫手不在群組裡，或被對方封鎖\n"
        "重送：lieguan outbox retry 編號　不送了：lieguan outbox drop 編號\n",
    )


def test_push_is_queued_again(desk: Desk) -> None:
    row = desk.fail("C1", "not_in_chat")

    assert desk.lieguan("retry", str(row)) == (0, f"{row}　已排入重送。\n")
    assert desk.claimed() == [row]


def test_what_cannot_be_sent_again_says_why(desk: Desk) -> None:
    reply = desk.fail("U1", INVALID_REPLY_TOKEN, route=Route.REPLY)

    code, said = desk.lieguan("retry", str(reply), "99")

    assert code == 1
    assert said == (f"{reply}　回覆不能重送（LINE 的回覆憑證只有一分鐘）；請對方再問一次。\n99　沒有這個編號。\n")


def test_dropped_message_is_listed_no_more(desk: Desk) -> None:
    row = desk.fail("C1", "not_in_chat")

    assert desk.lieguan("drop", str(row)) == (0, f"{row}　不送了。\n")
    assert desk.lieguan() == (0, "最近 30 天沒有送不出去的訊息。\n")


def test_number_that_is_none_is_refused(desk: Desk) -> None:
    code, _ = desk.lieguan("retry", "abc")

    assert code == 2
