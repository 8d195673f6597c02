"""What somebody pastes in several messages, kept by message, so that one which is taken back can go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec


@dataclass(frozen=True, slots=True)
class Piece:
    message_id: str  # LINE's; empty where no message brought it
    text: str


def encode(pieces: Sequence[Piece]) -> str:
    """Write pieces as JSON."""
    return msgspec.json.encode(pieces).decode()


def decode(data: str) -> list[Piece]:
    """Read the pieces that `encode` wrote; none of an empty text."""
    return msgspec.json.decode(data, type=list[Piece]) if data else []


def text_of(pieces: Sequence[Piece]) -> str:
    """The pieces as one text."""
    return "\n".join(piece.text for piece in pieces).lstrip("\n")
