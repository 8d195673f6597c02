"""Failures on demand: the next n calls, or each call with a probability."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from typing import Any, Literal, get_args

from bot.line.standin.model import Answer, StandInError
from bot.line.standin.quota import MONTHLY_LIMIT, RATE_LIMIT

Effect = Literal["status", "drop", "hang", "malformed", "monthly_limit", "rate_limit"]
LIMIT_TEXTS = {"monthly_limit": MONTHLY_LIMIT, "rate_limit": RATE_LIMIT}


@dataclass
class Fault:
    """One order for trouble.

    effect: `status` answers `status` with `body`; `drop` closes the connection; `hang` waits `seconds` first;
    `malformed` answers 200 with a body that is not what LINE sends; the two limits answer 429.
    on: an endpoint's name (`push`, `reply`, …) or `*`.
    accepted: False = the request is not processed; True = it is accepted and recorded, then the effect strikes.
    times: how many calls it strikes (None = until cleared); probability: the chance to strike each call.
    """

    effect: Effect
    on: str = "*"
    accepted: bool = False
    status: int = 500
    body: Any = None
    seconds: float = 30.0
    times: int | None = 1
    probability: float = 1.0

    def __post_init__(self) -> None:
        if self.effect not in get_args(Effect):
            raise StandInError(f"no such fault: {self.effect}")

    def answer(self, processed: Answer | None) -> Answer:
        """Return what the caller gets instead; `processed` is the answer it would have got, if it was processed."""
        if self.effect in LIMIT_TEXTS:
            return Answer(429, {"message": LIMIT_TEXTS[self.effect]})
        if self.effect == "status":
            return Answer(self.status, {"message": "Internal server error"} if self.body is None else self.body)
        if self.effect == "malformed":
            return Answer(200, b"<html>" if self.body is None else self.body)
        if self.effect == "hang" and processed is not None:
            return processed
        return Answer(drop=True)


class FaultPlan:
    """The faults in force. The first that fits a call strikes. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._chance = random.Random(0)

    def add(self, *faults: Fault) -> None:
        with self._lock:
            self._faults.extend(faults)

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def seed(self, seed: int) -> None:
        """Make the probabilities repeatable from here on."""
        with self._lock:
            self._chance.seed(seed)

    def listed(self) -> list[Fault]:
        with self._lock:
            return list(self._faults)

    def draw(self, endpoint: str) -> Fault | None:
        """Return the fault that strikes this call, counting it."""
        if not self._faults:
            return None
        with self._lock:
            return next((f for f in self._faults if self._strikes(f, endpoint)), None)

    def _strikes(self, fault: Fault, endpoint: str) -> bool:
        if fault.on not in ("*", endpoint) or fault.times == 0:
            return False
        if fault.probability < 1 and self._chance.random() >= fault.probability:
            return False
        if fault.times is not None:
            fault.times -= 1
        return True
