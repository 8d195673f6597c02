"""Text → command. The sentences are data (sentences.toml), compiled once to regular expressions.

Whether the bot is spoken to decides what counts: see `Address`. A text that mentions a case without being a command is
nothing, in a group.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from domain.numbers import find_numbers
from handlers.change_commands import Acknowledge, AnswerExtension
from handlers.commands import (
    NAMES,
    AskCase,
    AskMine,
    AskOpen,
    AskOverdue,
    AskQuota,
    AskReport,
    AskUnit,
    Bind,
    BindGroup,
    CaseRef,
    Command,
    Decide,
    Help,
    Misread,
    NextPage,
    ReportProgress,
    RequestRelease,
    UnbindGroup,
    Undo,
    Verdict,
    WhichCase,
    WhoAmI,
)
from handlers.language.ask_builders import ASK_BUILDERS
from handlers.language.change_builders import CHANGE_BUILDERS
from handlers.language.clock_builders import CLOCK_BUILDERS
from handlers.language.folding import fold
from handlers.language.phrasebook import Address, Sentence, phrasebook
from handlers.language.review_builders import REVIEW_BUILDERS
from handlers.language.slots import SPACED_DASH, Slots, page_in, ref_in, refs_in
from handlers.language.stage_builders import STAGE_BUILDERS
from handlers.language.templates import DIGIT

_MORE_NUMBERS = re.compile(
    r"\s*[,;、~和及與跟至到]\s*(?:第\s*)?\d{1,4}-\d{1,7}(?!\d|[/.]|\s*[月日])"  # 完成 212-1~212-99999
    r"|\s+\d{2,4}-\d{1,7}(?!\d|[-/.]|\s*[月日])"
    r"|\s*[、~]\s*\d{1,9}(?=[\s、~案號]|$)"  # 完成 212-1、2、3
)
"""Numbers that stand where a report should begin: more cases were meant than were read."""
_GREETING = re.compile(
    r"\s*(?:您好|你好|大家好|各位好|各位長官好|長官好|早安|午安|抱歉|打擾了|報告(?:長官|主席)?)[\s,。!~、]+|不好意思[\s,]*"
)
"""What polite people say before a command."""
LONGEST_UNIT_SENTENCE = 30
FOLDED = (
    *(
        "number",
        "numbers",
        "several",
        "unit",
        "receiver",
        "name",
        "code",
        "whole_code",
        "page",
        "key",
        "keys",
        "ordinal",
    ),
    *("day", "date", "city"),
)
"""Slots that are taken as folded; the others verbatim."""
LONGEST_QUESTION = 200  # commands without free text are short


def parse(text: str, address: Address, *, unit_names: bool = True) -> Command | Misread | None:
    """Read a clean text. None: it fits nothing.

    A Misread means one command clearly, but lacks something. `unit_names` takes a bare name as a question about a unit.
    """
    folded = fold(text)
    start = len(folded) - len(folded.lstrip())
    said = _match(folded[start:], text[start:], address, unit_names) if start < len(folded) else None
    greeted = _GREETING.match(folded) if said is None or isinstance(said, Misread) else None
    return parse(text[greeted.end() :], address, unit_names=unit_names) or said if greeted else said


def nearest(text: str) -> Misread:
    """What a text that fits nothing may have meant: the command that the longest of its hints is for."""
    folded = fold(text)
    said = [hint for hint in phrasebook().hints if hint[0] in folded]
    name = max(said, key=lambda hint: len(hint[0]))[1] if said else None
    return Misread(NAMES[name] if name else None, _first_ref(folded))


def is_courtesy(text: str) -> bool:
    """Tell whether a text thanks or agrees, and says nothing else."""
    said = [part for part in re.split(r"[\s,、。.!~]+", fold(text)) if part]
    return bool(said) and all(part in phrasebook().courtesies for part in said)


def parse_quoting(text: str, refs: tuple[CaseRef, ...]) -> Command | WhichCase | None:
    """Read what somebody wrote on quoting the bot's message about `refs`. None: a courtesy, not worth an answer.

    A full command stands as it is; a question asks about the quoted cases; 完成 asks for their release; 同意 and 不同意
    answer the extension that waits; anything else is a report on the one case, or a question back if there were
    several.
    """
    folded = fold(text).strip()
    book = phrasebook()
    plain = folded.strip("。.!~ ")
    if plain in book.acknowledgements:
        return Acknowledge(refs, quoting=True)
    if plain in book.courtesies or not (says_something(plain) or "?" in plain):
        return None
    found = parse(text, Address.DIRECT, unit_names=False)
    if found is not None and not isinstance(found, Misread):
        return found
    for sentence in book.quoted:
        if match := sentence.matches(folded):
            return _with_refs(sentence, match, text.strip(), refs)
    if folded.endswith(("?", "嗎", "呢")):
        return AskCase(refs)
    return ReportProgress(refs[0], text.strip()) if len(refs) == 1 else WhichCase(refs, text.strip())


def says_something(text: str) -> bool:
    """Tell whether a text has a word or number in it, and not just marks and pictures."""
    return any(char.isalnum() for char in text)


def is_unfinished(text: str) -> bool:
    """Tell whether a report speaks of intentions, not results."""
    return phrasebook().unfinished.search(fold(text)) is not None


def looks_like_unit(name: str) -> bool:
    """Tell whether a name ends like a unit's."""
    return name[-1] in phrasebook().unit_endings


def is_distinctive(ref: CaseRef) -> bool:
    """Tell whether a number looks like a case's and nothing else: 211-2, but not 10601, 2021 or 3-1."""
    return re.fullmatch(r"[1-9]\d{2}-\d{1,2}", ref.number) is not None


def _match(folded: str, text: str, address: Address, unit_names: bool) -> Command | Misread | None:
    book = phrasebook()
    first = DIGIT if folded[0].isdecimal() else folded[0]
    usage: Sentence | None = None
    is_long = len(folded) > LONGEST_QUESTION
    for sentence in book.by_first.get(first, ()):
        if address < sentence.level or (is_long and not sentence.takes_text):
            continue
        if not (match := sentence.matches(folded)):
            continue
        if not sentence.is_usage:
            return _misread_list(sentence, match, folded) or _build(sentence, match, text)
        usage = usage or sentence
    if usage is not None:
        return Misread(NAMES[usage.command], _first_ref(folded))
    if not unit_names or len(folded) > LONGEST_UNIT_SENTENCE:
        return None
    return _first_built(book.anywhere, folded, text, address)


def _misread_list(sentence: Sentence, match: re.Match[str], folded: str) -> Misread | None:
    """A Misread where only the first of several numbers was read and the rest taken for a report."""
    given = match.groupdict()
    name = "numbers" if given.get("numbers") else "number"
    if not (sentence.takes_text and given.get(name)) or given.get("other"):
        return None
    # Python before 3.11.5 leaves the blank behind a possessive group inside it.
    behind = match.start(name) + len(given[name].rstrip())
    says_more = _MORE_NUMBERS.match(SPACED_DASH.sub("-", folded[behind:]))
    return Misread(NAMES[sentence.command], _first_ref(folded)) if says_more else None


def _first_built(sentences: Iterable[Sentence], folded: str, text: str, address: Address) -> Command | None:
    for sentence in sentences:
        if address >= sentence.level and not sentence.is_usage and (match := sentence.matches(folded)):
            return _build(sentence, match, text)
    return None


def _build(sentence: Sentence, match: re.Match[str], text: str) -> Command:
    slots = {
        name: text[match.start(name) : match.end(name)].strip() for name, value in match.groupdict().items() if value
    }
    for name in FOLDED:
        if name in slots:
            slots[name] = match[name].strip()
    if "result" in slots:
        slots["result"] = text[match.start("result") :].strip()
    return BUILDERS[sentence.command](slots, sentence.set)


def _first_ref(folded: str) -> CaseRef | None:
    found = find_numbers(folded[:LONGEST_QUESTION])
    return CaseRef(found[0].number) if found else None


BUILDERS: dict[str, Callable[[Slots, Mapping[str, Any]], Command]] = {
    "ask_case": lambda slots, _: AskCase(refs_in(slots)),
    "ask_open": lambda slots, _: AskOpen(page_in(slots)),
    "ask_unit": lambda slots, _: AskUnit(slots["unit"], page_in(slots)),
    "ask_overdue": lambda slots, _: AskOverdue(page_in(slots)),
    "ask_mine": lambda slots, _: AskMine(page_in(slots)),
    "next_page": lambda slots, _: NextPage(),
    "ask_report": lambda slots, _: AskReport(
        slots.get("meeting_name") or slots.get("name", ""), int(slots["ordinal"]) if "ordinal" in slots else None
    ),
    "report": lambda slots, _: ReportProgress(
        ref_in(slots), slots.get("text") or slots.get("remark") or slots["statement"]
    ),
    "request_release": lambda slots, given: RequestRelease(
        refs_in(slots), slots.get("result") or slots.get("statement", ""), **given
    ),
    "decide": lambda slots, given: Decide(
        refs_in(slots), Verdict(given["verdict"]), given.get("everyone", False), given.get("confirmed", False)
    ),
    "undo": lambda slots, given: Undo(int(slots.get("entry", 0)), given.get("confirmed", False)),
    "bind": lambda slots, _: Bind(slots.get("whole_code") or slots["code"]),
    "bind_group": lambda slots, _: BindGroup(slots.get("name", "")),
    "unbind_group": lambda slots, _: UnbindGroup(slots.get("name", "")),
    "ask_quota": lambda slots, _: AskQuota(),
    "who_am_i": lambda slots, _: WhoAmI(),
    "help": lambda slots, _: Help(slots.get("theme") or slots.get("topic", "")),
    **ASK_BUILDERS,
    **CHANGE_BUILDERS,
    **CLOCK_BUILDERS,
    **REVIEW_BUILDERS,
    **STAGE_BUILDERS,
}


def _with_refs(sentence: Sentence, match: re.Match[str], text: str, refs: tuple[CaseRef, ...]) -> Command | WhichCase:
    if sentence.command == "request_release":
        return RequestRelease(refs)
    if sentence.command == "answer_extension":
        note = text[match.start("reason") :] if "reason" in match.groupdict() else ""
        return AnswerExtension(refs[0], sentence.set["accept"], note) if len(refs) == 1 else WhichCase(refs, text)
    return AskCase(refs)
