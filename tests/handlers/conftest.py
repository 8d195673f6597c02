"""An office with two series, three units, four people and two groups; spoken to through the real intake."""

from __future__ import annotations

import pytest

from domain.ports import Store
from tests.handlers.office import Office


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)
