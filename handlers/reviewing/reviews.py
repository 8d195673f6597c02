"""Look at a review, confirm it, give it up. In a 1:1 chat or on the command line, by a coordinator of its series."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from domain.member import Action
from domain.ports import Review, ReviewState
from domain.unit import suggest
from handlers import postback
from handlers.changes import record
from handlers.context import Context
from handlers.messages import Message
from handlers.people import people_phrases
from handlers.review_commands import ConfirmDrafts, DropDrafts, ShowDecisions, ShowDraft, ShowDrafts, ShowUnread
from handlers.reviewing import review_notes
from handlers.reviewing.confirming import Done, asks_nothing, confirm_review, keep, open_review, owner_of
from handlers.reviewing.correcting import correct
from handlers.reviewing.decision_phrases import show_decisions as decisions_page
from handlers.reviewing.judging import judge, not_mentioned, versions
from handlers.reviewing.review import DraftCase, Drafts, Fate, UnitNote, decode, encode
from handlers.reviewing.review_cards import draw_list
from handlers.reviewing.review_phrases import confirmed, overtaken, show_one, unread_lines
from handlers.unit_reports import is_for_all

UNREAD_SHOWN = 40
MOST_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Desk:
    """The review that the actor works on: the one touched last."""

    review: Review
    drafts: Drafts
    others: int = 0  # further open reviews of the actor


def start(drafts: Drafts, context: Context) -> Message:
    """Begin a review and show it; one of the same text is taken up where it was left.

    What was confirmed before, or asks nothing, is said and not stored.
    """
    refusal = refuse(drafts.series, context)
    if refusal is not None:
        return refusal
    there = open_review(drafts, context)
    if there is not None and there.digest == drafts.digest:
        context.uow.reviews.save(there, context.now)
        return show_drafts(ShowDrafts(), context)
    if there is not None and any(draft.opened for draft in decode(there.data).cases):
        drafts = correct(drafts, decode(there.data), there.id, context.uow)
    if asks_nothing(drafts, context):
        is_known = drafts.corrects is not None or drafts.cases
        return review_notes.already_imported(drafts) if is_known else review_notes.nothing_found(drafts, context.today)
    keep(drafts, context)
    shown = show_drafts(ShowDrafts(), context)
    return review_notes.replaced(shown) if there is not None else shown


def refuse(series: str, context: Context) -> Message | None:
    """What to answer somebody who may not import into a series; None if they may."""
    if context.actor.is_operator:
        return None
    if not context.is_private:
        return review_notes.only_private()
    found = context.uow.series.by_name(series)
    if found is None or not context.may(Action.IMPORT, series_id=found.id):
        return review_notes.may_not_import(series)
    return None


def on_review(work: Callable[[Desk], Message], context: Context) -> Message:
    """Do something with the actor's review, or say why there is none."""
    if not context.is_private:
        return review_notes.only_private()
    if context.member_id is None and not context.actor.is_operator:
        return people_phrases.stranger() if context.actor.user_id else people_phrases.no_user_id()
    found = context.uow.reviews.open_of(owner_of(context))
    if not found and context.uow.reviews.open_of(owner_of(context), ReviewState.PASTING):
        return review_notes.still_pasting()
    if not found:
        return review_notes.no_review(may_import(context))
    return refuse(found[0].series, context) or work(Desk(found[0], decode(found[0].data), len(found) - 1))


def may_import(context: Context) -> bool:
    """Tell whether the actor coordinates any series."""
    return any(context.may(Action.IMPORT, series_id=series_id) for series_id in context.series_ids)


def save(desk: Desk, drafts: Drafts, context: Context) -> None:
    """Keep an edited review."""
    context.uow.reviews.save(replace(desk.review, data=encode(drafts)), context.now)


def show_drafts(command: ShowDrafts, context: Context) -> Message:
    """List the drafts, doubtful ones first."""

    def show(desk: Desk) -> Message:
        judged, size = judge(desk.drafts, context.uow), context.settings.page_size
        more = len(desk.drafts.cases) > command.page * size
        _remember(ShowDrafts(command.page + 1) if more else None, context)
        shown = draw_list(desk.drafts, judged, command.page, size, context.day)
        return review_notes.with_others(shown, desk.others)

    return on_review(show, context)


def show_draft(command: ShowDraft, context: Context) -> Message:
    """Show one draft with its source."""

    def show(desk: Desk) -> Message:
        draft = desk.drafts.case(command.key)
        if draft is None:
            return review_notes.unknown_draft(command.key, desk.drafts)
        shown = show_one(draft, _suggestions(draft, desk.drafts, context), context.day)
        return review_notes.with_parents(shown, _proposed_parents(draft, desk.drafts, context))

    return on_review(show, context)


def show_unread(command: ShowUnread, context: Context) -> Message:
    """List what was not understood, by line."""

    def show(desk: Desk) -> Message:
        return Message(text="\n".join(unread_lines(desk.drafts, UNREAD_SHOWN) or ["沒有未讀懂的內容。"]))

    return on_review(show, context)


def show_decisions(command: ShowDecisions, context: Context) -> Message:
    """Show what the decisions would change."""

    def show(desk: Desk) -> Message:
        judged, size = judge(desk.drafts, context.uow), context.settings.page_size
        save(desk, replace(desk.drafts, seen=versions(judged)), context)
        more = len(judged) > command.page * size
        _remember(ShowDecisions(command.page + 1) if more else None, context)
        return decisions_page(desk.drafts, judged, not_mentioned(desk.drafts, context.uow), command.page, size)

    return on_review(show, context)


def confirm_drafts(command: ConfirmDrafts, context: Context) -> Message:
    """Open cases and apply decisions: all of it or nothing."""

    def confirm(desk: Desk) -> Message:
        wrong = [key for key in command.keys if (draft := desk.drafts.case(key)) is None or not draft.is_waiting]
        if wrong:
            return review_notes.cannot_confirm(wrong, desk.drafts)
        done = confirm_review(desk.review, command.keys, context)
        return confirmed(done) if isinstance(done, Done) else overtaken(done)

    return on_review(confirm, context)


def drop_drafts(command: DropDrafts, context: Context) -> Message:
    """Give up the review, or the pasting; what was confirmed of it stays."""
    pasting = context.uow.reviews.open_of(owner_of(context), ReviewState.PASTING) if context.is_private else ()
    if pasting:
        context.uow.reviews.save(replace(pasting[0], state=ReviewState.DROPPED, data=""), context.now)
        return review_notes.pasting_dropped()

    def drop(desk: Desk) -> Message:
        confirmed_some = any(draft.opened for draft in desk.drafts.cases)
        if confirmed_some:
            kept = replace(desk.drafts, cases=tuple(_given_up(draft) for draft in desk.drafts.cases))
            done = replace(desk.review, state=ReviewState.CONFIRMED, data=encode(kept))
        else:
            done = replace(desk.review, state=ReviewState.DROPPED)
            record("drop_review", "review", desk.review.id, None, None, context)
        context.uow.reviews.save(done, context.now)
        return review_notes.dropped(desk.drafts, confirmed_some=confirmed_some)

    return on_review(drop, context)


def _given_up(draft: DraftCase) -> DraftCase:
    return replace(draft, fate=Fate.DROPPED) if draft.is_waiting else draft


def _suggestions(draft: DraftCase, drafts: Drafts, context: Context) -> list[str]:
    """For each unit that the directory does not know: which one it may be."""
    noted = {note.name for note in drafts.units if not note.declined}
    directory = context.uow.units.all()
    named = [name for name in (*draft.lead, *draft.support) if name not in noted and not is_for_all(name)]
    unknown = [name for name in named if context.uow.units.by_name(name) is None]
    return [
        review_notes.unknown_unit(name, [unit.name for unit in suggest(name, directory)[:MOST_SUGGESTED]])
        for name in unknown
    ]


def _proposed_parents(draft: DraftCase, drafts: Drafts, context: Context) -> list[UnitNote]:
    """The parts that the minutes suggest for the units in charge, as long as nobody has accepted or declined them."""
    accepted = {note.name for note in drafts.units if not note.declined}
    declined = {(note.name, note.unit) for note in drafts.units if note.declined}
    units = context.uow.units
    return [
        one
        for one in drafts.proposed
        if one.unit in draft.lead
        and one.name in draft.sentence
        and one.name not in accepted
        and (one.name, one.unit) not in declined
        and ((known := units.by_name(one.name)) is None or known.parent_id is None)
    ]


def _remember(following: ShowDrafts | ShowDecisions | None, context: Context) -> None:
    context.uow.talk.remember(context.chat.id, postback.encode(following) if following else "", context.now)
