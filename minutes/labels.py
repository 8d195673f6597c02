"""What a line says it is, before its colon or as a short heading: conclusion, speaker, background and so on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from minutes.words import any_of, text, words


class Role(StrEnum):
    CONCLUSION = "conclusion"
    SPEAKER = "speaker"
    MESSAGE = "message"  # of a saved chat
    ADDRESSEE = "addressee"  # a unit before a colon inside a conclusion: the order is for it
    BACKGROUND = "background"
    AGENDA = "agenda"
    END = "end"
    LEAD = "lead"
    SUPPORT = "support"
    DUE = "due"
    TRACKER = "tracker"
    STATUS = "status"
    TIME = "time"
    PLACE = "place"
    CHAIR = "chair"
    RECORDER = "recorder"
    PRESENT = "present"
    OTHER = "other"


ATTRIBUTES = frozenset({Role.LEAD, Role.SUPPORT, Role.DUE, Role.TRACKER, Role.STATUS})
HEADER = frozenset({Role.TIME, Role.PLACE, Role.CHAIR, Role.RECORDER, Role.PRESENT, Role.OTHER})


@dataclass(frozen=True, slots=True)
class Label:
    role: Role
    name: str
    length: int  # characters of the folded text up to and with the colon
    spoken: bool = False  # named by a verb of speech, not only by a person's or unit's name


_EXACT: dict[str, Role] = {
    word: role
    for role, name in (
        (Role.BACKGROUND, "background"),
        (Role.LEAD, "attribute_lead"),
        (Role.SUPPORT, "attribute_support"),
        (Role.DUE, "attribute_due"),
        (Role.TRACKER, "attribute_tracker"),
        (Role.STATUS, "attribute_status"),
        (Role.TIME, "header_time"),
        (Role.PLACE, "header_place"),
        (Role.CHAIR, "header_chair"),
        (Role.RECORDER, "header_recorder"),
        (Role.PRESENT, "header_present"),
        (Role.OTHER, "header_other"),
    )
    for word in words("labels", name)
}
_AGENDA = frozenset(words("headings", "agenda"))
_END = frozenset(words("headings", "end"))
_OPEN, _CLOSE = r"[【\[〔<「(《]", r"[】\]〕>」)》]"
_BEFORE_COLON = re.compile(rf"{_OPEN}?([^:,。;\t|]{{1,30}}?){_CLOSE}?\s*:\s*")
_BRACKETED = re.compile(r"[【\[〔<《]([^:,。;\t|]{2,12}?)[】\]〕>》]\s*:?\s*")
_BEFORE_GAP = re.compile(r"([^:,。;\t|\s]{2,12})[\s]+")
_PHRASE = re.compile(
    r"(?:本案)?(?:案?經[^,:。;]{0,14})?(?:主席|會議|大會|與會人員|委員會|一致|全體)?(?:決議|裁示|決定)(?=,|由|請|同意|通過|照案|本案|事項如下|如下)(?:事項)?(?:如下)?[,:]?"
)
_CONCLUSION = re.compile(rf"{any_of(words('labels', 'conclusion'))}$")
_NOT_CONCLUSION = re.compile(f"{any_of(words('labels', 'not_conclusion'))}|{text('labels', 'not_conclusion_by')}")
_SPEECH = re.compile(rf"{any_of(words('labels', 'speech'))}(?:\([^)]*\))?$")
_PERSON = re.compile(
    rf"^[^()0-9]{{0,14}}{any_of(words('units', 'suffixes'))}(?:[○〇OXx◯]{{1,3}}|[A-Z甲乙丙丁]|\([^)]{{1,12}}\))?$"
)
_NUMBERED = re.compile(r"[(]?[一二三四五六七八九十\d]{1,3}[)]?$")
_STRONG = re.compile(
    r"(?<![次期原年度位長委各之的項歷])(?:綜合|會議|主席|市長|校長|處長|局長|主委|討論|審議)?(?:結論|決議|裁示|指示|決定):"
)
_STOP_BEFORE = re.compile(r".*[。;!?」)\]】、:,\s]")
_LONGEST_GIVER = 20  # characters of who gives a ruling: 主任委員兼召集人裁示
_AFTER_STOP = re.compile(
    r"(?<=[。;!?」)\]】])\s*(?=[^,。;:\s][^,。;:]{1,24}:|[【\[〔][^】\]〕]{2,8}[】\]〕])|\s+(?=[^,。;:\s]{2,10}:)"
)


@lru_cache(maxsize=4096)
def read_label(text: str) -> Label | None:
    """The label that a folded line (after its numbering) begins with, or None."""
    if text.startswith("[") and _GATHERED.search(text) and len(text) <= _LONGEST_ANNOUNCEMENT:
        return Label(Role.CONCLUSION, text, len(text))
    for pattern in (_BRACKETED, _BEFORE_COLON):
        if (match := pattern.match(text)) and (label := _named(match[1], match.end(), colon=True)):
            return label
        if match and pattern is _BRACKETED and match.end() == len(text):
            return Label(Role.AGENDA, match[1], len(text))
    if (match := _PHRASE.match(text)) and match.end():
        return Label(Role.CONCLUSION, match[0], 0 if match.end() == len(text) else match.end())
    return _heading(text) or _before_gap(text)


def find_labels(text: str) -> list[int]:
    """Places inside a paragraph where a conclusion, a speech or another labelled part begins."""
    places = {_label_start(text, match) for match in _STRONG.finditer(text)} - {0}
    for match in _AFTER_STOP.finditer(text):
        label = read_label(text[match.end() : match.end() + 40])
        if match.end() and label and _parts(label):
            places.add(match.end())
    return sorted(place for place in places if not _inside_brackets(text, place))


def _label_start(text: str, match: re.Match[str]) -> int:
    """Where the label begins that ends with a strong word: at 主任 of `…完畢。主任裁示:`."""
    window = max(0, match.start() - _LONGEST_GIVER)
    stop = _STOP_BEFORE.search(text, window, match.start())
    begin = stop.end() if stop else 0 if window == 0 else match.start()
    label = read_label(text[begin : match.end()])
    return begin if label and label.role is Role.CONCLUSION else match.start()


def _inside_brackets(text: str, place: int) -> bool:
    return text.rfind("(", 0, place) > text.rfind(")", 0, place)


def is_conclusion(name: str) -> bool:
    plain = _NUMBERED.sub("", name) or name
    return len(plain) <= 14 and bool(_CONCLUSION.search(plain)) and not _NOT_CONCLUSION.search(plain)


def _parts(label: Label) -> bool:
    return label.role in ATTRIBUTES or label.role in (Role.CONCLUSION, Role.BACKGROUND) or label.spoken


def _named(name: str, length: int, *, colon: bool) -> Label | None:
    plain = re.sub(r"\s", "", name)
    if role := _EXACT.get(plain):
        return Label(role, plain, length)
    if is_conclusion(plain):
        return Label(Role.CONCLUSION, plain, length)
    if plain in _AGENDA or plain in _END:
        return Label(Role.END if plain in _END else Role.AGENDA, plain, length)
    return _speaker(plain, length) if colon else None


def _speaker(plain: str, length: int) -> Label | None:
    if len(plain) > 28:
        return None
    if _SPEECH.search(plain):
        return Label(Role.SPEAKER, plain, length, spoken=True)
    return Label(Role.SPEAKER, plain, length) if _PERSON.match(plain) else None


def _heading(text: str) -> Label | None:
    """A whole short line without a colon."""
    plain = re.sub(r"\s", "", text).strip("。:【】[]〔〕<>《》")
    if len(plain) > 24:
        return (_END_LINE.match(text) and Label(Role.END, plain[:4], len(text))) or None
    if _END_LINE.match(plain):
        return Label(Role.END, plain, len(text))
    if plain in _EXACT and _EXACT[plain] is Role.BACKGROUND:
        return Label(Role.BACKGROUND, plain, len(text))
    if is_conclusion(plain) or _GATHERED.search(plain):
        return Label(Role.CONCLUSION, plain, len(text))
    if _is_agenda(plain):
        return Label(Role.AGENDA, plain, len(text))
    return None


# 剛剛擴大會報結論整理給大家(1/14二): how a conclusion is announced in a chat
_GATHERED = re.compile(
    r"(?<![上前][次期])(?:會議|會報)?(?:結論|決議|裁示|待辦|交辦)(?:事項)?(?:整理|彙整|重點|摘要|紀錄)(?:[一-鿿]{0,6})(?:\([^)]{1,12}\))?$"
)
_LONGEST_ANNOUNCEMENT = 40
_END_LINE = re.compile(rf"{any_of(words('headings', 'end'))}(?:時間)?(?:[(:,。]|$|[上下]午|同日|於|\d)")
_AGENDA_LINE = re.compile(rf"^(?:[^,。;:]{{0,10}}){any_of(words('headings', 'agenda'))}(?:\([^)]*\))?(?::無|無)?$")


def _is_agenda(plain: str) -> bool:
    return plain in _AGENDA or (len(plain) <= 18 and bool(_AGENDA_LINE.match(plain)) and "請" not in plain)


def _before_gap(text: str) -> Label | None:
    """`主席  ○○○`, `決議  請…`: a label parted from its text by a wide gap."""
    match = _BEFORE_GAP.match(text)
    return _named(match[1], match.end(), colon=False) if match else None
