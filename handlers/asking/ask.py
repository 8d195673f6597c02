"""Questions: one case, several, and lists. Nothing here changes a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from domain.case import Case
from domain.unit import Unit, suggest
from handlers import phrases, postback, unclear
from handlers.ask_commands import AskDue, AskHistory, AskMeeting, AskUnreported, AskWaiting, Search
from handlers.asking import case_cards, history, surveys
from handlers.commands import AskCase, AskMine, AskOpen, AskOverdue, AskUnit, CaseRef, Command, NextPage
from handlers.context import Context
from handlers.grammar import looks_like_unit, nearest
from handlers.lookup import find_case
from handlers.messages import Message
from handlers.people import people_phrases
from handlers.review_commands import ShowDecisions, ShowDrafts
from handlers.reviewing import reviews
from handlers.stage_commands import AskSleeping
from handlers.views import Page, view_case

AskList = AskOpen | AskUnit | AskOverdue | AskMine
MOST_SUGGESTED = 5
MOST_ASKED = 20  # cases shown for a list or range of numbers


def ask_case(command: AskCase, context: Context) -> Message:
    """Show a case, or several briefly."""
    if len(command.refs) > 1:
        return _ask_several(command.refs, context)
    found = find_case(command.refs[0], context, str)
    if isinstance(found, Message):
        return found
    return case_cards.show_case(view_case(found, context.uow, context.today), context.day)


def ask_open(command: AskOpen, context: Context) -> Message:
    """List what is tracked."""
    cases = context.uow.cases
    return _show(
        command,
        "列管中",
        "列管",
        cases.count_open(context.series_ids),
        lambda limit, offset: cases.open(context.series_ids, limit=limit, offset=offset),
        context,
    )


def ask_overdue(command: AskOverdue, context: Context) -> Message:
    """List what is overdue."""
    cases, today = context.uow.cases, context.today
    return _show(
        command,
        "已逾期",
        "逾期",
        cases.count_overdue(context.series_ids, today),
        lambda limit, offset: cases.overdue(context.series_ids, today, limit=limit, offset=offset),
        context,
    )


def ask_unit(command: AskUnit, context: Context) -> Message:
    """List what a unit has. A name that is not known is answered with what it may mean, never taken for it."""
    unit = context.uow.units.by_name(command.name)
    if unit is None:
        return unknown_unit(command.name, context)
    return _unit_page(command, unit, unit.name, context)


def ask_mine(command: AskMine, context: Context) -> Message:
    """List what the asker's unit has; for several units one page each is too much, so it asks which."""
    if context.actor.member is None:
        return people_phrases.nobodys_unit() if context.actor.user_id else people_phrases.no_user_id(asks=True)
    held = [role.unit_id for role in context.actor.member.memberships if role.series_id in context.series_ids]
    units = [context.uow.units.get(unit_id) for unit_id in dict.fromkeys(held) if unit_id is not None]
    if not units:
        return ask_open(AskOpen(command.page), context)
    if len(units) > 1:
        return people_phrases.which_own_unit(units)
    return _unit_page(command, units[0], "我的", context)


def next_page(command: NextPage, context: Context) -> Message:
    """Show the page after the one that this chat was shown last."""
    kept = context.uow.talk.recall(context.chat.id, context.now - context.settings.page_lives)
    following = postback.decode(kept) if kept else None
    show = PAGED.get(type(following)) if following else None
    return show(following, context) if show else phrases.nothing_follows()


PAGED: dict[type[Command], Callable[..., Message]] = {
    AskOpen: ask_open,
    AskUnit: ask_unit,
    AskOverdue: ask_overdue,
    AskMine: ask_mine,
    AskDue: surveys.ask_due,
    AskWaiting: surveys.ask_waiting,
    AskUnreported: surveys.ask_unreported,
    AskMeeting: surveys.ask_meeting,
    AskSleeping: surveys.ask_sleeping,
    Search: surveys.search,
    AskHistory: history.ask_history,
    ShowDrafts: reviews.show_drafts,
    ShowDecisions: reviews.show_decisions,
}
"""What has pages."""


def unknown_unit(name: str, context: Context) -> Message:
    """A name that is no unit's: cases that speak of it, or units that it may mean."""
    if not looks_like_unit(name) and context.uow.survey.search(context.series_ids, [name], limit=1):
        return surveys.search(Search(name), context)
    units = suggest(name, context.uow.units.all())[:MOST_SUGGESTED]
    return (
        unclear.which_unit(name, units)
        if units or looks_like_unit(name)
        else unclear.misread(nearest(name), context.today)
    )


def _unit_page(command: AskUnit | AskMine, unit: Unit, said: str, context: Context) -> Message:
    cases = context.uow.cases
    return _show(
        command,
        "列管中",
        said,
        cases.count_of_unit(context.series_ids, unit.id),
        lambda limit, offset: cases.of_unit(context.series_ids, unit.id, limit=limit, offset=offset),
        context,
        whose=unit.name,
    )


def _show(
    command: AskList,
    title: str,
    said: str,
    total: int,
    fetch: Callable[[int, int], Sequence[Case]],
    context: Context,
    whose: str = "",
) -> Message:
    size = context.settings.page_size
    page = Page(whose, title, said, fetch(size, (command.page - 1) * size), command.page, size, total)
    if not page.cases:
        return phrases.empty_page(page)
    following = postback.encode(replace(command, page=command.page + 1)) if page.left else ""
    context.uow.talk.remember(context.chat.id, following, context.now)
    return case_cards.show_page(page, context.day)


def _ask_several(refs: Sequence[CaseRef], context: Context) -> Message:
    found = [(ref, context.uow.cases.by_number(context.series_ids, ref.number)) for ref in refs[:MOST_ASKED]]
    views = [view_case(case, context.uow, context.today) for _, cases in found for case in cases]
    unknown = [ref for ref, cases in found if not cases]
    if not views:
        return unclear.unknown_case(refs[0], (), context.uow.cases.open(context.series_ids, limit=3))
    return case_cards.show_cases(views, unknown, context.day, left=max(0, len(refs) - MOST_ASKED))
