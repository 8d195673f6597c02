"""What LINE does to the bot in a chaos run."""

from __future__ import annotations

from dataclasses import replace

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
PUSH_KINDS = (*KINDS, Fault("monthly_limit"))  # a monthly limit that is none
OTHERS = ("reply", "quota", "consumption", "count")


def make_trouble(platform: Platform, seed: int) -> None:
    """Let three calls in ten fail, whatever is called, each way as often as the others."""
    platform.faults.seed(seed)
    platform.webhooks.seed(seed)
    platform.settings.duplicate_probability = 0.15
    platform.settings.reorder_probability = 0.2
    for endpoint, kinds in (("push", PUSH_KINDS), *((other, KINDS) for other in OTHERS)):
        each, left = SHARE / len(kinds), 1.0  # the first that fits strikes: the share of calls that reach the next one
        for kind in kinds:
            platform.faults.add(replace(kind, on=endpoint, times=None, probability=each / left))
            left -= each


def make_peace(platform: Platform) -> None:
    """From now on everything goes well."""
    platform.faults.clear()
    platform.settings.duplicate_probability = platform.settings.reorder_probability = 0.0
