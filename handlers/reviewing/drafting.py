"""Read minutes, a list, or a ticked report → a review. Reads the database, changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from domain.case import Case, Closing, Deadline, Duty, Series
from domain.dates import Condition, condition_of
from domain.numbers import NumberScheme, normal
from domain.ports import Review, UnitOfWork
from handlers.commands import Verdict
from handlers.language.date_words import explain
from handlers.recurring import binds, duty_of
from handlers.reviewing.correcting import correct
from handlers.reviewing.import_minutes import Source, free_numbers, meeting_number, scheme_of, series_name
from handlers.reviewing.judging import is_void
from handlers.reviewing.review import (
    AsRead,
    Count,
    DraftCase,
    DraftDecision,
    Drafts,
    NotRead,
    Origin,
    UnitNote,
    decode,
    keyed,
)
from handlers.stages.proposing import deadline_after
from minutes.model import Decision, Draft, Minutes

CLOSINGS = {"merged": Closing.MERGED, "stopped": Closing.STOPPED}
SAME_MEETING = timedelta(days=60)  # one ordinal on two days so near is one meeting whose day was corrected
GENERAL = "general"  # the parser's doubt about an appeal to all: 請各局處務必落實
CARRIED_TITLE = "前案 {number}（內容待補）"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCase:
    """An open case of a list that an office kept so far. Without a number it gets one of the list's `meeting`."""

    number: str | None
    title: str
    sentence: str = ""
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: Deadline = field(default_factory=Deadline)
    how: str = ""
    row: int | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDecision:
    """A decision on a line that somebody ticked; `text` is what stood beside the tick."""

    number: str
    unit: str | None
    verdict: Verdict
    text: str = ""


def drafts_of_minutes(source: Source, uow: UnitOfWork) -> Drafts:
    """The review of read minutes: new, or against what was confirmed of the same meeting. Raises ImportRefused."""
    name = series_name(source, uow)
    previous = confirmed_review(name, source.meeting_ordinal, source.header.held_on, uow)
    if previous is not None and previous.digest == source.digest:
        return replace(decode(previous.data), corrects=previous.id, next_meeting_on=None)
    drafts = _fresh(name, source, uow)
    if previous is None:
        return without_twins(drafts, uow)
    corrected = correct(drafts, decode(previous.data), previous.id, uow)
    new = [draft for draft in corrected.cases if draft.origin is Origin.NEW and draft.is_waiting]
    return _with_numbers(corrected, new, {draft.number for draft in new}, uow)


def drafts_of_list(series: str, cases: Sequence[ListedCase], *, digest: str, today: date, uow: UnitOfWork) -> Drafts:
    """The review of a list of open cases; what is tracked under its number already counts as opened.

    Cases without a number get those of a meeting named by the day.
    """
    known = uow.series.by_name(series)
    own = [normal(case.number) or case.number for case in cases if case.number]
    taken = {*(uow.cases.numbers(known.id) if known else ()), *own}
    scheme = scheme_of(known, None, taken)
    nameless = [case for case in cases if not case.number]
    given = iter(free_numbers(len(nameless), meeting_number(None, today), scheme, taken))
    drafts = [_of_list(case, (normal(case.number) or case.number) if case.number else next(given)) for case in cases]
    made = Drafts(series=series, scheme=scheme.template, digest=digest, cases=keyed(drafts), kind="list")
    return without_known(made, uow)


def drafts_of_decisions(
    series: Series, decisions: Sequence[LineDecision], *, digest: str, ordinal: int | None, held_on: date | None
) -> Drafts:
    """The review of decisions alone: a report that came back with the chair's ticks."""
    made = [
        DraftDecision(key=key, number=one.number, unit=one.unit, verdict=one.verdict, text=one.text)
        for key, one in enumerate(decisions, 1)
    ]
    return Drafts(
        series=series.name,
        scheme=series.scheme,
        digest=digest,
        ordinal=ordinal,
        held_on=held_on,
        decisions=tuple(made),
        kind="decisions",
    )


def confirmed_review(series: str, ordinal: int | None, held_on: date | None, uow: UnitOfWork) -> Review | None:
    """What was confirmed of a meeting last. A meeting is known by its ordinal near a day, or by its day."""
    if ordinal is None and held_on is None:
        return None
    return next((r for r in uow.reviews.confirmed(series, ordinal) if _is_same_day(r, held_on, ordinal)), None)


def renumbered(drafts: Drafts, uow: UnitOfWork) -> Drafts:
    """The same review, with new numbers for the new drafts whose numbers were given away meanwhile."""
    series = uow.series.by_name(drafts.series)
    taken = set(uow.cases.numbers(series.id)) if series else set()
    new = [draft for draft in drafts.cases if draft.origin is Origin.NEW and not draft.opened]
    late = [draft for draft in new if draft.number in taken]
    return _with_numbers(drafts, late, set(), uow)


def _with_numbers(drafts: Drafts, which: Sequence[DraftCase], released: set[str], uow: UnitOfWork) -> Drafts:
    """The same review with a free number for each of some drafts; `released` are numbers they give up."""
    if not which:
        return drafts
    series = uow.series.by_name(drafts.series)
    taken = set(uow.cases.numbers(series.id)) if series else set()
    meeting, scheme = _number_of(which[0], drafts), NumberScheme(drafts.scheme)
    numbers = free_numbers(len(which), meeting, scheme, taken | (set(drafts.numbers) - released))
    for draft, number in zip(which, numbers, strict=True):
        drafts = drafts.with_case(replace(draft, number=number))
    return drafts


def without_twins(drafts: Drafts, uow: UnitOfWork) -> Drafts:
    """The same review, where what somebody opened already from the same sentence counts as opened."""
    there = {case.sentence: case for case in cases_of_meeting(drafts, uow) if not is_void(case)}
    for draft in drafts.cases:
        twin = there.get(draft.sentence) if draft.sentence and draft.takes_number else None
        if twin is not None and draft.origin is Origin.NEW:
            drafts = drafts.with_case(replace(draft, number=twin.number, case_id=twin.id, opened=True))
    return drafts


def without_known(drafts: Drafts, uow: UnitOfWork) -> Drafts:
    """The same review, where an earlier number that is tracked already counts as opened."""
    series = uow.series.by_name(drafts.series)
    waiting = [one for one in drafts.cases if one.origin is Origin.CARRIED and one.is_waiting]
    if series is None or not waiting:
        return drafts
    found = uow.cases.by_numbers([series.id], [one.number for one in waiting], limit=len(waiting))
    tracked = {case.number: case.id for case in found if not is_void(case)}
    for draft in waiting:
        if draft.number in tracked:
            drafts = drafts.with_case(replace(draft, opened=True, case_id=tracked[draft.number]))
    return drafts


def cases_of_meeting(drafts: Drafts, uow: UnitOfWork) -> Sequence[Case]:
    """The cases whose numbers are of this review's meeting."""
    series = uow.series.by_name(drafts.series)
    if series is None or (drafts.ordinal is None and drafts.held_on is None):
        return ()
    meeting, scheme = meeting_number(drafts.ordinal, drafts.held_on), NumberScheme(drafts.scheme)
    numbers = [n for n in uow.cases.numbers(series.id) if (parts := scheme.split(n)) and parts[0] == meeting]
    return uow.cases.by_numbers([series.id], numbers, limit=len(numbers)) if numbers else ()


def _is_same_day(review: Review, held_on: date | None, ordinal: int | None) -> bool:
    if ordinal is None or review.held_on is None or held_on is None:
        return review.held_on == held_on or ordinal is not None
    return abs(review.held_on - held_on) <= SAME_MEETING


def _number_of(draft: DraftCase, drafts: Drafts) -> int:
    parts = NumberScheme(drafts.scheme).split(draft.number)
    return parts[0] if parts else meeting_number(drafts.ordinal, drafts.held_on)


def _fresh(name: str, source: Source, uow: UnitOfWork) -> Drafts:
    series, minutes = uow.series.by_name(name), source.minutes
    taken = set(uow.cases.numbers(series.id)) if series else set()
    scheme = scheme_of(series, minutes.number_scheme, taken)
    decisions = tuple(_decision(key, one) for key, one in enumerate(minutes.decisions, 1))
    carried = list(_carried(decisions, _cases(series, decisions, uow)))
    taken |= {draft.number for draft in carried}
    new = _new(source, scheme, taken) if minutes.drafts else []
    return Drafts(
        series=name,
        scheme=scheme.template,
        digest=source.digest,
        ordinal=source.meeting_ordinal,
        held_on=source.header.held_on,
        cases=keyed([*new, *carried]),
        decisions=decisions,
        counts=tuple(Count(one.line, one.count, one.listed) for one in minutes.declared),
        unread=_unread(minutes),
        next_meeting_on=minutes.next_meeting_on,
        proposed=_proposed(minutes, uow),
    )


def _proposed(minutes: Minutes, uow: UnitOfWork) -> tuple[UnitNote, ...]:
    """The parents that the minutes suggest, but for those that somebody declined before."""
    declined = uow.units.declined_parents() if minutes.parents else ()
    return tuple(
        UnitNote(one.part, one.whole, is_part=True) for one in minutes.parents if (one.part, one.whole) not in declined
    )


def _new(source: Source, scheme: NumberScheme, taken: set[str]) -> list[DraftCase]:
    """Number the drafts in the order of the minutes, general appeals last: dropping those then leaves no gaps."""
    drafts = sorted(source.minutes.drafts, key=lambda draft: GENERAL in draft.doubts)
    meeting = meeting_number(source.meeting_ordinal, source.header.held_on)
    numbers = free_numbers(len(drafts), meeting, scheme, taken)
    return [draft_case(draft, number) for draft, number in zip(drafts, numbers, strict=True)]


def draft_case(draft: Draft, number: str, *, key: int = 0) -> DraftCase:
    """A conclusion that was read, as a draft under a number."""
    support = tuple(unit for unit in draft.support if unit not in draft.lead)
    waits = condition_of(draft.text)
    counts = waits is not None and bool(waits.within)
    deadline = deadline_after(waits) if waits and counts else deadline_of(draft)
    readings = (draft.deadline,) if draft.deadline and not counts else draft.timing
    read = AsRead(
        title=draft.title,
        lead=draft.lead,
        support=support,
        deadline=deadline.on,
        recurrence=deadline.recurrence,
    )
    return DraftCase(
        key=key,
        number=number,
        title=draft.title,
        sentence=draft.text,
        section=draft.section,
        line=draft.line,
        lead=draft.lead,
        support=support,
        deadline=deadline,
        how="\n".join(explain(one) for one in readings),
        doubts=tuple(dict.fromkeys(_doubts(draft, waits))),
        waits=waits,
        into=draft.case_number or "",
        read=read,
    )


def _doubts(draft: Draft, waits: Condition | None) -> list[str]:
    """The reader's, but for those of a day that does not count, and what a person should look at besides."""
    settled = draft.deadline.flags if draft.deadline and waits and waits.within else ()
    is_other = draft.case_number and (waits is None or waits.number != draft.case_number)
    read = [doubt for doubt in draft.doubts if doubt not in settled]
    return [*read, *(["about_case"] if is_other else []), *(["waits"] if waits else [])]


def deadline_of(draft: Draft) -> Deadline:
    """The date with its words and rule; a duty that recurs; or the words alone (儘速), which give no date."""
    if draft.deadline is not None and draft.deadline.deadline is not None:
        return Deadline(on=draft.deadline.deadline, text=draft.deadline.text, rule=draft.deadline.rule)
    duties = (duty_of(reading) for reading in draft.timing if binds(reading, draft.text))
    if duty := next(filter(None, duties), None):
        return duty
    words = "、".join(reading.text for reading in draft.timing)
    return Deadline(text=words, rule=draft.timing[0].rule if draft.timing else "")


def _decision(key: int, decision: Decision) -> DraftDecision:
    into = (normal(decision.merged_into) or decision.merged_into) if decision.merged_into else ""
    return DraftDecision(
        key=key,
        number=normal(decision.number) or decision.number,
        verdict=Verdict(decision.decision),
        unit=decision.unit,
        closing=CLOSINGS.get(decision.reason or "", Closing.DONE),
        into=into,
        section=decision.section,
        line=decision.line,
        text=decision.text,
        doubts=decision.doubts,
    )


def _cases(series: Series | None, decisions: Iterable[DraftDecision], uow: UnitOfWork) -> dict[str, Case]:
    numbers = list({one.number for one in decisions})
    found = uow.cases.by_numbers([series.id], numbers, limit=len(numbers)) if series and numbers else ()
    return {case.number: case for case in found}


def _carried(decisions: Iterable[DraftDecision], known: dict[str, Case]) -> Iterable[DraftCase]:
    """A draft for each continued number that is not tracked, with the units that go on."""
    unknown: dict[str, list[DraftDecision]] = {}
    for decision in decisions:
        case = known.get(decision.number)
        if decision.verdict is Verdict.CONTINUE and (case is None or is_void(case)):
            unknown.setdefault(decision.number, []).append(decision)
    for number, found in unknown.items():
        if number in known:
            yield _taken_back(known[number], found[0])
            continue
        yield DraftCase(
            key=0,
            number=number,
            title=CARRIED_TITLE.format(number=number),
            sentence=found[0].text,
            section=found[0].section,
            line=found[0].line,
            lead=tuple(dict.fromkeys(one.unit for one in found if one.unit)),
            origin=Origin.CARRIED,
        )


def _taken_back(case: Case, decision: DraftDecision) -> DraftCase:
    """A case that was opened and taken back, and now goes on: as it was."""
    return DraftCase(
        key=0,
        number=case.number,
        title=case.title,
        sentence=case.sentence,
        section=decision.section,
        line=decision.line,
        lead=tuple(line.unit for line in case.assignments if line.unit_id and line.duty is Duty.LEAD),
        support=tuple(line.unit for line in case.assignments if line.unit_id and line.duty is Duty.SUPPORT),
        deadline=case.deadline,
        origin=Origin.CARRIED,
    )


def _unread(minutes: Minutes) -> tuple[NotRead, ...]:
    return tuple(NotRead(unread.line, unread.text) for unread in minutes.unread)


def _of_list(case: ListedCase, number: str) -> DraftCase:
    return DraftCase(
        key=0,
        number=number,
        title=case.title,
        sentence=case.sentence or case.title,
        line=case.row,
        lead=case.lead,
        support=tuple(unit for unit in case.support if unit not in case.lead),
        deadline=case.deadline,
        how=case.how,
        doubts=case.doubts,
        origin=Origin.CARRIED if case.number else Origin.NEW,
    )
