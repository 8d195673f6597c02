"""A short title made from the sentence of an order, and the figures it aims at."""

from __future__ import annotations

import re

from minutes.units import Directory, Unit
from minutes.words import any_of, words

LONGEST = 24
_SHORTEST = 6
_TELLING = 10  # a first clause below this says too little by itself: 向資訊局確認

_DAY = (
    r"[\d一二三四五六七八九十兩/()今明本下上個這次週周星期月日年初底旬時分季第半學度民國會議結束開工作天小文到後中午]"
)
_LIMIT = rf"(?:並|務必|至遲)?(?:於|在)?{_DAY}{{1,18}}?(?:以前|之前|前|內|[上中下]旬)(?=[^,。;\d])"
_LEADING = re.compile(
    rf"(?:{any_of(words('deadline', 'vague'))}|{_LIMIT}|請|應|須|需|務必|確實|予以|進行|負責"
    r"|就(?!近|地|業)|針對|將(?!來|就|近)|把|[,、:\s]|\([^()]*\))+"
)
_LATER_LIMIT = re.compile(rf"(?<=,){_LIMIT}")
_PARTNER = re.compile(r"(?:會同|偕同|協同|夥同|聯合|會銜)")
_TRAILING = re.compile(
    r"(?:(?<=....),?(?:以利|俾利?|以便|以免|以維|避免|以資|以符|以提升|以降低).*|,並?(?:完成|提出|辦理|陳核|送出))$"
)
_CONNECTIVE = re.compile(r"^(?:並|另外?|且|再|同時|亦|惟|原則同意|修正後?通過|照案通過|通過|本案)*[,:]?")
_ABOUT = re.compile(
    r"^(?:有關|關於|針對|就|至於|對於|為)(?=..)|(?:[一乙]?[節案]|部分|部份|事宜|事項|議題|問題)(?:[一乙][節案])?$"
)
_NO_TOPIC = re.compile(
    r"^(?:其.{0,4}|本[案項]|[上前][述開]?.{0,3}|[\d一二三四五六七八九十.()第]+[案項次]?|原則(?:上)?)?$"
)
_BARE = re.compile(
    r"^(?:先行?|再行?|另行?|儘速|盡速|擇期|逕行|逐一|共同|積極|持續|妥善|妥為|研議|研處|研商|評估|辦理|處理|確認|檢討|協調|改善|回復|提報|說明|納入"
    r"|審查|查明|釐清|修正|追蹤|控管|提出|討論|於.{2,6}(?=提|回|討|報|說)|可行性|方式|後|並|及|之)+(?=[,;。]|$)"
)
_DANGLING = re.compile(r"(?:[、,;:及與並或和之的於將以向對為]|(?<![理事緣原自])由)+$")
_HALF_SAID = re.compile(r"(?<=....)[,;](?:若|如|倘|一旦|遇有|俟|待)[^,;]*$|(?<=[^前先今之以])後$")
_STOP = re.compile(r"[,;。]|:(?!\d)")
_FULL_WIDTH = str.maketrans(",;:()?!", "，；：（）？！")
_WIDE = r"[^\x00-\x7f]"
_MARK = re.compile(rf"(?<={_WIDE})[,;:()?!]|[,;:()?!](?={_WIDE})")
_BRACKETS = re.compile(rf"(?<={_WIDE})\([^()]*\)|\([^()]*\)(?={_WIDE})|\([^()]*{_WIDE}[^()]*\)")
_PLAIN = Directory()
_TARGET = re.compile(
    r"(?:目標(?:值)?[為是:]?|至少|達到?)\s*([\d,.]+\s*萬?\s*(?:%|[套份件戶處台臺支人場次案座位家個組成])?)"
)


def title_of(body: str, directory: Directory = _PLAIN, *, background: str = "") -> str:
    """The first clauses of an order without its addressee, partners, mark and date, as many as have room.

    What the sentence says before the order (`background`) leads where the order itself is but a verb or two.
    """
    plain = _cut(_core(body, directory))
    if (len(plain) < _SHORTEST or _BARE.match(plain)) and (topic := _topic(background)):
        plain = _cut(f"{topic}:{plain}" if plain else topic)
    return as_written(plain)


def _topic(background: str) -> str:
    """What the last clause before an order speaks of, or the nearest one before it that names something."""
    clauses = [clause for clause in _STOP.split(_CONNECTIVE.sub("", background)) if not _NO_TOPIC.match(clause)]
    topics = [_ABOUT.sub("", clause) for clause in clauses]
    return next((_cut(topic) for topic in reversed(topics) if not _NO_TOPIC.match(topic)), "")


def targets_in(text: str) -> tuple[str, ...]:
    return tuple(match[1].strip() for match in _TARGET.finditer(text))


def _core(body: str, directory: Directory) -> str:
    rest = _without_partners(_without_lead_in(body), directory)
    return _TRAILING.sub("", _LATER_LIMIT.sub("", _without_lead_in(rest))).strip(" ,。;:、")


def _without_lead_in(text: str) -> str:
    leading = _LEADING.match(text)
    return text[leading.end() :] if leading else text


def _without_partners(text: str, directory: Directory) -> str:
    """Take away `會同資訊局` at the beginning: who helps is shown beside the title."""
    word = _PARTNER.match(text)
    if not word:
        return text
    units: tuple[Unit, ...] = directory.read_list(text, word.end()) or directory.guess(text, word.end())
    return text[units[-1].end :] if units else text


def _cut(plain: str) -> str:
    """The clauses that fit; a first clause that is too long by itself is broken off."""
    if len(plain) <= LONGEST:
        return _HALF_SAID.sub("", _DANGLING.sub("", plain))
    stops = [stop.start() for stop in _STOP.finditer(plain) if _TELLING <= stop.start() <= LONGEST]
    return _HALF_SAID.sub("", plain[: stops[-1]]) if stops else _DANGLING.sub("", plain[: LONGEST - 1]) + "…"


def as_written(text: str) -> str:
    """Give punctuation beside Chinese its width again; 1,250 and 21:30 stay."""
    wide = _BRACKETS.sub(lambda pair: f"（{pair[0][1:-1]}）", text)
    return _MARK.sub(lambda mark: mark[0].translate(_FULL_WIDTH), wide)
