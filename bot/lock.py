"""One server process for one SQLite file. The command line may write beside it; a second server may not."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout


class AlreadyRunning(Exception):
    """Another server holds the database; the text is one line for the person who started this one."""


def hold_lock(database: Path) -> FileLock:
    """Hold the lock file beside the database until the process ends. Raises AlreadyRunning."""
    lock = FileLock(f"{database}.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise AlreadyRunning(
            f"另一個列管小幫手正在使用 {database}，請先停止它；要同時執行多個，請改用 PostgreSQL。"
        ) from None
    return lock
