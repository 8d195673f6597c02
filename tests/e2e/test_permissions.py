"""The permission table, cell by cell, through signed webhooks: typed, and as buttons of the wrong people.

What is expected stands in tests/data/permissions.tsv, written down apart from the table in domain/member.py.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.line.standin import Platform, Settings, StandInServer
from domain.case import Deadline, Duty
from domain.chat import Chat, ChatKind
from domain.dates import read
from domain.member import PERMISSIONS, Action, Membership, Reach, Role
from domain.ports import NewCase, UnitOfWork
from handlers.commands import Command
from handlers.grammar import parse
from handlers.language.phrasebook import Address
from handlers.postback import encode
from tests.e2e.conftest import GROUP, SERIES, MovableClock, World, running_bot
from tests.paths import ROOT

NAMES = ("管考幕僚", "資訊局窗口", "資訊局主管", "法務局窗口", "他會議管考", "路人", "已移除窗口", "無名氏")
USERS = {name: "U" + f"{place:x}" * 32 for place, name in enumerate(NAMES, 1)}
UNITS = ("資訊局", "法務局", "專責小組")
NOW = "2021-09-27T10:00+08:00"
FILE = ROOT / "tests" / "data" / "permissions.tsv"
ROWS = list(
    csv.DictReader((line for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#")), delimiter="\t")
)
SAID = [row for row in ROWS if row["said"]]
CELLS = [(row, name) for row in SAID for name in NAMES]


class Hall(NamedTuple):
    """A running bot with its database's file, and the numbers of the cases to come."""

    world: World
    file: Path
    numbers: Iterator[int]

    def changes(self) -> tuple[int, int]:
        """How many changes the audit holds, and how many groups see a series."""
        with sqlite3.connect(self.file) as connection:
            counts: tuple[int, int] = connection.execute(
                "SELECT (SELECT count(*) FROM audit), (SELECT count(*) FROM group_series)"
            ).fetchone()
        return counts

    def last_change(self) -> int:
        with sqlite3.connect(self.file) as connection:
            return int(connection.execute("SELECT max(id) FROM audit").fetchone()[0])


def furnish(uow: UnitOfWork, now: datetime) -> None:
    """Two series, three units, and everybody with a role."""
    own, other = uow.series.add(SERIES, "{meeting}-{n}"), uow.series.add("處務會議", "{meeting}-{n}")
    it, legal, team = (uow.units.add(name).id for name in UNITS)
    for name, series, role, unit in (
        ("管考幕僚", own, Role.COORDINATOR, None),
        ("資訊局窗口", own, Role.CONTACT, it),
        ("資訊局主管", own, Role.CHIEF, it),
        ("法務局窗口", own, Role.CONTACT, legal),
        ("他會議管考", other, Role.COORDINATOR, None),
        ("他會議管考", other, Role.CONTACT, it),
        ("已移除窗口", own, Role.CONTACT, it),
    ):
        uow.people.add_role(USERS[name], name, series.id, role, unit)
    removed = uow.people.by_user_id(USERS["已移除窗口"])
    assert removed is not None
    uow.people.remove_role(removed.id, Membership(own.id, Role.CONTACT, it))
    uow.people.add_role("U" + "f" * 32, "專責小組窗口", own.id, Role.CONTACT, team)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Hall]:
    """One bot for all cells; every cell has a case of its own."""
    file = tmp_path_factory.mktemp("permissions") / "db.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    clock = MovableClock(datetime.fromisoformat(NOW))
    platform = Platform(Settings(), clock)
    for name, user in USERS.items():
        platform.add_user(name, user, friend=True)
    platform.add_group("會報群組", list(USERS.values()), GROUP)
    with (
        StandInServer(platform) as line,
        running_bot(f"sqlite:///{file}", line.url, platform, clock) as world,
    ):
        world.house.store.write(lambda uow: furnish(uow, clock()))
        read("10/15", on=clock().date(), calendar=world.house.calendar)  # the first date takes longest: LINE waits 2 s
        yield Hall(world, file, count(1))


def open_case(hall: Hall) -> str:
    """Open a case of 資訊局 and let the group see the series, whatever the cell before did."""
    number = f"{100 + next(hall.numbers)}-1"

    def work(uow: UnitOfWork) -> None:
        series, unit = uow.series.by_name(SERIES), uow.units.by_name("資訊局")
        team = uow.units.by_name("專責小組")
        assert series is not None
        assert unit is not None
        assert team is not None
        uow.groups.bind(Chat(ChatKind.GROUP, GROUP), series.id, hall.world.clock())
        uow.people.add_role("U" + "f" * 32, "專責小組窗口", series.id, Role.CONTACT, team.id)
        uow.cases.add(
            NewCase(
                series_id=series.id,
                meeting_id=None,
                number=number,
                title="完成契約延長",
                sentence="請資訊局於10月8日前完成契約延長。",
                section="",
                deadline=Deadline(on=date(2021, 10, 8)),
                lines=((unit.id, Duty.LEAD),),
                next_look_at=None,
                at=hall.world.clock(),
            )
        )

    hall.world.house.store.write(work)
    return number


def prepare(hall: Hall, row: dict[str, str]) -> str:
    """Open a case and say what comes before; returns the sentence of the cell."""
    number = open_case(hall)
    if row["before"]:
        who, _, what = row["before"].partition("=")
        hall.world.say(USERS[who], what.replace("{n}", number))
    return row["said"].replace("{n}", number).replace("{audit}", str(hall.last_change()))


def command_of(said: str) -> Command:
    command = parse(said, Address.DIRECT)
    assert command is not None
    return command  # type: ignore[return-value] # the sentences of the file are no Misreads


@pytest.mark.parametrize(("row", "name"), CELLS, ids=[f"{row['action']}-{name}" for row, name in CELLS])
def test_only_who_may_changes_something(hall: Hall, row: dict[str, str], name: str) -> None:
    said = prepare(hall, row)
    before = hall.changes()

    [answer] = hall.world.say(USERS[name], said, hide_user=name == "無名氏")

    assert (answer, hall.changes() != before) == (answer, row[name] == "yes")


# 復原 takes back what is the presser's own.
BUTTONS = [row for row in SAID if row["action"] != "undo"]


@pytest.mark.parametrize("row", BUTTONS, ids=[row["action"] for row in BUTTONS])
def test_a_button_of_the_wrong_person_changes_nothing(hall: Hall, row: dict[str, str]) -> None:
    said = prepare(hall, row)
    data = encode(command_of(said))
    before = hall.changes()

    for name in NAMES[:-1]:
        if row[name] == "no":
            hall.world.platform.postback(GROUP, USERS[name], data).wait()
            [answer] = hall.world.answers()
            assert answer != ""

    assert hall.changes() == before


@pytest.mark.parametrize("row", ROWS, ids=[row["action"] for row in ROWS])
def test_the_table_says_what_is_written_down(row: dict[str, str]) -> None:
    reaches = {role: PERMISSIONS[role].get(Action(row["action"]), Reach.NONE) for role in Role}

    assert {role.value: reach.value for role, reach in reaches.items()} == {
        role.value: row[role.value] for role in Role
    }


def test_every_action_is_written_down() -> None:
    assert {row["action"] for row in ROWS} == {action.value for action in Action}
