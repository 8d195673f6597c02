"""How people say the commands: the sentences of sentences.toml, compiled to regular expressions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from handlers.language.templates import ANY, Slot, TemplateCompiler

_EMOJI = "\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d"
_TAIL = rf"(?:[\s。.!~,;]*+(?:謝謝您?|感謝您?|感恩|麻煩您?了))?[\s。.!~,;{_EMOJI}]*+"
_ASK_TAIL = rf"(?:[\s。.!~,;?]*+(?:謝謝您?|感謝|麻煩了|呢|呀|啊|嗎))?[\s。.!~,;?{_EMOJI}]*"
FREE_TEXT = ("{text}", "{remark}", "{statement}", "{result}", "{reason}", "{order}")


class Address(IntEnum):
    """How far a text is meant for the bot."""

    NONE = 0  # said in the group, to nobody in particular
    SOFT = 1  # the prefix runs into the sentence (列管211-2): silence if it fits nothing
    DIRECT = 2  # mention, prefix, quote of the bot, or 1:1: always answered


@dataclass(frozen=True)
class Sentence:
    """One way to say a command. Compiled at its first use: compiling all of them would delay the start."""

    pattern: str
    command: str
    set: Mapping[str, Any]
    level: Address  # the least address at which it counts
    is_usage: bool
    takes_text: bool  # holds free text, so it may be long

    @cached_property
    def matches(self) -> Callable[[str], re.Match[str] | None]:
        """Match a whole folded text."""
        return re.compile(self.pattern).fullmatch


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """All sentences, by the character with which a text begins."""

    by_first: Mapping[str, tuple[Sentence, ...]]
    anywhere: tuple[Sentence, ...]  # begin with a unit's name or free text
    quoted: tuple[Sentence, ...]
    hints: tuple[tuple[str, str], ...]
    courtesies: frozenset[str]
    acknowledgements: frozenset[str]  # courtesies that also tell that a reminder was seen
    unfinished: re.Pattern[str]
    unit_endings: frozenset[str]


@cache
def phrasebook() -> Phrasebook:
    """Compile sentences.toml, once."""
    return _compile(tomllib.loads(files("handlers").joinpath("sentences.toml").read_text("utf-8")))


def _compile(data: Mapping[str, Any]) -> Phrasebook:
    slots = {name: Slot(slot["pattern"], frozenset(slot["firsts"])) for name, slot in data["slots"].items()}
    compiler = TemplateCompiler(slots, data["rules"])
    by_first: dict[str, list[Sentence]] = {}
    anywhere: list[Sentence] = []
    for intent, kind, template in _templates(list(_each(data["intent"]))):
        firsts, sentence = _sentence(compiler, template, intent, kind)
        if ANY in firsts:
            anywhere.append(sentence)
        for first in firsts - {ANY}:
            by_first.setdefault(first, []).append(sentence)
    return Phrasebook(
        by_first={first: tuple(sentences) for first, sentences in by_first.items()},
        anywhere=tuple(anywhere),
        quoted=tuple(_quoted(compiler, data["intent"])),
        hints=tuple((word, intent["command"]) for intent in data["intent"] for word in intent.get("hints", ())),
        courtesies=frozenset(data["quote"]["courtesies"]),
        acknowledgements=frozenset(data["quote"]["acknowledgements"]),
        unfinished=re.compile("|".join(map(re.escape, data["unfinished"]["words"]))),
        unit_endings=frozenset(data["units"]["endings"]),
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """A list of templates of an intent, by its key."""

    key: str
    level: Address
    is_usage: bool = False
    is_question: bool = False


_KINDS = (
    Kind("say", Address.NONE),
    Kind("direct", Address.SOFT),
    Kind("question", Address.NONE, is_question=True),
    Kind("usage", Address.NONE, is_usage=True),
    Kind("direct_usage", Address.DIRECT, is_usage=True),
)
_REST = Kind("rest", Address.SOFT)
_ASIDE = Kind("aside", Address.NONE)
_QUOTE = Kind("quote", Address.DIRECT)


def _each(intents: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """The intents, one that is said for each of several values once for each of them."""
    keys = {kind.key for kind in _KINDS}
    for intent in intents:
        if "each" not in intent:
            yield intent
            continue
        [(name, values)] = intent["each"].items()
        yield from (_for_value(intent, keys & intent.keys(), name, value) for value in values)


def _for_value(intent: Mapping[str, Any], keys: Iterable[str], name: str, value: str) -> Mapping[str, Any]:
    said = {key: [one.replace(f"<{name}>", f"<{value}>") for one in intent[key]] for key in keys}
    return {**intent, **said, "set": {**intent.get("set", {}), name: value}}


def _templates(intents: Sequence[Mapping[str, Any]]) -> Iterable[tuple[Mapping[str, Any], Kind, str]]:
    """Every template in the order in which it is tried."""
    for kinds in (_KINDS, (_REST,), (_ASIDE,)):
        yield from ((intent, kind, one) for intent in intents for kind in kinds for one in intent.get(kind.key, ()))


def _sentence(
    compiler: TemplateCompiler, template: str, intent: Mapping[str, Any], kind: Kind
) -> tuple[frozenset[str], Sentence]:
    piece = compiler.compile(template)
    tail = _ASK_TAIL if kind.is_question or intent.get("asks") else _TAIL
    pattern = f"(?:{piece.pattern}){tail}"
    takes_text = any(slot in template for slot in FREE_TEXT)
    given = intent.get("set", {})
    return piece.firsts, Sentence(pattern, intent["command"], given, kind.level, kind.is_usage, takes_text)


def _quoted(compiler: TemplateCompiler, intents: Sequence[Mapping[str, Any]]) -> Iterable[Sentence]:
    for intent in intents:
        for template in intent.get("quote", ()):
            yield _sentence(compiler, template, intent, _QUOTE)[1]
