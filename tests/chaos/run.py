"""One chaos run: speak, push, fail and kill for a while; then let all come to rest, and judge."""

from __future__ import annotations

import subprocess
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Event
from zoneinfo import ZoneInfo

from bot.line.standin import TEST_SECRET, TEST_TOKEN, Platform, Settings, StandInServer
from domain.outbox import NewMessage, Route
from domain.ports import Store
from storage.store import open_store
from tests.chaos.crowd import Crowd
from tests.chaos.evidence import accepted, read_rows
from tests.chaos.model import Push, expected
from tests.chaos.office import ROOMS, contact, furnish, furnish_line
from tests.chaos.servers import LIEGUAN, Killer, Server, environment, free_port
from tests.chaos.trouble import make_peace, make_trouble
from tests.chaos.verdict import differences

STEP = 0.05  # seconds between two looks at the crowd
PATIENCE = 90.0  # seconds for everything to come to rest
LOST_ROOM = f"C{0xDEAD:032x}"  # no such group: LINE refuses for good


@dataclass(frozen=True, slots=True)
class Plan:
    """How much chaos."""

    seed: int
    seconds: float
    rate: float = 40.0  # events a second
    servers: int = 1
    kill_every: float = 3.0  # seconds, on average


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it."""

    figures: dict[str, object]
    wrong: list[str]


def run(plan: Plan, database_url: str, folder: Path) -> Result:
    """Run on a migrated, empty database; `folder` is for the processes' own files and logs."""
    settings = Settings(validate="limits", quota_limit=100_000, redelivery=True)
    settings.redelivery_attempts, settings.redelivery_delay = 1_000, 0.7
    platform = Platform(settings)
    furnish_line(platform)
    now = datetime.now(UTC)
    today = now.astimezone(ZoneInfo("Asia/Taipei")).date()
    store = open_store(database_url)
    furnish(store, today=today, now=now)
    overrides = folder / "days.txt"
    overrides.write_text("".join(f"{today + timedelta(days=n)} 上班\n" for n in range(2)), "utf-8")
    with StandInServer(platform) as line, ExitStack() as ends:
        ends.callback(store.close)
        environ = environment(database_url, line.url, TEST_SECRET, TEST_TOKEN, overrides)
        servers = [Server(folder, environ, free_port(), folder / f"server{n}.log") for n in range(plan.servers)]
        for server in servers:
            server.start()
            ends.callback(server.kill)
        for server in servers:
            server.await_answer(Event())
        return Chaos(plan, platform, store, servers, environ).run(database_url)


class Chaos:
    """The run itself."""

    def __init__(
        self, plan: Plan, platform: Platform, store: Store, servers: list[Server], environ: dict[str, str]
    ) -> None:
        self._plan = plan
        self._platform = platform
        self._store = store
        self._servers = servers
        self._environ = environ
        self._chance = Random(plan.seed)
        self._crowd = Crowd(platform, Random(plan.seed + 1))
        self._pushes: list[Push] = []
        self._heard: set[str] = set()

    def run(self, database_url: str) -> Result:
        """Chaos, then peace, then the verdict."""
        started = time.monotonic()
        make_trouble(self._platform, self._plan.seed)
        with Killer(self._servers, Random(self._plan.seed + 2), self._plan.kill_every, self._calls) as killer:
            self._live_through(started + self._plan.seconds, killer)
        make_peace(self._platform)
        rested = self._rest()
        codes = [server.stop() for server in self._servers]
        rows, took = read_rows(database_url), list(accepted(self._platform))
        wrong = [] if rested else ["did not come to rest"]
        wrong += [f"a server that was told to stop ended with {code}" for code in codes if code]
        wrong += differences(
            expected(self._crowd.said),
            self._pushes,
            rows,
            took,
            {room.group: len(room.members) for room in ROOMS},
            self._platform.settings.quota_used,
        )
        said = Counter(one.route for one in took)
        calls = [one for one in self._platform.ledger.since() if one.endpoint in ("push", "reply")]
        figures: dict[str, object] = {
            "seed": self._plan.seed,
            "events": len(self._crowd.said),
            "webhooks": len(self._platform.webhooks.since()),
            "webhooks unanswered or 5xx": sum(
                one.body is None and one.status != 200 and bool(one.at) for one in self._platform.webhooks.since()
            ),
            "kills": killer.kills,
            "calls": len(calls),
            "calls that met a fault": sum(bool(one.notes) for one in calls),
            "pushes accepted": said["push"],
            "replies accepted": said["reply"],
            "replies whose token died": sum(row.route == "reply" and row.state == "failed" for row in rows.outbox),
            "seconds": round(time.monotonic() - started, 1),
        }
        return Result(figures, wrong)

    def _calls(self) -> int:
        return len(self._platform.ledger.since())

    def _live_through(self, until: float, killer: Killer) -> None:
        """Let it happen until then, or longer where a busy machine had no time to kill anybody yet."""
        owed = 0.0
        while (now := time.monotonic()) < until or (not killer.kills and now < until + PATIENCE):
            self._platform.settings.webhook_url = self._chance.choice(self._servers).callback
            owed += self._plan.rate * STEP
            together = self._chance.random() < 0.1
            if together:
                self._platform.webhooks.hold()
            while owed >= 1:
                self._crowd.speak()
                owed -= 1
            if together:
                self._platform.webhooks.release(batch=True, copies=self._chance.choice((1, 2)))
            if self._chance.random() < 0.3:
                self._push()
            self._listen()
            time.sleep(STEP)

    def _listen(self) -> None:
        for delivery in self._platform.webhooks.since():
            if delivery.status == 200:
                self._heard.update(event["webhookEventId"] for event in delivery.events)
        self._crowd.continue_carefully(self._heard)

    def _push(self) -> None:
        """Queue a push as a planner does, sometimes twice as two planners may."""
        number = len(self._pushes)
        to, price = self._chance.choice(
            [(room.group, len(room.members)) for room in ROOMS] + [(contact(0), 1), (contact(1), 1), (LOST_ROOM, 0)]
        )
        push = Push(f"chaos:{number}", to, f"第{number}則通知", price)
        now = datetime.now(UTC)
        message = NewMessage(
            route=Route.PUSH,
            to=to,
            payload=f'[{{"type":"text","text":"{push.text}"}}]',
            due_at=now,
            give_up_at=now + timedelta(hours=23),
            unique_key=push.key,
        )
        self._pushes.append(push)
        for _ in range(self._chance.choice((1, 1, 2))):
            self._store.write(lambda uow: uow.outbox.add(message))

    def _rest(self) -> bool:
        """Wait until every event was heard and nothing is on its way any more."""
        urls = [server.callback for server in self._servers]
        self._platform.settings.webhook_url = urls[0]
        return _eventually(lambda: self._platform.webhooks.settle(5.0)) and _eventually(self._is_quiet)

    def _is_quiet(self) -> bool:
        return self._store.read(lambda uow: uow.outbox.oldest_waiting()) is None


def lieguan(environ: dict[str, str], folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the command line beside the servers."""
    return subprocess.run([*LIEGUAN, *words], cwd=folder, env=environ, capture_output=True, text=True, timeout=60)


def _eventually(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(STEP)
    return True
