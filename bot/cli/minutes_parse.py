"""`lieguan minutes parse`: what a file of minutes says, without touching the database."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from bot.cli.documents import read_minutes
from bot.cli.errors import in_one_line
from domain.calendar import WorkCalendar, roc
from minutes.model import Draft, Minutes
from minutes.parse import parse as parse_minutes
from minutes.parse import to_json


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="印出一個 JSON 物件")
@click.option("--held-on", type=click.DateTime(["%Y-%m-%d"]), help="開會日期（紀錄沒寫時使用）")
@in_one_line
def parse(file: Path, as_json: bool, held_on: datetime | None) -> None:
    """讀一份會議紀錄，列出待列管事項、前案決定與未讀懂的內容。"""
    text = read_minutes(file)
    read = parse_minutes(text, calendar=WorkCalendar(), held_on=held_on.date() if held_on else None)
    click.echo(json.dumps(to_json(read), ensure_ascii=False) if as_json else as_text(read))


def as_text(read: Minutes) -> str:
    """The reading as a list for people."""
    header = read.header
    day = roc(header.held_on) if header.held_on else "未載明"
    ordinal = f"第 {header.ordinal} 次" if header.ordinal else "次別未載明"
    lines = [f"{header.series or '會議名稱未載明'}（{ordinal}，{day}）"]
    lines += [f"待列管事項 {len(read.drafts)} 件" if read.drafts else "沒有找到要列管的結論。"]
    lines += [line for index, draft in enumerate(read.drafts, 1) for line in _draft_lines(index, draft)]
    lines += [f"前案決定 {len(read.decisions)} 筆"] if read.decisions else []
    for decision in read.decisions:
        unit = f"（{decision.unit}）" if decision.unit else ""
        lines.append(f"  {decision.number}{unit}　{'解除列管' if decision.decision == 'release' else '繼續列管'}")
    for declared in read.declared:
        if declared.count != declared.listed:
            lines.append(f"  第 {declared.line} 行：原文說 {declared.count} 案，列出 {declared.listed} 案，請核對。")
    lines += [f"未讀懂或不列管的內容 {len(read.unread)} 處"] if read.unread else []
    lines += [f"  第 {unread.line} 行：{unread.text}" for unread in read.unread]
    return "\n".join(lines)


def _draft_lines(index: int, draft: Draft) -> list[str]:
    due = draft.deadline.deadline if draft.deadline else None
    words = draft.deadline.text if draft.deadline else "、".join(reading.text for reading in draft.timing)
    place = f"{draft.section}，第 {draft.line} 行" if draft.section else f"第 {draft.line} 行"
    parts = [f"主辦：{'、'.join(draft.lead) or '未指明'}"]
    parts += [f"協辦：{'、'.join(draft.support)}"] if draft.support else []
    parts += [f"期限：{roc(due)}（{words}）"] if due else [f"期限：無{f'（{words}）' if words else ''}"]
    return [
        f"{index}. {draft.title}",
        f"   {'　'.join(parts)}",
        f"   原文（{place}）：{draft.text}",
    ]
