"""The bot as an office runs it, served by `lieguan serve` on a database file, and the count of what it did."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import processes
from benchmarks.processes import Server, free_port, started
from benchmarks.spoken import CONTACT, GROUP, SECRET, TOKEN, numbers
from domain.case import Deadline, Duty
from domain.chat import Chat, ChatKind
from domain.member import Role
from domain.ports import NewCase, UnitOfWork
from storage.migrate import upgrade
from storage.store import open_store

NOW = datetime(2021, 9, 23, 6, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """A served bot and its database."""

    server: Server
    database: Path

    def did(self, *, reports: int, questions: int = 0) -> bool:
        """Tell whether so many reports were kept and audited, and each event and its reply is there once."""
        with sqlite3.connect(self.database) as rows:
            tables = ("reports", "audit WHERE action = 'report'", "inbox", "outbox")
            counts = [int(rows.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables]
        return counts == [reports, reports, reports + questions, reports + questions]

    def is_quiet(self, patience: float = 60.0) -> bool:
        """Wait until nothing is on its way to LINE any more; False if that does not come."""
        end = time.monotonic() + patience
        while (waiting := self._waiting()) and time.monotonic() < end:
            time.sleep(0.02)
        return not waiting

    def _waiting(self) -> int:
        with sqlite3.connect(self.database) as rows:
            return int(rows.execute("SELECT count(*) FROM outbox WHERE ready_at IS NOT NULL").fetchone()[0])


def furnish(database: Path) -> None:
    """Write a small office into a new file: one series, one unit with its contact, one group, some cases."""
    url = f"sqlite:///{database}"
    upgrade(url)
    store = open_store(url)
    store.write(_furnish)
    store.close()


@contextmanager
def office(database: Path, *, api_base: str) -> Iterator[Office]:
    """Serve a furnished database; LINE is at `api_base`."""
    port = free_port()
    with started("bot", "serve", port=port, environ=settings(database, port, api_base)) as server:
        yield Office(server, database)


@contextmanager
def line(latency: float = 0.0) -> Iterator[Server]:
    """LINE, which takes so many seconds to answer."""
    port = free_port()
    with started("benchmarks.line", str(port), str(latency), port=port) as server:
        yield server


@contextmanager
def echo(*words: str) -> Iterator[Server]:
    """A server of the floors (benchmarks/echo.py)."""
    port = free_port()
    with started("benchmarks.echo", str(port), *words, port=port) as server:
        yield server


def settings(database: Path, port: int, api_base: str) -> dict[str, str]:
    """The bot's settings, as environment."""
    return {
        "LIEGUAN_CONFIG": str(processes.ROOT / "config.example.toml"),
        "LIEGUAN_LINE__CHANNEL_SECRETS": SECRET,
        "LIEGUAN_LINE__CHANNEL_ACCESS_TOKEN": TOKEN,
        "LIEGUAN_LINE__API_BASE": api_base,
        "LIEGUAN_DATABASE__URL": f"sqlite:///{database}",
        "LIEGUAN_SERVER__PORT": str(port),
    }


def _furnish(uow: UnitOfWork) -> None:
    series = uow.series.add("會報", "{meeting}-{n}")
    unit = uow.units.add("資訊局")
    uow.people.add_role(CONTACT, "資訊局窗口", series.id, Role.CONTACT, unit.id)
    uow.groups.bind(Chat(ChatKind.GROUP, GROUP), series.id, NOW)
    for number in numbers():
        uow.cases.add(_case(series.id, unit.id, number))


def _case(series_id: int, unit_id: int, number: str) -> NewCase:
    return NewCase(
        series_id=series_id,
        meeting_id=None,
        number=number,
        title="完成機房設備汰換",
        sentence="請資訊局完成機房設備汰換，並於下次會議報告辦理情形。",
        section="貳-一",
        deadline=Deadline(),
        lines=((unit_id, Duty.LEAD),),
        next_look_at=None,
        at=NOW,
    )
