"""A short chaos run on each database; `make chaos` runs longer ones."""

from __future__ import annotations

from pathlib import Path
from secrets import randbelow

import pytest

from tests.chaos.run import Plan, run

SERVERS = {"sqlite": 1, "postgresql": 2}


@pytest.mark.timeout(300)  # servers are started again and again, on a machine that may be busy
def test_nothing_is_lost_and_nothing_happens_twice(database_url: str, tmp_path: Path) -> None:
    servers = SERVERS[database_url.partition(":")[0].partition("+")[0]]
    plan = Plan(seed=randbelow(2**31), events=300, most_seconds=150, servers=servers, kill_every=1.5)

    result = run(plan, database_url, tmp_path)

    assert (result.wrong, plan.seed) == ([], plan.seed)
    for happened in ("kills of servers", "calls that met a fault"):  # a month is used up by the long form alone
        assert int(str(result.figures[happened])) > 0, happened
