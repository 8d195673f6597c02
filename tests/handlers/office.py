"""An office to speak to: the real store and intake; only the clock, the rendering and the wake-up call are fakes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from domain.calendar import WorkCalendar
from domain.case import Case, Deadline, Duty, Release, Report
from domain.chat import Chat, ChatKind
from domain.member import Member, Role
from domain.outbox import Accepted, Delivery, Outcome, Outgoing
from domain.ports import Invite, NewCase, Store, UnitOfWork
from handlers.inbound import ButtonPressed, Inbound, TextSaid
from handlers.intake import Intake, Taken
from handlers.messages import Message

TAIPEI = ZoneInfo("Asia/Taipei")
MEETING_DAY = date(2021, 9, 23)
START = datetime(2021, 9, 27, 1, 0, tzinfo=UTC)  # Monday 09:00 in Taipei
CHIEFS, OFFICE, NEIGHBOURS = (Chat(ChatKind.GROUP, f"C-{name}") for name in ("chiefs", "office", "neighbours"))

COORDINATOR, IT, LEGAL, CHIEF, STRANGER = "U-coordinator", "U-it", "U-legal", "U-chief", "U-stranger"


def private(user_id: str) -> Chat:
    """The 1:1 chat with a person."""
    return Chat(ChatKind.USER, user_id)


class Office:
    """Series 主任秘書會報 (chair releases) and 處務會議 (units release themselves) and who is in them."""

    def __init__(self, store: Store, *, with_rides: bool = False) -> None:
        self.store = store
        self.now = START
        self.woken = 0
        self._events = 0
        self._last_row = 0
        self.last_event: Inbound | None = None
        self.said: list[Message] = []  # what was rendered; the outbox holds the places
        self.intake = Intake(
            store,
            render=self._render,
            committed=self._wake,
            now=lambda: self.now,
            calendar=WorkCalendar(),
            append=self._append if with_rides else lambda _payload, _message: None,
        )
        self.store.write(self._furnish)

    def _furnish(self, uow: UnitOfWork) -> None:
        self.chiefs = uow.series.add("主任秘書會報", "{meeting}-{n}")
        self.office = uow.series.add("處務會議", "{meeting}{n:02d}", Release.SELF)
        self.it = uow.units.add("資訊局")
        self.legal = uow.units.add("法務局")
        self.press = uow.units.add("觀光傳播局", ["觀傳局"])
        uow.groups.bind(CHIEFS, self.chiefs.id, self.now)
        uow.groups.bind(OFFICE, self.office.id, self.now)
        uow.people.add_role(COORDINATOR, "管考幕僚", self.chiefs.id, Role.COORDINATOR, None)
        uow.people.add_role(IT, "資訊局窗口", self.chiefs.id, Role.CONTACT, self.it.id)
        uow.people.add_role(IT, "資訊局窗口", self.office.id, Role.CONTACT, self.it.id)
        uow.people.add_role(LEGAL, "法務局窗口", self.chiefs.id, Role.CONTACT, self.legal.id)
        uow.people.add_role(CHIEF, "資訊局主管", self.chiefs.id, Role.CHIEF, self.it.id)

    def _render(self, message: Message) -> str:
        self.said.append(message)
        return str(len(self.said) - 1)

    def _append(self, payload: str, behind: Message) -> str:
        answer = self.said[int(payload)]
        return self._render(replace(answer, text=f"{answer.text}\n\n{behind.text}"))

    def _wake(self) -> None:
        self.woken += 1

    def case(
        self,
        number: str,
        *units: int | None,
        title: str = "契約延長",
        due: date | None = None,
        words: str = "",
        series_id: int | None = None,
        support: tuple[int, ...] = (),
    ) -> Case:
        """Open a case with a line for each unit; without units one for nobody."""

        def work(uow: UnitOfWork) -> Case:
            series = series_id or self.chiefs.id
            meeting = uow.series.meeting(series, 212, MEETING_DAY) or uow.series.add_meeting(
                series, 212, MEETING_DAY, "", self.now
            )
            lines = [(unit, Duty.LEAD) for unit in units or (None,)] + [(unit, Duty.SUPPORT) for unit in support]
            return uow.cases.add(
                NewCase(
                    series_id=series,
                    meeting_id=meeting.id,
                    number=number,
                    title=title,
                    sentence=f"請辦理{title}。",
                    section="貳-六",
                    deadline=Deadline(on=due, text=words),
                    lines=tuple(lines),
                    next_look_at=None,
                    at=self.now,
                )
            )

        return self.store.write(work)

    def read(self, case: Case) -> Case:
        """The case as it is now."""
        return self.store.read(lambda uow: uow.cases.by_ids([case.id])[0])

    def report_of(self, case: Case, line: int = 0) -> Report | None:
        """The last report of a line."""
        assignment_id = case.assignments[line].id
        return self.store.read(lambda uow: uow.cases.last_reports([assignment_id]).get(assignment_id))

    def states(self, case: Case) -> list[str]:
        """The states of a case's lines, in order."""
        return [line.state.value for line in self.read(case).assignments]

    def member(self, user_id: str) -> Member | None:
        return self.store.read(lambda uow: uow.people.by_user_id(user_id))

    def invite(self, code_hash: str, role: Role, series_id: int, unit_id: int | None = None, days: int = 7) -> None:
        terms = Invite(series_id=series_id, role=role, unit_id=unit_id, expires_at=self.now + timedelta(days=days))
        self.store.write(lambda uow: uow.people.add_invite(code_hash, terms, self.now))

    def common(self, chat: Chat, user_id: str | None) -> dict[str, Any]:
        """The fields of a new event."""
        self._events += 1
        return {
            "event_id": f"E{self._events}",
            "chat": chat,
            "user_id": user_id,
            "at": self.now,
            "reply_token": f"R{self._events}",
        }

    @property
    def spoken(self) -> int:
        """How many events there were so far."""
        return self._events

    def says(self, user_id: str | None, text: str, chat: Chat = CHIEFS, **fields: Any) -> str | None:
        """Say something and hear the answer's text; None is silence."""
        message = self.hears(TextSaid(**self.common(chat, user_id), message_id=f"M{self._events}", text=text, **fields))
        return message.text if message else None

    def presses(self, user_id: str | None, data: str, chat: Chat = CHIEFS) -> str | None:
        """Press a button and hear the answer's text."""
        message = self.hears(ButtonPressed(**self.common(chat, user_id), data=data))
        return message.text if message else None

    def hears(self, event: Inbound) -> Message | None:
        """Give an event to the intake and read what it queued."""
        self.last_event = event
        self.taken = self.intake.take(event)
        sent = self._send()
        self._last_row = sent[-1].id if sent else self._last_row
        return self.said[int(sent[-1].payload)] if sent else None

    def again(self) -> Taken:
        """Give the last event a second time."""
        assert self.last_event is not None
        return self.intake.take(replace(self.last_event))

    def _send(self) -> list[Outgoing]:
        """Send what waits, as LINE would take it: message ids are B1, B2 …"""

        def work(uow: UnitOfWork) -> list[Outgoing]:
            claimed = list(uow.outbox.claim(self.now, limit=100, until=self.now + timedelta(minutes=1)))
            uow.outbox.settle([self._sent(row) for row in claimed])
            return claimed

        return self.store.write(work)

    def _sent(self, row: Outgoing) -> Outcome:
        accepted = Accepted(message_ids=(f"B{row.id}",))
        return Outcome(id=row.id, state=Delivery.SENT, at=self.now, message_ids=accepted.message_ids)

    @property
    def last_message_id(self) -> str:
        """LINE's id of the bot's last message."""
        return f"B{self._last_row}"
