"""A year of an office, by a stepped clock against the stand-in: what its reminders cost, and whether any got lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
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
from handlers.intake import Intake
from scheduler.quota import refresh
from storage.engine import parse_url, sqlite_writer
from storage.tables import carriers, notices, outbox

SERIES = ("主任秘書會報", "處務會議", "專案會議")
UNITS, MEMBERS, OPEN, CYCLE = 12, 30, 40, 28  # units, people in the group, open cases, days between meetings
DATED, CONTRACTS = 0.15, 0.05  # shares of the new cases: two of seventeen in the founding minutes have a date
FRIENDS = 0.8  # share of the contacts whom a push reaches
CHAT = 0.5  # how likely somebody speaks to the bot in the group in one of the day's hours
HOURS = (9, 11, 14, 16)
QUOTA = 200
MUST = (NoticeKind.DEADLINE, NoticeKind.CONTRACT)


@dataclass
class Figures:
    """What came out. `cost` counts recipients by month; `naive` is one group push for each reminder."""

    cost: Counter[str] = field(default_factory=Counter)
    naive: Counter[str] = field(default_factory=Counter)
    pushed: Counter[tuple[str, str]] = field(default_factory=Counter)  # notices by month and kind
    ridden: int = 0
    longest_ride: timedelta = timedelta()
    missed: int = 0  # rungs of deadlines and contracts that nobody was told


def simulate(folder: Path, *, start: datetime, days: int, seed: int) -> Figures:
    """Live through so many days in a database of its own in `folder`."""
    platform = Platform(Settings(quota_limit=QUOTA, validate="limits", keep_requests=1_000))
    with StandInServer(platform) as line:
        url = f"sqlite:///{folder / 'simulation.db'}"
        settings = Line(channel_secrets=(TEST_SECRET,), channel_access_token=TEST_TOKEN, api_base=line.url)
        year = Year(Config(line=settings, database=Database(url=url)), platform, start, Random(seed))
        for _ in range(days):
            year.live_a_day()
        figures = year.figures()
        year.close()
    return figures


class Year:
    """The office, its people and its clock."""

    def __init__(self, config: Config, platform: Platform, start: datetime, dice: Random) -> None:
        self.now = start
        self._config, self._platform, self._dice = config, platform, dice
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
        self._people = [platform.add_user(f"同仁{n:02}", friend=True).user_id for n in range(MEMBERS)]
        self._group = Chat(ChatKind.GROUP, platform.add_group("會報群組", self._people).group_id)
        self._day, self._number, self._cost = 0, 0, Counter[str]()
        self._house.store.write(self._furnish)

    def live_a_day(self) -> None:
        """Meet if it is the day, then live through the hours: the clock ticks, and people speak or not."""
        if self._day % CYCLE == 0:
            self._house.store.write(self._meet)
        morning = self.now
        for hour in HOURS:
            self.now = morning + timedelta(hours=hour)
            refresh(self._house.store, self._account, self._house.policy, self.now)
            self._send(tick(self._house).messages)
            if self._house.policy.may_remind(self.now) and self._dice.random() < CHAT:
                self._speak()
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
                figures.naive[month] += MEMBERS
                if row.route == Route.REPLY:
                    figures.ridden += 1
                    figures.longest_ride = max(figures.longest_ride, row.settled_at - row.due_at)
                else:
                    figures.pushed[month, row.kind] += 1
            lost = sa.select(sa.func.count()).where(notices.c.state == NoticeState.MISSED, notices.c.kind.in_(MUST))
            figures.missed = connection.execute(lost).scalar_one()
        engine.dispose()
        return figures

    def close(self) -> None:
        """Close the database."""
        self._house.store.close()

    def _furnish(self, uow: UnitOfWork) -> None:
        units = [uow.units.add(f"第{n + 1}科").id for n in range(UNITS)]
        uow.groups.joined(self._group, self.now)
        for name in SERIES:
            series = uow.series.add(name, "{meeting}-{n}")
            uow.groups.bind(self._group, series.id, self.now)
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

    def _open(self, series_id: int, uow: UnitOfWork) -> None:
        self._number += 1
        kind = CaseKind.CONTRACT if self._dice.random() < CONTRACTS else CaseKind.CASE
        dated = kind is CaseKind.CONTRACT or self._dice.random() < DATED
        due = self.now.date() + timedelta(days=self._dice.randint(10, 90)) if dated else None
        uow.cases.add(
            NewCase(
                series_id=series_id,
                meeting_id=None,
                number=f"{200 + self._day // CYCLE}-{self._number}",
                title="檢討辦理情形",
                sentence="請檢討辦理情形。",
                section="",
                deadline=Deadline(on=due, text="期限" if due else ""),
                lines=((self._dice.randint(1, UNITS), Duty.LEAD),),
                next_look_at=self.now if due else None,
                at=self.now,
                kind=kind,
            )
        )

    def _speak(self) -> None:
        text = self._dice.choice(("逾期", "列管", "未結", "第1科"))
        happening = self._platform.say(self._group.id, self._dice.choice(self._people), f"列管 {text}")
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
