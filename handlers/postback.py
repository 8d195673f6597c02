"""Commands ↔ the data of a button: `1 ask_case {"refs":[["211-2",[]]]}`.

Anyone can forge or press a button, now or in a year: the data names a command and carries no authority. What cannot be
read is no command.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec

from domain.calendar import roc
from handlers.change_commands import AskExtension
from handlers.commands import NAMES, Command

VERSION = "1"
MAX_DATA = 300  # LINE's limit on postback data, in UTF-16 units
_NAME_OF = {command: name for name, command in NAMES.items()}


def encode(command: Command) -> str:
    """Write a command as button data. Raises ValueError if it does not fit into a button."""
    data = f"{VERSION} {_NAME_OF[type(command)]} {msgspec.json.encode(command).decode()}"
    if len(data.encode("utf-16-le")) > 2 * MAX_DATA:
        raise ValueError("too long for a button")
    return data


def decode(data: str) -> Command | None:
    """Read button data; None if it is forged, of another version, or damaged."""
    version, _, rest = data.partition(" ")
    name, _, fields = rest.partition(" ")
    if version != VERSION or name not in NAMES or len(data) > MAX_DATA:
        return None
    try:
        return msgspec.json.decode(fields.encode("utf-8", "replace"), type=NAMES[name])
    except (msgspec.DecodeError, RecursionError):
        return None


def with_picked(command: Command, day: date) -> Command:
    """The command with the day that was picked; one that takes none is left as it is."""
    return replace(command, to=roc(day)) if isinstance(command, AskExtension) else command
