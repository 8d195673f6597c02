"""Years and their parts: 本年底前, 年度結束前, 111年第1季, 上半年度, 本季結束前, 111年度 (a budget)."""

from __future__ import annotations

import re
from datetime import date

from domain.dates.context import looks_back
from domain.dates.draft import Draft, Scene
from domain.dates.reading import Kind
from domain.dates.units import ambiguous, unit
from domain.dates.vocabulary import NOT_IN_NUMBER, tail
from domain.dates.years import YEAR, Choice, Year, month_end, nearest_year, read_year
from domain.numerals import HAN, number

_MIDDLE = r"中(?=之?前|以前|完|提|,|$|\))"
_PART = (
    rf"(?:(?P<end>底|末|終(?=前|,|$|\))|結束(?=之?前|以前)|終了(?=之?前|以前))|(?P<early>初(?![步審驗稿判選次期]))|(?P<middle>{_MIDDLE})"
    r"|第?(?P<season>[一二三四1-4])季度?|第?[Qq](?P<quarter>[1-4])|(?P<half>[上下])半年度?)(?P<close>底|末)?"
)
_SEASON = r"(?:[一二三四1-4]季度?|[Qq][1-4])"
YEARLY = re.compile(rf"{NOT_IN_NUMBER}{YEAR}(?:年?{_PART})?(?![級輕齡])")
YEARLESS = re.compile(
    rf"(?:(?:會計|預算)?(?<![{HAN}0-9週當每逐按去前後半上下學周])年(?:度(?=底|末|終|結束|內)|(?=[底末終初中內]))"
    rf"(?:(?P<end>底|末|終(?=前|,|$|\))|結束(?=之?前|以前)|終了(?=之?前|以前)|(?=內(?![政部湖容涵])))|(?P<early>初(?![步審驗稿判選次期]))|(?P<middle>{_MIDDLE}))"
    rf"|第(?P<season>[一二三四1-4])季度?|第?(?<![A-Za-z0-9])[Qq](?P<quarter>[1-4])(?![0-9A-Za-z])"
    rf"|(?P<half>[上下])半年度?|(?P<rseason>本|這一?|當|下一?|上一?)個?季度?(?:\(第?{_SEASON}\))?)(?P<close>底|末)?"
)
_SEASON_OFFSETS = {"本": 0, "這": 0, "當": 0, "下": 1, "上": -1}


def yearly(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read a year that is written, with or without a part of it."""
    year = read_year(match, scene.on)
    if year is None:
        return None
    months = _months(match)
    limit = tail(scene.text, match.end())
    mark = (match["close"] or "") + limit.mark
    if months is None and not mark and match["fiscal"]:
        return _budget_year(match, limit.stop, year.value)
    if year.doubt:
        return _doubtful(match, limit.stop, year, months, bool(mark))
    return _draft(match, scene, limit.stop, mark, _days(year.value, months or (1, 12)))


def yearless(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read 年底, 第2季, 上半年 in the sensible year, and seasons counted from the meeting."""
    limit = tail(scene.text, match.end())
    mark = (match["close"] or "") + limit.mark
    if match["rseason"]:
        days = _relative_season(match["rseason"], scene.on)
        return unit(scene, match.start(), limit.stop, days=days, mark=mark, rule="season")
    months = _months(match)
    if months is None:
        return None
    backward = looks_back(scene, match.start(), limit.stop) != ""
    choice = nearest_year(lambda year: month_end(year, months[1]), scene.on, backward=backward)
    if choice.year is None:
        return ambiguous(match.start(), limit.stop, _rule(match), choice.flags, choice.candidates, marked=bool(mark))
    return _draft(match, scene, limit.stop, mark, _days(choice.year, months), choice)


def _months(match: re.Match[str]) -> tuple[int, int] | None:
    """First and last month of the part that is written."""
    season = number(match["season"] or match["quarter"] or "")
    if season is not None:
        return season * 3 - 2, season * 3
    if match["half"]:
        return (1, 6) if match["half"] == "上" else (7, 12)
    if match["end"] is not None:
        return 12, 12
    if match["early"]:
        return 1, 1
    return (6, 6) if match["middle"] else None


def _days(year: int, months: tuple[int, int]) -> tuple[date, date]:
    return date(year, months[0], 1), month_end(year, months[1])


def _rule(match: re.Match[str]) -> str:
    if match["season"] or match["quarter"]:
        return "season"
    if match["half"]:
        return "half_year"
    return "year_part" if _months(match) else "year"


def _draft(
    match: re.Match[str], scene: Scene, stop: int, mark: str, days: tuple[date, date], choice: Choice | None = None
) -> Draft:
    rule, begin = _rule(match), match.start()
    flags = choice.flags if choice else ()
    if rule in ("season", "year"):
        return unit(scene, begin, stop, days=days, mark=mark, rule=rule, flags=flags)
    if match["early"] or match["middle"]:
        flags = (*flags, "approximate")
    candidates: tuple[date, ...] = ()
    if choice and rule == "year_part" and days[1] == scene.on:
        flags, candidates = (*flags, "two_readings"), (days[1], days[1].replace(year=days[1].year + 1))
    label = rule == "half_year"
    return Draft(
        Kind.DATE, begin, stop, rule, date=days[1], flags=flags, candidates=candidates, marked=bool(mark), label=label
    )


def _budget_year(match: re.Match[str], stop: int, year: int) -> Draft:
    first, last = _days(year, (1, 12))
    return Draft(Kind.NOT_DEADLINE, match.start(), stop, "budget_year", start=first, end=last)


def _doubtful(match: re.Match[str], stop: int, year: Year, months: tuple[int, int] | None, marked: bool) -> Draft:
    assert year.doubt is not None
    last_month = (months or (1, 12))[1]
    candidates = (month_end(year.value, last_month), month_end(year.doubt, last_month))
    return ambiguous(match.start(), stop, _rule(match), ("bracket_disagrees",), candidates, marked=marked)


def _relative_season(word: str, on: date) -> tuple[date, date]:
    index = on.year * 4 + (on.month - 1) // 3 + _SEASON_OFFSETS[word[0]]
    year, season = index // 4, index % 4
    return _days(year, (season * 3 + 1, season * 3 + 3))
