"""Notices in words: what each kind of notice says on the day on which it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from domain.notice import Notice, NoticeKind
from domain.ports import UnitOfWork
from handlers.reminding.chase_phrases import chases
from handlers.reminding.contract_phrases import contracts
from handlers.reminding.escalation_phrases import escalations, summaries
from handlers.reminding.milestone_phrases import milestones
from handlers.reminding.reminders import Entry, View, deadlines
from handlers.reminding.warnings import warnings
from handlers.stages.telling import sleepers, waits

Wording = Callable[[Sequence[Notice], UnitOfWork, View], Sequence[Entry]]
"""Puts notices of one kind into words. Those that hold no more (released, moved, answered) have no entry."""

WORDINGS: dict[NoticeKind, Wording] = {
    NoticeKind.DEADLINE: deadlines,
    NoticeKind.CONTRACT: contracts,
    NoticeKind.MILESTONE: milestones,
    NoticeKind.WAIT: waits,
    NoticeKind.SLEEPERS: sleepers,
    NoticeKind.CHASE: chases,
    NoticeKind.ESCALATION: escalations,
    NoticeKind.SUMMARY: summaries,
    NoticeKind.WARNING: warnings,
}


def in_words(notices: Sequence[Notice], uow: UnitOfWork, view: View) -> list[Entry]:
    """Put those notices into words that still hold, the most pressing first."""
    by_kind: dict[NoticeKind, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_kind[notice.kind].append(notice)
    entries = [entry for kind, some in by_kind.items() for entry in WORDINGS[kind](some, uow, view)]
    return sorted(entries, key=lambda entry: entry.order)
