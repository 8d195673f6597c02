"""How a running playground tells the command line where its stand-in for LINE is."""

from __future__ import annotations

from pathlib import Path

import msgspec

from bot.config import Line

FILE = Path("var/playground.json")


def tell(line: Line) -> None:
    """Write down the stand-in's address and token, readable by this user alone."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.touch(mode=0o600)
    FILE.write_bytes(msgspec.json.encode(line))


def forget() -> None:
    """The playground is over."""
    FILE.unlink(missing_ok=True)


def running_playground() -> Line | None:
    """The stand-in that a playground told of; None when none is running."""
    try:
        return msgspec.json.decode(FILE.read_bytes(), type=Line)
    except (OSError, msgspec.DecodeError):
        return None
