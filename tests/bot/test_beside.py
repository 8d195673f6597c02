"""Several processes on one database, as on several hosts or as a command beside the server: each push leaves once."""

from __future__ import annotations

import subprocess
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.line.standin import TEST_SECRET, TEST_TOKEN, Platform, Settings, StandInServer
from domain.outbox import NewMessage, Route
from domain.ports import Store
from storage.store import open_store
from tests.chaos.evidence import accepted
from tests.chaos.office import ROOMS, furnish, furnish_line, look_at
from tests.chaos.servers import LIEGUAN, environment
from tests.scheduler.office import TAIPEI

PROCESSES = 4
PUSHES = 60


def queue_pushes(store: Store, at: datetime) -> None:
    messages = [
        NewMessage(
            route=Route.PUSH,
            to=ROOMS[number % len(ROOMS)].group,
            payload=f'[{{"type":"text","text":"第{number}則通知"}}]',
            due_at=at,
            give_up_at=at + timedelta(hours=23),
        )
        for number in range(PUSHES)
    ]
    store.write(lambda uow: uow.outbox.add_many(messages))


@pytest.mark.timeout(240)  # processes that start side by side, on a machine that may be busy
def test_push_leaves_once_however_many_processes_send(database_url: str, tmp_path: Path) -> None:
    platform = Platform(Settings(quota_limit=None, latency=0.02))
    furnish_line(platform)
    at = datetime.now(UTC)
    store = open_store(database_url)
    today = at.astimezone(TAIPEI).date()
    due = furnish(store, today=today, now=at - timedelta(hours=1))
    look_at(store, [line for lines in due.values() for line in lines], at)
    queue_pushes(store, at)
    store.close()
    days = tmp_path / "days.txt"
    days.write_text("".join(f"{today + timedelta(days=n)} 上班\n" for n in range(2)), "utf-8")

    with StandInServer(platform) as line:
        environ = environment(database_url, line.url, TEST_SECRET, TEST_TOKEN, days)
        ticks = [
            subprocess.Popen([*LIEGUAN, "tick"], cwd=tmp_path, env=environ, stdout=subprocess.DEVNULL)
            for _ in range(PROCESSES)
        ]
        codes = [tick.wait(timeout=180) for tick in ticks]

    assert codes == [0] * PROCESSES
    took = list(accepted(platform))
    notices = Counter(one.text for one in took if one.text.startswith("第"))
    assert notices == Counter(f"第{number}則通知" for number in range(PUSHES))
    digests = [one.text for one in took if "【列管提醒】" in one.text]
    due = [number for room in ROOMS for number in room.numbers("due")]
    assert [sum(f"{number} " in text for text in digests) for number in due] == [1] * len(due)
    assert len({one.key for one in took}) == len(took)
