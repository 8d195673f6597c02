"""Edit a review: one draft, one decision, one unit's name. Each edit can be taken back by 復原."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import msgspec

from domain.case import Case, Deadline
from domain.dates import Kind, read, waited_for
from domain.numbers import NumberScheme, normal
from handlers.changes import record
from handlers.commands import Verdict
from handlers.context import Context
from handlers.language.date_words import explain
from handlers.lookup import lines_of
from handlers.messages import Message
from handlers.recurring import duty_of
from handlers.review_commands import Change, EditDraft, NameUnit, Settle, SettleDecision
from handlers.reviewing import review_notes
from handlers.reviewing.decision_phrases import decision_line
from handlers.reviewing.drafting import draft_case
from handlers.reviewing.expanding import units_of_everybody
from handlers.reviewing.import_minutes import free_numbers, meeting_number
from handlers.reviewing.judging import judge, versions
from handlers.reviewing.review import Choice, DraftCase, DraftDecision, Drafts, Fate, Origin, UnitNote
from handlers.reviewing.review_phrases import edited, split_into
from handlers.reviewing.reviews import Desk, on_review, save
from minutes.parse import parse

LONGEST_TITLE = 100
NOTHING = frozenset({"無", "沒有", "未定", "取消", "清除", "不定", "無期限", "沒有期限"})
DEADLINE_DOUBTS = frozenset(
    {
        "ambiguous_date", "approximate", "bracket_disagrees", "day_off", "hour_only", "impossible_date", "next_month",
        "next_year", "no_meeting_date", "not_before", "past", "plan", "rolled", "several_dates", "two_readings",
        "weekday_disagrees",
    }
)  # fmt: skip
UNIT_DOUBTS = frozenset({"general", "no_addressee", "unit_guessed"})
_UNITS = re.compile(r"[、,，;；/\s]+")
_SENTENCES = re.compile(r"(?<=[。；;])")

Edit = Callable[[EditDraft, DraftCase, Desk, Context], "DraftCase | Message"]


def edit_draft(command: EditDraft, context: Context) -> Message:
    """Change one draft."""

    def work(desk: Desk) -> Message:
        draft = desk.drafts.case(command.key)
        if draft is None:
            return review_notes.unknown_draft(command.key, desk.drafts)
        if draft.opened:
            return review_notes.opened_already(draft)
        if command.change is Change.SPLIT:
            return _split(command, draft, desk, context)
        changed = EDITS[command.change](command, draft, desk, context)
        if isinstance(changed, Message):
            return changed
        _keep(desk, desk.drafts.with_case(changed), [draft], [changed], context)
        return edited(changed, context.day, review_notes.merging(changed))

    return on_review(work, context)


def settle_decision(command: SettleDecision, context: Context) -> Message:
    """Say what a decision that was read means."""

    def work(desk: Desk) -> Message:
        decision = desk.drafts.decision(command.key)
        if decision is None or decision.applied:
            return review_notes.unknown_decision(command.key, desk.drafts)
        settled = _settled(command, decision, desk, context)
        if isinstance(settled, Message):
            return settled
        drafts = desk.drafts.with_decision(settled)
        judged = judge(drafts, context.uow)
        drafts = replace(drafts, seen=versions(judged))
        _record(desk, {"decision": _data(decision)}, {"decision": _data(settled)}, context)
        save(desk, drafts, context)
        return review_notes.decision_settled(decision_line(next(o for o in judged if o.decision.key == command.key)))

    return on_review(work, context)


def name_unit(command: NameUnit, context: Context) -> Message:
    """Take down that a name is another unit's alias or (no) part of it; the directory learns it on confirmation."""

    def work(desk: Desk) -> Message:
        named = {unit for draft in desk.drafts.cases for unit in (*draft.lead, *draft.support)}
        named |= {note.name for note in desk.drafts.proposed}
        known = context.uow.units.by_name(command.name)
        is_own = known is not None and not command.is_part
        if is_own or command.name == command.unit or command.name not in named:
            return review_notes.unit_not_named(command.name, command.unit)
        note = UnitNote(command.name, command.unit, command.is_part, command.declined)
        named_now = (*_beside(note, desk.drafts.units), note)
        before, after = msgspec.to_builtins(desk.drafts.units), msgspec.to_builtins(named_now)
        _record(desk, {"units": before}, {"units": after}, context)
        save(desk, replace(desk.drafts, units=named_now), context)
        return review_notes.unit_named(note)

    return on_review(work, context)


def _beside(note: UnitNote, others: Iterable[UnitNote]) -> list[UnitNote]:
    """The notes that a new one leaves standing: a name is one unit, and may be declined as part of several."""
    return [
        one for one in others if one.name != note.name or (one.unit != note.unit and (one.declined or note.declined))
    ]


def _keep(
    desk: Desk, drafts: Drafts, before: Sequence[DraftCase], after: Sequence[DraftCase], context: Context
) -> None:
    _record(desk, {"cases": [_data(one) for one in before]}, {"cases": [_data(one) for one in after]}, context)
    save(desk, drafts, context)


def _record(desk: Desk, before: dict[str, object], after: dict[str, object], context: Context) -> None:
    record("edit_review", "review", desk.review.id, before, after, context)


def _data(part: DraftCase | DraftDecision) -> object:
    return msgspec.to_builtins(part)


def _number(command: EditDraft, draft: DraftCase, desk: Desk, context: Context) -> DraftCase | Message:
    number = normal(command.value)
    if number is None:
        return review_notes.not_a_number(command.value, draft.key)
    if draft.origin is not Origin.NEW:
        return review_notes.number_fixed(draft)
    others = {one.number for one in desk.drafts.cases if one.takes_number and one.key != draft.key}
    if number in others or _case(number, desk.drafts, context) is not None:
        return review_notes.number_taken(number, draft.key)
    return replace(draft, number=number)


def _title(command: EditDraft, draft: DraftCase, desk: Desk, context: Context) -> DraftCase | Message:
    title = " ".join(command.value.split())[:LONGEST_TITLE]
    if not title:
        return review_notes.empty_value(draft.key, "標題", "標題 完成契約延長")
    return replace(draft, title=title)


def _lead(command: EditDraft, draft: DraftCase, desk: Desk, context: Context) -> DraftCase | Message:
    units = _unit_names(command.value)
    doubts = tuple(doubt for doubt in draft.doubts if doubt not in UNIT_DOUBTS)
    support = tuple(unit for unit in draft.support if unit not in units)
    return replace(draft, lead=units, support=support, doubts=doubts if units else (*doubts, "no_addressee"))


def _support(command: EditDraft, draft: DraftCase, desk: Desk, context: Context) -> DraftCase | Message:
    return replace(draft, support=tuple(unit for unit in _unit_names(command.value) if unit not in draft.lead))


def _unit_names(value: str) -> tuple[str, ...]:
    if value.strip() in NOTHING:
        return ()
    return tuple(dict.fromkeys(name for name in _UNITS.split(value.strip()) if name))


def _deadline(command: EditDraft, draft: DraftCase, desk: Desk, context: Context) -> DraftCase | Message:
    """Read the words as on the day of the meeting; what has no date or two readings is refused, not guessed."""
    doubts = tuple(doubt for doubt in draft.doubts if doubt not in DEADLINE_DOUBTS)
    if command.value.strip() in NOTHING:
        return replace(draft, deadline=Deadline(), how="", doubts=doubts)
    reading = read(command.value, on=desk.drafts.held_on or context.today, calendar=context.calendar)
    if duty := duty_of(reading):
        return replace(draft, deadline=duty, how=explain(reading), doubts=doubts)
    if reading.kind in (Kind.VAGUE, Kind.EVENT):
        words = Deadline(text=command.value.strip())
        return replace(draft, deadline=words, how=explain(reading), doubts=doubts)
    if reading.deadline is None or reading.kind is Kind.AMBIGUOUS or "impossible_date" in reading.flags:
        why = explain(reading) if reading.kind is not Kind.NONE else ""
        return review_notes.no_date(command.value, draft.key, why, context.today)
    deadline = Deadline(on=reading.deadline, text=reading.text, rule=reading.rule)
    return replace(draft, deadline=deadline, how=explain(reading), doubts=(*doubts, *reading.flags))


def _wait(command: EditDraft, draft: DraftCase, desk: Desk, context: Context) -> DraftCase | Message:
    """Let the case sleep when it is opened; a period that counts from the event stays in its deadline's words."""
    doubts = tuple(doubt for doubt in draft.doubts if doubt != "waits")
    if command.value.strip() in NOTHING:
        return replace(draft, waits=None, doubts=doubts)
    condition = waited_for(command.value)
    if not condition.event:
        return review_notes.empty_value(draft.key, "等待的案號或事項", "等待 環評通過")
    return replace(draft, waits=condition, doubts=doubts)


def _drop(command: EditDraft, draft: DraftCase, desk: Desk, context: Context) -> DraftCase | Message:
    return replace(draft, fate=Fate.DROPPED)


def _restore(command: EditDraft, draft: DraftCase, desk: Desk, context: Context) -> DraftCase | Message:
    restored = replace(draft, fate=Fate.OPEN, into="" if draft.fate is Fate.MERGED else draft.into)
    others = {one.number for one in desk.drafts.cases if one.takes_number and one.key != draft.key}
    if draft.origin is Origin.NEW and draft.number in others:
        return replace(restored, number=_free(1, desk.drafts, context)[0])
    return restored


def _merge(command: EditDraft, draft: DraftCase, desk: Desk, context: Context) -> DraftCase | Message:
    if draft.origin in (Origin.CHANGED, Origin.VANISHED):
        return review_notes.cannot_merge(draft)
    number = normal(command.value) or command.value
    case = _case(number, desk.drafts, context)
    among = any(one.number == number and one.is_waiting and one.key != draft.key for one in desk.drafts.cases)
    if not among and (case is None or not case.is_open):
        return review_notes.merge_target(command.value, draft.key)
    return replace(draft, fate=Fate.MERGED, into=number)


def _expand(command: EditDraft, draft: DraftCase, desk: Desk, context: Context) -> DraftCase | Message:
    named = units_of_everybody(desk.drafts.series, context)
    if not named:
        return review_notes.no_directory()
    doubts = tuple(doubt for doubt in draft.doubts if doubt not in UNIT_DOUBTS)
    return replace(draft, lead=named, support=(), doubts=doubts)


EDITS: dict[Change, Edit] = {
    Change.NUMBER: _number,
    Change.TITLE: _title,
    Change.LEAD: _lead,
    Change.SUPPORT: _support,
    Change.DEADLINE: _deadline,
    Change.WAIT: _wait,
    Change.MERGE: _merge,
    Change.EXPAND: _expand,
    Change.DROP: _drop,
    Change.RESTORE: _restore,
}


def _split(command: EditDraft, draft: DraftCase, desk: Desk, context: Context) -> Message:
    """One draft for each sentence, or one more from the given words on; each is read anew."""
    if draft.origin is not Origin.NEW:
        return review_notes.cannot_merge(draft)
    texts = _parts(draft.sentence, command.value.strip())
    if len(texts) < 2:
        return review_notes.cannot_split(draft.key)
    numbers = [draft.number, *_free(len(texts) - 1, desk.drafts, context)]
    keys = [draft.key, *range(desk.drafts.next_key, desk.drafts.next_key + len(texts) - 1)]
    pieces = zip(texts, numbers, keys, strict=True)
    parts = [_piece(draft, text, number, key, desk.drafts, context) for text, number, key in pieces]
    _keep(desk, desk.drafts.with_case(*parts), [draft], parts, context)
    return split_into(parts, context.day)


def _parts(sentence: str, at: str) -> list[str]:
    if at:
        place = sentence.find(at)
        return [sentence[:place].strip(), sentence[place:].strip()] if place > 0 else []
    return [part.strip() for part in _SENTENCES.split(sentence) if part.strip()]


def _piece(draft: DraftCase, text: str, number: str, key: int, drafts: Drafts, context: Context) -> DraftCase:
    """A part of a draft's sentence, with what the part says itself."""
    found = parse(f"會議結論：\n{text}", calendar=context.calendar, held_on=drafts.held_on).drafts
    if found:
        read_anew = draft_case(found[0], number, key=key)
        return replace(read_anew, sentence=text, section=draft.section, line=draft.line)
    return DraftCase(
        key=key,
        number=number,
        title=text[:LONGEST_TITLE],
        sentence=text,
        section=draft.section,
        line=draft.line,
        doubts=("no_addressee",),
    )


def _free(count: int, drafts: Drafts, context: Context) -> list[str]:
    """Numbers of the meeting that neither a case nor a draft has."""
    series = context.uow.series.by_name(drafts.series)
    taken = {one.number for one in drafts.cases} | set(context.uow.cases.numbers(series.id) if series else ())
    scheme = NumberScheme(drafts.scheme)
    day = drafts.held_on or context.today
    return free_numbers(count, meeting_number(drafts.ordinal, day), scheme, taken)


def _settled(command: SettleDecision, decision: DraftDecision, desk: Desk, context: Context) -> DraftDecision | Message:
    if command.settle in (Settle.APPLY, Settle.SKIP):
        return replace(decision, choice=Choice(command.settle.value))
    if command.settle in (Settle.RELEASE, Settle.CONTINUE):
        return replace(decision, verdict=Verdict(command.settle.value), choice=Choice.APPLY, dropped=False)
    case = _case(decision.number, desk.drafts, context)
    if case is None:
        return review_notes.unknown_decision(command.key, desk.drafts)
    found = lines_of(command.unit, case.assignments, context.uow)
    if len(found) != 1:
        return review_notes.no_such_unit(command.key, [line.unit for line in case.assignments])
    return replace(decision, unit=found[0].unit)


def _case(number: str, drafts: Drafts, context: Context) -> Case | None:
    series = context.uow.series.by_name(drafts.series)
    found = context.uow.cases.by_number([series.id], number) if series else ()
    return found[0] if found else None
