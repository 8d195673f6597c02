"""Drafts → cases: open, reopen, correct or withdraw the case of one draft, each with its entry in the audit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from domain.case import Case, Closing, Deadline, Duty, Meeting, Series
from domain.ports import NewCase
from handlers.changes import move, record
from handlers.context import Context
from handlers.recurring import reschedule, save_case, tracked
from handlers.reviewing.listed import Listed, carry_over
from handlers.reviewing.review import DraftCase, Drafts, Fate, Origin


class CaseDesk:
    """Writes the cases of one review, in its series and for its meeting."""

    def __init__(self, drafts: Drafts, context: Context) -> None:
        self._drafts = drafts
        self._context = context
        self._uow = context.uow
        self.series = self._uow.series.by_name(drafts.series) or self._uow.series.add(drafts.series, drafts.scheme)
        self.meeting = self._find_meeting(self.series)

    def _find_meeting(self, series: Series) -> Meeting | None:
        ordinal, held_on = self._drafts.ordinal, self._drafts.held_on
        if ordinal is None and held_on is None:
            return None
        found = self._uow.series.meeting(series.id, ordinal, held_on)
        if found is None and held_on is not None:
            found = self._dated(series, ordinal, held_on)
        return found or self._uow.series.add_meeting(
            series.id, ordinal, held_on, self._drafts.digest, self._context.now
        )

    def _dated(self, series: Series, ordinal: int | None, held_on: date) -> Meeting | None:
        """The meeting that a ticked report made known by its ordinal alone, with its day."""
        known = self._uow.series.meeting(series.id, ordinal, None)
        if known is None or known.held_on is not None:
            return None
        return self._uow.series.date_meeting(known, held_on, self._drafts.digest)

    def learn_units(self) -> dict[str, list[object]]:
        """Take the aliases and parents that the coordinator stated or declined."""
        aliases: list[object] = []
        parents: list[object] = []
        declined: list[object] = []
        for note in self._drafts.units:
            if note.declined:
                declined += [[note.name, note.unit]] if self._uow.units.decline_parent(note.name, note.unit) else []
                continue
            unit = self._unit(note.unit)
            if note.is_part:
                part = self._uow.units.get(self._unit(note.name))
                self._uow.units.set_parent(part.id, unit)
                parents.append([part.id, part.parent_id])
            elif self._uow.units.add_alias(unit, note.name):
                aliases.append(note.name)
        return {"aliases": aliases, "parents": parents, "declined": declined}

    def _unit(self, name: str) -> int:
        return (self._uow.units.by_name(name) or self._uow.units.add(name)).id

    def apply(self, draft: DraftCase) -> Case:
        """Do with a draft what confirming it means. Returns its case as it is then."""
        if draft.origin is Origin.CHANGED:
            return self._correct(draft)
        if draft.origin is Origin.VANISHED:
            return self._withdraw(draft)
        found = self._uow.cases.by_number([self.series.id], draft.number) if draft.origin is Origin.CARRIED else ()
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
        listed = draft.listed or Listed()
        deadline = self._tracked(draft.deadline)
        return NewCase(
            series_id=self.series.id,
            meeting_id=self.meeting.id if self.meeting else None,
            number=draft.number,
            title=draft.title,
            sentence=draft.sentence,
            section=draft.section,
            deadline=deadline,
            lines=tuple(self._lines(draft)) or ((None, Duty.LEAD),),
            next_look_at=self._context.first_look(deadline),
            at=self._context.now,
            kind=listed.kind,
            stage=listed.stage,
        )

    def _lines(self, draft: DraftCase) -> list[tuple[int | None, Duty]]:
        named = [(name, Duty.LEAD) for name in draft.lead] + [(name, Duty.SUPPORT) for name in draft.support]
        duties: dict[int | None, Duty] = {}
        for name, duty in named:
            duties.setdefault(self._unit(name), duty)
        return list(duties.items())

    def _reopen(self, case: Case, draft: DraftCase) -> Case:
        """Track an earlier number again that was taken back."""
        self._edit(replace(case, title=draft.title, deadline=self._tracked(draft.deadline)), case)
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
        said, was = (read.deadline, read.recurrence), (before.deadline, before.recurrence)
        deadline = draft.deadline if said != was or said != (draft.deadline.on, draft.deadline.recurrence) else None
        due = self._tracked(deadline) if deadline else case.deadline
        self._edit(replace(case, title=title, deadline=due, sentence=draft.sentence), case)
        if (read.lead, read.support) != (before.lead, before.support) or draft.lead != read.lead:
            self._change_units(self._again(case), draft)
        return self._again(case)

    def _edit(self, changed: Case, case: Case) -> None:
        if changed == case:
            return
        saved = save_case(case, changed, self._context)
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
                reschedule(case, line, self._context)
                after = {"case_id": case.id, "unit": line.unit, "version": line.version}
                record("add_line", "line", line.id, None, after, self._context)

    def _withdraw(self, draft: DraftCase) -> Case:
        case = self._uow.cases.by_ids([draft.case_id or 0])[0]
        for line in case.assignments:
            if line.is_open:
                move(case, line, line.release(Closing.VOID), "void_line", self._context)
        return self._again(case)

    def _tracked(self, deadline: Deadline) -> Deadline:
        return tracked(deadline, self._context.today, self._context.calendar)

    def _again(self, case: Case) -> Case:
        return self._uow.cases.by_ids([case.id])[0]


def case_data(case: Case) -> dict[str, object]:
    """What an edit changes of a case, for the audit."""
    return {
        "case_id": case.id,
        "number": case.number,
        "title": case.title,
        "sentence": case.sentence,
        "deadline": deadline_data(case.deadline),
        "version": case.version,
    }


def deadline_data(deadline: Deadline) -> dict[str, object]:
    """A deadline, for the audit."""
    on = deadline.on
    return {
        "on": on.isoformat() if on else None,
        "text": deadline.text,
        "rule": deadline.rule,
        "recurrence": deadline.recurrence,
    }


def deadline_in(data: dict[str, Any]) -> Deadline:
    """The deadline that an entry's data of a case holds."""
    due = data["deadline"]
    on = date.fromisoformat(due["on"]) if due["on"] else None
    return Deadline(on=on, text=due["text"], rule=due["rule"], recurrence=due.get("recurrence", ""))
