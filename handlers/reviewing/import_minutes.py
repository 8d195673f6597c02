"""What is imported: read minutes with what the person adds, which series they belong to, and the numbers to give."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from domain.case import Series
from domain.numbers import NumberScheme, guess_scheme
from domain.ports import UnitOfWork
from domain.unit import is_subsequence
from minutes.model import Header, Minutes

DEFAULT_SCHEME = "{meeting}-{n}"


@dataclass(eq=False)
class ImportRefused(Exception):
    """The minutes cannot be imported; `reason` is no_series or no_meeting."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Read minutes and what the person adds to them. `digest` is the SHA-256 of their text."""

    minutes: Minutes
    digest: str
    series: str | None = None  # the series' name, where the minutes do not say or say it otherwise
    ordinal: int | None = None

    @property
    def header(self) -> Header:
        """The head of the minutes."""
        return self.minutes.header

    @property
    def meeting_ordinal(self) -> int | None:
        """The meeting's ordinal, as the person or the minutes say."""
        return self.ordinal if self.ordinal is not None else self.header.ordinal


def series_name(source: Source, uow: UnitOfWork) -> str:
    """The series as given, as the minutes name it, or the one known series that ends the name in the minutes.

    Raises ImportRefused.
    """
    given = source.series or source.header.series
    if not given:
        raise ImportRefused("no_series")
    if uow.series.by_name(given) is None:
        known = [series.name for series in uow.series.all() if given.endswith(series.name)]
        if len(known) == 1:
            return known[0]
    return given


def resembles(said: str, name: str) -> bool:
    """Tell whether minutes headed `said` can be those of the series `name`."""
    return said.endswith(name) or is_subsequence(name, said) or is_subsequence(said, name)


def scheme_of(series: Series | None, own: str | None, taken: Collection[str]) -> NumberScheme:
    """The scheme that the series' numbers follow; without any, what these minutes' own numbers follow."""
    return guess_scheme(taken) or NumberScheme(own or (series.scheme if series else DEFAULT_SCHEME))


def meeting_number(ordinal: int | None, held_on: date | None) -> int:
    """The ordinal; a meeting without one is numbered by its day: 1101216. Raises ImportRefused."""
    if ordinal is not None:
        return ordinal
    if held_on is None:
        raise ImportRefused("no_meeting")
    return (held_on.year - 1911) * 10_000 + held_on.month * 100 + held_on.day


def free_numbers(count: int, meeting: int, scheme: NumberScheme, taken: Collection[str]) -> list[str]:
    """That many numbers of a meeting, none of which was ever used in the series."""
    used, numbers = set(taken), []
    for _ in range(count):
        number = scheme.propose(meeting, used)
        used.add(number)
        numbers.append(number)
    return numbers
