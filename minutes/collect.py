"""Walk the outline and gather what the conclusions hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from minutes.conclusions import Context, is_noted, read_item
from minutes.decisions import Verdict, has_boxes, numbers_in, read_verdicts, speaks_of_numbers, speaks_of_verdict
from minutes.labels import ATTRIBUTES, Role
from minutes.lines import Paragraph, is_row
from minutes.markers import MarkerKind
from minutes.model import Decision, Declared, Draft, Unread
from minutes.outline import Node
from minutes.parted import read_parts
from minutes.parties import Parties, units_in
from minutes.rows import read_table
from minutes.shares import by_unit
from minutes.tables import tables
from minutes.timing import Clock, Timing, due_in
from minutes.units import Directory

_DECIDING = (Role.CONCLUSION, Role.ADDRESSEE)


@dataclass(slots=True)
class Collector:
    """Gathers drafts, decisions and leftovers in the order of the document."""

    directory: Directory
    clock: Clock
    drafts: list[Draft] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    declared: list[Declared] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def collect(self, root: Node) -> Collector:
        for node in root.walk():
            self._node(node)
        return self

    def _node(self, node: Node) -> None:
        if node.label and node.label.role in ATTRIBUTES:
            self._status(node)
        elif node.role in _DECIDING:
            listed = {id(row.paragraph) for table in tables(node.body) for row in table.rows}
            for paragraph in node.body:
                if not is_row(paragraph.text) or (id(paragraph) not in listed and self._in_parts(paragraph)):
                    self._paragraph(paragraph, node)
        elif _is_tracked_item(node):
            self._paragraph(node.body[0], node)
        elif node.role in (None, Role.AGENDA) or _is_ticked_report(node) or _lists_cases(node):
            self._listed(node)
        if node.role not in (Role.SPEAKER, Role.MESSAGE) or _is_earlier_chapter(node):
            self._tables(node)

    def _in_parts(self, paragraph: Paragraph) -> bool:
        """Tell a row without a heading that says by itself what, who and by when: 送審|資訊處|7/4."""
        return read_parts(paragraph, self.directory, self.clock) is not None

    def _status(self, node: Node) -> None:
        """狀態：■解除列管 □繼續列管 under an item."""
        if node.label and node.label.role is Role.STATUS:
            for paragraph in node.body:
                self._verdicts(paragraph, node, read_verdicts(paragraph.text))

    def _listed(self, node: Node) -> None:
        """Numbers decided outside a conclusion, as in a chapter 列管案件; all of a report on earlier ones."""
        reports = _reports_earlier(node) or bool(node.marker and node.marker.kind is MarkerKind.BARE_CODE)
        for paragraph in node.body:
            if not is_row(paragraph.text) and speaks_of_verdict(paragraph.text):
                listed = tuple(verdict for verdict in read_verdicts(paragraph.text) if reports or verdict.numbers)
                self._verdicts(paragraph, node, listed)

    def _paragraph(self, paragraph: Paragraph, node: Node) -> None:
        text = paragraph.text
        verdicts = read_verdicts(text)
        self._verdicts(paragraph, node, verdicts)
        item = read_item(paragraph, self._context(node))
        if not verdicts or any(draft.lead for draft in item.drafts):
            self.drafts.extend(item.drafts)
        if not verdicts and not item.drafts and not has_boxes(text) and not is_noted(text):
            self.unread.append(Unread(paragraph.line, paragraph.folded.verbatim(), item.refused or "no_order"))

    def _verdicts(self, paragraph: Paragraph, node: Node, verdicts: tuple[Verdict, ...]) -> None:
        for verdict in by_unit(verdicts, self.directory):
            numbers = verdict.numbers or tuple((number, None) for number in _numbers_above(node))
            if len(numbers) == 1 and numbers[0][1] is None:
                numbers = tuple((numbers[0][0], unit) for unit in verdict.share) or numbers
            if "rest" in verdict.doubts or not numbers:
                reason = "rest" if "rest" in verdict.doubts else "no_number"
                self.unread.append(Unread(paragraph.line_at(verdict.start), paragraph.folded.verbatim(), reason))
            else:
                self._decide(paragraph, node, verdict, numbers)

    def _decide(
        self, paragraph: Paragraph, node: Node, verdict: Verdict, numbers: tuple[tuple[str, str | None], ...]
    ) -> None:
        line = paragraph.line_at(verdict.start)
        for number, unit in numbers:
            self.decisions.append(
                Decision(
                    number,
                    verdict.decision,
                    unit,
                    node.section,
                    line,
                    paragraph.folded.verbatim(),
                    verdict.reason,
                    verdict.merged_into,
                    verdict.doubts,
                )
            )
        if verdict.declared is not None:
            listed = len({number for number, _ in numbers})
            self.declared.append(Declared(verdict.decision, verdict.declared, listed, line))

    def _tables(self, node: Node) -> None:
        for table in tables(node.body):
            if table.tracks:
                taken = read_table(table, self._context(node), reported=_reports_earlier(node))
                self.drafts.extend(taken.drafts)
                self.decisions.extend(taken.decisions)
                self.unread.extend(taken.unread)

    def _context(self, node: Node) -> Context:
        return Context(
            node.section,
            self.directory,
            self.clock,
            addressee=_addressee(node, self.directory),
            parties=_attributed_parties(node, self.directory),
            due=_attributed_due(node, self.clock),
            case_number=None if _is_newly_numbered(node) else next(iter(_numbers_above(node)), None),
        )


def _is_newly_numbered(node: Node) -> bool:
    """A conclusion that the minutes number themselves (37-1 …) outside a report on earlier ones."""
    own = any(place.marker and place.marker.kind is MarkerKind.BARE_CODE for place in [node, *node.ancestors()])
    return own and not _reports_earlier(node)


def _is_ticked_report(node: Node) -> bool:
    """執行情形：… with the boxes ticked below it: a decision, where it reports on an earlier conclusion."""
    ticked = node.role is Role.BACKGROUND and any(has_boxes(paragraph.text) for paragraph in node.body)
    return ticked and _reports_earlier(node)


def _is_earlier_chapter(node: Node) -> bool:
    """A numbered part on earlier conclusions, even where no label ends what a speaker says before it."""
    return node.role is Role.SPEAKER and node.marker is not None and _EARLIER.search(_heading(node)) is not None


def _lists_cases(node: Node) -> bool:
    """A part of the chapter 列管事項, where no label below it says that somebody proposes or explains."""
    labels = [place.label.name for place in [node, *node.ancestors()] if place.label]
    return node.role is Role.BACKGROUND and bool(labels) and _CASES.search(labels[0]) is not None


_CASES = re.compile(r"列管(?:事項|案件?)|追蹤事項")


def _is_tracked_item(node: Node) -> bool:
    """An item outside conclusions whose lines name who is to do it and by when or how it stands: a tracking list."""
    roles = {child.label.role for child in node.children if child.label}
    plain = node.role not in (Role.SPEAKER, Role.BACKGROUND) and bool(node.marker and node.body)
    return plain and Role.LEAD in roles and bool(roles & {Role.DUE, Role.STATUS}) and not _has_verdict(node)


def _has_verdict(node: Node) -> bool:
    status = (child for child in node.children if child.label and child.label.role is Role.STATUS)
    return any(read_verdicts(child.text) or re.search("已?完成", child.text) for child in status)


def _numbers_above(node: Node) -> list[str]:
    """The case number that an item stands under: its own numbering 編號一, or numbers in its heading."""
    for place in [node, *node.ancestors()]:
        if place.marker and place.marker.code:
            return [place.marker.code.replace("之", "-")]
        heading = place.body[0].text[:60] if place.body and place.role not in _DECIDING else ""
        if leading := _LEADING_NUMBER.match(heading):
            return [leading[1]]
        if speaks_of_numbers(heading) and (numbers := numbers_in(heading)):
            return [found.spelling for found in numbers]
    return _case_ordinal(node)


_LEADING_NUMBER = re.compile(
    r"[(\[【]?((?:[A-Za-z]{1,4}-?)?\d{2,7}(?:-\d{1,4})+|[A-Z]{0,2}\d{4,7})[)\]】]?(?:案|號)?(?:[:、,.\s(](?!\d)|(?=[一-鿿「])(?![年月日前止至到起召會]))"
)


def _case_ordinal(node: Node) -> list[str]:
    for place in [node, *node.ancestors()]:
        if place.marker and place.marker.kind is MarkerKind.CASE and _reports_earlier(place):
            return [re.sub(r"[^一二三四五六七八九十\d]", "", place.marker.label)]
    return []


def _reports_earlier(node: Node) -> bool:
    """Tell a part that reports on earlier conclusions."""
    return any(_EARLIER.search(_heading(place)) for place in [node, *node.ancestors()])


_EARLIER = re.compile(r"上[次期月屆]|上年度|前次|歷次|執行情形|辦理情形|執行報告|追蹤|列管案|列管事項|列管情形")


def _heading(node: Node) -> str:
    name = node.label.name if node.label else ""
    return name + (
        node.body[0].text[:40] if node.body and (node.marker or node.label) and node.role not in _DECIDING else ""
    )


def _addressee(node: Node, directory: Directory) -> tuple[str, ...]:
    for place in [node, *node.ancestors()]:
        if place.label and place.label.role is Role.ADDRESSEE:
            return units_in(place.label.name)
    return ()


def _attributes(node: Node) -> Iterator[Node]:
    return (child for child in node.children if child.label and child.label.role in ATTRIBUTES)


def _attributed_parties(node: Node, directory: Directory) -> Parties:
    named: dict[Role, tuple[str, ...]] = {}
    for child in _attributes(node):
        assert child.label is not None
        named[child.label.role] = units_in(child.text)
    return Parties(
        lead=named.get(Role.LEAD, ()), support=named.get(Role.SUPPORT, ()), tracker=named.get(Role.TRACKER, ())
    )


def _attributed_due(node: Node, clock: Clock) -> Timing:
    lines = [child.text for child in _attributes(node) if child.label and child.label.role is Role.DUE]
    return due_in(lines[0], clock) if lines else Timing()
