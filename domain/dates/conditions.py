"""What an order waits for, read in its words: 俟環評通過後, 俟 211-1 完成後, 俟核定後30日內."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.dates.periods import PERIOD
from domain.dates.source import squeeze
from domain.dates.words import WAITING
from domain.numbers import normal

_LEAD = re.compile(r"^(?:俟|待|等到?)")
_TAIL = re.compile(r"(?:(?:之|以)?後|再|始|方)$")
_DONE = r"(?:辦理|執行)?(?:完成|完畢|辦竣|辦妥|辦畢|完竣|結案|解除列管)"
_CASE = re.compile(rf"(?:列管)?(?:編號|案號|第)?(?P<number>\d{{1,4}}[-之]\d{{1,4}}|\d{{4,6}})號?案?{_DONE}?")
_OF_ITSELF = re.compile(rf"(?:本案|其)?{_DONE}")
_CLAUSE_END = re.compile(r"[，,。;；]")
_AHEAD = re.compile(r"[再即應須,，於在]{0,3}")  # between the event and the period that counts from it
_MARKS = re.compile(r"業已|業經|已經|[已業經了]|[^\w]")  # what tells that an event came about, and punctuation


@dataclass(frozen=True, slots=True)
class Condition:
    """What is waited for: the case `number`, or `event` in words; `within` is the period that counts from it."""

    event: str
    number: str = ""
    within: str = ""


def condition_of(order: str) -> Condition | None:
    """What an order as a whole waits for: said in its first clause, before anything that can be done now."""
    text = squeeze(order).text
    found = WAITING.search(text)
    if found is None or _CLAUSE_END.search(text, 0, found.start()):
        return None
    event = _event_in(found.group())
    if not event or _OF_ITSELF.fullmatch(event):
        return None
    return Condition(event, _number_in(event), _period_at(text, found.end()))


def waited_for(words: str) -> Condition:
    """Read what somebody typed that a case waits for: 211-1, 211-1完成後, 環評通過."""
    event = _event_in(squeeze(words).text)
    return Condition(event, _number_in(event))


def tells_of(text: str, event: str) -> bool:
    """Tell whether a clause of a text says that the event came about: 環評已通過 of 環評通過."""
    wanted = _plain(event)
    return bool(wanted) and any(_plain(clause) == wanted for clause in re.split(r"[，,。;；、\n]", text))


def _event_in(words: str) -> str:
    return _TAIL.sub("", _LEAD.sub("", words))


def _number_in(event: str) -> str:
    """The number of a case, where the event is nothing but its completion."""
    match = _CASE.fullmatch(event)
    return (normal(match["number"]) or "") if match else ""


def _period_at(text: str, at: int) -> str:
    ahead = _AHEAD.match(text, at)
    period = PERIOD.match(text, ahead.end() if ahead else at)
    return period.group() if period else ""


def _plain(words: str) -> str:
    return _MARKS.sub("", squeeze(words).text)
