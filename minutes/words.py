"""The vocabulary of minutes, from words.toml; all Chinese that the reader knows is there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _vocabulary() -> dict[str, Any]:
    return tomllib.loads(files("minutes").joinpath("words.toml").read_text("utf-8"))


def words(table: str, name: str) -> tuple[str, ...]:
    """A list of words, longest first, so that the first match in an alternation is the longest."""
    return tuple(sorted(_vocabulary()[table][name], key=len, reverse=True))


def text(table: str, name: str) -> str:
    value = _vocabulary()[table][name]
    assert isinstance(value, str)
    return value


def any_of(*lists: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first."""
    every = {word for each in lists for word in each}
    return "(?:" + "|".join(re.escape(word) for word in sorted(every, key=len, reverse=True)) + ")"
