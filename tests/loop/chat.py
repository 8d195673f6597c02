"""The coordinator's 1:1 chat in the office of tests/handlers, and the minutes of tests/data/loop."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from domain.case import Case
from domain.member import Role
from domain.ports import Store
from tests.handlers.office import COORDINATOR, TAIPEI, Office, private
from tests.paths import ROOT

MINUTES = ROOT / "tests" / "data" / "loop"
SECOND = "U-second-coordinator"


def minutes(meeting: int, *changes: tuple[str, str]) -> str:
    """The minutes of a meeting of our own writing, with some words changed."""
    text = (MINUTES / f"{meeting}.txt").read_text("utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    return text


def read(path: Path) -> str:
    return path.read_text("utf-8")


class Chat:
    """An office in which two people coordinate the chiefs' series."""

    def __init__(self, store: Store) -> None:
        self.office = Office(store)
        self.on("2021-09-24")
        chiefs = self.office.chiefs.id
        store.write(lambda uow: uow.people.add_role(SECOND, "另一位管考幕僚", chiefs, Role.COORDINATOR, None))

    def on(self, day: str) -> None:
        """Let it be ten in the morning of a day."""
        self.office.now = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=TAIPEI)

    def say(self, text: str, who: str = COORDINATOR) -> str:
        """Say something in one's own 1:1 chat; every sentence takes a second."""
        self.office.now += self.second
        answer = self.office.says(who, text, private(who))
        assert answer is not None, text
        return answer

    @property
    def second(self) -> timedelta:
        return timedelta(seconds=1)

    def confirm(self, text: str) -> str:
        """Paste minutes and confirm all."""
        self.say(text)
        return self.say("確認")

    def states(self) -> dict[str, list[str]]:
        """The states of every case's lines, by number."""
        return {case.number: [line.state.value for line in case.assignments] for case in self.cases()}

    def closings(self, number: str) -> list[str]:
        """Why the lines of a case were closed."""
        return [line.closing.value if line.closing else "" for line in self.case(number).assignments]

    def case(self, number: str) -> Case:
        return next(case for case in self.cases() if case.number == number)

    def cases(self) -> list[Case]:
        chiefs = self.office.chiefs.id
        numbers = self.office.store.read(lambda uow: list(uow.cases.numbers(chiefs)))
        return self.office.store.read(lambda uow: list(uow.cases.by_numbers([chiefs], numbers, limit=500)))
