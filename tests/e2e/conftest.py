"""The whole bot over HTTP: waitress, the SDK, the stand-in and a real database; only the clock is ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

import pytest

from bot.bootstrap import Bot, House, open_house
from bot.config import Config, Database, Line, Server
from bot.line.standin import TEST_SECRET, TEST_TOKEN, Platform, Settings, StandInServer
from bot.server import WebServer
from domain.invite import hash_code, new_code
from domain.member import Role
from domain.ports import Invite
from tests.line_openapi import check_platform
from tests.said import words_of

GROUP = "C" + "1" * 32
COORDINATOR, CONTACT, STRANGER = ("U" + letter * 32 for letter in "abc")
SERIES = "主任秘書會報"


@dataclass
class MovableClock:
    """The time of day, as the test says it is."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class World:
    """A running bot, the LINE beside it, and the people who speak."""

    platform: Platform
    house: House
    bot: Bot
    url: str
    clock: MovableClock
    seen: dict[str, int] = field(default_factory=dict)

    @property
    def platform_url(self) -> str:
        """LINE's address."""
        return self.house.config.line.api_base

    def say(self, user: str, text: str, *, chat: str = GROUP, **more: Any) -> list[str]:
        """Say a text and give what the bot answers in that chat."""
        self.platform.say(chat, user, text, **more).wait()
        return self.answers(chat)

    def answers(self, chat: str = GROUP) -> list[str]:
        """What the bot said in a chat since the last time, once all that is due has left."""
        self.settle()
        said = self.platform.said_by_bot(chat)
        new = said[self.seen.get(chat, 0) :]
        self.seen[chat] = len(said)
        return [words_of(message) for message in new]

    def settle(self) -> None:
        """Wait until nothing that is due waits in the outbox."""
        assert eventually(lambda: self.house.store.read(lambda uow: uow.outbox.oldest_waiting()) is None)

    def code(self, role: Role, unit: str | None = None) -> str:
        """A code as `lieguan invite` makes it."""
        code, at = new_code(), self.clock()

        def add(uow: Any) -> None:
            series = uow.series.by_name(SERIES) or uow.series.add(SERIES, "{meeting}-{n}")
            found = (uow.units.by_name(unit) or uow.units.add(unit)) if unit else None
            terms = Invite(
                series_id=series.id, role=role, unit_id=found.id if found else None, expires_at=at + timedelta(days=1)
            )
            uow.people.add_invite(hash_code(code), terms, at)

        self.house.store.write(add)
        return code


def eventually(condition: Callable[[], bool], seconds: float = 15.0) -> bool:
    """Look again and again until something is so."""
    pause = Event()
    for _ in range(int(seconds / 0.01)):
        if condition():
            return True
        pause.wait(0.01)
    return condition()


def people(platform: Platform, members: Sequence[str] = (COORDINATOR, CONTACT, STRANGER)) -> None:
    """Furnish the stand-in with a group of three."""
    for user, name in zip(members, ("管考幕僚", "資訊局窗口", "路人"), strict=True):
        platform.add_user(name, user, friend=True)
    platform.add_group("會報群組", list(members), GROUP)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(datetime.fromisoformat("2021-09-23T14:00+08:00"))


@pytest.fixture
def world(database_url: str, clock: MovableClock) -> Iterator[World]:
    """The bot on an empty database, the stand-in, and a group that knows nothing yet."""
    platform = Platform(Settings(), clock)
    people(platform)
    with StandInServer(platform) as line, running_bot(database_url, line.url, platform, clock) as world:
        yield world
    check_platform(platform)


@dataclass
class running_bot:  # noqa: N801 - used as a context manager, like contextlib's
    """A served bot on a database, wired to a stand-in."""

    database_url: str
    api_base: str
    platform: Platform
    clock: MovableClock

    def __enter__(self) -> World:
        line = Line(
            channel_secrets=(TEST_SECRET,),
            channel_access_token=TEST_TOKEN,
            api_base=self.api_base,
            data_api_base=self.api_base,
        )
        config = Config(line=line, database=Database(url=self.database_url))
        house = open_house(config, self.clock)
        self.bot = Bot(house, line)
        self.server = WebServer(self.bot.app, Server(port=0, threads=8))
        self.thread = Thread(target=self.server.run, daemon=True)
        self.thread.start()
        self.bot.start()
        url = f"http://127.0.0.1:{self.server.port}"
        self.platform.settings.webhook_url = f"{url}/callback"
        return World(self.platform, house, self.bot, url, self.clock)

    def __exit__(self, *_: object) -> None:
        self.server.stop()
        self.thread.join(10)
        self.bot.stop()


@pytest.fixture
def office(world: World) -> World:
    """A world whose group is bound, with a coordinator and a contact of 資訊局."""
    world.say(COORDINATOR, f"綁定 {world.code(Role.COORDINATOR)}")
    world.say(CONTACT, f"綁定 {world.code(Role.CONTACT, '資訊局')}", chat=CONTACT)
    return world
