"""Numbering at the start of a line: 壹、 一、 （一） 1. (1) ① 甲、 第一案 案由一 編號一, and OCR slips of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from domain import numerals

_SLIPS = str.maketrans({"ニ": "二", "ー": "一", "弍": "二", "贰": "二", "参": "三", "陆": "六", "壱": "一", "叄": "三"})
_SHOWN = str.maketrans(
    {"ニ": "二", "ー": "一", "弍": "貳", "贰": "貳", "参": "參", "叁": "參", "叄": "參", "陆": "陸", "壱": "壹"}
)
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = "[〇一二三四五六七八九十零ニー]{1,4}"
_CASE = "案由|提案|議題|議案|討論案|報告案|討論事項|報告事項|案號|案|臨時動議|決議案|主題|議程|案件|臨時提案"
_CODE = "列管編號|列管案號|列管序號|管考編號|追蹤編號|案件編號|編號|序號|項次|項目|案號"


class MarkerKind(StrEnum):
    FORMAL = "formal"
    CHINESE = "chinese"
    CHINESE_PAREN = "chinese_paren"
    STEM = "stem"
    ARABIC = "arabic"
    ARABIC_PAREN = "arabic_paren"
    CIRCLED = "circled"
    CASE = "case"
    CODE = "code"
    BARE_CODE = "bare_code"  # 37-1 …: a number of the series itself, without 編號
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Marker:
    kind: MarkerKind
    ordinal: int
    label: str  # as it is shown in a section path: 貳, 一, (二), 案由一
    length: int  # characters of the folded text that it takes
    code: str | None = None  # a case number that the line begins with


_PATTERNS: tuple[tuple[MarkerKind, re.Pattern[str]], ...] = (
    (
        MarkerKind.CODE,
        re.compile(
            rf"[(\[【]?(?:{_CODE})[:\s]?第?(?P<code>(?:[A-Za-z]{{1,4}}-?)?\d+(?:[-之]\d+)*|{_CHINESE})[)\]】]?(?:案|號)?(?![-\d之、,~至及與]|[一二三四五六七八九十]|\s*\([^()]{{1,24}}部[分份])[:、.,\s]*"
        ),
    ),
    (
        MarkerKind.BARE_CODE,
        re.compile(r"(?P<code>\d{1,4}-\d{1,3})(?:[、:\s]\s*|(?=[一-鿿]))(?![\d~至到-])(?=[^\d]{4})"),
    ),
    (
        MarkerKind.CASE,
        re.compile(rf"[(\[【]?(?P<label>(?:{_CASE})(?P<n>{_CHINESE}|\d{{1,2}}))[)\]】]?(?![\d月日年件次])[:、.,\s]*"),
    ),
    (
        MarkerKind.CASE,
        re.compile(
            rf"[(\[【]?(?P<label>第(?P<n>{_CHINESE}|\d{{1,2}})(?:案|號案|議案|提案|項))[)\]】]?[:、.,\s]*(?!解除|繼續|持續|賡續|同意|、|及)"
        ),
    ),
    (MarkerKind.FORMAL, re.compile(r"[(\[【]?(?P<n>[壹貳參肆伍陸柒捌玖拾叁叄参弍贰陆壱]{1,3})[)\]】、.,:\s]+\s*")),
    (MarkerKind.CHINESE_PAREN, re.compile(rf"[(〔](?P<n>{_CHINESE})[)〕][、.:,]?\s*|(?P<m>{_CHINESE})\)[、.:,]?\s*")),
    (MarkerKind.CHINESE, re.compile(rf"(?P<n>{_CHINESE})(?:[、.:]|,(?=\S)|\s)\s*")),
    (MarkerKind.STEM, re.compile(rf"(?P<n>[{_STEMS}])[、.:]\s*")),
    (MarkerKind.ARABIC_PAREN, re.compile(r"\((?P<n>\d{1,2})\)[、.:]?\s*|(?P<m>\d{1,2})\)[、.:]?\s*")),
    (MarkerKind.ARABIC, re.compile(r"(?P<n>\d{1,2})(?:\.(?!\d)|、(?!\d{1,2}月)|\s*:(?!\d)|,(?=\D))\s*")),
    (MarkerKind.CIRCLED, re.compile(rf"(?P<n>[{_CIRCLED}])[、.:]?\s*")),
    (MarkerKind.LETTER, re.compile(r"(?P<n>[A-H])[.、)](?![A-Za-z])\s*")),
)


def read_marker(text: str) -> Marker | None:
    """The numbering that a folded line begins with, or None."""
    for kind, pattern in _PATTERNS:
        if match := pattern.match(text):
            return _marker(kind, match)
    return None


def _marker(kind: MarkerKind, match: re.Match[str]) -> Marker:
    groups = match.groupdict()
    body = groups.get("n") or groups.get("m") or groups.get("code") or ""
    return Marker(kind, _ordinal(kind, body), _label(kind, body, groups.get("label")), match.end(), groups.get("code"))


def _ordinal(kind: MarkerKind, body: str) -> int:
    if kind is MarkerKind.CIRCLED:
        return _CIRCLED.index(body) + 1
    if kind is MarkerKind.STEM:
        return _STEMS.index(body) + 1
    if kind is MarkerKind.LETTER:
        return ord(body) - ord("A") + 1
    return numerals.number(body.translate(_SLIPS).rpartition("-")[2]) or 0


def _label(kind: MarkerKind, body: str, label: str | None) -> str:
    plain = body.translate(_SHOWN)
    if kind in (MarkerKind.CHINESE_PAREN, MarkerKind.ARABIC_PAREN):
        return f"({plain})"
    return label or plain
