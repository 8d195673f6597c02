"""Read the override file of the working-day calendar: typhoon days and later revisions of the official calendar."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.config import ConfigError
from domain.calendar import WorkCalendar

WORDS = {"上班": True, "補班": True, "放假": False, "停班": False}


def load_calendar(path: str) -> WorkCalendar:
    """Build the calendar with the overrides of a file; an empty path means none. Raises ConfigError."""
    return WorkCalendar(_read(Path(path)) if path else None)


def _read(path: Path) -> dict[date, bool]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"無法讀取 [clock] calendar_overrides 指定的檔案 {path}。") from error
    entries = ((number, line.split("#")[0].split()) for number, line in enumerate(lines, 1))
    return dict(_entry(path, number, words) for number, words in entries if words)


def _entry(path: Path, number: int, words: list[str]) -> tuple[date, bool]:
    try:
        day, word = words
        return date.fromisoformat(day), WORDS[word]
    except (ValueError, KeyError) as error:
        raise ConfigError(f"{path} 第 {number} 行要寫成「日期 上班」或「日期 放假」，例：2026-07-10 放假。") from error
