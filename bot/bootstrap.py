"""The composition root: settings → a house with its database, and in it the bot that serves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

import msgspec
import structlog
from filelock import FileLock
from flask import Flask

from bot.app import create_app
from bot.calendar_file import load_calendar
from bot.config import Config, ConfigError, Contract, Dense, Line, Reminders
from bot.file_worker import FileWorker
from bot.health import TICK, Health, check
from bot.line.account import LineAccount
from bot.line.client import LineMessenger
from bot.line.content import LineContent
from bot.line.render import append, render
from bot.line.webhook import create_webhook
from bot.lock import hold_lock
from bot.warming import warm
from domain.calendar import WorkCalendar
from domain.errors import StorageUnavailable
from domain.notice import Urgency
from domain.ports import Clock, Store
from domain.reminders import Ladder
from domain.rules import Rules, SeriesRules
from handlers.context import ExtensionRules, Settings
from handlers.inbound import FileSent, Inbound
from handlers.intake import Intake, Taken
from scheduler.chase import chase
from scheduler.deliver import Sender
from scheduler.duties import open_occurrences
from scheduler.lost import warn_of_lost
from scheduler.milestones import remind_of_milestones
from scheduler.plan import Policy, plan
from scheduler.quota import refresh
from scheduler.recall import recall
from scheduler.route import Delivering, route
from scheduler.runner import Ticker
from scheduler.summary import summarise
from storage.engine import is_sqlite, parse_url, sqlite_path
from storage.migrate import UnknownRevision, upgrade
from storage.store import open_store

VAR = Path("var")
NAMES = ("列管小幫手", "小幫手")  # what people call the bot besides the configured prefix
STOPPING_SECONDS = 15.0  # a send in flight ends sooner
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An open database with the rules that the settings chose."""

    config: Config
    url: str
    store: Store
    clock: Clock
    calendar: WorkCalendar
    policy: Policy
    settings: Settings


def open_house(config: Config, clock: Clock) -> House:
    """Open the database, made and migrated if need be. Raises ConfigError or StorageUnavailable."""
    url = database_url(config)
    _prepare(url)
    calendar = load_calendar(config.clock.calendar_overrides)
    policy = _policy(config, calendar)
    return House(
        config=config,
        url=url,
        store=open_store(url),
        clock=clock,
        calendar=calendar,
        policy=policy,
        settings=_settings(config, policy),
    )


def database_url(config: Config) -> str:
    """Where the rows are. The playground has a file of its own, so that samples never mix with an office's cases."""
    name = "lieguan" if config.line.is_configured else "playground"
    return config.database.url or f"sqlite:///{VAR / name}.db"


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a tick did."""

    told: int  # notices that the messages carry
    messages: int  # queued
    postponed: int  # lines and notices that raised, and notices nobody could be told of


def tick(house: House, *, as_of: datetime | None = None) -> Ticked:
    """Queue the reminders that are due now, or were or will be at another instant."""
    now = house.clock()
    if as_of is not None and as_of < now:
        moment = as_of
        house.store.write(lambda uow: uow.reminders.look_again(moment))
    open_occurrences(house.store, house.policy, as_of=as_of or now, now=now)
    planned = plan(house.store, house.policy, as_of=as_of or now, now=now)
    chase(house.store, house.policy, as_of=as_of or now, now=now)
    remind_of_milestones(house.store, house.policy, as_of=as_of or now, now=now)
    summarise(house.store, house.policy, as_of=as_of or now, now=now)
    if as_of is None:
        recall(house.store, house.policy, now)
    warn_of_lost(house.store, house.policy, as_of=as_of or now, now=now)
    routed = route(house.store, house.policy, render, as_of=as_of or now, now=now, delivering=_delivering(house.config))
    house.store.write(lambda uow: uow.heartbeat.beat(TICK, now))
    return Ticked(routed.told, routed.messages, planned.postponed + routed.unreached + routed.postponed)


def ask_account(house: House, account: LineAccount) -> None:
    """Ask LINE for the quota and the size of groups, where the last answer is old."""
    every = timedelta(seconds=house.config.delivery.ask_quota_seconds)
    refresh(house.store, account, house.policy, house.clock(), every=every)


def _delivering(config: Config) -> Delivering:
    delivery = config.delivery
    return Delivering(digest_at=time.fromisoformat(delivery.digest_at), mentions=delivery.mentions)


def create_sender(house: House, line: Line) -> Sender:
    """Build the sender for a LINE channel."""
    return Sender(house.store, LineMessenger(line.channel_access_token, line.api_base), house.clock)


def create_account(line: Line) -> LineAccount:
    """Build what asks LINE about the channel's account."""
    return LineAccount(line.channel_access_token, line.api_base)


def create_file_worker(house: House, line: Line, committed: Callable[[], None]) -> FileWorker:
    """Build the worker that reads the files sent in a LINE channel."""
    return FileWorker(
        house.store,
        LineContent(line.channel_access_token, line.api_base, line.data_api_base),
        house.clock,
        render=render,
        append=append,
        committed=committed,
        calendar=house.calendar,
        settings=house.settings,
    )


class Bot:
    """The serving bot: web application, sender and clock."""

    def __init__(self, house: House, line: Line) -> None:
        self._house = house
        self._started = house.clock()
        self.sender = create_sender(house, line)
        self._account = create_account(line)
        intake = Intake(
            house.store,
            render=render,
            append=append,
            committed=self.sender.wake,
            now=house.clock,
            calendar=house.calendar,
            settings=house.settings,
        )
        self.files = create_file_worker(house, line, self.sender.wake)
        self._intake = intake
        self.app: Flask = create_app(create_webhook(line.channel_secrets, self._take), self._health)
        self._threads = (
            Thread(target=self.sender.run_forever, name="sender", daemon=True),
            Thread(target=self.files.run_forever, name="files", daemon=True),
        )
        self._warming = Thread(
            target=warm,
            args=(house.calendar, self._started.astimezone(house.policy.zone).date()),
            name="warming",
            daemon=True,
        )
        self._ticker = Ticker(self._tick, house.clock, seconds=house.config.clock.tick_seconds, zone=house.policy.zone)

    def start(self) -> None:
        """Start sending and reading files (first what a crash left behind), ticking, and warming up."""
        for thread in (*self._threads, self._warming):
            thread.start()
        self._ticker.start()

    def stop(self) -> None:
        """Let what is in flight end, then close the database."""
        self._ticker.stop()
        self.files.stop()
        self.sender.stop()
        for thread in self._threads:
            thread.join(STOPPING_SECONDS)  # a file that is still being read is taken again at the next start
        self._house.store.close()

    def _take(self, event: Inbound) -> Taken:
        taken = self._intake.take(event)
        if isinstance(event, FileSent):
            self.files.wake()
        return taken

    def _tick(self) -> None:
        try:
            ask_account(self._house, self._account)
            ticked = tick(self._house)
        except StorageUnavailable:
            log.exception("tick_failed")
            return
        if ticked.messages:
            self.sender.wake()
        if ticked.postponed:
            log.warning("reminders_postponed", count=ticked.postponed)

    def _health(self) -> Health:
        house = self._house
        return check(
            house.store, now=house.clock(), started=self._started, tick_seconds=house.config.clock.tick_seconds
        )


def hold_database(house: House) -> FileLock | None:
    """Make sure that this is the only server on a SQLite file. Raises AlreadyRunning."""
    url = parse_url(house.url)
    return hold_lock(sqlite_path(url)) if is_sqlite(url) else None


def _prepare(url: str) -> None:
    try:
        parsed = parse_url(url)
    except ValueError as error:
        raise ConfigError(
            "設定錯誤：[database] url 要是 SQLite 檔或 PostgreSQL，"
            "例：sqlite:///var/lieguan.db 或 postgresql://使用者@主機/資料庫。"
        ) from error
    try:
        if is_sqlite(parsed):
            sqlite_path(parsed).parent.mkdir(parents=True, exist_ok=True)
        upgrade(url)
    except UnknownRevision as error:
        raise ConfigError("資料庫是較新版本的列管小幫手建立的，請更新程式。") from error
    except OSError as error:
        raise ConfigError(f"無法建立資料庫的資料夾：{error.strerror}。") from error


def _settings(config: Config, policy: Policy) -> Settings:
    extensions = ExtensionRules(
        most_times=config.extensions.most_times, chief_over_days=config.extensions.chief_over_days
    )
    return Settings(
        prefixes=(*NAMES, config.chat.prefix),
        zone=policy.zone,
        ladder=policy.ladder,
        rules=policy.rules,
        extensions=extensions,
    )


def _policy(config: Config, calendar: WorkCalendar) -> Policy:
    reminders = config.reminders
    at = time.fromisoformat(reminders.at)
    ladder = _ladder(reminders, at)
    rules = Rules(
        high=_ladder(reminders.high, at),
        contract=_ladder(reminders.contract, at),
        waits={Urgency.LOW: reminders.wait_low, Urgency.NORMAL: reminders.wait_normal, Urgency.HIGH: 0},
        city=reminders.city,
        chase=reminders.chase,
        escalate_after=reminders.escalate_after,
        overdue_in_group=reminders.overdue_in_group,
        by_series={name: SeriesRules(**msgspec.structs.asdict(own)) for name, own in config.series.items()},
    )
    zone = ZoneInfo(config.clock.timezone)
    return Policy(ladder=ladder, until=time.fromisoformat(reminders.until), zone=zone, calendar=calendar, rules=rules)


def _ladder(settings: Reminders | Dense | Contract, at: time) -> Ladder:
    return Ladder(before=settings.before, after=settings.after, then_every=settings.then_every, at=at)
