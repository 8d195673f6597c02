"""Know what a push costs and what is left: ask LINE, look ahead to the month's end, warn the coordinators in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

import structlog

from domain.case import Series
from domain.chat import Chat
from domain.errors import SendError, SendFault
from domain.notice import Audience, NewNotice, NoticeKind, Urgency
from domain.ports import Account, DueLine, Store, UnitOfWork
from domain.quota import WARN_AT, Quota
from domain.reminders import rungs
from handlers.reminding.audience import Audiences, Readers
from scheduler.calendars import Calendars
from scheduler.chase import chases_of
from scheduler.cheapest import ASSUMED_MEMBERS
from scheduler.plan import Policy, audience_of, ladder_for, urgency_of

COUNT_EVERY = timedelta(days=1)
FORESEEN = 5_000  # lines looked at for the forecast
log = structlog.get_logger()

Climber = Callable[[DueLine, datetime, datetime], Iterator[tuple[date, Urgency, Audience]]]
Coming = dict[Urgency, int]


def refresh(
    store: Store, account: Account, policy: Policy, now: datetime, *, every: timedelta = timedelta(minutes=10)
) -> None:
    """Count the groups that want it, and ask for the quota if the last answer is old.

    What LINE refuses waits. Where it does not answer, no more groups are counted: the reminders come after this.
    """
    _count_groups(store, account, now)
    budget = store.read(lambda uow: uow.deliveries.budget())
    if budget.asked_at is not None and timedelta() <= now - budget.asked_at < every:
        return
    try:
        told = account.quota()
    except SendError as error:
        log.warning("account_not_asked", reason=error.reason)
    else:
        store.write(lambda uow: _keep(told, policy, now, uow))


def month_end(now: datetime, policy: Policy) -> datetime:
    """When the next month begins where people live."""
    today = now.astimezone(policy.zone).date()
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return datetime.combine(first, time(0), tzinfo=policy.zone)


def warnings(told: Quota, series_ids: Sequence[int], policy: Policy, now: datetime) -> list[NewNotice]:
    """The warning that the month's use has reached, for the coordinators of each series; once a month and threshold."""
    if not told.limit:
        return []
    reached = [percent for percent in WARN_AT if 100 * told.used >= percent * told.limit]
    ends = month_end(now, policy)
    return [
        NewNotice(
            subject=f"quota:{series_id}",
            kind=NoticeKind.WARNING,
            for_on=(ends - timedelta(days=1)).date().replace(day=1),
            rung=f"{reached[-1]}%",
            audience=Audience.COORDINATOR,
            series_id=series_id,
            urgency=Urgency.HIGH,
            due_at=now,
            ride_until=now,
            expires_at=ends,
            at=now,
        )
        for series_id in (series_ids if reached else ())
    ]


def forecast(
    lines: Sequence[DueLine],
    chases: Iterable[tuple[int, date]],
    audiences: Audiences,
    climb: Climber,
    now: datetime,
    ends: datetime,
) -> Coming:
    """What the rungs of these lines and the chases (series, day) will cost until then.

    A digest a series and day, at its most urgent rung.
    """
    days: dict[tuple[int, date], Day] = defaultdict(Day)
    for line in lines:
        for day, urgency, audience in climb(line, now, ends):
            days[line.series_id, day].add(audiences.readers(audience, line.series_id, line.unit_id), urgency)
    for series_id, day in chases:
        days[series_id, day].add(audiences.readers(Audience.GROUP, series_id, None), Urgency.NORMAL)
    coming: dict[Urgency, int] = defaultdict(int)
    for one in days.values():
        coming[one.urgency] += one.cost
    return dict(coming)


class Day:
    """What one day's digests of one series will cost."""

    def __init__(self) -> None:
        self.urgency = Urgency.LOW
        self._people: set[str] = set()
        self._groups: dict[Chat, int] = {}
        self._is_forced = False

    def add(self, readers: Readers, urgency: Urgency) -> None:
        """Count one rung's readers."""
        self.urgency = max(self.urgency, urgency)
        self._people |= {member.user_id for member in readers.friends}
        self._groups |= {chat: size or ASSUMED_MEMBERS for chat, size in readers.groups}
        self._is_forced |= not readers.friends

    @property
    def cost(self) -> int:
        """Recipients: the contacts, unless the groups cost no more or are the only way."""
        in_groups = sum(self._groups.values())
        if not self._groups:
            return len(self._people)
        return in_groups if self._is_forced else min(in_groups, len(self._people))


def climber(policy: Policy, series: Mapping[int, str], calendars: Calendars) -> Climber:
    """Make the function that tells when a line is reminded between two instants, how urgently, and who is told."""

    def climb(line: DueLine, now: datetime, ends: datetime) -> Iterator[tuple[date, Urgency, Audience]]:
        name = series[line.series_id]
        ladder = ladder_for(line, name, policy)
        for rung in rungs(line.deadline, ladder, calendars.of(line.series_id), policy.zone):
            if rung.at >= ends:
                return
            if rung.at > now:
                yield rung.at.date(), urgency_of(line.kind, rung), audience_of(rung, name, policy)

    return climb


def _keep(told: Quota, policy: Policy, now: datetime, uow: UnitOfWork) -> None:
    uow.deliveries.set_quota(told, now)
    series = uow.series.all()
    uow.notices.add(warnings(told, [one.id for one in series], policy, now))
    ends = month_end(now, policy)
    lines = uow.reminders.due_lines(ends, limit=FORESEEN)
    calendars = Calendars(policy, uow)
    climb = climber(policy, {one.id: one.name for one in series}, calendars)
    chases = list(_chases(series, calendars, uow, policy, now, ends))
    uow.deliveries.set_coming(forecast(lines, chases, Audiences(uow), climb, now, ends))


def _chases(
    series: Sequence[Series], calendars: Calendars, uow: UnitOfWork, policy: Policy, now: datetime, ends: datetime
) -> Iterator[tuple[int, date]]:
    """The days on which the groups of a series are told who has not reported."""
    for one in series:
        coming = chases_of(one, calendars, uow, policy, now)
        for _, at in coming.rungs if coming else ():
            if now < at < ends:
                yield one.id, at.date()


def _count_groups(store: Store, account: Account, now: datetime) -> None:
    for chat in store.read(lambda uow: uow.groups.uncounted(now - COUNT_EVERY)):
        try:
            members = account.member_count(chat)
        except SendError as error:
            log.warning("group_not_counted", reason=error.reason)
            if error.fault is SendFault.TRANSIENT:
                return
        else:
            store.write(partial(_keep_count, chat, members, now))


def _keep_count(chat: Chat, members: int, now: datetime, uow: UnitOfWork) -> None:
    uow.groups.count(chat, members, now)
