"""Plays the transcripts of tests/dialogs: who says what where, and what the bot answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.ports import Store
from tests.handlers.office import CHIEF, CHIEFS, COORDINATOR, IT, LEGAL, STRANGER, Office, private

PEOPLE = {
    "管考幕僚": COORDINATOR,
    "資訊局窗口": IT,
    "法務局窗口": LEGAL,
    "資訊局主管": CHIEF,
    "陌生人": STRANGER,
    "無名氏": None,  # LINE did not say who it is
}


class Stage:
    """An office with the cases of a transcript."""

    def __init__(self, store: Store, cases: Sequence[Mapping[str, Any]]) -> None:
        self._office = Office(store)
        for case in cases:
            units = [self._unit(name) for name in case["units"]]
            self._office.case(case["number"], *units, due=case.get("due"), words=case.get("words", ""))

    def play(self, turn: Mapping[str, Any]) -> str | None:
        """Say one turn's sentence; returns the answer, None for silence."""
        user_id, where = PEOPLE[turn["who"]], turn.get("where", "group")
        chat = private(user_id) if where == "private" and user_id else CHIEFS
        return self._office.says(user_id, turn["says"], chat, to_bot=where == "mention")

    def _unit(self, name: str) -> int:
        unit = self._office.store.read(lambda uow: uow.units.by_name(name))
        assert unit is not None, name
        return unit.id
