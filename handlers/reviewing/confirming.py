"""Confirm a review: all of it in one write, or nothing. The audit holds what 復原 needs to take all of it back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from domain.calendar import WorkCalendar
from domain.case import Assignment, Case
from domain.chat import Actor, Chat, ChatKind
from domain.ports import NewReview, Review, ReviewState, UnitOfWork
from handlers.changes import message_of, move, record
from handlers.commands import Verdict
from handlers.context import Context, Settings
from handlers.reminding.meeting_days import move_next_meeting
from handlers.reviewing.case_desk import CaseDesk
from handlers.reviewing.correcting import correct
from handlers.reviewing.drafting import confirmed_review, drafts_of_minutes, renumbered, without_known, without_twins
from handlers.reviewing.import_minutes import Source
from handlers.reviewing.judging import Judged, Standing, judge, versions
from handlers.reviewing.review import Choice, DraftCase, DraftDecision, Drafts, Fate, Origin, chosen, decode, encode
from handlers.reviewing.taking_back import DECIDE, TAKE_BACK, before_decision
from handlers.stages.following import follow
from handlers.stages.proposing import sleep_as_proposed

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
    next_meeting_on: date | None = None  # set, as the minutes state it
    followed: tuple[str, ...] = ()  # what that brought about in cases that wait for these, in words

    @property
    def is_change(self) -> bool:
        """Tell whether anything was changed."""
        return bool(
            self.opened or self.merged or self.corrected or self.withdrawn or self.decided or self.next_meeting_on
        )


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
    if asks_nothing(drafts, context):
        return Done(drafts)
    stored = keep(drafts, context)
    done = confirm_review(stored, (), context)
    assert isinstance(done, Done), "the review was made in this transaction"
    return done


def asks_nothing(drafts: Drafts, context: Context) -> bool:
    """Tell whether confirming would change nothing: no case, no decision, no day of a next meeting."""
    return drafts.is_done and day_to_set(drafts, context) is None


def day_to_set(drafts: Drafts, context: Context) -> date | None:
    """The day that the minutes state for the next meeting, unless it has passed or is set already."""
    on, series = drafts.next_meeting_on, context.uow.series.by_name(drafts.series)
    known = series.next_meeting_on if series else None
    return on if on is not None and on >= context.today and on != known else None


def keep(drafts: Drafts, context: Context) -> Review:
    """Store a new review, with the lines as they are now; an open one of the same meeting gives way to it."""
    message = message_of(context)
    brought = drafts.messages or ((message,) if message else ())
    drafts = replace(drafts, seen=versions(judge(drafts, context.uow)), messages=brought)
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
        self._desk = CaseDesk(drafts, context)
        self._next_meeting_on: date | None = None
        self._followed: tuple[str, ...] = ()

    def run(self, keys: Collection[int]) -> Done:
        """Record what was chosen and apply it. The record comes first: it is taken back last, when all else is."""
        drafts = chosen(self._drafts, keys)
        judged = () if keys else judge(self._drafts, self._uow)
        learnt = self._desk.learn_units()
        decided = [one for one in judged if one.standing is Standing.APPLIES]
        skipped = [] if keys else [one.key for one in self._drafts.decisions if one.choice is not Choice.SKIP]
        self._record(drafts, decided, skipped, learnt)
        cases = {draft.key: self._desk.apply(draft) for draft in drafts}
        for one in decided:
            self._decide(one)
        for draft in drafts:
            cases[draft.key] = self._sleep(draft, cases[draft.key])
        self._followed = tuple(follow(self._context))
        if not keys:
            self._set_next_meeting()
        self._mark(drafts, cases, decided, whole=not keys)
        return self._done(drafts, cases, decided, judged)

    def _decide(self, judged: Judged) -> None:
        decision = judged.decision
        assert judged.case is not None, "only a decision on a known case applies"
        for line in judged.lines:
            action = TAKE_BACK if decision.dropped else f"{DECIDE}{decision.verdict.value}"
            move(judged.case, line, _decided(line, decision, self._uow), action, self._context)

    def _sleep(self, draft: DraftCase, case: Case) -> Case:
        """Last of all: a case may wait for one of the same minutes, or for one that they release."""
        is_new = draft.takes_number and draft.fate is Fate.OPEN
        return sleep_as_proposed(case, draft.waits, self._context) if is_new else case

    def _set_next_meeting(self) -> None:
        on = day_to_set(self._drafts, self._context)
        if on is not None:
            move_next_meeting(self._desk.series, on, self._context)
            self._next_meeting_on = on

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
            "series_id": self._desk.series.id,
            "meeting_id": self._desk.meeting.id if self._desk.meeting else None,
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
            next_meeting_on=self._next_meeting_on,
            followed=self._followed,
        )


def _decided(line: Assignment, decision: DraftDecision, uow: UnitOfWork) -> Assignment:
    """The line as a decision leaves it; one that a corrected version dropped leaves it as before."""
    if decision.dropped:
        before = before_decision(line, decision.verdict, uow)
        assert before is not None, "judged in this transaction"
        return before
    if decision.verdict is Verdict.RELEASE:
        return line.release(decision.closing, decision.into)
    return line.continue_()


UNCLEAR = frozenset({Standing.UNKNOWN_UNIT, Standing.BOTH, Standing.RELEASED_BEFORE, Standing.DROPPED})
