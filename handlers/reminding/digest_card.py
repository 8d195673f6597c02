"""The card of a digest: what one chat is told, by unit, the most pressing unit first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.calendar import roc
from handlers.asking.case_cards import case_buttons, days_tone
from handlers.buttons import Button
from handlers.cards import ListCard, Row, Section, Words
from handlers.messages import Message
from handlers.reminding.reminders import DETAILED, LISTED, Entry, View, digest, grouped, how_to_report


def draw_digest(entries: Sequence[Entry], view: View) -> Message:
    """Pack what one chat is told into one message, drawn; more than a card shows well is said in words."""
    told = digest(entries, view)
    return told if len(entries) > LISTED else replace(told, card=_card(entries, view))


def _card(entries: Sequence[Entry], view: View) -> ListCard:
    ordered = sorted(entries, key=lambda entry: entry.order)
    detailed = len(ordered) <= DETAILED
    sections = [
        Section(tuple(_row(entry, detailed=detailed) for entry in some), Words(f"{unit}（{len(some)}）"))
        for unit, some in grouped(ordered).items()
    ]
    return ListCard(
        title=f"列管提醒 {roc(view.today)}，共 {len(ordered)} 項",
        sections=tuple(sections),
        notes=(ordered[0].hint or how_to_report(ordered[0].number),),
        buttons=_buttons(ordered),
    )


def _row(entry: Entry, *, detailed: bool) -> Row:
    return Row(
        head=entry.number,
        title=entry.title,
        due=Words(entry.due, days_tone(entry.days)),
        about="\n".join(entry.details) if detailed else "",
        said=entry.number,
    )


def _buttons(entries: Sequence[Entry]) -> tuple[Button, ...]:
    """What can be done about a case, where there is only one and nothing else to type about it."""
    alone = len({entry.case_id for entry in entries}) == 1 and not entries[0].hint
    return case_buttons(entries[0].number, f"完成 {entries[0].number}") if alone and entries[0].number else ()
