"""The placeholder syntax of textV2: `{key}` is substituted, `{{` and `}}` are literal braces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.line.standin.model import Json

KEYS_MOST = 100
MENTIONS_MOST = 20
KEY = re.compile(r"[0-9a-zA-Z_]{1,20}")
TOKEN = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def problems(message: Json, place: str) -> Iterator[tuple[str, str]]:
    """Check that every brace is a placeholder with a substitution, or escaped."""
    substitution = message.get("substitution") or {}
    if not isinstance(substitution, dict) or not isinstance(message.get("text"), str):
        return
    yield from _keys(substitution, f"{place}.substitution")
    used = []
    for token in TOKEN.finditer(message["text"]):
        if token[0] in ("{{", "}}"):
            continue
        if token[1] not in substitution:
            yield f"No substitution for '{token[0]}'; a literal brace is written twice", f"{place}.text"
        used.append(token[1])
    mentions = [key for key in used if key in substitution and _is_mention(substitution[key])]
    if len(mentions) > MENTIONS_MOST:
        yield f"The number of mentions must be between 0 and {MENTIONS_MOST}", f"{place}.text"


def _keys(substitution: Json, place: str) -> Iterator[tuple[str, str]]:
    if len(substitution) > KEYS_MOST:
        yield f"Size must be between 0 and {KEYS_MOST}", place
    for key, value in substitution.items():
        if not KEY.fullmatch(key):
            yield "A key consists of 1 to 20 characters of 0-9, a-z, A-Z and _", f"{place}.{key}"
        if not isinstance(value, dict) or value.get("type") not in ("mention", "emoji"):
            yield "Must be one of the following values: [mention, emoji]", f"{place}.{key}.type"


def _is_mention(value: object) -> bool:
    return isinstance(value, dict) and value.get("type") == "mention"
