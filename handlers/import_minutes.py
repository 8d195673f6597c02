"""Minutes → cases: a proposal to look at, then, on confirmation, all of it in one write.

Used by the command line; the chat's review (issue 3) builds on the same proposal.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from domain.calendar import WorkCalendar
from domain.case import Case, Deadline, Duty, Meeting, Series
from domain.numbers import NumberScheme, guess_scheme, normal
from domain.ports import AuditEntry, NewCase, UnitOfWork
from domain.reminders import first_look
from handlers.context import Settings
from minutes.model import Decision, Draft, Header, Minutes

DEFAULT_SCHEME = "{meeting}-{n}"


@dataclass(eq=False)
class ImportRefused(Exception):
    """The minutes cannot be imported; `reason` is no_series or no_meeting."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Read minutes and what the person adds to them. `digest` is the SHA-256 of their text."""

    minutes: Minutes
    digest: str
    series: str | None = None  # the series' name, where the minutes do not say or say it otherwise
    ordinal: int | None = None

    @property
    def header(self) -> Header:
        """The head of the minutes."""
        return self.minutes.header

    @property
    def meeting_ordinal(self) -> int | None:
        """The meeting's ordinal, as the person or the minutes say."""
        return self.ordinal if self.ordinal is not None else self.header.ordinal


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """A unit that would get a line; `unit_id` is None for a unit that the directory does not know yet."""

    unit: str
    unit_id: int | None
    duty: Duty


@dataclass(frozen=True, slots=True)
class ProposedCase:
    """A case that would be opened under this number. Without lines, nobody was named: the coordinator assigns."""

    number: str
    draft: Draft
    deadline: Deadline
    lines: tuple[ProposedLine, ...]


@dataclass(frozen=True, slots=True)
class OlderDecision:
    """A decision on an earlier number, and whether the bot knows that number."""

    decision: Decision
    is_known: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an import would do, or did (`opened`). `imported` is the meeting if it was imported before."""

    series: str
    ordinal: int | None
    source: Source
    cases: tuple[ProposedCase, ...]
    decisions: tuple[OlderDecision, ...]
    imported: Meeting | None = None
    opened: tuple[Case, ...] = ()

    @property
    def new_units(self) -> tuple[str, ...]:
        """Units that the directory would learn, each once."""
        named = [line.unit for case in self.cases for line in case.lines if line.unit_id is None]
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who imports, when, and by which rules. `member_id` is None on the command line."""

    now: datetime
    calendar: WorkCalendar
    settings: Settings = field(default_factory=Settings)
    member_id: int | None = None
    source: str = "cli"


def propose(source: Source, uow: UnitOfWork) -> Proposal:
    """Say what importing would do. Changes nothing. Raises ImportRefused."""
    name = _series_name(source, uow)
    series = uow.series.by_name(name)
    imported = _imported(source, series, uow)
    numbers = _numbers(source, series, uow) if imported is None else []
    return Proposal(
        series=name,
        ordinal=source.meeting_ordinal,
        source=source,
        cases=tuple(_case(n, draft, uow) for n, draft in zip(numbers, source.minutes.drafts, strict=False)),
        decisions=_decisions(source, series, uow),
        imported=imported,
    )


def confirm(source: Source, uow: UnitOfWork, desk: Desk) -> Proposal:
    """Open the proposed cases, with their meeting and units. A meeting that was imported before changes nothing."""
    proposal = propose(source, uow)
    if proposal.imported is not None or not proposal.cases:
        return proposal
    series = uow.series.by_name(proposal.series) or uow.series.add(proposal.series, _scheme(source, None).template)
    held_on = source.header.held_on
    meeting = uow.series.add_meeting(series.id, proposal.ordinal, held_on, source.digest, desk.now)
    units = {name: uow.units.add(name).id for name in proposal.new_units}
    opened = tuple(uow.cases.add(_new_case(case, meeting, units, desk)) for case in proposal.cases)
    _record(proposal, meeting, opened, uow, desk)
    return Proposal(
        series=proposal.series,
        ordinal=proposal.ordinal,
        source=source,
        cases=proposal.cases,
        decisions=proposal.decisions,
        opened=opened,
    )


def _series_name(source: Source, uow: UnitOfWork) -> str:
    """The series as given, as the minutes name it, or the one known series that ends the name in the minutes."""
    given = source.series or source.header.series
    if not given:
        raise ImportRefused("no_series")
    if uow.series.by_name(given) is None:
        known = [series.name for series in uow.series.all() if given.endswith(series.name)]
        if len(known) == 1:
            return known[0]
    return given


def _imported(source: Source, series: Series | None, uow: UnitOfWork) -> Meeting | None:
    if series is None:
        return None
    return uow.series.meeting(series.id, source.meeting_ordinal, source.header.held_on)


def _scheme(source: Source, series: Series | None, taken: Collection[str] = ()) -> NumberScheme:
    """The scheme that the series' numbers follow; without any, what these minutes' own numbers follow."""
    own = source.minutes.number_scheme
    return guess_scheme(taken) or NumberScheme(own or (series.scheme if series else DEFAULT_SCHEME))


def _numbers(source: Source, series: Series | None, uow: UnitOfWork) -> list[str]:
    """A number for each draft, none of which was ever used in the series."""
    if not source.minutes.drafts:
        return []
    meeting = _meeting_number(source)
    taken = set(uow.cases.numbers(series.id)) if series else set()
    scheme = _scheme(source, series, taken)
    numbers: list[str] = []
    for _ in source.minutes.drafts:
        number = scheme.propose(meeting, taken)
        taken.add(number)
        numbers.append(number)
    return numbers


def _meeting_number(source: Source) -> int:
    """The ordinal; a meeting without one is numbered by its day: 1101216."""
    held_on = source.header.held_on
    if source.meeting_ordinal is not None:
        return source.meeting_ordinal
    if held_on is None:
        raise ImportRefused("no_meeting")
    return (held_on.year - 1911) * 10_000 + held_on.month * 100 + held_on.day


def _case(number: str, draft: Draft, uow: UnitOfWork) -> ProposedCase:
    named = [(unit, Duty.LEAD) for unit in draft.lead] + [(unit, Duty.SUPPORT) for unit in draft.support]
    duties: dict[str, Duty] = {}
    for unit, duty in named:
        duties.setdefault(unit, duty)
    return ProposedCase(number, draft, _deadline(draft), tuple(_line(unit, duties[unit], uow) for unit in duties))


def _line(name: str, duty: Duty, uow: UnitOfWork) -> ProposedLine:
    unit = uow.units.by_name(name)
    return ProposedLine(unit.name, unit.id, duty) if unit else ProposedLine(name, None, duty)


def _deadline(draft: Draft) -> Deadline:
    """The date with its words and rule; or the words alone (儘速), which give no date."""
    if draft.deadline is not None and draft.deadline.deadline is not None:
        return Deadline(on=draft.deadline.deadline, text=draft.deadline.text, rule=draft.deadline.rule)
    words = "、".join(reading.text for reading in draft.timing)
    return Deadline(text=words, rule=draft.timing[0].rule if draft.timing else "")


def _decisions(source: Source, series: Series | None, uow: UnitOfWork) -> tuple[OlderDecision, ...]:
    numbers = list({normal(decision.number) or decision.number for decision in source.minutes.decisions})
    known: Sequence[Case] = uow.cases.by_numbers([series.id], numbers, limit=len(numbers)) if series and numbers else ()
    found = {case.number for case in known}
    return tuple(
        OlderDecision(decision, (normal(decision.number) or decision.number) in found)
        for decision in source.minutes.decisions
    )


def _new_case(case: ProposedCase, meeting: Meeting, units: dict[str, int], desk: Desk) -> NewCase:
    lines = [(units[line.unit] if line.unit_id is None else line.unit_id, line.duty) for line in case.lines]
    return NewCase(
        series_id=meeting.series_id,
        meeting_id=meeting.id,
        number=case.number,
        title=case.draft.title,
        sentence=case.draft.text,
        section=case.draft.section,
        deadline=case.deadline,
        lines=tuple(lines) or ((None, Duty.LEAD),),
        next_look_at=_first_look(case, meeting, desk),
        at=desk.now,
    )


def _first_look(case: ProposedCase, meeting: Meeting, desk: Desk) -> datetime | None:
    """The first rung after the start of the meeting's day, be it past: the clock then says what was missed."""
    if case.deadline.on is None:
        return None
    zone = desk.settings.zone
    since = datetime.combine(meeting.held_on, time.min, zone) if meeting.held_on else desk.now
    return first_look(case.deadline.on, desk.settings.ladder, desk.calendar, zone, since=since)


def _record(proposal: Proposal, meeting: Meeting, opened: Sequence[Case], uow: UnitOfWork, desk: Desk) -> None:
    """One entry for the import and one for each case."""
    imported = {"series_id": meeting.series_id, "ordinal": meeting.ordinal, "digest": meeting.digest}
    entries = [("import_minutes", "meeting", meeting.id, {**imported, "new_units": list(proposal.new_units)})]
    entries += [("open_case", "case", case.id, {"number": case.number, "meeting_id": meeting.id}) for case in opened]
    for action, subject, subject_id, after in entries:
        uow.audit.add(
            AuditEntry(
                at=desk.now,
                action=action,
                subject=subject,
                subject_id=subject_id,
                member_id=desk.member_id,
                source=desk.source,
                before=None,
                after=after,
            )
        )
