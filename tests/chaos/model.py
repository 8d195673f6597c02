"""What must have happened, worked out from what was said alone: knows neither our handlers nor our storage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.chaos.crowd import Said
from tests.chaos.office import CAREFUL, ROOMS

REPORTS = ("report", "undone", "unsent")
ANSWERED = frozenset({*REPORTS, "question", "stranger", "finish", "release", "help", "undo"})
STATES = {"finish": "release_requested", "release": "released"}
TAKEN_BACK_BY = {"undone": "undo", "unsent": "unsend"}

Reports = Counter[tuple[str, str, bool]]
"""How often a case has a report: its number, the text kept, and whether it was withdrawn."""


@dataclass(frozen=True, slots=True)
class Push:
    """A push that the run itself queued. LINE charges `price`; 0: it refuses it for good."""

    key: str
    to: str
    text: str
    price: int


@dataclass(frozen=True, slots=True)
class Expected:
    """The rows that must be there, everything that was said having been heard."""

    events: Counter[str]
    replies: Counter[str]  # by reply token
    reports: Reports
    states: dict[str, str]  # of the line of each case
    changes: Counter[str]  # audit entries by what they say was done
    due: tuple[str, ...]  # cases that somebody must be reminded of once


def expected(said: Sequence[Said]) -> Expected:
    """Work out the rows."""
    kinds = Counter(one.kind for one in said)
    numbers = [room.number(n) for room in ROOMS for n in range(1, CAREFUL + 1)]
    moved = {one.number: STATES[one.kind] for one in said if one.kind in STATES}
    return Expected(
        events=Counter(one.event_id for one in said if one.kind != "talk"),
        replies=Counter(one.reply_token for one in said if one.kind in ANSWERED and one.reply_token),
        reports=Counter(_reports(said)),
        states={number: moved.get(number, "open") for number in numbers},
        changes=Counter(
            report=sum(kinds[kind] for kind in REPORTS),
            request_release=kinds["finish"],
            decide_release=kinds["release"],
            undo_report=kinds["undo"],
            purge=kinds["unsend"],
        ),
        due=tuple(number for room in ROOMS for number in room.numbers("due")),
    )


def _reports(said: Sequence[Said]) -> Iterable[tuple[str, str, bool]]:
    """A careful contact's report is taken back by the next thing that they say."""
    last = {(one.kind, one.number): place for place, one in enumerate(said)}
    for place, one in enumerate(said):
        if one.kind in REPORTS:
            back = last.get((TAKEN_BACK_BY.get(one.kind, ""), one.number), -1) > place
            yield one.number, "" if back and one.kind == "unsent" else one.words, back and one.kind == "undone"
