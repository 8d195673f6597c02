"""The generic names of the rooms belong to this application, and the lock leads nowhere but to hashes."""

from __future__ import annotations

import importlib
import re
import tomllib
from pathlib import Path

import pytest

from tests.paths import ROOT

ROOMS = ("bot", "handlers", "scheduler", "storage", "domain", "minutes")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.mark.parametrize("room", ROOMS)
def test_room_is_imported_from_this_project(room: str) -> None:
    module = importlib.import_module(room)

    assert module.__file__ is not None
    assert Path(module.__file__).parent == ROOT / room


def test_package_list_holds_every_room() -> None:
    assert PYPROJECT["tool"]["setuptools"]["packages"]["find"]["include"] == [f"{room}*" for room in ROOMS[:4]] + [
        "domain*",
        "minutes*",
    ]


def test_package_is_marked_as_private() -> None:
    assert "Private :: Do Not Upload" in PYPROJECT["project"]["classifiers"]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_has_hashes_and_no_addresses(name: str) -> None:
    lock = (ROOT / name).read_text("utf-8")

    pinned = re.findall(r"^[\w.-]+(?:\[[\w,-]+\])?==", lock, re.MULTILINE)
    assert len(pinned) > 20
    assert lock.count("--hash=sha256:") > len(pinned)
    assert re.findall(r"(?:https?|file)://|--(?:extra-)?index-url|--find-links", lock) == []
