"""What did happen: the rows, read by plain SQL, and what the stand-in for LINE says that it accepted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.line.standin import Platform
from storage.engine import parse_url
from tests.chaos.model import Reports

EVENTS = "SELECT event_id FROM inbox WHERE failure IS NULL"
FAILURES = "SELECT count(*) FROM inbox WHERE failure IS NOT NULL"
OUTBOX = 'SELECT id, route, "to", retry_key, reply_token, unique_key, state, doubtful, reason, ready_at FROM outbox'
REPORTS = """SELECT c.number, r.text, r.withdrawn_at IS NOT NULL FROM reports r
    JOIN assignments a ON a.id = r.assignment_id JOIN cases c ON c.id = a.case_id"""
STATES = "SELECT c.number, a.state FROM assignments a JOIN cases c ON c.id = a.case_id"
CHANGES = "SELECT action FROM audit"
UNTOLD = """SELECT c.number, n.state FROM notices n
    JOIN assignments a ON a.id = n.assignment_id JOIN cases c ON c.id = a.case_id
    WHERE n.state IN ('waiting', 'carried', 'missed')"""
MONTHLY_LIMIT, LIMITS = "fault: monthly_limit", ("fault: monthly_limit", "fault: rate_limit")
JUST_THEN = timedelta(seconds=10)
FOR_THE_MONTH = ("monthly_limit", "monthly_limit_unconfirmed")  # why a row says that no push is left for it


@dataclass(frozen=True, slots=True)
class Rows:
    """The database at the end."""

    events: Counter[str]
    failures: int
    outbox: Sequence[sa.Row[Any]]
    reports: Reports
    states: dict[str, str]
    changes: Counter[str]
    untold: dict[str, str]  # cases of which a reminder waits, is carried, or was given up: nobody knows if it was told


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that LINE took."""

    route: str
    key: str  # the retry key of a push, the token of a reply
    to: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """LINE's side. `spent` has (allowed, used) of each month; `too_dear` are the keys it refused for the month."""

    took: Sequence[Accepted]
    too_dear: frozenset[str]
    prices: Mapping[str, int]  # of a push to a chat
    spent: Sequence[tuple[int, int]]


def read_rows(database_url: str) -> Rows:
    """Read the database with an engine of our own."""
    engine = sa.create_engine(parse_url(database_url))
    with engine.connect() as connection:

        def rows(statement: str) -> Sequence[sa.Row[Any]]:
            return connection.execute(sa.text(statement)).all()

        found = Rows(
            events=Counter(str(row[0]) for row in rows(EVENTS)),
            failures=int(rows(FAILURES)[0][0]),
            outbox=rows(OUTBOX),
            reports=Counter((str(number), str(text), bool(back)) for number, text, back in rows(REPORTS)),
            states={str(number): str(state) for number, state in rows(STATES)},
            changes=Counter(str(row[0]) for row in rows(CHANGES)),
            untold={str(number): str(state) for number, state in rows(UNTOLD)},
        )
    engine.dispose()
    return found


def refused_for_the_month(platform: Platform) -> frozenset[str]:
    """The retry keys of pushes that LINE refused for the month: for real, or while it refused others for real."""
    said = [one for one in platform.ledger.since() if one.endpoint == "push" and one.status == 429]
    real = [one for one in said if not any(note in one.notes for note in LIMITS)]
    wrong = [one for one in said if MONTHLY_LIMIT in one.notes]
    wrong = [one for one in wrong if any(abs(one.at - other.at) < JUST_THEN for other in real)]
    return frozenset(one.call.headers["x-line-retry-key"] for one in (*real, *wrong))


def accepted(platform: Platform) -> Iterator[Accepted]:
    """Everything that the stand-in accepted, in order."""
    for exchange in platform.ledger.since():
        if exchange.accepted and exchange.endpoint in ("push", "reply"):
            body = json.loads(exchange.call.body)
            key = exchange.call.headers.get("x-line-retry-key") or body["replyToken"]
            text = "\n".join(str(message.get("text", message.get("altText", ""))) for message in body["messages"])
            yield Accepted(exchange.endpoint, key, body.get("to"), text)
