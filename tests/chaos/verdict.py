"""The model beside the evidence: every difference is a fault of the bot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.chaos.evidence import Accepted, Rows
from tests.chaos.model import Expected, Push

SHOWN = 5  # examples of each kind of difference
REMINDERS = ("管提醒", "帶提醒")  # 【列管提醒】 and 【順帶提醒】, with which such messages begin


def differences(
    want: Expected, pushes: Sequence[Push], rows: Rows, took: Sequence[Accepted], prices: Mapping[str, int], used: int
) -> list[str]:
    """Everything that is not as it must be, in words; `used` is what LINE says was charged."""
    return [
        *_compared("event", want.events, rows.events),
        *_compared("report", want.reports, rows.reports),
        *_compared("state", _counted(want.states), _counted(rows.states)),
        *_compared("change", want.changes, Counter({kind: rows.changes[kind] for kind in want.changes})),
        *([f"{rows.failures} events failed"] if rows.failures else []),
        *_replies(want, rows, took),
        *_pushes(pushes, rows, took),
        *_reminders(want, rows, took),
        *_charged(prices, took, used),
    ]


def _compared(what: str, want: Counter[Any], found: Counter[Any]) -> Iterator[str]:
    yield from _listed(f"{what} lost", (want - found).items())
    yield from _listed(f"{what} too much", (found - want).items())


def _listed(what: str, found: Iterable[Any]) -> Iterator[str]:
    every = list(found)
    if every:
        yield f"{what}: {len(every)}, such as {every[:SHOWN]}"


def _counted(states: Mapping[str, str]) -> Counter[tuple[str, str]]:
    return Counter(states.items())


def _replies(want: Expected, rows: Rows, took: Sequence[Accepted]) -> Iterator[str]:
    """Each event that is answered has one row; none was said twice, and what was said has a row that says so."""
    found = Counter(row.reply_token for row in rows.outbox if row.route == "reply")
    yield from _compared("row of a reply", want.replies, found)
    said = Counter(one.key for one in took if one.route == "reply")
    yield from _listed("reply said twice", [item for item in said.items() if item[1] > 1])
    states = {row.reply_token: row.state for row in rows.outbox if row.route == "reply"}
    yield from _listed("reply said without a row", [token for token in said if states.get(token) != "sent"])
    yield from _listed("reply still waits", [row.id for row in rows.outbox if row.route == "reply" and row.ready_at])


def _pushes(pushes: Sequence[Push], rows: Rows, took: Sequence[Accepted]) -> Iterator[str]:
    """Each push was accepted once, under the key of its row; what LINE refuses was given up."""
    kept = [row for row in rows.outbox if row.route == "push"]
    yield from _compared(
        "row of a push",
        Counter(push.key for push in pushes),
        Counter(row.unique_key for row in kept if str(row.unique_key).startswith("chaos:")),
    )
    said = Counter((one.to, one.text) for one in took if one.route == "push")
    wanted = Counter((push.to, push.text) for push in pushes if push.price)
    yield from _listed("push lost", (wanted - said).items())
    yield from _listed("push said twice", [item for item in said.items() if item[1] > 1])
    keys = Counter(one.key for one in took if one.route == "push")
    yield from _compared("push by its row", Counter(row.retry_key for row in kept if row.state == "sent"), keys)
    refused = {push.key for push in pushes if not push.price}
    yield from _listed(
        "push given up", [row.reason for row in kept if row.state == "failed" and row.unique_key not in refused]
    )


def _reminders(want: Expected, rows: Rows, took: Sequence[Accepted]) -> Iterator[str]:
    """Each case that was due was spoken of once, in a push or behind an answer, or still waits to be."""
    told = [message for one in took for message in one.text.split("【") if message[1:4] in REMINDERS]
    for number in want.due:
        times = sum(f"{number} " in message for message in told)
        if times != (number not in rows.untold):
            yield f"reminder of {number} left {times} times{', and still waits' * (number in rows.untold)}"


def _charged(prices: Mapping[str, int], took: Sequence[Accepted], used: int) -> Iterator[str]:
    spent = sum(prices.get(one.to or "", 1) for one in took if one.route == "push")
    if spent != used:
        yield f"LINE charged {used} for pushes that cost {spent}"
