"""Minutes → JSON: the form that `lieguan minutes parse --json` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from domain.dates import Reading
from minutes.model import Decision, Draft, Minutes


def to_json(minutes: Minutes) -> dict[str, Any]:
    """The whole reading as plain JSON values; days as YYYY-MM-DD."""
    header = minutes.header
    return {
        "meeting": {**asdict(header), "held_on": header.held_on.isoformat() if header.held_on else None},
        "number_scheme": minutes.number_scheme,
        "decisions": [_decision(decision) for decision in minutes.decisions],
        "declared": [asdict(declared) for declared in minutes.declared],
        "items": [_item(draft) for draft in minutes.drafts],
        "unread": [asdict(unread) for unread in minutes.unread],
        "furniture": list(minutes.furniture),
        "units": list(minutes.units),
        "parents": [asdict(parent) for parent in minutes.parents],
        "next_meeting_on": minutes.next_meeting_on.isoformat() if minutes.next_meeting_on else None,
        "has_conclusions": minutes.has_conclusions,
        "is_empty": minutes.is_empty,
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {**asdict(decision), "doubts": list(decision.doubts)}


def _item(draft: Draft) -> dict[str, Any]:
    reading = draft.deadline
    return {
        "section": draft.section,
        "line": draft.line,
        "title": draft.title,
        "text": draft.text,
        "lead": list(draft.lead),
        "support": list(draft.support),
        "consulted": list(draft.consulted),
        "supervised": list(draft.supervised),
        "tracker": list(draft.tracker),
        "deadline": reading.deadline.isoformat() if reading and reading.deadline else None,
        "deadline_text": _words(draft),
        "deadline_rule": reading.rule if reading else None,
        "last_working_day": reading.last_working_day.isoformat() if reading and reading.last_working_day else None,
        "recurrence": draft.recurrence,
        "timing": [_timing(other) for other in draft.timing],
        "targets": list(draft.targets),
        "mark": draft.mark,
        "doubts": list(draft.doubts),
        "case_number": draft.case_number,
    }


def _words(draft: Draft) -> str | None:
    """The words of the deadline, or the vague ones in its place."""
    readings = [draft.deadline] if draft.deadline else list(draft.timing)
    return readings[0].text if readings else None


def _timing(reading: Reading) -> dict[str, Any]:
    return {
        "kind": reading.kind.value,
        "text": reading.text,
        "rule": reading.rule,
        "event": reading.event,
        "recurrence": reading.recurrence,
    }
