"""Make any text fit for XML, a sheet's cell and a reader's eye."""

from __future__ import annotations

import re

_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_ALLOWED = "\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff"
_FORBIDDEN = re.compile(f"[^{_ALLOWED}]|[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean(text: str) -> str:
    """Drop what XML 1.0 forbids and what turns the direction of text; every kind of line break becomes a newline."""
    return _FORBIDDEN.sub("", _BREAKS.sub("\n", text.replace("\t", "　")))


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(line.strip() for line in clean(text).split("\n") if line.strip())


def one_line(text: str) -> str:
    return " ".join(paragraphs(text))
