"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes of one run of all benchmarks."""

    rounds: int  # of which the median counts
    requests: int  # in a closed-loop round
    seconds: float  # of an open-loop round
    cases: int  # in the large databases
    sizes: tuple[int, ...]  # cases in the databases in which something is due, smallest first
    due: tuple[int, ...]  # lines at once
    questions: int
    pages: tuple[int, ...]  # of minutes
    postgresql: bool = True


FULL = Scale(
    rounds=5,
    requests=1_500,
    seconds=5.0,
    cases=1_000_000,
    sizes=(1_000, 100_000, 1_000_000),
    due=(500, 10_000),
    questions=3_000,
    pages=(1, 10, 100, 1_000),
)
QUICK = Scale(
    rounds=1,
    requests=1_000,
    seconds=3.0,
    cases=20_000,
    sizes=(1_000, 20_000),
    due=(500,),
    questions=1_000,
    pages=(1, 10, 100),
)
TINY = Scale(
    rounds=1,
    requests=40,
    seconds=0.2,
    cases=1_200,
    sizes=(1_000, 1_200),
    due=(500,),
    questions=20,
    pages=(1, 2),
    postgresql=False,
)
