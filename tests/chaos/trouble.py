"""What LINE does to the bot in a chaos run."""

from __future__ import annotations

from bot.line.standin import Fault, Platform

SHARE = 0.3  # of the calls meet a fault
KINDS = (
    Fault("status", status=500),
    Fault("status", status=503, accepted=True),
    Fault("drop"),
    Fault("drop", accepted=True),
    Fault("hang", seconds=1.5),
    Fault("hang", seconds=1.5, accepted=True),
    Fault("malformed", accepted=True),
    Fault("rate_limit"),
)


def make_trouble(platform: Platform, seed: int) -> None:
    """Let three calls in ten fail, each way as often as the others; pushes meet a wrong monthly limit as well."""
    platform.faults.seed(seed)
    platform.webhooks.seed(seed)
    platform.settings.duplicate_probability = 0.15
    platform.settings.reorder_probability = 0.2
    chances = [(kind, "*") for kind in KINDS] + [(Fault("monthly_limit"), "push")]
    left = 1.0  # the first fault that fits strikes: the share of calls that reach the next one
    for fault, on in chances:
        each = SHARE / len(chances)
        platform.faults.add(Fault(**{**_fields(fault), "on": on, "times": None, "probability": each / left}))
        left -= each


def make_peace(platform: Platform) -> None:
    """From now on everything goes well."""
    platform.faults.clear()
    platform.settings.duplicate_probability = platform.settings.reorder_probability = 0.0


def _fields(fault: Fault) -> dict[str, object]:
    return {name: getattr(fault, name) for name in ("effect", "accepted", "status", "seconds")}
