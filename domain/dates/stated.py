"""Dates with a month: 110年12月31日前, 9月底, 本(12)月, 12月20至24日, 10月上旬, 月底前."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.dates.context import looks_back
from domain.dates.draft import Draft, Scene
from domain.dates.reading import Kind
from domain.dates.units import ambiguous, unit
from domain.dates.vocabulary import ANY_WEEKDAY, NOT_IN_NUMBER, TO, WEEKDAY, N, tail
from domain.dates.years import YEAR, Choice, month_end, nearest_year, read_year
from domain.numerals import number

_DAY = timedelta(days=1)
_MONTH = (
    rf"(?:(?P<month>{N}|元)(?:月份?|(?={TO}{N}月))"
    r"|(?<!以)(?P<rmonth>本|這個?|當|下下個?|下個?|上上個?|上個?|(?<![一二三四五六七八九十0-9每本各該兩])次|隔|翌)"
    rf"(?:\((?P<bmonth>{N})月?\))?月份?"
    r"|(?<![個每歲年按逐正臘])(?P<plain>月)(?=[底末]|初(?![步審驗稿判選次期])|中(?:旬|之?前|以前|$|[,。;)])|[上下]旬))"
)
_PART = (
    r"底|末|初(?![步審驗稿判選次期])|中旬|上旬|下旬|上半月|下半月|中(?![央心華正山國小學文醫油])"
    r"|最後一?個?(?:工作|上班)[日天]|最後一[日天]|第一個(?:工作|上班)[日天]"
)
_DAYS = (
    rf"(?:(?P<day>{N})(?:[日號]|(?={ANY_WEEKDAY}?[至到~、及和與-]{N}[日號]))(?:{WEEKDAY})?"
    rf"|(?P<part>{_PART}))"
)

STATED = re.compile(rf"{NOT_IN_NUMBER}(?<![農陰]曆)(?:{YEAR})?{_MONTH}{_DAYS}?")
_UNTIL = re.compile(rf"(?:起)?{TO}")
_END = re.compile(rf"(?:{YEAR})?{_MONTH}{_DAYS}?")
_END_DAY = re.compile(rf"(?P<day>{N})[日號](?:{WEEKDAY})?")

_PARTS = {
    "底": (0, 0),
    "末": (0, 0),
    "初": (1, 10),
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, 0),
    "中": (15, 15),
    "上半月": (1, 15),
    "下半月": (16, 0),
}
_OFFSETS = {"本": 0, "這": 0, "當": 0, "次": 1, "隔": 1, "翌": 1, "下": 1, "上": -1, "下下": 2, "上上": -2}


@dataclass(frozen=True, slots=True)
class Point:
    """A month as written, maybe without a year. `doubt`: year and month of a bracket that disagrees."""

    year: int | None
    month: int
    day: int | None = None
    part: str | None = None
    weekday: int | None = None
    plain: bool = False
    doubt: tuple[int, int] | None = None

    def days(self, year: int, scene: Scene) -> tuple[date, date] | None:
        """First and last day in a year; None where no such day exists."""
        if not 1 <= self.month <= 12:
            return None
        end = month_end(year, self.month)
        if self.day is not None:
            return (end.replace(day=self.day),) * 2 if 1 <= self.day <= end.day else None
        if self.part is None:
            return end.replace(day=1), end
        return self._part(end, scene)

    def _part(self, end: date, scene: Scene) -> tuple[date, date]:
        assert self.part is not None
        if self.part.startswith("最後"):
            last = scene.calendar.last_working_day(end) if self.part[-2] in "作班" else end
            return last, last
        if self.part.startswith("第一"):
            first = scene.calendar.next_working_day(end.replace(day=1))
            return first, first
        first_day, last_day = _PARTS[self.part]
        return end.replace(day=first_day or end.day), end.replace(day=last_day or end.day)

    def around(self, year: int) -> tuple[date, ...]:
        """The days on either side of a day that does not exist; none where the month is no month."""
        if not 1 <= self.month <= 12:
            return ()
        end = month_end(self.year or year, self.month)
        return end, end + _DAY

    def near_weekday(self, day: date) -> date | None:
        """The nearest day that has the weekday as written, where this day has not."""
        if self.weekday is None or day.weekday() == self.weekday:
            return None
        ahead = (self.weekday - day.weekday()) % 7
        return day + _DAY * (ahead if ahead <= 3 else ahead - 7)

    def last(self, year: int, scene: Scene) -> date:
        """The last day in a year, the month's end standing in for a day that does not exist."""
        days = self.days(year, scene)
        return days[1] if days else month_end(year, self.month)


def stated(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read a date with a month, and the end of a range that follows it."""
    point = _point(match, scene.on)
    if point is None:
        return None
    until, stop = _range_end(scene.text, match.end(), point, scene.on)
    limit = tail(scene.text, stop)
    read = _Stated(scene, match.start(), limit.stop, limit.mark, point, until)
    return read.draft()


@dataclass(frozen=True, slots=True)
class _Stated:
    scene: Scene
    begin: int
    stop: int
    mark: str
    point: Point
    until: Point | None

    @property
    def limits(self) -> bool:
        """Tell whether a word such as 前 makes it a limit; 止 alone may as well end a statistic."""
        return self.mark not in ("", "止")

    def draft(self) -> Draft | None:
        if not self._possible():
            return self._impossible()
        choice = self._year()
        if choice.year is None:
            choice = self._by_weekday(choice)
        if choice.year is None:
            return ambiguous(self.begin, self.stop, self._rule(), choice.flags, choice.candidates, marked=self.limits)
        if self.until is not None:
            return self._range(choice)
        return self._single(choice)

    def _rule(self) -> str:
        if self.until is not None:
            return "range"
        if self.point.day is not None:
            return "day_of_month"
        return "month_part" if self.point.part else "month"

    def _possible(self) -> bool:
        year = self.point.year or self.scene.on.year
        ends = [self.point] if self.until is None else [self.point, self.until]
        return all(point.days(point.year or year, self.scene) for point in ends)

    def _impossible(self) -> Draft | None:
        """Flag 2月30日 and 13月5日; a bare number before 月 that is no month is no date at all."""
        if self.point.day is None and self.until is None:
            return None
        near = self.point.around(self.scene.on.year)
        return ambiguous(self.begin, self.stop, self._rule(), ("impossible_date",), near, marked=self.limits)

    def _year(self) -> Choice:
        if self.point.year is not None:
            return Choice(self.point.year)
        last, carry = self._last_point()
        backward = looks_back(self.scene, self.begin, self.stop) != ""
        if self.point.plain and not backward:
            return Choice(self.scene.on.year)
        return nearest_year(lambda year: last.last(year + carry, self.scene), self.scene.on, backward=backward)

    def _last_point(self) -> tuple[Point, int]:
        """The end of the range and the years it lies behind its start (12月20日至1月5日)."""
        if self.until is None:
            return self.point, 0
        return self.until, int(self.until.year is None and self.until.month < self.point.month)

    def _by_weekday(self, choice: Choice) -> Choice:
        """Let a weekday decide between two years."""
        if self.point.weekday is None:
            return choice
        fitting = [day for day in choice.candidates if day.weekday() == self.point.weekday]
        return Choice(fitting[0].year) if len(fitting) == 1 else choice

    def _range(self, choice: Choice) -> Draft:
        assert choice.year is not None
        assert self.until is not None
        _, carry = self._last_point()
        start = self.point.days(choice.year, self.scene)
        end = self.until.days(self.until.year or choice.year + carry, self.scene)
        if start is None or end is None or end[1] < start[0]:
            return ambiguous(self.begin, self.stop, "range", ("impossible_date",), (), marked=self.limits)
        return Draft(
            Kind.RANGE,
            self.begin,
            self.stop,
            "range",
            start=start[0],
            end=end[1],
            flags=choice.flags,
            marked=self.limits,
        )

    def _single(self, choice: Choice) -> Draft | None:
        assert choice.year is not None
        point = self.point
        days = point.days(choice.year, self.scene)
        if days is None:
            return self._impossible()
        if point.doubt:
            return self._doubtful(days[1])
        near = point.near_weekday(days[1])
        if near:
            return ambiguous(
                self.begin, self.stop, self._rule(), ("weekday_disagrees",), (days[1], near), marked=self.limits
            )
        if point.day is None and point.part is None:
            return unit(self.scene, self.begin, self.stop, days=days, mark=self.mark, rule="month", flags=choice.flags)
        return self._day(days[1], choice)

    def _doubtful(self, day: date) -> Draft:
        assert self.point.doubt is not None
        year, month = self.point.doubt
        other = Point(year, month, self.point.day, self.point.part).last(year, self.scene)
        return ambiguous(self.begin, self.stop, self._rule(), ("bracket_disagrees",), (day, other), marked=self.limits)

    def _day(self, day: date, choice: Choice) -> Draft:
        flags = choice.flags
        candidates: tuple[date, ...] = ()
        if self.point.part == "初":
            flags = (*flags, "approximate")
        if self.point.plain and day <= self.scene.on:
            following = _shift(self.scene.on, 1)
            later = Point(None, following[1], part=self.point.part).last(following[0], self.scene)
            if day == self.scene.on:
                flags, candidates = (*flags, "two_readings"), (day, later)
            elif not looks_back(self.scene, self.begin, self.stop):
                day, flags = later, (*flags, "next_month")
        return Draft(
            Kind.DATE,
            self.begin,
            self.stop,
            self._rule(),
            date=day,
            flags=flags,
            candidates=candidates,
            marked=self.limits,
        )


def _point(match: re.Match[str], on: date) -> Point | None:
    """Turn the groups of a match into a point; None for what only looks like one."""
    written = read_year(match, on)
    if written is None and (match["year"] or match["ryear"]):
        return None
    month = _month(match, on)
    if month is None:
        return None
    year = written.value if written else month[0]
    doubt = (written.doubt, month[1]) if written and written.doubt else _month_doubt(match, month)
    weekday = match["wd"] or match["wd2"]
    return Point(
        year,
        month[1],
        number(match["day"]) if match["day"] else None,
        match["part"],
        "一二三四五六日".index(weekday.replace("天", "日")) if weekday else None,
        plain=match["plain"] is not None and written is None,
        doubt=doubt,
    )


def _month(match: re.Match[str], on: date) -> tuple[int | None, int] | None:
    """The month, with its year where the words fix it (下月)."""
    if match["month"]:
        value = 1 if match["month"] == "元" else number(match["month"])
        return (None, value) if value is not None else None
    if match["plain"]:
        return None, on.month
    return _shift(on, _OFFSETS[match["rmonth"].rstrip("個")])


def _month_doubt(match: re.Match[str], month: tuple[int | None, int]) -> tuple[int, int] | None:
    bracket = number(match["bmonth"]) if match["bmonth"] else None
    if bracket is None or month[0] is None or bracket == month[1] or not 1 <= bracket <= 12:
        return None
    return month[0], bracket


def _shift(on: date, months: int) -> tuple[int, int]:
    index = on.year * 12 + on.month - 1 + months
    return index // 12, index % 12 + 1


def _range_end(text: str, at: int, point: Point, on: date) -> tuple[Point | None, int]:
    """Read 至24日, 至12月5日, 至111年1月5日 behind a point; None and the same place where no range goes on."""
    joint = _UNTIL.match(text, at)
    if joint is None:
        return None, at
    month = _END.match(text, joint.end())
    if month:
        end = _point(month, on)
        return (end, month.end()) if end else (None, at)
    day = _END_DAY.match(text, joint.end())
    if day is None or point.day is None:
        return None, at
    return Point(point.year, point.month, number(day["day"])), day.end()
