"""LINE's month in a chaos run: the pushes run out, more are bought, they run out again, and the month turns."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.line.standin import Platform

FIRST = 0.2  # recipients allowed for each event of the run: about half of what is queued until more are bought
BOUGHT_AT, TURNS_AT = 0.5, 0.85  # shares of the run


@dataclass
class Month:
    """Sets the quota as the run goes on. `spent` has (allowed, used) of each month that is over."""

    platform: Platform
    events: int
    spent: list[tuple[int, int]] = field(default_factory=list)
    _stage: int = 0

    def __post_init__(self) -> None:
        self.platform.settings.quota_limit = self._first

    @property
    def _first(self) -> int:
        return round(self.events * FIRST)

    def go_on(self, share: float) -> None:
        """Let happen what happens by then."""
        if self._stage == 0 and share >= BOUGHT_AT:
            self._stage = 1
            self.platform.settings.quota_limit = 2 * self._first
        if self._stage == 1 and share >= TURNS_AT:
            self._stage = 2
            self.turn(allowed=self.events)

    def turn(self, allowed: int) -> None:
        """End the month."""
        settings = self.platform.settings
        with self.platform.lock:
            self.spent.append((settings.quota_limit or 0, settings.quota_used))
            settings.quota_limit, settings.quota_used = allowed, 0
