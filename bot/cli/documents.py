"""Read a file that somebody names on the command line."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.errors import Refusal
from minutes.formats import Unreadable, advice, read_document, remark


def read_bytes(path: Path) -> bytes:
    """The content of a file, or a refusal in one line."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Refusal(f"找不到檔案「{path}」，請檢查路徑。") from None
    except IsADirectoryError:
        raise Refusal(f"「{path}」是資料夾，請指定一個檔案。") from None
    except OSError:
        raise Refusal(f"無法開啟「{path}」，請檢查讀取權限。") from None


def read_minutes(path: Path) -> str:
    """The text of a file of minutes, or a refusal in one line; what was left out is remarked on standard error."""
    try:
        document = read_document(read_bytes(path), path.name)
    except Unreadable as refusal:
        raise Refusal(f"「{path}」：{advice(refusal)}") from None
    for note in document.warnings:
        click.echo(remark(note), err=True)
    return document.text
