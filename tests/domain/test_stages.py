"""When a case counts as done for those that wait for it, and when it never will."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.case import Assignment, Case, Closing, Duty, State

OPEN, ASKED = (State.OPEN, None), (State.RELEASE_REQUESTED, None)
DONE, STOPPED = (State.RELEASED, Closing.DONE), (State.RELEASED, Closing.STOPPED)
LEAD, SUPPORT = Duty.LEAD, Duty.SUPPORT
AT = datetime(2021, 9, 23, tzinfo=UTC)


def case(*lines: tuple[Duty, tuple[State, Closing | None]]) -> Case:
    assignments = tuple(
        Assignment(id=n, case_id=1, unit_id=n, unit=f"單位{n}", duty=duty, state=state, closing=closing)
        for n, (duty, (state, closing)) in enumerate(lines, 1)
    )
    return Case(id=1, series_id=1, number="211-1", title="", sentence="", created_at=AT, assignments=assignments)


@pytest.mark.parametrize(
    ("lines", "is_done", "is_given_up"),
    [
        ([(LEAD, OPEN)], False, False),
        ([(LEAD, ASKED)], True, False),
        ([(LEAD, DONE)], True, False),
        ([(LEAD, ASKED), (LEAD, OPEN)], False, False),
        ([(LEAD, ASKED), (SUPPORT, OPEN)], True, False),  # whoever supports does not hold up
        ([(SUPPORT, OPEN)], False, False),  # nobody leads: all count
        ([(SUPPORT, ASKED)], True, False),
        ([(LEAD, DONE), (LEAD, STOPPED)], True, False),
        ([(LEAD, OPEN), (LEAD, STOPPED)], False, False),
        ([(LEAD, STOPPED)], False, True),
        ([(LEAD, STOPPED), (SUPPORT, DONE)], False, True),
    ],
)
def test_a_case_is_done_when_its_lead_lines_are(
    lines: list[tuple[Duty, tuple[State, Closing | None]]], is_done: bool, is_given_up: bool
) -> None:
    stage = case(*lines)

    assert (stage.is_reported_done, stage.is_given_up) == (is_done, is_given_up)
