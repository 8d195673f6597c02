"""Conclusions → drafts: each order of a concluding paragraph, with its parties and its deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from minutes.decisions import read_verdicts
from minutes.joining import only_helps
from minutes.lines import Paragraph
from minutes.marks import Order, subject_of
from minutes.model import Draft
from minutes.orders import find_orders, is_for_future, is_standing_rule
from minutes.parted import Parts, read_parts
from minutes.parties import Parties, named_in_brackets, parties_of
from minutes.timing import Clock, Timing, end_of, noted_at_the_end, time_of
from minutes.title import targets_in, title_of
from minutes.units import GUESSED, Directory
from minutes.words import any_of, words

_SENTENCE = re.compile(r"(?:\([^()]*\)|[^。;!?])+[。;!?」』)]*")
_NOTED_WORDS = any_of(words("noted", "whole"))
_NOTED = re.compile(
    rf"(?:本案|本次|上次|前次|會議|紀錄|記錄|全體|一致|委員|出席|同意|准予|予以|照案|報告|業務|均|皆|如|擬|有關|提案|[,、:])*{_NOTED_WORDS}(?:在案|辦理|照辦)?"
)
_GOES_ON = re.compile(rf"{any_of(words('orders', 'continuing'))}")
_VERB = re.compile(any_of(words("orders", "verbs")))
_OF_UNIT = re.compile("部[分份],(?=請|應|須)|所[提報擬送訂研陳]|(?:如果|若|如)[^,。;]{0,4}(?:人力|困難|無法|不足)")
_DUTY = re.compile("應|須|務必|要")
_COMPLETING = re.compile(any_of(words("orders", "completing")))


@dataclass(slots=True)
class Context:
    """What an item inherits from its place in the minutes."""

    section: str
    directory: Directory
    clock: Clock
    addressee: tuple[str, ...] = ()
    parties: Parties = field(default_factory=Parties)  # from lines 主辦單位：…
    due: Timing = field(default_factory=Timing)
    case_number: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What one concluding paragraph gave: drafts, or the reason why none."""

    drafts: tuple[Draft, ...] = ()
    refused: str | None = None  # noted | rule | no_order


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    order: Order


def read_item(paragraph: Paragraph, context: Context) -> Item:
    """Read one concluding paragraph."""
    text = paragraph.text
    if is_noted(text):
        return Item(refused="noted")
    if parts := read_parts(paragraph, context.directory, context.clock):
        return Item((_parted(paragraph, parts, context),))
    spans, ruled = _spans(text, context)
    if not spans and _is_work(text, context):
        rule = "attribute" if context.parties.lead or context.due.deadline else "addressee"
        spans = [_Span(0, len(text), Order(0, 0, 0, len(text), rule))]
    drafts = tuple(_draft(paragraph, span, context, whole=len(spans) == 1) for span in spans)
    return Item(drafts, None if drafts else ("rule" if ruled else "no_order"))


def _parted(paragraph: Paragraph, parts: Parts, context: Context) -> Draft:
    told = replace(context, parties=Parties(lead=parts.units), due=parts.due)
    whole = _Span(0, len(paragraph.text), Order(0, 0, 0, len(paragraph.text), "parted"))
    return replace(_draft(paragraph, whole, told, whole=True), title=title_of(parts.work, context.directory))


def is_noted(text: str) -> bool:
    """Tell a conclusion that asks nothing of anybody: 備查, 洽悉, 照案通過."""
    plain = re.sub(r"[\s「」()]", "", text).strip("。,;:.")
    return bool(_NOTED.fullmatch(plain))


def _is_work(text: str, context: Context) -> bool:
    """A paragraph without a mark of its own is work when a line names who or when, or when it is written to a unit."""
    if context.parties.lead or context.due.deadline:
        return len(text) >= 4
    if _DUTY.search(text) and named_in_brackets(text, context.directory).lead:
        return True
    return bool(context.addressee and _VERB.search(text) and not re.search("已完成|已辦理|業已", text))


def _spans(text: str, context: Context) -> tuple[list[_Span], bool]:
    """The stretches of the paragraph that are orders; sentences that go on with one are drawn to it."""
    spans: list[_Span] = []
    ruled = False
    decides = bool(read_verdicts(text))
    for sentence in _SENTENCE.finditer(text):
        orders, refused = _orders_of(sentence[0], sentence.start(), context, decides=decides)
        ruled = ruled or refused
        goes_on = bool(spans) and (_continues(sentence[0], orders, spans[-1]) or _is_due_of(spans[-1], text, orders))
        if goes_on and not any(order.units for order in orders):
            spans[-1] = replace(spans[-1], end=sentence.end(), order=replace(spans[-1].order, end=sentence.end()))
        else:
            spans.extend(_Span(order.start, order.end, order) for order in orders)
    return spans, ruled


def _is_due_of(before: _Span, text: str, orders: tuple[Order, ...]) -> bool:
    """`…由教育組規劃; 簡章最晚7月1日公告`: a day without addressee in the same sentence is of the order before."""
    return text[before.end - 1] == ";" and any(order.rule == "dated" for order in orders)


def _continues(sentence: str, orders: tuple[Order, ...], before: _Span) -> bool:
    if before.order.rule == "stages":
        return True
    return bool(_GOES_ON.match(sentence)) and (bool(orders) or bool(_VERB.search(sentence)))


def _orders_of(sentence: str, offset: int, context: Context, *, decides: bool) -> tuple[tuple[Order, ...], bool]:
    """The orders of a sentence without standing rules; tell also whether a rule was refused.

    `decides`: the paragraph decides on earlier cases, so that 持續辦理 continues one and orders nothing new.
    """
    found = find_orders(sentence, offset, context.directory)
    if read_verdicts(sentence):
        found = tuple(order for order in found if order.units and order.rule in ("please", "charge"))
    if decides:
        found = tuple(order for order in found if not _only_tracks(sentence, order, offset))
    if all(only_helps(sentence, order, offset) for order in found) and (dated := _dated(sentence, offset, context)):
        return (dated,), False
    kept = []
    for order in found:
        local = replace(
            order,
            start=order.start - offset,
            mark=order.mark - offset,
            body=order.body - offset,
            end=order.end - offset,
        )
        timing = time_of(sentence[local.start : local.end], context.clock, body_at=local.body - local.start)
        if not is_standing_rule(sentence, local, timed=bool(timing.deadline or timing.recurrence)):
            kept.append(order)
    return _closed_up(kept, found), len(kept) < len(found)


def _closed_up(kept: list[Order], found: tuple[Order, ...]) -> tuple[Order, ...]:
    """Where all are kept nothing changes; a refused one leaves its words to nobody."""
    return tuple(kept) if len(kept) < len(found) else found


def _only_tracks(sentence: str, order: Order, offset: int) -> bool:
    return bool(
        re.match(
            r"(?:同意|予以|准予)?(?:(?:持續|繼續|賡續)?(?:列管|追蹤|解除|自行)|(?:持續|繼續|賡續)(?:辦理|推動|執行)(?=[。;]|$))",
            sentence[order.body - offset :],
        )
    )


def _dated(sentence: str, offset: int, context: Context) -> Order | None:
    """`於11月底前完成驗收` without any addressee: a date that binds and a verb of completion."""
    if not _COMPLETING.search(sentence) or re.search("已|業經|預計|預定", sentence):
        return None
    timing = time_of(sentence, context.clock)
    if timing.deadline is None or is_for_future(sentence):
        return None
    mark = offset + timing.deadline.start_at
    units = context.directory.read_list(sentence, end_of(timing.deadline, sentence), sure=True)
    placed = tuple(replace(unit, start=unit.start + offset, end=unit.end + offset) for unit in units)
    return Order(offset, mark, placed[-1].end if placed else mark, offset + len(sentence), "dated", placed)


def _draft(paragraph: Paragraph, span: _Span, context: Context, *, whole: bool) -> Draft:
    text, order = paragraph.text, span.order
    parties = _parties(order, text, context, whole=whole)
    stretch, background = text[span.start : span.end], text[: span.start]
    timing = time_of(stretch, context.clock, body_at=order.body - span.start, background=background)
    if timing.deadline is None and whole:
        timing = noted_at_the_end(text, context.clock) or timing
    timing = context.due if context.due.deadline or (context.due.others and not timing.deadline) else timing
    start, end = _trimmed(text, span)
    return Draft(
        section=context.section,
        line=paragraph.line_at(start),
        text=paragraph.folded.verbatim(start, end),
        title=title_of(text[order.body : end], context.directory, background=text[start : order.mark]),
        lead=parties.lead,
        support=parties.support,
        consulted=parties.consulted,
        supervised=parties.supervised,
        tracker=parties.tracker,
        deadline=timing.deadline,
        timing=timing.others,
        recurrence=timing.recurrence,
        targets=targets_in(text[start:end]),
        mark=order.rule,
        doubts=tuple(dict.fromkeys((*_doubts(order, parties, timing), *timing.doubts))),
        case_number=context.case_number,
    )


def _trimmed(text: str, span: _Span) -> tuple[int, int]:
    stretch = text[span.start : span.end]
    kept = stretch.rstrip(" 。;,:")
    return span.start + len(stretch) - len(stretch.lstrip(" ,;。:")), span.start + len(kept)


def _parties(order: Order, text: str, context: Context, *, whole: bool) -> Parties:
    """What the order says itself, then its sentence's subject, its addressee, the lines and brackets about it."""
    said = parties_of(order, text, context.directory)
    if not said.lead and not said.tracker:
        said = replace(said, lead=_inherited(order, text, context))
    ending = named_in_brackets(text, context.directory) if whole else Parties()
    lead = context.parties.lead or said.lead or ending.lead
    support = [*said.support, *context.parties.support, *ending.support, *ending.lead]
    support += [name for name in said.lead if context.parties.lead and name not in lead]
    return replace(
        said,
        lead=lead,
        support=tuple(dict.fromkeys(name for name in support if name not in lead)),
        tracker=said.tracker or context.parties.tracker,
    )


def _inherited(order: Order, text: str, context: Context) -> tuple[str, ...]:
    near = max(text.rfind(mark, 0, order.mark) for mark in "。;,:") + 1
    own = subject_of(text[near : order.mark], context.directory)
    if own and own[-1].end == order.mark - near:  # 期末成績, 任課教師請於…
        return tuple(unit.name for unit in own)
    stop = max((text.rfind(mark, 0, order.mark) for mark in "。;"), default=-1) + 1
    subject = subject_of(text[stop:], context.directory) if stop < order.mark or order.rule == "stages" else ()
    named = tuple(unit.name for unit in subject) or _concerned(text[stop : order.end], context.directory)
    return named or context.addressee


def _concerned(sentence: str, directory: Directory) -> tuple[str, ...]:
    """The unit whose share, paper or trouble an order is about: 檢驗科部分, 請補齊; 衛生福利部所提指引, 請修正."""
    for match in _OF_UNIT.finditer(sentence):
        if unit := directory.ending_at(sentence, match.start()):
            return (unit,)
    return ()


def _doubts(order: Order, parties: Parties, timing: Timing) -> Iterator[str]:
    if not parties.lead:
        yield "no_addressee"
    if any(unit.role == GUESSED for unit in order.units):
        yield "unit_guessed"
    if order.is_generic and not timing.deadline:
        yield "general"
    if order.rule in ("convening", "stages", "approved", "dated", "imperative"):
        yield "no_order_word"
