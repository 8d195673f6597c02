"""The transcripts of tests/dialogs, each on both databases."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from domain.ports import Store
from tests.handlers.dialogs import Stage

DIALOGS = sorted((Path(__file__).parents[1] / "dialogs").glob("*.toml"))


@pytest.mark.parametrize("file", DIALOGS, ids=lambda file: file.stem)
def test_dialog_goes_as_written(store: Store, file: Path) -> None:
    dialog = tomllib.loads(file.read_text("utf-8"))
    stage = Stage(store, dialog["case"], with_rides=dialog.get("rides", False))

    for turn in dialog["turn"]:
        expected = None if turn.get("silence") else turn["hears"].strip("\n")
        assert (turn, stage.play(turn)) == (turn, expected)
