"""What the bot warns its coordinators of about itself: pushes run out, messages did not go out."""

from __future__ import annotations

from collections.abc import Sequence

from domain.notice import Notice
from domain.ports import UnitOfWork
from domain.undelivered import OUTBOX
from handlers.reminding import outbox_phrases, quota_phrases
from handlers.reminding.reminders import Entry, View


def warnings(notices: Sequence[Notice], uow: UnitOfWork, view: View) -> Sequence[Entry]:
    """The warnings that still hold."""
    lost = [notice for notice in notices if notice.subject.startswith(f"{OUTBOX}:")]
    quota = [notice for notice in notices if notice not in lost]
    return [*quota_phrases.warnings(quota, uow, view), *outbox_phrases.warnings(lost, uow, view)]
