"""The card of a review: a page of drafts with what a person should look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.cards import ListCard, Row, Section, Tone, Words
from handlers.messages import Message
from handlers.phrases import TITLE, short
from handlers.reminding.reminders import View
from handlers.reviewing.decision_phrases import decision_summary
from handlers.reviewing.judging import Judged
from handlers.reviewing.review import DraftCase, Drafts
from handlers.reviewing.review_phrases import (
    HOW_TO_EDIT,
    MARK,
    NOTHING_TRACKED,
    counts_of,
    deadline_of,
    doubts_of,
    heading,
    next_meeting_lines,
    page_of,
    show_list,
    status_of,
    units_of,
)


def draw_list(drafts: Drafts, judged: Sequence[Judged], page: int, size: int, day: View) -> Message:
    """One page of the drafts, drawn; a page without any is said in words."""
    shown, part = show_list(drafts, judged, page, size, day), page_of(drafts, page, size, day)
    if not part:
        return shown
    left = len(drafts.cases) - page * size
    notes = [f"還有 {left} 件：下一頁"] if left > 0 else []
    notes += [*decision_summary(drafts, judged), *next_meeting_lines(drafts, day)]
    notes += [HOW_TO_EDIT.format(key=part[0].key), NOTHING_TRACKED]
    return replace(
        shown,
        card=ListCard(
            title=f"草稿：{heading(drafts)}",
            about=counts_of(drafts, day),
            sections=(Section(tuple(_row(draft, day) for draft in part)),),
            notes=tuple(notes),
            buttons=shown.choices[: -len(part)],  # the others ask for a draft, as pressing its row does
        ),
    )


def _row(draft: DraftCase, day: View) -> Row:
    doubts = doubts_of(draft, day.today) if draft.is_waiting else []
    return Row(
        head=f"{draft.key}.",
        title=f"{status_of(draft)}{draft.number} {short(draft.title, TITLE)}",
        due=Words(deadline_of(draft, day)),
        who=units_of(draft),
        marks=tuple(Words(f"{MARK}{doubt}", Tone.SOON) for doubt in doubts),
        said=f"草稿 {draft.key}",
    )
