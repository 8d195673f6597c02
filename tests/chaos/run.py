"""One chaos run: speak, push, fail and kill for a while; then let all come to rest, and judge."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from threading import Event
from zoneinfo import ZoneInfo

from bot.line.standin import TEST_SECRET, TEST_TOKEN, Platform, Settings, StandInServer
from bot.line.standin.webhooks import Delivery as WebhookDelivery
from domain.errors import StorageUnavailable
from domain.outbox import Delivery, NewMessage, Route
from domain.ports import Store
from storage.store import open_store
from tests.chaos.crowd import Crowd
from tests.chaos.evidence import Line, Rows, accepted, read_rows, refused_for_the_month
from tests.chaos.model import Push, expected
from tests.chaos.month import Month
from tests.chaos.office import ROOMS, Room, furnish, furnish_line, look_at
from tests.chaos.servers import Clock, Killer, Server, environment, free_port, retry
from tests.chaos.trouble import make_peace, make_trouble
from tests.chaos.verdict import differences

STEP = 0.05  # seconds between two looks at the crowd
PATIENCE = 240.0  # seconds for everything to come to rest
BEHIND = 60  # events that nobody heard yet: then people wait for the bot
AT_ONCE = 10  # events that nobody waits between
PUSHES = 0.15  # for each event
ROUNDS = 3  # of questions at the end: each answer carries up to five of a group's eight reminders
LOST_ROOM = f"C{0xDEAD:032x}"  # no such group: LINE refuses for good
FRIENDS = [(ROOMS[0].contact(unit), 1) for unit in range(2)]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much chaos."""

    seed: int
    events: int
    most_seconds: float  # for them to be said
    rate: float = 25.0  # events a second, where the bot keeps up
    servers: int = 1
    kill_every: float = 3.0  # seconds, on average


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it."""

    figures: dict[str, object]
    wrong: list[str]


def run(plan: Plan, database_url: str, folder: Path) -> Result:
    """Run on a migrated, empty database; `folder` is for the processes' own files and logs."""
    settings = Settings(validate="limits", redelivery=True)
    settings.redelivery_attempts, settings.redelivery_delay = 1_000, 2.0
    platform = Platform(settings)
    furnish_line(platform)
    now = datetime.now(UTC)
    today = now.astimezone(ZoneInfo("Asia/Taipei")).date()
    store = open_store(database_url)
    due = furnish(store, today=today, now=now)
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
        clock = Clock(folder, environ, Random(plan.seed + 3), folder / "clock.log")
        return Chaos(plan, platform, store, servers, clock, due).run(database_url)


class Chaos:
    """The run itself. `due` are the lines that the clock finds one half of a room after the other."""

    def __init__(
        self,
        plan: Plan,
        platform: Platform,
        store: Store,
        servers: list[Server],
        clock: Clock,
        due: dict[Room, list[int]],
    ) -> None:
        self._plan = plan
        self._platform = platform
        self._store = store
        self._servers = servers
        self._clock = clock
        self._chance = Random(plan.seed)
        self._crowd = Crowd(platform, Random(plan.seed + 1))
        self._month = Month(platform, plan.events)
        self._looks = [lines[half::2] for lines in due.values() for half in range(2)]
        self._looked = 0
        self._pushes: list[Push] = []
        self._heard: set[str] = set()
        self._open: list[WebhookDelivery] = []
        self._seen = 0  # the number of the last delivery that was looked at

    def run(self, database_url: str) -> Result:
        """Chaos, then peace, then the verdict."""
        started = time.monotonic()
        make_trouble(self._platform, self._plan.seed)
        killer = Killer(self._servers, Random(self._plan.seed + 2), self._plan.kill_every, self._calls)
        with killer, self._clock:
            self._live_through(killer)
        wrong = [] if len(self._crowd.said) >= self._plan.events else ["the bot did not keep up"]
        make_peace(self._platform)
        wrong += [] if self._rest() else ["did not come to rest"]
        codes = [server.stop() for server in self._servers]
        self._month.turn(allowed=0)
        wrong += [f"a server that was told to stop ended with {code}" for code in codes if code]
        wrong += [f"a server ended by itself with {code}" for server in self._servers for code in server.ends]
        rows, line = read_rows(database_url), self._line()
        wrong += differences(expected(self._crowd.said), self._pushes, rows, line)
        figures = {"seed": self._plan.seed, **self._figures(rows, line), "kills of servers": killer.kills}
        figures |= {"kills of clocks": self._clock.kills, "seconds": round(time.monotonic() - started, 1)}
        return Result(figures, wrong)

    def _line(self) -> Line:
        return Line(
            took=list(accepted(self._platform)),
            too_dear=refused_for_the_month(self._platform),
            prices={room.group: len(room.members) for room in ROOMS},
            spent=self._month.spent,
        )

    def _figures(self, rows: Rows, line: Line) -> dict[str, object]:
        said = Counter(one.route for one in line.took)
        deliveries = [one for one in self._platform.webhooks.since() if one.body is None and one.at]
        calls = [one for one in self._platform.ledger.since() if one.endpoint in ("push", "reply")]
        return {
            "events": len(self._crowd.said),
            "webhooks": len(deliveries),
            "webhooks unanswered or 5xx": sum(one.status != 200 for one in deliveries),
            "calls": len(calls),
            "calls that met a fault": sum(bool(one.notes) for one in calls),
            "pushes accepted": said["push"],
            "pushes that the month had no room for": len(line.too_dear),
            "months (allowed, used)": line.spent,
            "replies accepted": said["reply"],
            "reminders given up in doubt": len(rows.untold),
            "replies whose token died": sum(row.route == "reply" and row.state == "failed" for row in rows.outbox),
        }

    def _calls(self) -> int:
        return len(self._platform.ledger.since())

    def _live_through(self, killer: Killer) -> None:
        """Let it happen until enough was said, or longer where a busy machine had no time to kill anybody yet."""
        began = time.monotonic()
        while (passed := time.monotonic() - began) < self._plan.most_seconds:
            if len(self._crowd.said) >= self._plan.events and killer.kills:
                return
            share = len(self._crowd.said) / self._plan.events
            self._month.go_on(share)
            self._look(share)
            self._platform.settings.webhook_url = self._chance.choice(self._servers).callback
            if len(self._crowd.said) - len(self._heard) < BEHIND:
                self._speak(min(AT_ONCE, round(passed * self._plan.rate) - len(self._crowd.said)))
            self._listen()
            while len(self._pushes) < PUSHES * len(self._crowd.said):
                self._push()
            time.sleep(STEP)

    def _look(self, share: float) -> None:
        """Let the clock find what is due, spread over the whole run."""
        while self._looked < len(self._looks) and self._looked <= share * len(self._looks):
            lines = self._looks[self._looked]
            self._insist(partial(look_at, self._store, lines, datetime.now(UTC)))
            self._looked += 1

    def _speak(self, times: int) -> None:
        together = self._chance.random() < 0.1
        if together:
            self._platform.webhooks.hold()
        for _ in range(times):
            self._crowd.speak()
        if together:
            self._platform.webhooks.release(batch=True, copies=self._chance.choice((1, 2)))

    def _listen(self) -> None:
        new = self._platform.webhooks.since(self._seen)
        self._seen = max([self._seen, *(delivery.number for delivery in new)])
        self._open += new
        done = [delivery for delivery in self._open if delivery.done.is_set()]
        self._open = [delivery for delivery in self._open if delivery not in done]
        for delivery in done:
            if delivery.status == 200:
                self._heard.update(event["webhookEventId"] for event in delivery.events)
        self._crowd.continue_carefully(self._heard)

    def _push(self) -> None:
        """Queue a push as a planner does, sometimes twice as two planners may."""
        number = len(self._pushes)
        to, price = self._chance.choice(
            [*((room.group, len(room.members)) for room in ROOMS), *FRIENDS, (LOST_ROOM, 0)]
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
            self._insist(lambda: self._store.write(lambda uow: uow.outbox.add(message)))

    def _insist(self, write: Callable[[], object]) -> None:
        """Write beside the servers, again where the database was busy for too long."""
        while True:
            try:
                write()
            except StorageUnavailable:
                time.sleep(STEP)
            else:
                return

    def _rest(self) -> bool:
        """Wait until every event was heard and nothing is on its way any more; then let people ask what they missed."""
        self._platform.settings.webhook_url = self._servers[0].callback
        if not self._is_settled():
            return False
        for _ in range(ROUNDS):
            self._crowd.ask_around()
            if not self._is_settled():
                return False
        return True

    def _is_settled(self) -> bool:
        return _eventually(lambda: self._platform.webhooks.settle(5.0)) and _eventually(self._is_quiet)

    def _is_quiet(self) -> bool:
        """Tell whether nothing waits; what waits for a later attempt is sent again as an administrator does."""
        soon = datetime.now(UTC) + timedelta(hours=1)
        rows = self._store.read(lambda uow: uow.undelivered.all(failed_since=soon, waiting_before=soon, limit=1_000))
        later = [row.id for row in rows if row.state is Delivery.WAITING and row.attempts]
        if later:
            retry(later, self._clock)
        return not rows


def _eventually(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(STEP)
    return True
