"""Decisions on earlier numbers: 解除列管, 繼續列管, their lists, ranges, unit parts, declared counts and tick boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from domain import numerals
from domain.numbers import FoundNumber, find_numbers
from minutes.words import any_of, words

RELEASE, CONTINUE = "release", "continue"

_RELEASE_WORDS = any_of(words("release", "words"))
_CONTINUE_WORDS = any_of(words("continue", "words"))
_VERDICT = re.compile(
    rf"(?P<release>(?<![前已速快期應須未凍總連集])結案(?![件率後前日期報資])|(?!結案){_RELEASE_WORDS})"
    rf"|(?P<continue>{_CONTINUE_WORDS}(?=[,。;:、()\]」】\s]|$|案|者|中|至|並|且|及|辦理|管制|管考|等|其|共|計|[□☐■V]))"
)
_GOING_ON = re.compile(rf"(?:請|由)?[^,。;\d]{{0,12}}?{any_of(words('continue', 'going_on'))}(?!中|完)")
_NOT = re.compile(rf"{any_of(words('release', 'not_words'))}(?:同意|准予|予以|予|宜)?$")
_WAITS = re.compile(rf"{any_of(words('release', 'waits'))}(?:同意|准予|予以|予)?$")
_ASKS = re.compile(r"(?:是否|可否|得否|建議|擬|申請|提請|擬請|建請|研議|評估)(?:同意|准予|予以|予)?$")
_TICKED = re.compile(r"[■☑☒✓✔●◼]|[(\[【][VvXx✓✔ˇ○O][)\]】]|(?<![A-Za-z])[Vvˇ](?=\s*(?:解|結|繼|持|賡|續|自|不))")
_UNTICKED = re.compile(r"[□☐○◻]|[(\[]\s*[)\]]")
_COUNT = re.compile(r"(?:等|共計?|計|合計)\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:案|件|項)")
_PART = re.compile(r"\s*\(([^()]{1,30}?)(?:部分|部份)?\)")
_MERGED = re.compile(r"併(?:入|案至|至|案於|同)?[^,。;]{0,6}?(?=[A-Za-z]{0,4}-?\d)")
_REST = re.compile(r"(?:其餘|其他|餘)(?:各?案|案件|項目|列管案件?)?[^,。;\d]{0,6}$")
_EXCEPT = re.compile(r"除[^,。;]*外")
_LIST_AFTER = re.compile(
    r"\s*(?:案件|案號|編號|者|部分|事項|如下)*\s*(?:\((?:共|計|共計)?\s*[\d一二三四五六七八九十]{1,3}\s*[案件項]\))?\s*:"
)
_ORDINALS = re.compile(
    r"(?:編號|項次|序號|案號)\s*第?([一二三四五六七八九十]{1,3}(?:[、,及與至~到][一二三四五六七八九十]{1,3})*)|第([一二三四五六七八九十]{1,3}(?:[、,及與至~到][一二三四五六七八九十]{1,3})*)(?:案|項)"
)
_SHARE = re.compile(r"(?:^|[,。;:、]|\d案?)\s*([^\d,。;:()]{2,30}?)(?:部分|部份)[^。;:]{0,60}$")
_LISTING = re.compile(r"編號|案號|項次|序號|列管案")
_REASONS = tuple(
    (name, re.compile(any_of(words("reasons", name)))) for name in ("self_tracked", "merged", "stopped", "completed")
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A word of decision in a text, with the numbers it is about."""

    decision: str
    start: int
    end: int
    numbers: tuple[tuple[str, str | None], ...] = ()  # (number, unit part)
    declared: int | None = None
    reason: str | None = None
    merged_into: str | None = None
    doubts: tuple[str, ...] = ()
    share: tuple[str, ...] = ()  # units whose part alone is decided, where no brackets name them
    before: str = ""  # what is said from the decision before up to this one


def read_verdicts(text: str) -> tuple[Verdict, ...]:
    """The decisions that a folded text states, each with the numbers that belong to it."""
    if has_boxes(text):
        return _ticked(text)
    words_found = list(_with_going_on(list(_stated(text)), text))
    listed_after = bool(words_found) and bool(_LIST_AFTER.match(text, words_found[0][1]))
    found: list[Verdict] = []
    for index, (start, end, decision, doubts) in enumerate(words_found):
        before = words_found[index - 1][1] if index else 0
        after = words_found[index + 1][0] if index + 1 < len(words_found) else len(text)
        span = (end, after) if listed_after else (before, start)
        found.append(_verdict(text, span, (start, end), decision, doubts))
    return tuple(found)


def read_ruling(cell: str) -> tuple[Verdict, ...]:
    """The decision of a cell that holds nothing but the ruling on its row: there 持續辦理 continues the case."""
    if re.fullmatch(rf"(?:請|由)?[^,。;\d]{{0,12}}?{any_of(words('continue', 'going_on'))}[。.]?", cell):
        return (Verdict(CONTINUE, 0, len(cell)),)
    if re.fullmatch(rf"(?:同意|准予)?{any_of(words('release', 'cell'))}[。.]?", cell):
        return (Verdict(RELEASE, 0, len(cell)),)
    return read_verdicts(cell)


def has_boxes(text: str) -> bool:
    return bool(_VERDICT.search(text)) and bool(_UNTICKED.search(text) or _TICKED.search(text))


def speaks_of_verdict(text: str) -> bool:
    return bool(_VERDICT.search(text))


def speaks_of_numbers(text: str) -> bool:
    return bool(_LISTING.search(text))


def _ticked(text: str) -> tuple[Verdict, ...]:
    """The word whose box is ticked; boxes all empty decide nothing."""
    marks = sorted(
        [(m.start(), m.end(), True) for m in _TICKED.finditer(text)]
        + [(m.start(), m.end(), False) for m in _UNTICKED.finditer(text)]
    )
    found = []
    for match in _VERDICT.finditer(text):
        near = [mark for mark in marks if 0 <= match.start() - mark[1] <= 3] or [
            m for m in marks if 0 <= m[0] - match.end() <= 1
        ]
        if near and near[-1][2]:
            decision = RELEASE if match["release"] else CONTINUE
            found.append(Verdict(decision, match.start(), match.end(), reason=_reason(match[0])))
    return tuple(found) if len({verdict.decision for verdict in found}) == 1 else ()


_Word = tuple[int, int, str, tuple[str, ...]]  # where it begins and ends, the decision, doubts


def _stated(text: str) -> Iterator[_Word]:
    for match in _VERDICT.finditer(text):
        before = text[max(0, match.start() - 8) : match.start()]
        if _ASKS.search(before):
            continue
        if match["continue"]:
            yield match.start(), match.end(), CONTINUE, ()
        elif _NOT.search(before):
            yield match.start(), match.end(), CONTINUE, ("negated",)
        elif _WAITS.search(before):
            yield match.start(), match.end(), CONTINUE, ("conditional",)
        else:
            yield match.start(), match.end(), RELEASE, ()


def _with_going_on(found: list[_Word], text: str) -> Iterator[_Word]:
    """Add the numbers that are to go on where others are decided: 第1案結案; 第2、3案請執行單位持續辦理."""
    yield from found[:1]
    for before, word in pairwise([*found, (len(text), len(text), CONTINUE, ())]):
        between = text[before[1] : word[0]]
        for match in _GOING_ON.finditer(between):
            listed = between[max(0, match.start() - _LONGEST_STRETCH) : match.start()]
            rest = between[match.end() : match.end() + _LONGEST_STRETCH]
            if numbers_in(listed) and (word[0] == len(text) or numbers_in(rest)):
                yield before[1] + match.start(), before[1] + match.end(), CONTINUE, ()
                break
        if word[0] < len(text):
            yield word


def _verdict(
    text: str, span: tuple[int, int], word: tuple[int, int], decision: str, doubts: tuple[str, ...]
) -> Verdict:
    stretch = text[span[0] : span[1]]
    merged = _MERGED.search(stretch)
    into = find_numbers(stretch[merged.end() :])[:1] if merged else ()
    listed = _listed(stretch, merged)
    count = _COUNT.search(stretch)
    numbers = tuple(_with_parts(listed))
    if _EXCEPT.search(stretch) or _REST.search(listed):
        numbers, doubts = (), (*doubts, "rest")
    return Verdict(
        decision,
        word[0],
        word[1],
        numbers,
        numerals.number(count[1]) if count else None,
        _reason(stretch + text[word[0] : word[1]]) if decision == RELEASE else None,
        into[0].spelling if into else None,
        doubts,
        _share_of(stretch),
        stretch,
    )


def _listed(stretch: str, merged: re.Match[str] | None) -> str:
    """The stretch that lists the numbers: not the number that a case is merged into."""
    if merged is None:
        return stretch
    target = find_numbers(stretch[merged.end() :])
    rest = stretch[merged.end() + target[0].end :] if target else ""
    return rest if find_numbers(rest) else stretch[: merged.start()]


def _with_parts(listed: str) -> Iterator[tuple[str, str | None]]:
    """Each number of a list, once per unit named in brackets behind it."""
    for found in numbers_in(listed):
        part = _PART.match(listed, found.end)
        if not part or re.fullmatch(r"[\d\s、,案件項共計]+", part[1]):
            yield found.spelling, None
        else:
            yield from ((found.spelling, unit) for unit in _parts(part[1]))


def _share_of(stretch: str) -> tuple[str, ...]:
    """The units whose share alone is decided: `行銷科部分解除列管`, `地政局已完成, 解除追蹤`."""
    shared = _SHARE.search(stretch)
    return tuple(_parts(shared[1])) if shared else ()


def _parts(text: str) -> list[str]:
    return [re.sub(r"(?:部分|部份)$", "", part) for part in re.split(r"[、,;及和與]", text) if part.strip()]


def numbers_in(text: str) -> tuple[FoundNumber, ...]:
    """Case numbers of a list; single-figure and Chinese ones only behind 編號, 項次, 第…案."""
    plain = [found for found in find_numbers(text) if _is_case_number(found, text)]
    spelled = [
        FoundNumber(n, n, m.start(), m.end()) for m in _ORDINALS.finditer(text) for n in _chinese_list(m[1] or m[2])
    ]
    return tuple(sorted([*plain, *spelled], key=lambda found: found.start))


_LONGEST_STRETCH = 200  # a bound that keeps the work linear
_LONGEST_LIST = 60  # characters from 編號 to the last number that it counts for


def _is_case_number(found: FoundNumber, text: str) -> bool:
    before, after = text[max(0, found.start - _LONGEST_LIST) : found.start], text[found.end : found.end + 3]
    if re.search(r"\d,$", before) and found.end - found.start == 3:
        return False  # 1,204 is one figure
    if re.match(r"\s*(?:年|月|日|次|案|件|項|個|位|萬|元|%|點|時|週|天|小時|人|樓|棟|號[^、,及與]|款|條)", after):
        coded = "-" in found.number or (len(found.number) >= 4 and not re.search(r"[等共計約達]\s*$", before))
        listed = coded or re.search(r"第[\d\s、,及與至~]*$", before)
        return bool(listed and re.match(r"\s*(?:案|項|號)", after))
    if "-" in found.number or len(found.number) >= 3:
        return not re.search(r"(?:民國|西元|等|共|計|第)\s*$", before) or "-" in found.number
    return bool(re.search(r"(?:編號|案號|項次|序號|案次|第)\s*:?第?[\d\s、,;及與和至~號-]*$", before))


_CHINESE = "一二三四五六七八九十"


def _chinese_list(text: str) -> list[str]:
    ends = re.split("[至~到]", text)
    if len(ends) == 2 and all(end in _CHINESE for end in ends):
        return list(_CHINESE[_CHINESE.index(ends[0]) : _CHINESE.index(ends[1]) + 1])
    return [part for part in re.split("[、,及與至~到]", text) if part]


def _reason(text: str) -> str | None:
    return next((name for name, pattern in _REASONS if pattern.search(text)), None)
