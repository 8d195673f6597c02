"""Source text → lines → paragraphs: converter leftovers and page furniture aside, broken lines joined again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from minutes.fold import Folded, fold
from minutes.labels import Role, find_labels, read_label
from minutes.markers import read_marker
from minutes.spaced import with_tabs

_BULLET = re.compile(
    r"^(?!\s*[○◯〇]{2})\s*(?:[-*+>]\s+|#{1,6}\s+|[＊•‧·●○◆◇◎▪▲△▶►➢➤→⇒➜➔📌🔸🔹🔶🔷👉✓※★☆■□](?!\s*(?:解|繼|賡|續|結(?!論)|自|持))\s*)+"
)
_PAGE = re.compile(
    r"^(?:[-\s]*\d{1,4}[-\s]*|第?\s*\d{1,4}\s*頁\s*[,/(]?\s*(?:共\s*\d{1,4}\s*頁)?\)?|\d{1,4}\s*/\s*\d{1,4}|(?:Page|P\.?)\s*\d+.*)$",
    re.I,
)
_RULE = re.compile(r"^[\s=_~─━—\-—|+:.…‧·*┌┐└┘├┤┬┴┼═╔╗╚╝╠╣╦╩╬│┃║╒╕╘╛╞╡╤╧╪]+$")
_MESSAGE = re.compile(r"\s*(?:[上下]午\s*)?\d{1,2}:\d{2}\s*(?P<who>[^\s:,。;|~-][^\s:,。;|]{0,19})\s+(?=\S)")
_FINISHED = tuple("。:!?」』")
_OPEN_END = tuple("、,(「『及與和或之的")
_CONTINUES = re.compile(r"^[、,。;)」』]|^[及與](?!會)|^旬|^\([^():]{2,20}\)[。.]?$")
_CLOSES = re.compile(r"[^()]{1,6}\)")
_ORDER_START = re.compile(r"^(?:請|由|另|並|責成|同意|本案|有關|為|散會|附|以下)")


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    raw: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A logical line: one or more source lines that belong together."""

    folded: Folded
    starts: tuple[tuple[int, int], ...]  # (place in folded.raw, source line number), ascending

    @property
    def text(self) -> str:
        return self.folded.text

    @property
    def line(self) -> int:
        return self.line_at(0)

    @property
    def lines(self) -> tuple[int, ...]:
        if not self.folded.origin:
            return (self.starts[0][1],)
        first, last = self.folded.origin[0], self.folded.origin[-1]
        before = [number for at, number in self.starts if at <= first][-1:]
        return tuple(before + [number for at, number in self.starts if first < at <= last])

    def line_at(self, place: int) -> int:
        """The source line of a character of the folded text."""
        origin = self.folded.origin
        at = origin[min(place, len(origin) - 1)] if origin else 0
        return [number for start, number in self.starts if start <= at][-1]

    def slice(self, start: int, end: int | None = None) -> Paragraph:
        return Paragraph(self.folded.slice(start, len(self.text) if end is None else end), self.starts)

    def strip(self) -> Paragraph:
        text = self.text
        return self.slice(len(text) - len(text.lstrip()), len(text.rstrip()))


def split_lines(text: str) -> tuple[Line, ...]:
    """Number the source lines as an editor does; form feeds and BOM are dropped."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    return tuple(Line(number, raw) for number, raw in enumerate(plain.split("\n"), 1))


def read_message(raw: str) -> re.Match[str] | None:
    """The head of a message in a chat that was saved as text: 16:52 管考-助理員<tab>…"""
    return _MESSAGE.match(raw)


def is_row(raw: str) -> bool:
    """Tell a table row: cells parted by tabs or bars."""
    if _MESSAGE.match(raw) and "\t" in raw:
        return False
    return raw.strip().count("\t") >= 2 or sum(map(raw.count, "|｜│┃║")) >= 2


@dataclass(frozen=True, slots=True)
class Sorted:
    """The lines of a document, told apart."""

    paragraphs: tuple[Paragraph, ...]
    furniture: tuple[int, ...]  # page numbers, rules, repeated page headers: nothing to read


def paragraphs(lines: Iterable[Line]) -> Sorted:
    """Join broken lines to paragraphs and set page furniture aside."""
    kept: list[tuple[Line, str, bool]] = []
    furniture: list[int] = []
    titles: set[str] = set()
    for line in with_tabs(lines):
        folded = line.raw.strip()
        if not folded:
            continue
        if _is_furniture(folded, titles):
            furniture.append(line.number)
        else:
            body = _BULLET.sub("", line.raw).strip("\f\v \u3000\xa0")
            kept.append((line, body, body != line.raw.strip()))
    kept = _with_true_bullets(kept)
    joined = [piece for group in _join(kept) for piece in _split_at_labels(group)]
    return Sorted(tuple(joined), tuple(furniture))


def _with_true_bullets(kept: list[tuple[Line, str, bool]]) -> list[tuple[Line, str, bool]]:
    """Forget the dashes that a converter put before numbered lines; elsewhere a bullet begins an item."""
    bulleted = [body for _, body, marked in kept if marked]
    numbered = sum(read_marker(fold(body).text) is not None for body in bulleted)
    converter = numbered * 2 >= len(bulleted)
    return [(line, body, marked and not converter) for line, body, marked in kept]


def _is_furniture(text: str, titles: set[str]) -> bool:
    if _PAGE.match(text) or _RULE.match(text):
        return True
    if ("會議紀錄" in text or "會議記錄" in text) and len(text) > 8:
        repeated = text in titles
        titles.add(text)
        return repeated
    return False


def _join(kept: list[tuple[Line, str, bool]]) -> Iterator[Paragraph]:
    width = _wrap_width([body for _, body, _ in kept])
    group: list[tuple[Line, str]] = []
    for line, body, bulleted in kept:
        if group and not _continues(group[-1][1], body, bulleted, _local_width(group, width)):
            yield _paragraph(group)
            group = []
        group.append((line, body))
    if group:
        yield _paragraph(group)


def _local_width(group: list[tuple[Line, str]], width: int) -> int:
    """A narrower column inside the text: lines joined so far that are about as long as each other."""
    lengths = [len(body) for _, body in group]
    narrow = len(lengths) > 1 and abs(lengths[-1] - lengths[-2]) <= 2
    return min(width, lengths[-2]) if narrow else width


def _wrap_width(bodies: list[str]) -> int:
    """The width at which the source was wrapped: what nine lines in ten do not exceed."""
    lengths = sorted(len(body) for body in bodies)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _continues(before: str, body: str, bulleted: bool, width: int) -> bool:
    """Tell whether a line goes on in the next one."""
    text = fold(body).text
    end = fold(before[-40:]).text
    if is_row(before) or is_row(body) or not text or not end:
        return False
    if _CONTINUES.match(text) or (_unbalanced(before) and _CLOSES.match(text)):
        return True
    if bulleted or _starts_anew(text) or end.endswith(_FINISHED) or _is_heading(before):
        return False
    if end.endswith(_OPEN_END) or _unbalanced(before):
        return True
    return _runs_on(before, text, width)


def _runs_on(before: str, text: str, width: int) -> bool:
    """Judge by shape where no punctuation tells: prose that stops in mid-sentence goes on."""
    full = 12 <= width <= 60 and len(before) >= 0.85 * width
    prose = any(mark in before for mark in ",，。；;")
    if _ORDER_START.match(text):
        return full or before[-1:] in "申邀聘提報函洽"
    return full or prose or (before[-1:].isdigit() and text[:1].isdigit())


def _starts_anew(text: str) -> bool:
    return read_marker(text) is not None or read_label(text) is not None or _MESSAGE.match(text) is not None


def _is_heading(line: str) -> bool:
    text = fold(line).text
    marker = read_marker(text)
    label = read_label(text[marker.length :] if marker else text)
    if label is None or (label.role in HEADER_ROLES and "," in text):  # 主席:… goes on where the chair speaks
        return False
    return label.role in (Role.AGENDA, Role.END) or label.role in HEADER_ROLES


HEADER_ROLES = frozenset({Role.TIME, Role.PLACE, Role.CHAIR, Role.RECORDER, Role.OTHER})


def _unbalanced(text: str) -> bool:
    return text.count("(") + text.count("（") > text.count(")") + text.count("）") or text.count("「") > text.count(
        "」"
    )


def _paragraph(group: list[tuple[Line, str]]) -> Paragraph:
    starts, raw = [], ""
    for line, body in group:
        starts.append((len(raw), line.number))
        raw += body + (" " if body[-1:].isascii() and body[-1:].isalpha() else "")
    return Paragraph(fold(raw.rstrip()), tuple(starts))


def _split_at_labels(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Part a paragraph where a conclusion or a speaker begins in the middle of it."""
    places = [0, *find_labels(paragraph.text), len(paragraph.text)]
    for start, end in pairwise(places):
        yield paragraph.slice(start, end).strip()
