"""Sentence templates → regular expressions.

In a template `[…]` is optional, `(a|b)` a choice, `{name}` a slot, `<name>` a rule (a template of its own), a space
any space or none. Each template also tells with which characters it can begin, so that most messages are never matched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

DIGIT = "0"  # stands for every digit among the first characters
ANY = "*"  # the template may begin with anything


class TemplateError(ValueError):
    """A template is malformed."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What a slot matches, and with which characters that can begin."""

    pattern: str
    firsts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A compiled part of a template. `firsts` are its first characters; `empty` tells whether it can match nothing."""

    pattern: str
    firsts: frozenset[str] = frozenset()
    empty: bool = True

    def __add__(self, other: Piece) -> Piece:
        firsts = self.firsts | other.firsts if self.empty else self.firsts
        return Piece(self.pattern + other.pattern, firsts, self.empty and other.empty)

    def __or__(self, other: Piece) -> Piece:
        return Piece(f"{self.pattern}|{other.pattern}", self.firsts | other.firsts, self.empty or other.empty)


class TemplateCompiler:
    """Compiles templates against one set of slots and rules."""

    def __init__(self, slots: Mapping[str, Slot], rules: Mapping[str, str]) -> None:
        self._slots = slots
        self._rules = rules

    def compile(self, template: str) -> Piece:
        """Compile one template. Raises TemplateError."""
        piece, rest = self._choice(template)
        if rest:
            raise TemplateError(f"unbalanced {rest[0]!r} in {template!r}")
        return piece

    def _choice(self, text: str) -> tuple[Piece, str]:
        piece, text = self._sequence(text)
        while text.startswith("|"):
            other, text = self._sequence(text[1:])
            piece |= other
        return piece, text

    def _sequence(self, text: str) -> tuple[Piece, str]:
        piece = Piece("")
        while text and text[0] not in "|)]":
            part, text = self._part(text)
            piece += part
        return piece, text

    def _part(self, text: str) -> tuple[Piece, str]:
        head = text[0]
        if head in "([":
            return self._group(text, head)
        if head in "{<":
            return self._named(text, head)
        if head == " ":
            return Piece(r"\s*+"), text[1:]  # possessive: several in a row stay linear on a text of blanks
        return Piece(re.escape(head), frozenset({head}), empty=False), text[1:]

    def _group(self, text: str, head: str) -> tuple[Piece, str]:
        inner, rest = self._choice(text[1:])
        closing = ")" if head == "(" else "]"
        if not rest.startswith(closing):
            raise TemplateError(f"{head!r} is not closed in {text!r}")
        optional = head == "["
        return Piece(f"(?:{inner.pattern})" + "?" * optional, inner.firsts, inner.empty or optional), rest[1:]

    def _named(self, text: str, head: str) -> tuple[Piece, str]:
        name, closed, rest = text[1:].partition("}" if head == "{" else ">")
        if not closed or name not in (self._slots if head == "{" else self._rules):
            raise TemplateError(f"unknown name {name!r} in {text!r}")
        if head == "<":
            rule = self.compile(self._rules[name])
            return Piece(f"(?:{rule.pattern})", rule.firsts, rule.empty), rest
        slot = self._slots[name]
        return Piece(f"(?P<{name}>{slot.pattern})", slot.firsts, empty=False), rest
