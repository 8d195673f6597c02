"""Slow work that a chat asks for, as rows: written in the transaction of its cause, done afterwards, each once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class JobKind(StrEnum):
    """What is to be done."""

    READ_FILE = "read_file"  # fetch a file from the messenger and read it


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"  # a worker holds it until its claim runs out
    DONE = "done"
    FAILED = "failed"  # given up, with the reason


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """A file that somebody sent in a 1:1 chat; its content is still with the messenger."""

    kind: JobKind
    message_id: str
    name: str  # of the file
    size: int  # bytes, as the messenger says
    chat_id: str
    user_id: str
    reply_token: str | None
    asked_at: datetime  # the messenger's instant of the event, from which the reply token ages
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(NewJob):
    """A claimed job. `attempts` counts this one: a later claim has a higher count, which ends the earlier one."""

    id: int
    attempts: int
