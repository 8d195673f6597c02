"""Pieces of patterns that several rules share."""

from __future__ import annotations

import re
from typing import NamedTuple

from domain.numerals import HAN

N = rf"(?:[0-9]{{1,4}}|[{HAN}]{{1,7}})"
NOT_IN_NUMBER = r"(?<![0-9$第])(?<![週期拜][一二三四五六日天]\()"
WEEKDAYS = "一二三四五六日天"
WEEK = "(?:星期|週|禮拜)"
WEEKDAY = rf"(?:\({WEEK}?(?P<wd>[{WEEKDAYS}])\)|{WEEK}(?P<wd2>[{WEEKDAYS}]))"
ANY_WEEKDAY = rf"(?:\({WEEK}?[{WEEKDAYS}]\)|{WEEK}[{WEEKDAYS}])"
TO = "(?:至|到|~|-+|迄)"

BEFORE = "(?:之|以)?前(?![往置瞻段項述揭端後景途任身例者])"
DATE_EXPECTED = re.compile(r"(?:於|在|至|到|訂|定|為|限|應|請|自|預計|預定|,|、|:|^|\()$")
"""What may stand before a date that is too short to be known by itself: 17日, 9/30."""
_CLOCK = (
    rf"(?:(?:上午|下午|中午|晚間|晚上|早上|傍晚|凌晨)?(?:{N}[時點](?!代)(?:{N}分|半|整)?|[0-9]{{1,2}}:[0-9]{{2}})?"
    r"|(?:上午|下午|中午|晚間|晚上|早上|傍晚|凌晨))"
)
_TAIL = re.compile(
    rf"(?:\(含[^()]{{0,3}}\)|當[日天])?{_CLOCK}"
    rf"(?P<mark>(?:結束|終了|下班|中午|午夜|屆滿|截止)?{BEFORE}|(?:之|以)?內(?![政部湖容])|為限|截止|為?止)?"
)


HAPPENINGS = (
    "會議|會報|會期|質詢|座談會|說明會|公聽會|審查|活動|展覽|策展|工程|施工|開工|完工|竣工|驗收|決標|開標|招標|簽約|議約|續約|換約|結案|開會|核定|核准|通過|議決|定案|審定|召開|舉行|舉辦|辦理"
    "|上線|啟用|開幕|開放|結束|完成|屆滿|到期|期滿|開議|休會|開學|學期|寒假|暑假|汛期|颱風季|防汛期|選舉|投票|評鑑|考核|查核|稽核|搬遷|進場|點交|移交|交接|就任|上任|離職|退休|卸任|付款|撥款|修法|公告|施行"
)
"""What people wait for or prepare: its day is not known from the words."""


class Tail(NamedTuple):
    """What follows a date: where it ends, and the word that makes the date a limit."""

    stop: int
    mark: str


def tail(text: str, at: int) -> Tail:
    """Read a time of day and a limit such as 下午2時前, 以前, 內, 為限."""
    match = _TAIL.match(text, at)
    if match is None:
        return Tail(at, "")
    return Tail(match.end(), match.group("mark") or "")
