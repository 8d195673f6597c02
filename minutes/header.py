"""The head of the minutes: series, ordinal, date, place, chair, recorder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from domain import numerals
from domain.dates import Kind, Reading
from minutes.labels import Role
from minutes.model import Header
from minutes.outline import Node
from minutes.timing import Clock
from minutes.words import words

_NUMBER = r"[\d一二三四五六七八九十百零〇○壹貳參肆伍陸柒捌玖拾佰]{1,9}"
_ORDINAL = re.compile(
    rf"第\s*({_NUMBER})\s*次(?!(?:定期|臨時)大?會.*會|通盤檢討|變更|修正)"
)  # 議會第5次定期大會質詢研商會議 has no number
_LETTER_O = re.compile(r"(?<=\d)[OoQ](?=\d|次)")
_TITLE = re.compile(
    r"會議紀錄|會議記錄|會紀錄|會記錄|會報紀錄|紀錄$|記錄$|會議$|會報$|會議結論|會議摘要|座談會|追蹤表|管制表|列管表|大會"
)
_TERM = re.compile(
    rf"第{_NUMBER}次(?=通盤檢討|變更|修正|檢討|預算|追加)|\d{{2,4}}[./年-]\d{{1,2}}[./月-]\d{{1,2}}日?|(?:民國)?\d{{2,4}}(?:學年度?|年度?)|第{_NUMBER}學期|[上下]學期|第{_NUMBER}[屆次期季]|(?:\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月份?"
)
_TAIL = re.compile(r"(?:會議)?(?:紀錄|記錄|摘要|紀要|結論|決議|重點)+(?:\(.*?\))?$")


def _spaced(*lists: str) -> str:
    """A pattern for the words of some lists, blanks between their characters allowed: 紀　　錄."""
    every = sorted({word for name in lists for word in words("labels", name)}, key=len, reverse=True)
    return "(?:" + "|".join(r"\s?".join(map(re.escape, word)) for word in every) + ")"


_LABEL = {
    role: re.compile(rf"(?<![一-鿿])?{_spaced(name)}\s*:\s*")
    for role, name in (
        (Role.TIME, "header_time"),
        (Role.PLACE, "header_place"),
        (Role.CHAIR, "header_chair"),
        (Role.RECORDER, "header_recorder"),
    )
}
_EVERY = _spaced(*(f"header_{name}" for name in ("time", "place", "chair", "recorder", "present", "other")))
_ANY_LABEL = re.compile(rf"[\s,;(]*(?:[一二三四五六七八九十]{{1,2}}、)?{_EVERY}\s*:")
_HEAD_NODES = 40
_YEAR_BEHIND = re.compile(r"(\d{1,2}月\d{1,2}日)\s*\(((?:民國)?\d{2,4}年)\)")  # 5月9日(112年)
_LONGEST_MEETING = 6


def read_header(root: Node, clock: Clock) -> Header:
    """Read the head from the title lines and the header labels, wherever on the line they stand."""
    values = _values(root)
    title = _LETTER_O.sub("0", _title(root) or "") or None
    return Header(
        series=_series(title) if title else None,
        ordinal=_ordinal(title) or _numbered(root),
        held_on=clock.held_on or _held_on(values.get(Role.TIME), title, root, clock),
        place=values.get(Role.PLACE),
        chair=_person(values.get(Role.CHAIR)),
        recorder=_person(values.get(Role.RECORDER)),
    )


def _values(root: Node) -> dict[Role, str]:
    """The first value of each header label; several may share a line."""
    found: dict[Role, str] = {}
    for text, role in _head_texts(root):
        if role in _LABEL:
            found.setdefault(role, _cut(text))
        for other, pattern in _LABEL.items():
            if other not in found and (match := pattern.search(text)):
                found[other] = _cut(text[match.end() :])
    return {role: value for role, value in found.items() if value}


def _head_texts(root: Node) -> Iterable[tuple[str, Role | None]]:
    for paragraph in root.body:
        yield paragraph.text, None
    for node in list(root.walk())[1:_HEAD_NODES]:
        if node.role in (Role.CONCLUSION, Role.SPEAKER):
            return
        own = node.label.role if node.label else None
        for paragraph in node.body or []:
            yield paragraph.text, own
            own = None


def _cut(text: str) -> str:
    match = _ANY_LABEL.search(text)
    return (text[: match.start()] if match else text).strip(" \t,。;|")


def _title(root: Node) -> str | None:
    """The lines before the first label that name a meeting, put together."""
    lines = [paragraph.text for paragraph in root.body[:6]]
    heads = [node for node in root.children[:8] if node.label]
    named = [node.text for node in heads if node.label and node.label.name in ("會議名稱", "名稱", "主旨")]
    named += [node.label.name for node in heads if node.label and node.label.role is Role.AGENDA and not node.marker]
    candidates = [line for line in named + lines if _TITLE.search(line) or _ORDINAL.search(line)]
    if not candidates:
        return None
    best = max(candidates, key=lambda line: bool(_ORDINAL.search(line)) + bool(_TITLE.search(line)))
    place = lines.index(best) if best in lines else 0
    alone = place > 0 and not re.search(r"[一-鿿]{4,}", _TERM.sub("", _TAIL.sub("", best)))
    return f"{lines[place - 1]}{best}" if alone else best


def _series(title: str) -> str | None:
    plain = re.sub(r"[「」『』\s]|\(.*?\)", "", _TERM.sub("", title))
    plain = re.sub(r"^會議名稱:|^(?:檢送|函送|檢陳)", "", plain)
    plain = re.sub(r"\d份[,。].*$", "", plain)
    series = _TAIL.sub("", plain).strip(":-、,。")
    bare = not re.search(r"會議?$|會報$|小組$", series)
    return (series + ("會議" if bare and re.search("會議[紀記]錄", title) else "")) or None


def _ordinal(title: str | None) -> int | None:
    found = _ORDINAL.findall(title or "")
    return numerals.number(found[-1]) if found else None


def _numbered(root: Node) -> int | None:
    """The number of a line 會議編號：W-35."""
    for node in list(root.walk())[:_HEAD_NODES]:
        if node.label and node.label.name == "會議編號" and (found := re.search(r"(\d{1,4})$", node.text.strip())):
            return int(found[1])
    return None


def _held_on(value: str | None, title: str | None, root: Node, clock: Clock) -> date | None:
    """The day in `時間：…`, else in the title or in a line of its own near the top."""
    texts = [value, title, *(paragraph.text for paragraph in root.body[:8])]
    for text in texts:
        for reading in clock.find(_YEAR_BEHIND.sub(r"\2\1", text or "")):
            day = reading.date or reading.start
            if day and not _is_season(reading) and reading.kind in (Kind.DATE, Kind.RANGE, Kind.NOT_DEADLINE):
                return day
    return None


def _is_season(reading: Reading) -> bool:
    """A year or a month is not the day of a meeting."""
    return bool(reading.start and reading.end and (reading.end - reading.start).days > _LONGEST_MEETING)


def _person(value: str | None) -> str | None:
    return value or None
