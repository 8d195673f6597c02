"""Wording of the warning that messages did not go out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from domain.notice import Notice
from domain.ports import UnitOfWork
from domain.undelivered import LISTED
from handlers.reminding.reminders import Entry, View


def warnings(notices: Sequence[Notice], uow: UnitOfWork, view: View) -> Sequence[Entry]:
    """How many messages nobody got; nothing once all were sent again or dropped."""
    since = datetime.combine(view.today, time(0), tzinfo=view.zone) - LISTED
    lost = uow.undelivered.count_lost(since) if notices else 0
    if not lost:
        return []
    return [
        Entry(
            notice=notice,
            title=f"有 {lost} 則通知沒有送出",
            due="請在主機執行 lieguan outbox 查看原因並重送",
            tally="推播狀況",
            hint="要看推播額度是否用完，請輸入：額度",
        )
        for notice in notices
    ]
