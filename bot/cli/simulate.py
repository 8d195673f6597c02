"""`lieguan simulate`: what a year's reminders cost an office."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import structlog

from bot.cli.errors import in_one_line
from bot.simulation import Figures, Variant
from bot.simulation import simulate as run

START = datetime(2021, 1, 1, tzinfo=ZoneInfo("Asia/Taipei"))
WARNING = 30  # the level from which the log is kept: a year of sends would bury the figures


@click.command()
@click.option("--days", default=365, show_default=True, type=click.IntRange(1, 3650), help="模擬幾天。")
@click.option("--seed", default=1, show_default=True, help="亂數種子；相同的種子得到相同的結果。")
@click.option("--members", default=30, show_default=True, type=click.IntRange(2, 500), help="每個群組幾人。")
@click.option(
    "--groups", default=1, show_default=True, type=click.IntRange(1, 2), help="三個會議共用一個群組，或分兩個。"
)
@click.option("--storms", default=0, show_default=True, type=click.IntRange(0, 50), help="一年幾個颱風停班日。")
@in_one_line
def simulate(days: int, seed: int, members: int, groups: int, storms: int) -> None:
    """用假時鐘與本機的 LINE 替身，模擬一個機關一段時間的提醒，印出推播用量；不連 LINE，也不動您的資料。"""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(WARNING))
    with tempfile.TemporaryDirectory() as folder:
        variant = Variant(members=members, groups=groups, storms=storms)
        show(run(Path(folder), variant, start=START, days=days, seed=seed), variant)


def show(figures: Figures, variant: Variant) -> None:
    """Print the figures by month."""
    click.echo(f"{variant.members} 人的群組 {variant.groups} 個，每月推播（以收到的人數計）：")
    for month in sorted(figures.naive.keys() | figures.cost.keys()):
        kinds = "、".join(f"{kind} {n}" for (when, kind), n in sorted(figures.pushed.items()) if when == month)
        click.echo(f"{month}　用 {figures.cost[month]}　逐項推播要 {figures.naive[month]}　推播的提醒：{kinds or '無'}")
    click.echo(f"用得最多的月份 {max(figures.cost.values(), default=0)}，全部 {figures.cost.total()}。")
    click.echo(f"搭回覆便車的提醒 {figures.ridden} 項，最久等 {figures.longest_ride}。")
    click.echo(f"漏掉的期限與契約提醒：{figures.missed}")
    if variant.storms:
        click.echo(f"當天才宣布停班、併入下一次的提醒：{figures.swallowed}")
