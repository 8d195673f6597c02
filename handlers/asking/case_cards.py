"""The cards of cases: one case, a page of a list. Their words are those of the text beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from domain.calendar import roc
from domain.case import Assignment, Case, State
from handlers import phrases, postback
from handlers.buttons import Button, Choice, Prefill
from handlers.cards import CaseCard, ListCard, Part, Passage, Row, Section, Tone, Words
from handlers.changing.extension_phrases import example_of, pick_day
from handlers.changing.figure_phrases import figures_in_words
from handlers.commands import CaseRef, ReportProgress
from handlers.messages import Message
from handlers.phrases import REPORT, SENTENCE, TAKEN_BACK, TITLE, short
from handlers.reminding.reminders import View
from handlers.views import CaseView, Page

SOON = 7  # calendar days before a deadline from which its colour warns
STATE_TONES = {State.OPEN: Tone.PLAIN, State.RELEASE_REQUESTED: Tone.SOON, State.RELEASED: Tone.DONE}


def show_case(view: CaseView, day: View) -> Message:
    """Answer a question about one case, drawn."""
    return replace(phrases.show_case(view, day), card=case_card(view, day))


def show_page(page: Page, day: View) -> Message:
    """Show one page of a list, drawn."""
    return replace(phrases.show_page(page, day), card=page_card(page, day))


def show_cases(views: Sequence[CaseView], unknown: Sequence[CaseRef], day: View, *, left: int = 0) -> Message:
    """Answer a question about several cases, drawn."""
    shown = phrases.show_cases(views, unknown, day, left=left)
    rows = tuple(case_row(view.case, day) for view in views)
    rest = shown.text.removeprefix("\n".join(phrases.case_line(view.case, day) for view in views))
    notes = tuple(rest.split("\n")[1:])
    return replace(shown, card=ListCard(title=f"{len(rows)} 件", sections=(Section(rows),), notes=notes))


def case_card(view: CaseView, day: View) -> CaseCard:
    """Draw a case with each unit's state, its last report and its source."""
    case = view.case
    duties = [
        f"{line.unit}：{told.strip()}" for line in case.assignments for told in phrases.periods_of(case, line, day)
    ]
    told = _passages([*phrases.reported_by_unit(view), *phrases.planned(view), *phrases.following(view)])
    passages = (*_passages(duties), *_last_report(view, day), *told, Passage("原文", short(case.sentence, SENTENCE)))
    picker = tuple(pick_day("展期", CaseRef(case.number), due) for due in _extensible(case, day))
    history = f"歷程 {case.number}"
    changes = [
        f"回報 {case.number} 辦理情形",
        phrases.finish(case),
        *(example_of(CaseRef(case.number), due) for due in _extensible(case, day)),
    ]
    wake = (Choice("喚醒", f"喚醒 {case.number}"),) if case.is_asleep else ()
    typed = [*(changes if case.is_open else []), *(choice.said for choice in wake), history]
    return CaseCard(
        number=case.number,
        title=short(case.title, 80),
        due=Words(phrases.deadline_of(case, day), due_tone(case, day)),
        basis=phrases.basis_of(case.deadline),
        parts=tuple(_part(line) for line in case.assignments),
        passages=passages,
        source=f"出處：{phrases.source_of(view)}",
        buttons=(
            *((*case_buttons(case.number, phrases.finish(case)), *picker, *wake) if case.is_open else ()),
            Choice("歷程", history),
        ),
        hint=f"也可以輸入：{'｜'.join(typed)}",
    )


def page_card(page: Page, day: View) -> ListCard:
    """Draw one page of a list as rows: deadlines below each other compare better than cards side by side."""
    part = f"（第 {page.number} 頁）" if page.number > 1 else ""
    following = (Choice("下一頁", f"{page.said} 第{page.number + 1}頁"),) if page.left else ()
    return ListCard(
        title=f"{page.whose}{page.title} {page.total} 件{part}",
        about=page.about,
        sections=(Section(tuple(case_row(case, day) for case in page.cases)),),
        notes=(f"還有 {page.left} 件：下一頁",) if page.left else (),
        buttons=following,
    )


def case_row(case: Case, day: View) -> Row:
    """One case of a list; pressing it asks for the case."""
    return Row(
        head=case.number,
        title=short(case.title, TITLE),
        due=Words(phrases.deadline_of(case, day), due_tone(case, day)),
        who=phrases.tracked_units(case),
        said=case.number,
    )


def case_buttons(number: str, finish: str) -> tuple[Button, ...]:
    """What can be done about an open case; `finish` asks for its release, or takes that back."""
    how = postback.encode(ReportProgress(CaseRef(number), ""))
    return (Prefill("回報", f"回報 {number} ", how), Choice(finish.split(" ")[0], finish))


def _extensible(case: Case, day: View) -> tuple[date, ...]:
    """The deadline, if it may be extended: it has not passed, the case goes on, and nobody said it is done."""
    due = case.deadline.on
    begun = not case.is_asleep and any(line.state is State.OPEN for line in case.assignments)
    is_open = case.deadline.duty is None or bool(case.occurrences)
    return (due,) if due and due >= day.today and begun and is_open else ()


def due_tone(case: Case, day: View) -> Tone:
    """How pressing a case is."""
    if not case.is_open:
        return Tone.DONE
    if case.deadline.on is None or case.is_asleep:
        return Tone.PLAIN
    return days_tone((case.deadline.on - day.today).days)


def days_tone(days: int) -> Tone:
    """How pressing a deadline is that lies so many calendar days ahead."""
    return Tone.LATE if days < 0 else Tone.SOON if days <= SOON else Tone.CALM


def _part(line: Assignment) -> Part:
    name, _, state = phrases.line_state(line).rpartition("：")
    return Part(name, Words(state, STATE_TONES[line.state]))


def _passages(lines: Iterable[str]) -> tuple[Passage, ...]:
    return tuple(Passage(*line.split("：", 1)) for line in lines)


def _last_report(view: CaseView, day: View) -> tuple[Passage, ...]:
    if view.last_report is None:
        return (Passage("最近回報", "尚未填報"),)
    line, report = view.last_report
    told = short(report.text, REPORT) or TAKEN_BACK
    who = f"{report.unit or line.unit}{phrases.period_of(view.case, report)}"
    last = Passage(f"最近回報：{roc(report.at.astimezone(day.zone).date())} {who}", told)
    figures = figures_in_words(report.figures)
    return (last, Passage("數字進度", figures)) if figures else (last,)
