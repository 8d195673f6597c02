"""A month of an office: what its reminders cost, and that none is lost."""

from __future__ import annotations

from pathlib import Path

from bot.cli.simulate import START
from bot.simulation import QUOTA, simulate


def test_a_month_fits_into_the_free_plan_and_loses_no_rung(tmp_path: Path) -> None:
    figures = simulate(tmp_path, start=START, days=31, seed=1)

    assert figures.missed == 0
    assert 0 < max(figures.cost.values()) <= QUOTA < max(figures.naive.values())
