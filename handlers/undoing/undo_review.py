"""Take back a confirmation, or an edit of a draft: checked first, then all or none, by `undo`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec

from domain.case import Assignment, Case, Closing, State
from domain.member import Action
from domain.ports import AuditEntry, Review, ReviewState
from handlers import phrases
from handlers.changes import move_back, record
from handlers.context import Context
from handlers.recurring import save_case
from handlers.reviewing.case_desk import case_data, deadline_in
from handlers.reviewing.drafting import renumbered
from handlers.reviewing.judging import judge, versions
from handlers.reviewing.listed import is_carried
from handlers.reviewing.review import Choice, DraftCase, DraftDecision, Drafts, UnitNote, decode, encode
from handlers.reviewing.review_phrases import heading

Step = Callable[[], str]
"""Takes one entry back and says what that was; nothing where another step says it."""


class CannotUndo(Exception):
    """The change stays; `args[0]` says why, to the person."""


def undo_case(entry: AuditEntry, context: Context) -> Step:
    """Void an opened case (its number stays used), or restore an edited one."""
    case = _case(entry.subject_id, context)
    return _edited(case, entry, context) if entry.action == "edit_case" else _opened(case, entry, context)


def undo_line(entry: AuditEntry, context: Context) -> Step:
    """Void a line that a correction added."""
    after = entry.after or {}
    case = _case(after["case_id"], context)
    line = next(line for line in case.assignments if line.id == entry.subject_id)
    if line.version != after["version"] or _has_reports([line], context, since=entry.at):
        raise CannotUndo(f"{phrases.name_of(case)}（{line.unit}）之後已有人變更或回報。")

    def step() -> str:
        _void(case, line, context)
        return ""

    return step


def undo_review(entry: AuditEntry, context: Context) -> Step:
    """Take back an edit, or open a confirmed review again."""
    review = context.uow.reviews.get(entry.subject_id)
    return REVIEW_STEPS[entry.action](review, entry, context)


def _undrop(review: Review, entry: AuditEntry, context: Context) -> Step:
    if review.state is not ReviewState.DROPPED or _has_other(review, context):
        raise CannotUndo("同一次會議已另有草稿。")

    def step() -> str:
        context.uow.reviews.save(replace(review, state=ReviewState.OPEN), context.now)
        record("undo_drop", "review", review.id, None, None, context, undone=True)
        return "草稿的取消。看草稿請輸入：草稿"

    return step


def _has_other(review: Review, context: Context) -> bool:
    """Tell whether the same person has another open review of the same meeting."""
    about = (review.kind, review.series, review.ordinal, review.held_on)
    others = context.uow.reviews.open_of(review.owner)
    return any((o.kind, o.series, o.ordinal, o.held_on) == about and o.id != review.id for o in others)


def _opened(case: Case, entry: AuditEntry, context: Context) -> Step:
    known = (entry.after or {})["lines"]
    changed = any(known.get(str(line.id)) != line.version for line in case.assignments)
    if changed or case.version != 1 or _has_reports(case.assignments, context, since=entry.at):
        raise CannotUndo(f"{phrases.name_of(case)} 之後已有人變更或回報。")

    def step() -> str:
        for line in case.assignments:
            _void(case, line, context)
        return f"{phrases.name_of(case)}（已作廢，案號不再使用）"

    return step


def _edited(case: Case, entry: AuditEntry, context: Context) -> Step:
    before, after = entry.before or {}, entry.after or {}
    if case.version != after["version"]:
        raise CannotUndo(f"{phrases.name_of(case)} 之後已有人修改。")
    deadline = deadline_in(before)
    restored = replace(case, title=before["title"], sentence=before["sentence"], deadline=deadline)

    def step() -> str:
        saved = save_case(case, restored, context)
        record("undo_edit", "case", case.id, case_data(case), case_data(saved), context, undone=True)
        return f"{phrases.name_of(saved)}\n　{phrases.deadline_of(saved, context.day)}"

    return step


def _void(case: Case, line: Assignment, context: Context) -> None:
    move_back(case, line, replace(line, state=State.RELEASED, closing=Closing.VOID, merged_into=""), context)


def _has_reports(lines: Sequence[Assignment], context: Context, *, since: datetime) -> bool:
    """Tell whether somebody reported on the lines after they were opened; what a list brought along does not count."""
    reports = context.uow.cases.last_reports([line.id for line in lines]).values()
    return any(not is_carried(report, since) for report in reports)


def _case(case_id: int, context: Context) -> Case:
    found = context.uow.cases.by_ids([case_id])
    if not found:
        raise CannotUndo("這一案已經不在了。")
    if not context.may(Action.UNDO, series_id=found[0].series_id):
        raise CannotUndo("您目前的身分不能變更這一案，請洽管考幕僚。")
    return found[0]


def _reopen(review: Review, entry: AuditEntry, context: Context) -> Step:
    after = entry.after or {}

    def step() -> str:
        for alias in after["aliases"]:
            context.uow.units.remove_alias(alias)
        for part_id, parent_id in after["parents"]:
            context.uow.units.set_parent(part_id, parent_id)
        for part, whole in after.get("declined", ()):
            context.uow.units.allow_parent(part, whole)
        drafts = renumbered(_as_before(decode(review.data), after), context.uow)
        drafts = replace(drafts, seen=versions(judge(drafts, context.uow)))
        taken = _has_other(review, context)
        state = ReviewState.DROPPED if taken else ReviewState.OPEN
        context.uow.reviews.save(replace(review, state=state, data=encode(drafts)), context.now)
        record("undo_confirm", "review", review.id, after, None, context, undone=True)
        again = "" if taken else "；草稿已恢復，可輸入：草稿"
        return f"{heading(drafts)} 的確認{again}"

    return step


def _as_before(drafts: Drafts, after: dict[str, Any]) -> Drafts:
    """The review as it was before what `after` lists was confirmed."""
    cases = tuple(replace(d, opened=False) if d.key in after["cases"] else d for d in drafts.cases)
    decisions = []
    for decision in drafts.decisions:
        choice = Choice.AUTO if decision.key in after["skipped"] else decision.choice
        applied = decision.applied and decision.key not in after["decisions"]
        decisions.append(replace(decision, choice=choice if not decision.applied else decision.choice, applied=applied))
    return replace(drafts, cases=cases, decisions=tuple(decisions))


def _unedit(review: Review, entry: AuditEntry, context: Context) -> Step:
    drafts = decode(review.data)
    before, after = entry.before or {}, entry.after or {}
    if review.state is not ReviewState.OPEN:
        raise CannotUndo("這份草稿已經確認或取消。")
    restored = RESTORE[next(iter(before))](drafts, before, after)
    if restored is None:
        raise CannotUndo("這一件草稿之後又有變更。")

    def step() -> str:
        context.uow.reviews.save(replace(review, data=encode(restored)), context.now)
        record("undo_review", "review", review.id, entry.after, entry.before, context, undone=True)
        return "草稿的修改。看草稿請輸入：草稿"

    return step


def _uncase(drafts: Drafts, before: dict[str, Any], after: dict[str, Any]) -> Drafts | None:
    """The review with the drafts that an edit made put back to the one it was; None if they changed since."""
    was = [msgspec.convert(one, DraftCase) for one in before["cases"]]
    made = [msgspec.convert(one, DraftCase) for one in after["cases"]]
    if any(drafts.case(one.key) != one for one in made):
        return None
    gone = {one.key for one in made} - {one.key for one in was}
    left = replace(drafts, cases=tuple(draft for draft in drafts.cases if draft.key not in gone))
    return left.with_case(*was)


def _undecide(drafts: Drafts, before: dict[str, Any], after: dict[str, Any]) -> Drafts | None:
    was = msgspec.convert(before["decision"], DraftDecision)
    if drafts.decision(was.key) != msgspec.convert(after["decision"], DraftDecision):
        return None
    return drafts.with_decision(was)


def _unname(drafts: Drafts, before: dict[str, Any], after: dict[str, Any]) -> Drafts | None:
    if drafts.units != msgspec.convert(after["units"], tuple[UnitNote, ...]):
        return None
    return replace(drafts, units=msgspec.convert(before["units"], tuple[UnitNote, ...]))


RESTORE = {"cases": _uncase, "decision": _undecide, "units": _unname}
"""By what an edit changed: the review with it put back, or None if it changed since."""

REVIEW_STEPS = {"edit_review": _unedit, "confirm_review": _reopen, "drop_review": _undrop}
