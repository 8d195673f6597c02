"""Plays the transcripts of tests/dialogs: who says what where and when, and what the bot answers.

A turn says (`says`), presses a button (`presses`, with `picks` a day), or does something (`does`: leaves the group …,
unsends what the same person said last).
`at` moves the clock first. `ticks` plans reminders and tells them; `plans` only lets them wait, and where the dialog
`rides` they travel behind answers. `account` is what LINE says of the month's pushes when it is asked.
A code in an answer is written {code} and can be said so afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from domain.chat import Chat
from domain.member import Role
from domain.notice import NoticeKind, NoticeState
from domain.ports import Store, UnitOfWork
from domain.quota import Quota
from handlers.inbound import ButtonPressed, Followed, Inbound, MemberLeft, MembersJoined, TextSaid, Unfollowed, Unsent
from handlers.reminding.notices import in_words
from handlers.reminding.reminders import View, digest, with_last_reports
from scheduler.duties import open_occurrences
from scheduler.plan import plan
from scheduler.quota import refresh
from tests.handlers.office import (
    CHIEF,
    CHIEFS,
    COORDINATOR,
    IT,
    LEGAL,
    NEIGHBOURS,
    OFFICE,
    STRANGER,
    TAIPEI,
    Office,
    private,
)
from tests.scheduler.office import POLICY

DEPUTY, SECOND_IT = "U-deputy", "U-it-second"
PEOPLE = {
    "管考幕僚": COORDINATOR,
    "副管考": DEPUTY,
    "資訊局窗口": IT,
    "資訊局第二窗口": SECOND_IT,
    "法務局窗口": LEGAL,
    "資訊局主管": CHIEF,
    "陌生人": STRANGER,
    "新同事": "U-newcomer",
    "無名氏": None,  # LINE did not say who it is
}
GROUPS = {"group": CHIEFS, "mention": CHIEFS, "office": OFFICE, "neighbours": NEIGHBOURS}
DEEDS: dict[str, Callable[..., Inbound]] = {
    "leaves": lambda **common: MemberLeft(**common, user_ids=(common["user_id"],)),
    "returns": lambda **common: MembersJoined(**common, user_ids=(common["user_id"],)),
    "follows": Followed,
    "unfollows": Unfollowed,
}
CODE = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}")


class AccountOf:
    """LINE's answers about an account with so many pushes; its groups have twelve members."""

    def __init__(self, pushes: Mapping[str, int]) -> None:
        self._pushes = pushes

    def quota(self) -> Quota:
        return Quota(limit=self._pushes["limit"], used=self._pushes["used"])

    def member_count(self, chat: Chat) -> int:
        return 12


class Stage:
    """An office with the cases of a transcript."""

    def __init__(self, store: Store, cases: Sequence[Mapping[str, Any]], *, with_rides: bool = False) -> None:
        self._office = Office(store, with_rides=with_rides)
        self._code = ""
        self._said: dict[str | None, str] = {}
        store.write(self._furnish)
        for case in cases:
            self._open(case)

    def _furnish(self, uow: UnitOfWork) -> None:
        office = self._office
        uow.people.add_role(DEPUTY, "副管考", office.chiefs.id, Role.COORDINATOR, None)
        uow.people.add_role(SECOND_IT, "資訊局第二窗口", office.chiefs.id, Role.CONTACT, office.it.id)

    def play(self, turn: Mapping[str, Any]) -> str | None:
        """Play one turn; returns the answer, None for silence."""
        if "at" in turn:
            self._move_to(turn["at"])
        if turn.get("ticks"):
            return self._tick()
        if turn.get("plans") or "account" in turn:
            return self._wait(turn.get("account"))
        answer = self._office.hears(self._event(turn))
        return self._hide(answer.text) if answer else None

    def _tick(self) -> str | None:
        """Let the clock open what recurs and plan reminders; returns what it would tell."""
        store, now = self._office.store, self._office.now
        open_occurrences(store, POLICY, as_of=now, now=now)
        plan(store, POLICY, as_of=now, now=now)
        view = View(now.astimezone(TAIPEI).date(), POLICY.calendar, TAIPEI)

        def work(uow: UnitOfWork) -> str | None:
            waiting = uow.notices.waiting(now, limit=20)
            due = in_words([one for one in waiting if one.kind is NoticeKind.DEADLINE], uow, view)
            entries = with_last_reports(due, uow, view)
            uow.notices.close([one.id for one in waiting], NoticeState.SENT, now)
            return digest(entries, view).text if entries else None

        return store.write(work)

    def _wait(self, account: Mapping[str, int] | None) -> None:
        """Let the clock plan reminders that wait, or ask LINE for the month's pushes and look ahead."""
        store, now = self._office.store, self._office.now
        store.write(lambda uow: uow.reminders.look_again(now))
        if account is None:
            plan(store, POLICY, as_of=now, now=now)
        else:
            refresh(store, AccountOf(account), POLICY, now, every=timedelta())

    def _event(self, turn: Mapping[str, Any]) -> Inbound:
        user_id, where = PEOPLE[turn["who"]], turn.get("where", "group")
        chat = private(user_id) if where == "private" and user_id else GROUPS[where]
        if "presses" in turn:
            return ButtonPressed(**self._common(chat, user_id), data=turn["presses"], picked=turn.get("picks"))
        if turn.get("does") == "unsends":
            return Unsent(**self._common(chat, user_id), message_id=self._said[user_id])
        if "does" in turn:
            return DEEDS[turn["does"]](**self._common(chat, user_id))
        quoted = self._office.last_message_id if turn.get("quotes") else None
        common = self._common(chat, user_id)
        self._said[user_id] = f"M{self._office.spoken}"
        return TextSaid(
            **common,
            message_id=self._said[user_id],
            text=turn["says"].replace("{code}", self._code),
            to_bot=where == "mention",
            quoted_id=quoted,
        )

    def _common(self, chat: Chat, user_id: str | None) -> dict[str, Any]:
        return self._office.common(chat, user_id)

    def _move_to(self, at: datetime) -> None:
        self._office.now = at.replace(tzinfo=TAIPEI)

    def _hide(self, text: str) -> str:
        """Keep a code that the bot gave, which is another each time."""
        found = CODE.search(text)
        if found is None or "ABCDE" in found[0]:
            return text
        self._code = found[0]
        return text.replace(found[0], "{code}")

    def _open(self, case: Mapping[str, Any]) -> None:
        units = [self._unit(name) for name in case["units"]]
        more: dict[str, Any] = {"title": case["title"]} if "title" in case else {}
        due: date | None = case.get("due")
        if case.get("series") == "處務會議":
            more["series_id"] = self._office.office.id
        self._office.case(case["number"], *units, due=due, words=case.get("words", ""), **more)

    def _unit(self, name: str) -> int:
        unit = self._office.store.read(lambda uow: uow.units.by_name(name))
        assert unit is not None, name
        return unit.id
