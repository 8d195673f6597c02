"""Ordinary talk of a group: no answer, and no row of any table is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.intake import Taken
from storage.store import open_store
from tests.handlers.office import IT, STRANGER, Office

CHATTER = (Path(__file__).parents[1] / "data" / "sentences" / "chatter.txt").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Office:
    """One office for all sentences: none of them may change it."""
    file = tmp_path_factory.mktemp("chatter") / "db.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    office = Office(open_store(f"sqlite:///{file}"))
    office.case("211-2", office.it.id)
    office.case("212-5", office.it.id)
    return office


@pytest.mark.parametrize("speaker", [IT, STRANGER])
@pytest.mark.parametrize("text", CHATTER)
def test_chatter_gets_no_answer(office: Office, text: str, speaker: str) -> None:
    answer = office.says(speaker, text)

    assert (answer, office.taken) == (None, Taken.IGNORED)


def test_chatter_is_plenty() -> None:
    assert len(set(CHATTER)) >= 150
