"""The model beside the evidence: every difference is a fault of the bot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.chaos.evidence import FOR_THE_MONTH, Accepted, Line, Rows
from tests.chaos.model import Expected, Push

SHOWN = 5  # examples of each kind of difference
REMINDERS = ("管提醒", "帶提醒")  # 【列管提醒】 and 【順帶提醒】, with which such messages begin


def differences(want: Expected, pushes: Sequence[Push], rows: Rows, line: Line) -> list[str]:
    """Everything that is not as it must be, in words."""
    return [
        *_compared("event", want.events, rows.events),
        *_compared("report", want.reports, rows.reports),
        *_compared("state", _counted(want.states), _counted(rows.states)),
        *_compared("change", want.changes, Counter({kind: rows.changes[kind] for kind in want.changes})),
        *([f"{rows.failures} events failed"] if rows.failures else []),
        *_replies(want, rows, line.took),
        *_pushes(pushes, rows, line),
        *_reminders(want, rows, line.took),
        *_charged(line),
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
    """Each event that is answered has one row; none was said twice, and what was said has a row that says so.

    A reply whose token died while nobody could say whether LINE has it is the one that may have been said or not.
    """
    found = Counter(row.reply_token for row in rows.outbox if row.route == "reply")
    yield from _compared("row of a reply", want.replies, found)
    said = Counter(one.key for one in took if one.route == "reply")
    yield from _listed("reply said twice", [item for item in said.items() if item[1] > 1])
    sayable = {row.reply_token for row in rows.outbox if row.state == "sent" or row.doubtful}
    yield from _listed("reply said without a row", [token for token in said if token not in sayable])
    yield from _listed("reply still waits", [row.id for row in rows.outbox if row.route == "reply" and row.ready_at])


def _pushes(pushes: Sequence[Push], rows: Rows, line: Line) -> Iterator[str]:
    """Each push was accepted once, under the key of its row; what LINE refuses was given up.

    What the month had no room for was given up, and LINE never accepted it.
    """
    kept = [row for row in rows.outbox if row.route == "push"]
    yield from _compared(
        "row of a push",
        Counter(push.key for push in pushes),
        Counter(row.unique_key for row in kept if str(row.unique_key).startswith("chaos:")),
    )
    yield from _listed("push still waits", [row.id for row in kept if row.ready_at])
    dry = [row for row in kept if row.state == "failed" and row.reason in FOR_THE_MONTH]
    yield from _listed("push held back though LINE had room", {row.retry_key for row in dry} - line.too_dear)
    refused = {push.key for push in pushes if not push.price} | {row.unique_key for row in dry}
    said = Counter((one.to, one.text) for one in line.took if one.route == "push")
    wanted = Counter((push.to, push.text) for push in pushes if push.key not in refused)
    yield from _listed("push lost", (wanted - said).items())
    yield from _listed("push said twice", [item for item in said.items() if item[1] > 1])
    keys = Counter(one.key for one in line.took if one.route == "push")
    yield from _compared("push by its row", Counter(row.retry_key for row in kept if row.state == "sent"), keys)
    yield from _listed(
        "push given up", [row.reason for row in kept if row.state == "failed" and row.unique_key not in refused]
    )


def _reminders(want: Expected, rows: Rows, took: Sequence[Accepted]) -> Iterator[str]:
    """Each case that was due was spoken of once, in a push or behind an answer, however few pushes there were.

    What was given up in doubt was spoken of once or never, as its row says.
    """
    told = [message for one in took for message in one.text.split("【") if message[1:4] in REMINDERS]
    for number in want.due:
        times, state = sum(f"{number} " in message for message in told), rows.untold.get(number)
        if times != 1 if state is None else times > 1 or state != "missed":
            yield f"reminder of {number} left {times} times; it is {state or 'told'}"


def _charged(line: Line) -> Iterator[str]:
    """LINE was asked for what was accepted, and for no more than it allows."""
    cost = sum(line.prices.get(one.to or "", 1) for one in line.took if one.route == "push")
    charged = sum(used for _, used in line.spent)
    if charged != cost:
        yield f"LINE charged {charged} for pushes that cost {cost}"
    yield from _listed("month exceeded", [month for month in line.spent if month[1] > month[0]])
