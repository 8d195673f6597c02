"""Wording of 額度, and of the warnings that the month's pushes run out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.notice import Notice, Urgency
from domain.ports import UnitOfWork
from domain.quota import Budget
from handlers.messages import Message
from handlers.reminding.reminders import Entry, View

NAMES = {
    Urgency.HIGH: "當天到期、逾期與契約",
    Urgency.NORMAL: "一般提醒",
    Urgency.LOW: "低優先的提醒",
}
GIVES_WAY = "額度不足時先停低優先的提醒，再停一般提醒；當天到期、逾期與契約最後才停。"
STILL_TOLD = "沒推播的提醒不會遺失，下次有人在群組或私訊問我時一併顯示。"


def only_coordinators() -> Message:
    return Message(text="只有管考幕僚可以看推播額度。")


def budget(known: Budget, now: datetime) -> Message:
    """What is used, left and still to come this month."""
    if known.quota is None:
        return Message(text="還沒有向 LINE 查到推播額度，請幾分鐘後再輸入「額度」。")
    if known.left is None:
        return Message(text=f"【推播額度】{now.month} 月\n這個帳號的推播沒有上限，本月已用 {known.used} 則。")
    limit = known.quota.limit or 0
    text = [
        f"【推播額度】{now.month} 月",
        f"已用 {known.used}／{limit} 則（{percent(known.used, limit)}），剩 {known.left} 則",
        *_coming(known),
        GIVES_WAY,
        STILL_TOLD,
        "推播以收到的人數計：30 人的群組一則算 30 則；回覆不計。",
    ]
    return Message(text="\n".join(text))


def _coming(known: Budget) -> list[str]:
    total, left = sum(known.coming.values()), known.left or 0
    text = [f"到月底預估還要 {total} 則"]
    text += [f"　{NAMES[urgency]} {cost} 則" for urgency, cost in sorted(known.coming.items(), reverse=True) if cost]
    if not left:
        return [*text, "本月已用完，下月前不再推播。"]
    if total <= left:
        return [*text, "依目前進度夠用。"]
    short = [NAMES[urgency] for urgency in Urgency if not known.allows(known.coming.get(urgency, 0) or 1, urgency)]
    return [*text, f"預估不足 {total - left} 則，會先停：{'、'.join(short)}。"]


def percent(used: int, limit: int) -> str:
    """A share of the month's pushes; a plan of none is used up."""
    return f"{100 * used // limit}%" if limit else "100%"


def warnings(notices: Sequence[Notice], uow: UnitOfWork, view: View) -> Sequence[Entry]:
    """The warnings of this month."""
    known = uow.deliveries.budget()
    current = [notice for notice in notices if notice.for_on == view.today.replace(day=1)]
    if known.quota is None or known.left is None:
        return []
    return [
        Entry(
            notice=notice,
            title=f"本月推播已用 {notice.rung}",
            due=f"已用 {known.used}／{known.quota.limit} 則，剩 {known.left} 則",
            tally="推播額度",
            details=(GIVES_WAY, STILL_TOLD),
            hint="看明細請輸入：額度",
        )
        for notice in current
    ]
