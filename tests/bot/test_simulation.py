"""A month of an office: what its reminders cost, and that none is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.simulate import START
from bot.simulation import QUOTA, Variant, simulate


@pytest.mark.parametrize("variant", [Variant(), Variant(groups=2, storms=50)], ids=["one group", "two and storms"])
def test_a_month_fits_into_the_free_plan_and_loses_no_rung(tmp_path: Path, variant: Variant) -> None:
    figures = simulate(tmp_path, variant, start=START, days=31, seed=1)

    assert figures.missed == 0
    assert 0 < max(figures.cost.values()) <= QUOTA < max(figures.naive.values())
