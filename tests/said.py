"""What the bot said, in words: the text of a message object as accepted by LINE."""

from __future__ import annotations

from typing import Any


def words_of(message: dict[str, Any]) -> str:
    """The text of a text message, or what a card says where it is not drawn."""
    return str(message["altText"] if message["type"] == "flex" else message["text"])
