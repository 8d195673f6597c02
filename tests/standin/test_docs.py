"""docs/standin.md names everything that can be set or ordered."""

from __future__ import annotations

import dataclasses
import re
from typing import get_args

from bot.line.standin import Platform, Settings, api, create_standin
from bot.line.standin.faults import Effect, Fault
from tests.paths import ROOT

PAGE = (ROOT / "docs" / "standin.md").read_text("utf-8")
WORDS = set(re.findall(r"\w+", PAGE))


def test_docs_name_every_setting() -> None:
    assert {f.name for f in dataclasses.fields(Settings)} - WORDS == set()


def test_docs_name_every_fault() -> None:
    assert ({f.name for f in dataclasses.fields(Fault)} | set(get_args(Effect))) - WORDS == set()


def test_docs_name_every_endpoint() -> None:
    endpoints = {name for name, _ in api.FIXED.values()} | {route[2] for route in api.WITH_IDS}

    assert endpoints - WORDS == set()


def test_docs_name_every_control_path() -> None:
    rules = [rule.rule for rule in create_standin(Platform()).url_map.iter_rules()]
    own = [rule.removeprefix("/_standin") for rule in rules if rule.startswith("/_standin")]

    assert {word for rule in own for word in re.findall(r"/([a-z]+)", rule)} - WORDS == set()
