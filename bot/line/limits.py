"""LINE's limits on what the bot sends, and texts cut to them. Lengths are in UTF-16 units unless said."""

from __future__ import annotations

MAX_TEXT = 5_000  # "Text message", "Text message (v2)"
MAX_ALT = 1_500  # "Flex Message"
MAX_OBJECTS = 5  # per reply or push
MAX_CHOICES = 13  # "Quick reply"
MAX_LABEL = 20  # graphemes of a quick reply's label
MAX_BUTTON = 40  # graphemes of a label in a card
MAX_SAID = 300  # text of a message action, data and prefilled text of a postback
MAX_MENTIONS = 20  # in one text
EMPTY = "（無內容）"  # LINE refuses an empty text


def units(text: str) -> int:
    """Count UTF-16 units, as LINE's limits do."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> str:
    """Cut a text to a number of UTF-16 units without splitting a character."""
    raw = text.encode("utf-16-le", "surrogatepass")[: 2 * limit]
    return raw.decode("utf-16-le", "ignore")


def clip(text: str, limit: int) -> str:
    """Cut a text to a number of UTF-16 units, and show that it was cut."""
    return text if units(text) <= limit else cut(text, limit - 1) + "…"
