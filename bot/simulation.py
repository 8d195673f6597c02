"""A year of an office, by a stepped clock against the stand-in: what its reminders cost, and whether any got lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from random import Random

import sqlalchemy as sa

from bot.bootstrap import House, create_sender, open_house, tick
from bot.config import Config, Database, Line
from bot.line.account import LineAccount
from bot.line.events import read_event
from bot.line.render import append, render
from bot.line.standin import TEST_SECRET, TEST_TOKEN, Platform, Settings, StandInServer
from domain.case import Case, CaseKind, Deadline, Duty
from domain.chat import Chat, ChatKind
from domain.member import Role
from domain.notice import NoticeKind, NoticeState
from domain.outbox import Route
from domain.ports import NewCase, UnitOfWork
from domain.reminders import rungs
from domain.rules import Climb, ladder_of
from handlers.intake import Intake
from scheduler.quota import refresh
from storage.engine import parse_url, sqlite_writer
from storage.tables import carriers, notices, outbox

SERIES = ("主任秘書會報", "處務會議", "專案會議")
UNITS, OPEN, CYCLE = 12, 40, 28  # units, open cases, days between meetings
DATED, CONTRACTS = 0.15, 0.05  # shares of the new cases: two of seventeen in the founding minutes have a date
FRIENDS = 0.8  # share of the contacts whom a push reaches
CHAT = 0.5  # how likely somebody speaks to the bot in the group in one of the day's hours
HOURS = (9, 11, 14, 16)
STORM_HOURS = (7, 10)  # when a typhoon day is told: before the day's digests, or when they are out
YEAR = 365
QUOTA = 200
MUST = (NoticeKind.DEADLINE, NoticeKind.CONTRACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """An office. `groups`: one that all series share, or two, of which the second has all series but the first."""

    members: int = 30  # of each group
    groups: int = 1
    storms: int = 0  # typhoon days a year


@dataclass
class Figures:
    """What came out. `cost` counts recipients by month; `naive` is one group push for each reminder."""

    cost: Counter[str] = field(default_factory=Counter)
    naive: Counter[str] = field(default_factory=Counter)
    pushed: Counter[tuple[str, str]] = field(default_factory=Counter)  # notices by month and kind
    ridden: int = 0
    longest_ride: timedelta = timedelta()
    missed: int = 0  # rungs of deadlines and contracts that nobody was told
    swallowed: int = 0  # those whose day became a day off on its own morning: the next one speaks for them


def simulate(folder: Path, variant: Variant, *, start: datetime, days: int, seed: int) -> Figures:
    """Live through so many days in a database of its own in `folder`."""
    platform = Platform(Settings(quota_limit=QUOTA, validate="limits", keep_requests=1_000))
    with StandInServer(platform) as line:
        url = f"sqlite:///{folder / 'simulation.db'}"
        settings = Line(channel_secrets=(TEST_SECRET,), channel_access_token=TEST_TOKEN, api_base=line.url)
        year = Year(Config(line=settings, database=Database(url=url)), platform, variant, start, Random(seed))
        for _ in range(days):
            year.live_a_day()
        figures = year.figures()
        year.close()
    return figures


class Year:
    """The office, its people and its clock."""

    def __init__(self, config: Config, platform: Platform, variant: Variant, start: datetime, dice: Random) -> None:
        self.now = start
        self._config, self._platform, self._variant, self._dice = config, platform, variant, dice
        platform.clock = lambda: self.now
        self._house: House = open_house(config, lambda: self.now)
        self._account = LineAccount(TEST_TOKEN, config.line.api_base)
        self._intake = Intake(
            self._house.store,
            render=render,
            append=append,
            committed=lambda: None,
            now=lambda: self.now,
            calendar=self._house.calendar,
            settings=self._house.settings,
        )
        self._people = [platform.add_user(f"同仁{n:02}", friend=True).user_id for n in range(variant.members)]
        self._groups = [
            Chat(ChatKind.GROUP, platform.add_group(f"群組{n}", self._people).group_id) for n in range(variant.groups)
        ]
        self._day, self._number, self._cost = 0, 0, Counter[str]()
        self._storms: list[date] = []
        self._lines: dict[int, tuple[Case, datetime]] = {}  # by the line, with the end of what is due
        self._house.store.write(self._furnish)

    def live_a_day(self) -> None:
        """Meet if it is the day, then live through the hours: the clock ticks, and people speak or not."""
        if self._day % CYCLE == 0:
            self._house.store.write(self._meet)
        morning = self.now
        storm = self._dice.choice(STORM_HOURS) if self._dice.random() < self._variant.storms / YEAR else None
        for hour in sorted([*HOURS, *([storm] if storm else [])]):
            self.now = morning + timedelta(hours=hour)
            if hour == storm:
                self._tell_of_storm()
            refresh(self._house.store, self._account, self._house.policy, self.now)
            self._send(tick(self._house).messages)
            for group in self._groups:
                if self._house.policy.may_remind(self.now) and self._dice.random() < CHAT:
                    self._speak(group)
        self._day += 1
        self.now = morning + timedelta(days=1)
        if self.now.day == 1:
            self._platform.settings.quota_used = 0

    def figures(self) -> Figures:
        """Read from the rows what became of the notices."""
        engine = sqlite_writer(parse_url(self._house.url))
        figures = Figures(cost=self._cost)
        carried = (
            sa.select(notices, sa.func.min(outbox.c.route).label("route"), outbox.c.settled_at)
            .select_from(notices)
            .join(carriers, carriers.c.notice_id == notices.c.id)
            .join(outbox, outbox.c.id == carriers.c.outbox_id)
            .group_by(notices.c.id)
        )
        with engine.connect() as connection:
            for row in connection.execute(carried.where(notices.c.state == NoticeState.SENT)):
                month = row.due_at.astimezone(self.now.tzinfo).strftime("%Y-%m")
                figures.naive[month] += self._variant.members
                if row.route == Route.REPLY:
                    figures.ridden += 1
                    figures.longest_ride = max(figures.longest_ride, row.settled_at - row.due_at)
                else:
                    figures.pushed[month, row.kind] += 1
            kept = {
                (row.assignment_id, row.rung): NoticeState(row.state)
                for row in connection.execute(sa.select(notices).where(notices.c.kind.in_(MUST)))
            }
        engine.dispose()
        lost = {key for key, state in kept.items() if state is NoticeState.MISSED}
        lost |= self._due(self._storms).keys() - kept.keys()
        stated = self._due([])
        figures.swallowed = sum(stated.get(key) in self._storms for key in lost)
        figures.missed = len(lost) - figures.swallowed
        return figures

    def _due(self, storms: Sequence[date]) -> dict[tuple[int, str], date]:
        """The day of each rung that had to be planned (line, rung), by its ladder and the storms of its time alone."""
        policy = self._house.policy
        due = {}
        for line_id, (case, ends) in self._lines.items():
            ladder = ladder_of(Climb(series="", kind=case.kind, priority=case.priority), policy.ladder, policy.rules)
            until = min(ends, self.now)
            calendar = policy.calendar.without([day for day in storms if day < until.date()])
            climbed = rungs(case.deadline.on or date.max, ladder, calendar, policy.zone)
            for rung in takewhile(lambda rung, until=until: rung.at < until, climbed):  # type: ignore[misc]
                if rung.at > case.created_at:
                    due[line_id, rung.name] = rung.at.date()
        return due

    def close(self) -> None:
        """Close the database."""
        self._house.store.close()

    def _furnish(self, uow: UnitOfWork) -> None:
        units = [uow.units.add(f"第{n + 1}科").id for n in range(min(UNITS, self._variant.members - 1))]
        for group in self._groups:
            uow.groups.joined(group, self.now)
        for place, name in enumerate(SERIES):
            series = uow.series.add(name, "{meeting}-{n}")
            uow.groups.bind(self._groups[min(place, len(self._groups) - 1)], series.id, self.now)
            uow.people.add_role(self._people[0], "管考", series.id, Role.COORDINATOR, None)
            for place, unit in enumerate(units):
                uow.people.add_role(self._people[1 + place], f"窗口{place}", series.id, Role.CONTACT, unit)
        for place, user_id in enumerate(self._people):
            uow.people.befriend(user_id, is_friend=place <= UNITS * FRIENDS)

    def _meet(self, uow: UnitOfWork) -> None:
        """Release some of what is open, and open new cases up to the usual number."""
        series = [one.id for one in uow.series.all()]
        still_open = list(uow.cases.open(series, limit=10 * OPEN))
        for case in still_open:
            if self._dice.random() < 0.4:
                self._release(case, uow)
        for _ in range(OPEN - uow.cases.count_open(series)):
            self._open(self._dice.choice(series), uow)

    def _release(self, case: Case, uow: UnitOfWork) -> None:
        for line in case.assignments:
            uow.cases.save_line(line.request_release().release(), next_look_at=None)
            if line.id in self._lines:
                self._lines[line.id] = case, self.now

    def _open(self, series_id: int, uow: UnitOfWork) -> None:
        self._number += 1
        kind = CaseKind.CONTRACT if self._dice.random() < CONTRACTS else CaseKind.CASE
        dated = kind is CaseKind.CONTRACT or self._dice.random() < DATED
        due = self.now.date() + timedelta(days=self._dice.randint(10, 90)) if dated else None
        case = uow.cases.add(
            NewCase(
                series_id=series_id,
                meeting_id=None,
                number=f"{200 + self._day // CYCLE}-{self._number}",
                title="檢討辦理情形",
                sentence="請檢討辦理情形。",
                section="",
                deadline=Deadline(on=due, text="期限" if due else ""),
                lines=((self._dice.randint(1, min(UNITS, self._variant.members - 1)), Duty.LEAD),),
                next_look_at=self.now if due else None,
                at=self.now,
                kind=kind,
            )
        )
        if due:
            self._lines[case.assignments[0].id] = case, datetime.max.replace(tzinfo=self.now.tzinfo)

    def _tell_of_storm(self) -> None:
        """A coordinator says that nobody works today."""
        self._storms.append(self.now.date())
        self._say(self._groups[0], self._people[0], f"停班 {self.now:%m/%d}")

    def _speak(self, group: Chat) -> None:
        text = self._dice.choice(("逾期", "列管", "未結", "第1科"))
        self._say(group, self._dice.choice(self._people), text)

    def _say(self, group: Chat, user_id: str, text: str) -> None:
        happening = self._platform.say(group.id, user_id, f"列管 {text}")
        event = read_event(happening.event or {})
        if event is not None:
            self._intake.take(event)
            self._send(1)

    def _send(self, messages: int) -> None:
        if not messages:
            return
        before = self._platform.settings.quota_used
        create_sender(self._house, self._config.line).run_until_idle()
        self._cost[self.now.strftime("%Y-%m")] += self._platform.settings.quota_used - before
