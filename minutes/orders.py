"""The orders of a sentence of a conclusion: who is asked, from where to where, and by which mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from minutes.joining import JOINT, belongs, is_next_step, merged
from minutes.marks import Order, clause_start, marks_of, unaddressed
from minutes.units import Directory
from minutes.words import any_of, words

_RULE = re.compile(any_of(words("orders", "rule")))
_FUTURE = re.compile(any_of(words("orders", "future")))
_CONDITION = re.compile(any_of(words("orders", "condition")))
_PRAISE = re.compile(any_of(words("orders", "praise")))
_TOPIC = re.compile(r"(?:者|部[分份]|[一乙]節|一案|方面|事宜|情形),$")


def find_orders(sentence: str, offset: int, directory: Directory) -> tuple[Order, ...]:
    """The orders of one sentence that begins at `offset`; later ones begin at their own clause."""
    found: list[Order] = []
    for mark in marks_of(sentence, directory):
        if found and belongs(found[-1], mark, sentence):
            found[-1] = merged(found[-1], mark, sentence)
        elif found and is_next_step(found[-1], mark, sentence):
            found[-1] = replace(found[-1], further=(*found[-1].further, *mark.units))
        else:
            found.append(mark)
    if not found:
        found = list(unaddressed(sentence))
    return tuple(_placed(found, sentence, offset))


def is_standing_rule(sentence: str, order: Order, *, timed: bool) -> bool:
    """Tell a rule or permission for whenever a case comes up from work to be done now."""
    if timed and order.units:
        return False
    clause = max(sentence.rfind(",", 0, order.mark), sentence.rfind(";", 0, order.mark)) + 1
    before = sentence[: order.mark]
    if _FUTURE.search(before) or _FUTURE.match(sentence, order.body):
        return order.is_generic or not order.units
    if order.rule == "please":
        return (
            not order.units and bool(_CONDITION.search(before[max(0, order.mark - 12) :])) and not _subjectless(before)
        )
    if order.rule == "modal":
        return bool(_RULE.search(sentence[clause:]) or _PRAISE.search(sentence, order.body))
    return False


def is_for_future(sentence: str) -> bool:
    """Tell a sentence about whenever it comes up: 爾後, 嗣後 …"""
    return bool(_FUTURE.search(sentence))


def _subjectless(before: str) -> bool:
    """`…如遇有窒礙難行之處, 請…` has its subject before the condition; `如要改變請…` has none."""
    return before.endswith(",")


def _placed(found: list[Order], sentence: str, offset: int) -> Iterator[Order]:
    starts = [0, *(_start_behind(before, order, sentence) for before, order in pairwise(found)), len(sentence)]
    for order, start, end in zip(found, starts, starts[1:], strict=False):
        yield replace(
            order,
            start=start + offset,
            mark=order.mark + offset,
            body=order.body + offset,
            end=end + offset,
            units=tuple(replace(unit, start=unit.start + offset, end=unit.end + offset) for unit in order.units),
        )


def _start_behind(before: Order, order: Order, sentence: str) -> int:
    """Where a further order begins: at its clause (the one before too where that names its topic) or at its 並."""
    clause = clause_start(sentence, order.mark)
    if clause <= before.mark:
        joint = JOINT.search(sentence, before.body, order.mark)
        return joint.start() if joint else order.mark
    topic = clause_start(sentence, clause - 1)
    return topic if topic > before.mark and _TOPIC.search(sentence, topic, clause) else clause
