"""Each benchmark runs in a tiny size and yields sound figures. Nothing here asks how long anything took."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from benchmarks.__main__ import BENCHMARKS
from benchmarks.figure import Aim, Figure, Verdict, percentile, table
from benchmarks.scale import TINY, Scale


@pytest.mark.parametrize("measure", BENCHMARKS.values(), ids=BENCHMARKS)
def test_benchmark_yields_sound_figures_in_a_tiny_size(measure: Callable[[Scale], Iterator[Figure]]) -> None:
    figures = list(measure(TINY))

    assert figures
    assert [figure.name for figure in figures if figure.is_void or figure.ours <= 0] == []


@pytest.mark.parametrize(
    ("ours", "verdict"),
    [(100.0, Verdict.MET), (70.0, Verdict.MET), (56.0, Verdict.NEAR), (55.0, Verdict.MISSED)],
)
def test_verdict_on_a_share_of_the_floor(ours: float, verdict: Verdict) -> None:
    figure = Figure(name="f", unit="1/s", ours=ours, floor=100.0, aim=Aim(0.7, at_least=True, of_ratio=True))

    assert figure.verdict == verdict


@pytest.mark.parametrize(
    ("ours", "verdict"), [(15.0, Verdict.MET), (18.75, Verdict.NEAR), (19.0, Verdict.MISSED), (0.1, Verdict.MET)]
)
def test_verdict_on_a_bound(ours: float, verdict: Verdict) -> None:
    figure = Figure(name="f", unit="ms", ours=ours, floor=1.0, aim=Aim(15, at_least=False, of_ratio=False))

    assert figure.verdict == verdict


def test_verdict_of_a_figure_without_its_effects_is_void() -> None:
    figure = Figure(name="f", unit="ms", ours=1.0, aim=Aim(15, at_least=False, of_ratio=False), is_void=True)

    assert figure.verdict == Verdict.VOID


@pytest.mark.parametrize(("share", "value"), [(0.99, 99), (0.5, 50), (1.0, 100), (0.001, 1)])
def test_percentile_of_a_hundred_values(share: float, value: float) -> None:
    assert percentile(range(1, 101), share) == value


def test_table_puts_columns_below_each_other() -> None:
    aim = Aim(2, at_least=False, of_ratio=True)

    lines = table([Figure(name="列管", unit="ms", ours=1234.5, floor=1000, aim=aim)]).split("\n")

    assert lines == [
        "| figure | ours  | floor | unit | ratio | aim   | verdict |",
        "|--------|-------|-------|------|-------|-------|---------|",
        "| 列管   | 1,234 | 1,000 | ms   | 1.23  | ≤ 2 × | met     |",
    ]
