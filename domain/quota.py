"""The month's pushes: what LINE allows, what is used, what is still to come, and who gives way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from domain.notice import Urgency

WARN_AT = (70, 90)  # percent of the month's pushes


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What LINE says about this month. `limit` None: a plan without one. `used` counts recipients."""

    limit: int | None
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What may still be pushed this month.

    `quota` is LINE's answer at `asked_at`, None until LINE was asked; `pushed` is what was queued since then. `coming`
    is what each urgency is expected to cost until the month ends.
    """

    quota: Quota | None = None
    asked_at: datetime | None = None
    pushed: int = 0
    coming: dict[Urgency, int] = field(default_factory=dict)

    @property
    def used(self) -> int:
        """Recipients reached this month, as far as is known."""
        return (self.quota.used if self.quota else 0) + self.pushed

    @property
    def left(self) -> int | None:
        """Recipients that can still be reached; None: as many as one likes, or nobody knows."""
        if self.quota is None or self.quota.limit is None:
            return None
        return max(0, self.quota.limit - self.used)

    def reserve(self, urgency: Urgency) -> int:
        """What is kept back from a push of this urgency for the more urgent ones to come."""
        return sum(cost for other, cost in self.coming.items() if other > urgency)

    def allows(self, cost: int, urgency: Urgency) -> bool:
        """Tell whether so many recipients may be reached: LOW gives way first, then NORMAL; HIGH takes what is left."""
        return self.left is None or cost <= self.left - self.reserve(urgency)
