"""The vocabulary of lists, from headings.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from minutes.fold import fold_text
from minutes.lists.model import Field, Ground

_LONGEST_HEADING = 30
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_MARKS = re.compile(r"[\s:*。.]+")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("minutes.lists").joinpath("headings.toml").read_text("utf-8"))


@cache
def pattern(table: str, name: str) -> re.Pattern[str]:
    """A regular expression of the vocabulary."""
    return re.compile(_data()[table][name])


@cache
def words(table: str, name: str) -> frozenset[str]:
    """A list of words of the vocabulary, folded as cells are."""
    return frozenset(plain(word) for word in _data()[table][name])


def plain(text: str) -> str:
    """A heading or a short cell as it is compared: width folded, without blanks and closing marks."""
    return re.sub(r"\s+", "", fold_text(text)).strip(":*。")


@cache
def _names() -> Mapping[str, Field]:
    return {plain(name): Field(field) for field, names in _data()["names"].items() for name in names}


def field_of(heading: str) -> tuple[Field, Ground] | None:
    """What a heading says that its column holds, or None where it says nothing known."""
    if len(heading) > _LONGEST_HEADING:
        return None
    whole = plain(heading)
    bare = _MARKS.sub("", _BRACKETS.sub("", whole))
    for name in (whole, bare):
        if found := _names().get(name):
            return found, Ground.HEADING
    for field, expression in _data()["shapes"].items():
        if bare and re.search(expression, bare):
            return Field(field), Ground.SHAPE
    return None


def field_named(word: str) -> Field | None:
    """The field that a person means by a word: its name or any of its headings."""
    found = field_of(word)
    return found[0] if found else None


def name_of(field: Field) -> str:
    """What a field is called."""
    name = _data()["names"][field.value][0]
    assert isinstance(name, str)
    return name


@cache
def _empty() -> frozenset[str]:
    return frozenset(_data()["rows"]["empty"])


def is_empty(cell: str) -> bool:
    """Tell whether a cell says nothing: blank, or a dash and the like."""
    return not cell.strip() or cell.strip() in _empty()


@cache
def _ditto() -> frozenset[str]:
    return frozenset(_data()["rows"]["ditto"])


def is_ditto(cell: str) -> bool:
    """Tell whether a cell repeats the one above it."""
    return cell.strip() in _ditto()
