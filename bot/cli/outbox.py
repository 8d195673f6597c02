"""`lieguan outbox`: what did not go out, and what to do about it. It never shows what a message says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import click

from bot.cli.errors import in_one_line
from bot.cli.house import house
from bot.health import OLD_OUTBOX_SECONDS
from domain.outbox import Delivery, Route
from domain.ports import UnitOfWork
from domain.undelivered import LISTED, Care, Undelivered

MOST = 200
HEADING = ("編號", "方式", "對象", "狀態", "多久", "試過", "原因")
ROUTES = {Route.REPLY: "回覆", Route.PUSH: "推播"}
CHATS = {"U": "一對一", "C": "群組", "R": "聊天室"}
REASONS = {
    "not_in_chat": "小幫手不在群組裡，或被對方封鎖",
    "invalid_reply_token": "回覆期限已過",
    "expired": "等太久，放棄",
    "too_late": "已過上班時間",
    "monthly_limit": "本月推播額度用完",
    "monthly_limit_unconfirmed": "LINE 說推播額度不足",
    "rate_limit": "LINE 說送得太快",
    "http_401": "LINE 不認得 channel access token",
    "http_403": "LINE 方案不允許",
}
CARES = {
    Care.UNKNOWN: "沒有這個編號",
    Care.SENT: "已經送出",
    Care.SENDING: "正在送，請稍後再看",
    Care.REPLY: "回覆不能重送（LINE 的回覆憑證只有一分鐘）；請對方再問一次",
    Care.TOLD_ANEW: "內容已排入之後的通知，重送會說兩次",
}


@click.group(invoke_without_command=True)
@click.pass_context
@in_one_line
def outbox(context: click.Context) -> None:
    """列出沒有送出的訊息；outbox retry 編號… 重送，outbox drop 編號… 不送了。"""
    if context.invoked_subcommand is None:
        with house() as opened:
            now = opened.clock()
            since, before = now - LISTED, now - timedelta(seconds=OLD_OUTBOX_SECONDS)
            rows = opened.store.read(
                lambda uow: uow.undelivered.all(failed_since=since, waiting_before=before, limit=MOST)
            )
        click.echo(_table(rows, now) if rows else f"最近 {LISTED.days} 天沒有送不出去的訊息。")


@outbox.command()
@click.argument("ids", nargs=-1, required=True, type=int)
@in_one_line
def retry(ids: tuple[int, ...]) -> None:
    """重送這些編號的訊息。LINE 可能已經收到的，用原來的重試鍵，不會送兩次。"""
    _care(ids, lambda row, now: lambda uow: uow.undelivered.retry(row, now), "已排入重送")


@outbox.command()
@click.argument("ids", nargs=-1, required=True, type=int)
@in_one_line
def drop(ids: tuple[int, ...]) -> None:
    """這些編號的訊息不送了，也不再列出。"""
    _care(ids, lambda row, now: lambda uow: uow.undelivered.drop(row, now), "不送了")


def _care(ids: Sequence[int], work: Callable[[int, datetime], Callable[[UnitOfWork], Care]], done: str) -> None:
    """Look after each row alone, and say what came of it; ends with 1 when something could not be done."""
    with house() as opened:
        found = [(row, opened.store.write(work(row, opened.clock()))) for row in dict.fromkeys(ids)]
    for row, care in found:
        click.echo(f"{row}　{CARES.get(care, done)}。", err=care is not Care.DONE)
    if any(care is not Care.DONE for _, care in found):
        raise SystemExit(1)


def _table(rows: Sequence[Undelivered], now: datetime) -> str:
    lines = ["　".join(HEADING), *("　".join(_cells(row, now)) for row in rows)]
    hint = "重送：lieguan outbox retry 編號　不送了：lieguan outbox drop 編號"
    return "\n".join([*lines, hint])


def _cells(row: Undelivered, now: datetime) -> tuple[str, ...]:
    return (
        str(row.id),
        ROUTES[row.route],
        CHATS.get(row.to[:1], "其他"),
        "失敗" if row.state is Delivery.FAILED else "等待中",
        _age(now - row.due_at),
        f"{row.attempts} 次",
        _reason(row),
    )


def _reason(row: Undelivered) -> str:
    said = REASONS.get(row.reason or "", row.reason or "還沒送出")
    if row.is_told_anew:
        return f"{said}（已排入之後的通知）"
    return f"{said}（對方可能已收到）" if row.doubtful else said


def _age(age: timedelta) -> str:
    if age < timedelta(hours=1):
        return f"{int(age.total_seconds()) // 60} 分鐘"
    return f"{int(age.total_seconds()) // 3600} 小時" if age < timedelta(days=2) else f"{age.days} 天"
