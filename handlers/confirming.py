"""Confirm a review: all of it in one write, or nothing. The audit holds what 復原 needs to take all of it back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.calendar import WorkCalendar
from domain.case import Assignment, Case, Closing, Duty, Meeting, Series
from domain.chat import Actor, Chat, ChatKind
from domain.ports import NewCase, NewReview, Review, ReviewState, UnitOfWork
from handlers.changes import move, record
from handlers.commands import Verdict
from handlers.context import Context, Settings
from handlers.correcting import correct
from handlers.drafting import confirmed_review, drafts_of_minutes, renumbered, without_known, without_twins
from handlers.import_minutes import Source
from handlers.judging import Judged, Standing, judge, versions
from handlers.listed import carry_over
from handlers.review import Choice, DraftCase, Drafts, Fate, Origin, chosen, decode, encode

OPERATOR = "cli"


@dataclass(frozen=True, slots=True)
class Done:
    """What a confirmation did. `drafts` is the review afterwards."""

    drafts: Drafts
    opened: tuple[Case, ...] = ()
    merged: tuple[Case, ...] = ()
    corrected: tuple[Case, ...] = ()
    withdrawn: tuple[Case, ...] = ()
    decided: tuple[Judged, ...] = ()
    left: tuple[Judged, ...] = ()  # decisions that were not clear, and were not applied

    @property
    def is_change(self) -> bool:
        """Tell whether anything was changed."""
        return bool(self.opened or self.merged or self.corrected or self.withdrawn or self.decided)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What changed since the review was shown: nothing was confirmed, `drafts` is how it stands now."""

    drafts: Drafts
    renumbered: tuple[tuple[str, str], ...] = ()
    opened: tuple[str, ...] = ()  # numbers under which somebody else opened the same conclusion
    lines: tuple[tuple[Case, Assignment], ...] = ()
    is_confirmed: bool = False  # somebody else confirmed the same meeting; what is left is the difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An operator's surroundings: the command line, the samples."""

    now: datetime
    calendar: WorkCalendar
    settings: Settings = field(default_factory=Settings)
    source: str = OPERATOR

    def context(self, uow: UnitOfWork) -> Context:
        """The surroundings of one operation, with every series in sight."""
        return Context(
            actor=Actor(user_id=None, source=self.source, is_operator=True),
            chat=Chat(ChatKind.USER, self.source),
            series_ids=tuple(series.id for series in uow.series.all()),
            uow=uow,
            now=self.now,
            calendar=self.calendar,
            settings=self.settings,
        )


def owner_of(context: Context) -> str:
    """Whose reviews the actor's are."""
    return OPERATOR if context.actor.is_operator else f"member:{context.member_id}"


def confirm(source: Source, uow: UnitOfWork, desk: Desk) -> Done:
    """Review minutes and confirm all at once. What was imported before changes nothing. Raises ImportRefused."""
    context = desk.context(uow)
    drafts = drafts_of_minutes(source, uow)
    if drafts.is_done:
        return Done(drafts)
    stored = keep(drafts, context)
    done = confirm_review(stored, (), context)
    assert isinstance(done, Done), "the review was made in this transaction"
    return done


def keep(drafts: Drafts, context: Context) -> Review:
    """Store a new review, with the lines as they are now; an open one of the same meeting gives way to it."""
    drafts = replace(drafts, seen=versions(judge(drafts, context.uow)))
    reviews = context.uow.reviews
    there = open_review(drafts, context)
    if there is not None:
        return reviews.save(replace(there, data=encode(drafts), digest=drafts.digest), context.now)
    return reviews.add(_new_review(drafts, owner_of(context)), context.now)


def open_review(drafts: Drafts, context: Context) -> Review | None:
    """The actor's open review of the same meeting."""
    mine = context.uow.reviews.open_of(owner_of(context))
    about = (drafts.kind, drafts.series, drafts.ordinal, drafts.held_on)
    return next((one for one in mine if (one.kind, one.series, one.ordinal, one.held_on) == about), None)


def confirm_review(review: Review, keys: Collection[int], context: Context) -> Done | Overtaken:
    """Confirm the drafts with these keys, or everything; the decisions go with everything."""
    drafts = decode(review.data)
    overtaken = _by_another(drafts, review, context) or _overtaken(drafts, context)
    if overtaken is not None:
        context.uow.reviews.save(replace(review, data=encode(overtaken.drafts)), context.now)
        return overtaken
    done = _Confirmation(drafts, review, context).run(keys)
    state = ReviewState.OPEN if keys and not done.drafts.is_done else ReviewState.CONFIRMED
    context.uow.reviews.save(replace(review, data=encode(done.drafts), state=state), context.now)
    return done


def _new_review(drafts: Drafts, owner: str) -> NewReview:
    return NewReview(
        owner=owner,
        series=drafts.series,
        ordinal=drafts.ordinal,
        held_on=drafts.held_on,
        digest=drafts.digest,
        data=encode(drafts),
        kind=drafts.kind,
    )


def _by_another(drafts: Drafts, review: Review, context: Context) -> Overtaken | None:
    """The difference to what somebody else confirmed of the same meeting since the review began."""
    found = confirmed_review(drafts.series, drafts.ordinal, drafts.held_on, context.uow)
    if drafts.kind != "minutes" or found is None or found.id in (review.id, drafts.corrects):
        return None
    left = correct(drafts, decode(found.data), found.id, context.uow)
    seen = versions(judge(left, context.uow))
    return Overtaken(renumbered(replace(left, seen=seen), context.uow), is_confirmed=True)


def _overtaken(drafts: Drafts, context: Context) -> Overtaken | None:
    """What others changed since the review was shown."""
    judged = judge(drafts, context.uow)
    seen = versions(judged)
    moved = dict(seen).items() - dict(drafts.seen).items()
    current = renumbered(without_known(without_twins(drafts, context.uow), context.uow), context.uow)
    if not moved and current == drafts:
        return None
    pairs = list(zip(drafts.cases, current.cases, strict=True))
    changed = {line_id for line_id, _ in moved}
    return Overtaken(
        replace(current, seen=seen),
        renumbered=tuple((old.number, new.number) for old, new in pairs if old.number != new.number and not new.opened),
        opened=tuple(new.number for old, new in pairs if new.opened and not old.opened),
        lines=tuple((one.case, line) for one in judged if one.case for line in one.lines if line.id in changed),
    )


class _Confirmation:
    """One confirmation in its transaction."""

    def __init__(self, drafts: Drafts, review: Review, context: Context) -> None:
        self._drafts = drafts
        self._review = review
        self._context = context
        self._uow = context.uow
        self._series = self._uow.series.by_name(drafts.series) or self._uow.series.add(drafts.series, drafts.scheme)
        self._meeting = self._find_meeting(self._series)

    def run(self, keys: Collection[int]) -> Done:
        """Record what was chosen and apply it. The record comes first: it is taken back last, when all else is."""
        drafts = chosen(self._drafts, keys)
        judged = () if keys else judge(self._drafts, self._uow)
        learnt = self._learn_units()
        decided = [one for one in judged if one.standing is Standing.APPLIES]
        skipped = [] if keys else [one.key for one in self._drafts.decisions if one.choice is not Choice.SKIP]
        self._record(drafts, decided, skipped, learnt)
        cases = {draft.key: self._apply(draft) for draft in drafts}
        for one in decided:
            self._decide(one)
        self._mark(drafts, cases, decided, whole=not keys)
        return self._done(drafts, cases, decided, judged)

    def _find_meeting(self, series: Series) -> Meeting | None:
        ordinal, held_on = self._drafts.ordinal, self._drafts.held_on
        if ordinal is None and held_on is None:
            return None
        found = self._uow.series.meeting(series.id, ordinal, held_on)
        return found or self._uow.series.add_meeting(
            series.id, ordinal, held_on, self._drafts.digest, self._context.now
        )

    def _learn_units(self) -> dict[str, list[object]]:
        """Take the aliases and parents that the coordinator stated."""
        aliases: list[object] = []
        parents: list[object] = []
        for note in self._drafts.units:
            unit = self._unit(note.unit)
            if note.is_part:
                part = self._uow.units.get(self._unit(note.name))
                self._uow.units.set_parent(part.id, unit)
                parents.append([part.id, part.parent_id])
            elif self._uow.units.add_alias(unit, note.name):
                aliases.append(note.name)
        return {"aliases": aliases, "parents": parents}

    def _unit(self, name: str) -> int:
        return (self._uow.units.by_name(name) or self._uow.units.add(name)).id

    def _apply(self, draft: DraftCase) -> Case:
        if draft.origin is Origin.CHANGED:
            return self._correct(draft)
        if draft.origin is Origin.VANISHED:
            return self._withdraw(draft)
        found = self._uow.cases.by_number([self._series.id], draft.number) if draft.origin is Origin.CARRIED else ()
        return self._reopen(found[0], draft) if found else self._open(draft)

    def _open(self, draft: DraftCase) -> Case:
        case = self._uow.cases.add(self._new_case(draft))
        if draft.fate is Fate.MERGED:
            for line in case.assignments:
                self._uow.cases.save_line(line.release(Closing.MERGED, draft.into), next_look_at=None)
            case = self._again(case)
        if draft.listed is not None:
            case = carry_over(case, draft.listed, self._context)
        lines = {str(line.id): line.version for line in case.assignments}
        after = {"number": case.number, "meeting_id": case.meeting_id, "lines": lines, "merged_into": draft.into}
        record("open_case", "case", case.id, None, after, self._context)
        return case

    def _new_case(self, draft: DraftCase) -> NewCase:
        return NewCase(
            series_id=self._series.id,
            meeting_id=self._meeting.id if self._meeting else None,
            number=draft.number,
            title=draft.title,
            sentence=draft.sentence,
            section=draft.section,
            deadline=draft.deadline,
            lines=tuple(self._lines(draft)) or ((None, Duty.LEAD),),
            next_look_at=self._context.first_look(draft.deadline),
            at=self._context.now,
        )

    def _lines(self, draft: DraftCase) -> list[tuple[int | None, Duty]]:
        named = [(name, Duty.LEAD) for name in draft.lead] + [(name, Duty.SUPPORT) for name in draft.support]
        duties: dict[int | None, Duty] = {}
        for name, duty in named:
            duties.setdefault(self._unit(name), duty)
        return list(duties.items())

    def _reopen(self, case: Case, draft: DraftCase) -> Case:
        """Track an earlier number again that was taken back."""
        self._edit(replace(case, title=draft.title, deadline=draft.deadline), case)
        for line in case.assignments:
            move(case, line, line.continue_(), "reopen", self._context)
        return self._again(case)

    def _correct(self, draft: DraftCase) -> Case:
        """Change what the corrected version says otherwise, and nothing that it does not."""
        case = self._uow.cases.by_ids([draft.case_id or 0])[0]
        before, read = draft.before, draft.read
        assert before is not None, "a changed draft knows what was said before"
        assert read is not None, "a changed draft was read"
        title = draft.title if read.title != before.title or draft.title != read.title else case.title
        deadline = draft.deadline if read.deadline != before.deadline or draft.deadline.on != read.deadline else None
        self._edit(replace(case, title=title, deadline=deadline or case.deadline, sentence=draft.sentence), case)
        if (read.lead, read.support) != (before.lead, before.support) or draft.lead != read.lead:
            self._change_units(self._again(case), draft)
        return self._again(case)

    def _edit(self, changed: Case, case: Case) -> None:
        if changed == case:
            return
        saved = self._uow.cases.save_case(changed, next_look_at=self._context.first_look(changed.deadline))
        record("edit_case", "case", case.id, case_data(case), case_data(saved), self._context)

    def _change_units(self, case: Case, draft: DraftCase) -> None:
        """A line for each unit named now; the lines of units that are named no more are void."""
        wanted = dict(self._lines(draft)) or {None: Duty.LEAD}
        for line in case.assignments:
            if line.unit_id not in wanted and line.is_open:
                move(case, line, line.release(Closing.VOID), "void_line", self._context)
        there = {line.unit_id for line in case.assignments}
        for unit_id, duty in wanted.items():
            if unit_id not in there:
                look = self._context.first_look(case.deadline)
                line = self._uow.cases.add_line(case, unit_id, duty, next_look_at=look)
                record("add_line", "line", line.id, None, {"case_id": case.id, "version": line.version}, self._context)

    def _withdraw(self, draft: DraftCase) -> Case:
        case = self._uow.cases.by_ids([draft.case_id or 0])[0]
        for line in case.assignments:
            if line.is_open:
                move(case, line, line.release(Closing.VOID), "void_line", self._context)
        return self._again(case)

    def _decide(self, judged: Judged) -> None:
        decision = judged.decision
        assert judged.case is not None, "only a decision on a known case applies"
        for line in judged.lines:
            releases = decision.verdict is Verdict.RELEASE
            after = line.release(decision.closing, decision.into) if releases else line.continue_()
            move(judged.case, line, after, f"decide_{decision.verdict.value}", self._context)

    def _mark(
        self, drafts: Sequence[DraftCase], cases: dict[int, Case], decided: Sequence[Judged], *, whole: bool
    ) -> None:
        for draft in drafts:
            self._drafts = self._drafts.with_case(replace(draft, opened=True, case_id=cases[draft.key].id))
        for one in decided:
            self._drafts = self._drafts.with_decision(replace(one.decision, applied=True))
        for left in self._drafts.decisions if whole else ():
            if not left.applied:
                self._drafts = self._drafts.with_decision(replace(left, choice=Choice.SKIP))

    def _record(
        self,
        drafts: Sequence[DraftCase],
        decided: Sequence[Judged],
        skipped: Sequence[int],
        units: dict[str, list[object]],
    ) -> None:
        after = {
            "series_id": self._series.id,
            "meeting_id": self._meeting.id if self._meeting else None,
            "digest": self._drafts.digest,
            "cases": [draft.key for draft in drafts],
            "decisions": [one.decision.key for one in decided],
            "skipped": list(skipped),
            **units,
        }
        record("confirm_review", "review", self._review.id, None, after, self._context)

    def _done(
        self,
        drafts: Sequence[DraftCase],
        cases: dict[int, Case],
        decided: Sequence[Judged],
        judged: Sequence[Judged],
    ) -> Done:
        def of(*origins: Origin, fate: Fate = Fate.OPEN) -> tuple[Case, ...]:
            return tuple(cases[draft.key] for draft in drafts if draft.origin in origins and draft.fate is fate)

        return Done(
            self._drafts,
            opened=of(Origin.NEW, Origin.CARRIED),
            merged=of(Origin.NEW, Origin.CARRIED, fate=Fate.MERGED),
            corrected=of(Origin.CHANGED),
            withdrawn=of(Origin.VANISHED),
            decided=tuple(decided),
            left=tuple(one for one in judged if one.standing in UNCLEAR),
        )

    def _again(self, case: Case) -> Case:
        return self._uow.cases.by_ids([case.id])[0]


UNCLEAR = frozenset({Standing.UNKNOWN_UNIT, Standing.BOTH, Standing.RELEASED_BEFORE})


def case_data(case: Case) -> dict[str, object]:
    """What an edit changes of a case, for the audit."""
    on = case.deadline.on
    return {
        "case_id": case.id,
        "number": case.number,
        "title": case.title,
        "sentence": case.sentence,
        "deadline": {"on": on.isoformat() if on else None, "text": case.deadline.text, "rule": case.deadline.rule},
        "version": case.version,
    }
