"""When the bot speaks: is this text for it, and what does it say?

In a group only when spoken to: by mention, by the prefix, by a text that is a command, or on a quote of the bot's
message. In a 1:1 chat always.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from domain.chat import ChatKind
from handlers.ask_commands import Search
from handlers.commands import AskOpen, AskUnit, CaseRef, Command, Courtesy, Misread, NextPage, WhichCase
from handlers.grammar import is_courtesy, is_distinctive, nearest, parse
from handlers.inbound import TextSaid
from handlers.language.folding import clean, fold
from handlers.language.phrasebook import Address
from handlers.stage_commands import TellEvent

LONGEST_PREFIX = 40


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text says to the bot. `tentative`: only if the unit or case that it names exists, else it was chatter."""

    said: Command | Misread | WhichCase | Courtesy
    tentative: bool = False


def listen(event: TextSaid, prefixes: tuple[str, ...]) -> Heard | None:
    """Tell what a text says to the bot; None if it is not for the bot. Touches no database."""
    text = clean(event.text)
    is_private = event.chat.kind is ChatKind.USER
    if (is_private or event.to_bot) and is_courtesy(text):
        return Heard(Courtesy()) if is_private else None
    spoken_to = event.to_bot or is_private
    address = Address.DIRECT if spoken_to else Address.NONE
    called = _prefix(prefixes).match(fold(text[:LONGEST_PREFIX]))
    if called is None:
        return _heard(parse(text, address), text, address)
    if called["separator"] is not None:
        address = Address.DIRECT
    return _called(text, text[called.end() :], max(address, Address.SOFT))


def _called(text: str, rest: str, address: Address) -> Heard | None:
    """Read a text that begins with the prefix: what follows it, or the whole (列管清單) where that makes sense."""
    if not rest.strip(" \u3000?？!！。.~～"):
        return Heard(AskOpen())
    said = (
        parse(rest, address, unit_names=False)
        or parse(text, Address.NONE, unit_names=False)
        or parse(rest, address, unit_names=True)
    )
    return _heard(said, rest, address)


def _heard(said: Command | Misread | None, text: str, address: Address) -> Heard | None:
    if said is not None:
        return Heard(said, tentative=address is not Address.DIRECT and _is_doubtful(said))
    return Heard(nearest(text)) if address is Address.DIRECT else None


def _is_doubtful(said: Command | Misread) -> bool:
    if isinstance(said, AskUnit | NextPage | Search | TellEvent):
        return True
    refs = refs_of(said)
    return bool(refs) and not any(is_distinctive(ref) for ref in refs)


def refs_of(said: Command | Misread | WhichCase | Courtesy) -> tuple[CaseRef, ...]:
    """The cases that a command names."""
    if isinstance(said, Misread | WhichCase | Courtesy):
        return ()
    ref: CaseRef | None = getattr(said, "ref", None)
    refs: tuple[CaseRef, ...] = getattr(said, "refs", ())
    return refs if ref is None else (ref,)


@cache
def _prefix(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(fold(name)) for name in sorted(prefixes, key=len, reverse=True))
    return re.compile(rf"\s*@?(?:{names})(?P<separator>[\s,:、]+|$)?")
