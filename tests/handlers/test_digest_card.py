"""Reminders are drawn by unit, the most pressing unit first."""

from __future__ import annotations

from datetime import date

import pytest

from domain.calendar import WorkCalendar
from domain.notice import Audience, Notice, NoticeKind
from handlers.cards import ListCard, Row, Tone, Words
from handlers.reminding.digest_card import draw_digest
from handlers.reminding.reminders import LISTED, Entry, View, when
from tests.handlers.office import START, TAIPEI

DAY = View(date(2021, 9, 27), WorkCalendar(), TAIPEI)


def due(number: str, unit: str, deadline: date, case_id: int, *, hint: str = "") -> Entry:
    notice = Notice(
        id=case_id,
        subject=f"line:{case_id}",
        kind=NoticeKind.DEADLINE,
        for_on=deadline,
        rung="+0",
        audience=Audience.GROUP,
        series_id=1,
        assignment_id=case_id,
        due_at=START,
        ride_until=START,
        expires_at=START,
        at=START,
    )
    return Entry(
        notice=notice,
        title="契約延長",
        due=when(deadline, DAY.today, DAY.calendar),
        tally="即將到期",
        unit=unit,
        number=number,
        case_id=case_id,
        details=("原文：「請延長契約。」", "上次回報：尚未填報"),
        days=(deadline - DAY.today).days,
        hint=hint,
    )


LINES = [
    due("212-3", "資訊局", date(2021, 10, 20), 3),
    due("212-2", "法務局", date(2021, 9, 27), 2),
    due("212-1", "資訊局", date(2021, 9, 20), 1),
]


def test_units_come_with_their_most_pressing_line_first() -> None:
    card = draw_digest(LINES, DAY).card

    assert isinstance(card, ListCard)
    assert card.title == "列管提醒 110/9/27(一)，共 3 項"
    assert [(section.heading.text, [row.head for row in section.rows]) for section in card.sections] == [
        ("資訊局（2）", ["212-1", "212-3"]),
        ("法務局（1）", ["212-2"]),
    ]
    assert [row.due.tone for section in card.sections for row in section.rows] == [Tone.LATE, Tone.CALM, Tone.SOON]


def test_few_reminders_carry_sentence_and_last_report() -> None:
    card = draw_digest(LINES[:1], DAY).card

    assert isinstance(card, ListCard)
    assert card.sections[0].rows == (
        Row(
            head="212-3",
            title="契約延長",
            due=Words("期限 110/10/20(三)，還有 23 天", Tone.CALM),
            about="原文：「請延長契約。」\n上次回報：尚未填報",
            said="212-3",
        ),
    )


@pytest.mark.parametrize(("count", "buttons"), [(1, ["回報", "完成"]), (2, [])])
def test_only_a_single_case_has_buttons(count: int, buttons: list[str]) -> None:
    card = draw_digest(LINES[:count], DAY).card

    assert isinstance(card, ListCard)
    assert [button.label for button in card.buttons] == buttons


def test_text_beside_the_card_says_every_reminder() -> None:
    message = draw_digest(LINES, DAY)

    assert [line.number for line in LINES if f"{line.number} {line.title}\n　{line.due}" not in message.text] == []


def test_hint_of_its_own_takes_the_place_of_the_buttons() -> None:
    card = draw_digest([due("212-1", "資訊局", date(2021, 9, 20), 1, hint="請輸入：收到 212-1")], DAY).card

    assert isinstance(card, ListCard)
    assert (card.notes, card.buttons) == (("請輸入：收到 212-1",), ())


def test_more_than_a_card_shows_well_is_said_in_words() -> None:
    many = [due(f"212-{n}", "資訊局", date(2021, 9, 20), n) for n in range(LISTED + 1)]

    assert draw_digest(many, DAY).card is None
