"""Calling people by name: LINE's "Text message (v2)". In groups only, and only members of the group.

LINE refuses the whole request if one of those called has left. So each such text carries its plain twin under `NAMED`,
which never leaves the house: the client sends it where LINE refused the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.line.limits import EMPTY, MAX_MENTIONS, MAX_TEXT, clip, units
from handlers.messages import Mention

Json = dict[str, Any]
NAMED = "named"
ESCAPES = str.maketrans({"{": "{{", "}": "}}"})


def call(pieces: Sequence[str | Mention]) -> Json:
    """Write a line that calls people; whom LINE cannot call, by id or by number, is named."""
    named = clip("".join(_name(piece) for piece in pieces).strip(), MAX_TEXT) or EMPTY
    words: list[str] = []
    called: Json = {}
    for piece in pieces:
        if isinstance(piece, Mention) and piece.user_id is not None and len(called) < MAX_MENTIONS:
            key = f"p{len(called)}"
            called[key] = {"type": "mention", "mentionee": {"type": "user", "userId": piece.user_id}}
            words.append(f"{{{key}}}")
        else:
            words.append(_name(piece).translate(ESCAPES))
    text = "".join(words)
    if not called or units(text) > MAX_TEXT:
        return {"type": "text", "text": named}
    return {"type": "textV2", "text": text, "substitution": called, NAMED: named}


def calling(messages: Iterable[Json]) -> list[Json]:
    """The messages as LINE takes them."""
    return [{key: value for key, value in one.items() if key != NAMED} if NAMED in one else one for one in messages]


def naming(messages: Iterable[Json]) -> list[Json]:
    """The messages with names in place of mentions."""
    return [_plain(one) if NAMED in one else one for one in messages]


def calls_anybody(messages: Iterable[Json]) -> bool:
    """Tell whether somebody is mentioned."""
    return any(NAMED in one for one in messages)


def _plain(message: Json) -> Json:
    kept = {key: value for key, value in message.items() if key not in (NAMED, "substitution")}
    return kept | {"type": "text", "text": message[NAMED]}


def _name(piece: str | Mention) -> str:
    return f"@{piece.name}" if isinstance(piece, Mention) else piece
