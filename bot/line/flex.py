"""Cards → LINE's Flex containers, as ready dicts. Fields are those of "Flex Message" in the Messaging API reference.

Whatever the data, a container stays within LINE's limits: texts are clipped, and a card that would still be too large
is not drawn.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from bot.line import colours
from bot.line.actions import action_of
from bot.line.limits import MAX_SAID, clip
from handlers.buttons import Button, Choice
from handlers.cards import Card, CaseCard, ListCard, Passage, Row, Section, TableCard, TableRow, Tone, Words

Json = dict[str, Any]

MOST_BYTES = 30 * 1024  # of a bubble; LINE does not say in which spelling
MOST_SPELLED = 3  # bytes that the SDK, which spells in ASCII, makes of one byte of UTF-8
SHORT, TITLE, PASSAGE, LONG = 60, 160, 260, 800  # UTF-16 units of a name, a title, a passage, a note
NOTHING = "—"  # LINE refuses an empty text


def draw(card: Card) -> Json | None:
    """Draw a card; None if it is too large for LINE."""
    bubble = DRAWERS[type(card)](card)
    return bubble if _fits(bubble) else None


def _fits(bubble: Json) -> bool:
    surely = MOST_SPELLED * len(msgspec.json.encode(bubble)) <= MOST_BYTES
    return surely or len(json.dumps(bubble)) <= MOST_BYTES


def _case(card: CaseCard) -> Json:
    head = [
        _text(card.number, SHORT, size="lg", ink=colours.PAPER, bold=True),
        _text(card.title, TITLE, size="md", ink=colours.PAPER, bold=True),
    ]
    due = [_words(card.due, bold=True)] + ([_faint(card.basis)] if card.basis else [])
    parts = [
        _box(
            "horizontal",
            [
                _text(part.name, SHORT, flex=3),
                _text(part.state.text, SHORT, flex=2, ink=colours.INKS[part.state.tone], bold=True, align="end"),
            ],
            spacing="md",
        )
        for part in card.parts
    ]
    body = [
        _box("vertical", due, spacing="xs"),
        _rule(),
        _box("vertical", parts, spacing="sm"),
        _rule(),
        *(_passage(passage) for passage in card.passages),
        *([_faint(card.source)] if card.source else []),
    ]
    return _bubble("mega", card.due.tone, head, body, [*_buttons(card.buttons), *_hint(card.hint)])


def _list(card: ListCard) -> Json:
    tones = {row.due.tone for section in card.sections for row in section.rows}
    tone = tones.pop() if len(tones) == 1 else Tone.PLAIN
    body = [*_sections(card.sections), *(_faint(note) for note in card.notes)]
    return _bubble("giga", tone, _heading(card.title, card.about), body, _buttons(card.buttons))


def _table(card: TableCard) -> Json:
    head = _table_line("單位", [Words(column) for column in card.columns], ink=colours.FAINT)
    lines = [_table_row(row) for row in card.lines]
    body = [head, _rule(), *lines, *_sections(card.sections), *(_faint(note) for note in card.notes)]
    return _bubble("giga", Tone.PLAIN, _heading(card.title, card.about), body, _buttons(card.buttons))


DRAWERS: dict[type[Card], Callable[[Any], Json]] = {CaseCard: _case, ListCard: _list, TableCard: _table}


def _heading(title: str, about: str) -> list[Json]:
    lines = [_text(title, TITLE, size="md", ink=colours.PAPER, bold=True)]
    return lines + ([_text(about, TITLE, size="xs", ink=colours.PAPER)] if about else [])


def _sections(sections: Sequence[Section]) -> list[Json]:
    parts: list[Json] = []
    for section in sections:
        if section.heading.text:
            strip = _box("vertical", [_words(section.heading, bold=True)], paddingAll="6px")
            parts.append(strip | {"backgroundColor": colours.SHADE, "cornerRadius": "4px"})
        for number, row in enumerate(section.rows):
            parts += [_rule()] * bool(number) + [_row(row)]
    return parts


def _row(row: Row) -> Json:
    due = _text(row.due.text, TITLE, size="xs", ink=colours.INKS[row.due.tone], bold=True, flex=7)
    head = [_text(row.head, SHORT, bold=True, flex=2)] if row.head else []
    first = _box("horizontal", [*head, due], spacing="sm", alignItems="center")
    lines = [first, _title(row), *(_words(mark, size="xs") for mark in row.marks)]
    lines += [_text(row.about, PASSAGE, size="xs", ink=colours.FAINT)] if row.about else []
    return _pressable(_box("vertical", lines, spacing="xs"), row.said)


def _title(row: Row) -> Json:
    """The title and, behind it, who has it."""
    title = _text(row.title, TITLE)
    if not row.who:
        return title
    spans = [
        {"type": "span", "text": title["text"], "color": colours.INK},
        {"type": "span", "text": f"　{clip(row.who, TITLE)}", "color": colours.FAINT, "size": "xs"},
    ]
    return title | {"contents": spans}


def _table_row(row: TableRow) -> Json:
    line = _table_line(row.name, row.cells) | {"paddingTop": "8px", "paddingBottom": "8px"}  # for a thumb
    return _pressable(line, row.said)


def _table_line(name: str, cells: Sequence[Words], ink: str = "") -> Json:
    first = _text(name, SHORT, size="sm" if not ink else "xs", flex=4, ink=ink or colours.INK)
    rest = [
        _text(cell.text, SHORT, size="sm" if not ink else "xs", flex=2, align="end", ink=ink or colours.INKS[cell.tone])
        for cell in cells
    ]
    return _box("horizontal", [first, *rest], spacing="sm")


def _passage(passage: Passage) -> Json:
    title = _text(passage.title, SHORT, size="xs", ink=colours.FAINT)
    return _box("vertical", [title, _text(passage.text, PASSAGE)], spacing="xs")


def _buttons(buttons: Sequence[Button]) -> list[Json]:
    """Buttons two by two: wide enough for a thumb on the narrowest phone."""
    drawn = [_button(button, first=not number) for number, button in enumerate(buttons)]
    return [_box("horizontal", drawn[at : at + 2], spacing="sm") for at in range(0, len(drawn), 2)]


def _button(button: Button, *, first: bool) -> Json:
    style, colour = ("primary", colours.BUTTON) if first else ("secondary", colours.OTHER_BUTTON)
    return {"type": "button", "style": style, "color": colour, "height": "sm", "action": action_of(button)}


def _hint(hint: str) -> list[Json]:
    return [_faint(hint)] if hint else []


def _pressable(box: Json, said: str) -> Json:
    return box | {"action": action_of(Choice(said, said))} if 0 < len(said) <= MAX_SAID else box


def _bubble(size: str, tone: Tone, head: list[Json], body: list[Json], foot: list[Json]) -> Json:
    bubble: Json = {
        "type": "bubble",
        "size": size,
        "header": _box("vertical", head, spacing="xs", paddingAll="14px") | {"backgroundColor": colours.HEADS[tone]},
        "body": _box("vertical", body, spacing="md", paddingAll="14px") | {"backgroundColor": colours.PAPER},
    }
    if foot:
        bubble["footer"] = _box("vertical", foot, spacing="sm", paddingAll="10px") | {"backgroundColor": colours.PAPER}
    return bubble


def _words(words: Words, *, size: str = "sm", bold: bool = False) -> Json:
    return _text(words.text, TITLE, size=size, ink=colours.INKS[words.tone], bold=bold)


def _faint(text: str) -> Json:
    return _text(text, LONG, size="xs", ink=colours.FAINT)


def _text(text: str, most: int, *, size: str = "sm", ink: str = colours.INK, bold: bool = False, **more: Any) -> Json:
    part: Json = {"type": "text", "text": clip(text, most).strip() or NOTHING, "size": size, "color": ink}
    if bold:
        part["weight"] = "bold"
    return part | {"wrap": True, "scaling": True, **more}


def _box(layout: str, contents: list[Json], **more: str) -> Json:
    return {"type": "box", "layout": layout, "contents": contents, **more}


def _rule() -> Json:
    return {"type": "separator", "color": colours.RULE}
