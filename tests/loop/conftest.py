from __future__ import annotations

import pytest

from domain.ports import Store
from tests.loop.chat import Chat


@pytest.fixture
def chat(store: Store) -> Chat:
    return Chat(store)
