"""A scorer of our own for gold files: what was found, missed, and taken that must not be."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

SAME = 0.6
SHORTEST_MATCH = 6


@dataclass(frozen=True)
class Score:
    missed: list[str]  # grade-A items that no draft matches
    never_taken: list[str]  # drafts that match a forbidden text
    surplus: list[str]  # drafts that match no expected item
    wrong_units: list[tuple[str, list[str], list[str]]]
    wrong_deadlines: list[tuple[str, str | None, str | None]]
    decisions: set[tuple[str, str | None, str]]
    header: dict[str, Any]


def squeezed(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def likeness(one: str, other: str) -> float:
    """Share of the shorter text that both have; a fair part of the other counts as the same."""
    a, b = sorted((squeezed(one), squeezed(other)), key=len)
    if not a:
        return 0.0
    if a in b:
        return SAME + (1 - SAME) * len(a) / len(b) if len(a) >= SHORTEST_MATCH or a == b else 0.0
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= 4) / len(a)


def score(gold: dict[str, Any], said: dict[str, Any]) -> Score:
    pairs = _pairs(gold["items"], said["items"])
    matched = {found for _, found in pairs}
    surplus = [
        draft for at, draft in enumerate(said["items"]) if at not in matched and not _like_any(draft, gold["items"])
    ]
    return Score(
        missed=[
            i["text"] for at, i in enumerate(gold["items"]) if i["grade"] == "A" and at not in {g for g, _ in pairs}
        ],
        never_taken=[draft["text"] for draft in surplus if _like_any(draft, gold.get("never", []))],
        surplus=[draft["text"] for draft in surplus],
        wrong_units=[w for g, f in pairs if (w := _units(gold["items"][g], said["items"][f]))],
        wrong_deadlines=[w for g, f in pairs if (w := _deadline(gold["items"][g], said["items"][f]))],
        decisions={(d["number"], d["unit"], d["decision"]) for d in said["decisions"]},
        header={key: said["meeting"][key] for key in ("ordinal", "held_on", "chair", "recorder")},
    )


def wanted_decisions(gold: dict[str, Any]) -> set[tuple[str, str | None, str]]:
    return {(d["number"], d["unit"], d["decision"]) for d in gold["decisions"]}


def wanted_header(gold: dict[str, Any]) -> dict[str, Any]:
    return {key: gold["meeting"].get(key) for key in ("ordinal", "held_on", "chair", "recorder")}


def load(path: Path) -> dict[str, Any]:
    gold = json.loads(path.read_text("utf-8"))
    assert isinstance(gold, dict)
    return gold


def _pairs(items: list[dict[str, Any]], drafts: list[dict[str, Any]]) -> list[tuple[int, int]]:
    ranked = sorted(
        ((likeness(i["text"], d["text"]), at, found) for at, i in enumerate(items) for found, d in enumerate(drafts)),
        key=lambda entry: -entry[0],
    )
    pairs: list[tuple[int, int]] = []
    for value, at, found in ranked:
        if value >= SAME and at not in {a for a, _ in pairs} and found not in {f for _, f in pairs}:
            pairs.append((at, found))
    return pairs


def _like_any(draft: dict[str, Any], items: list[dict[str, Any]]) -> bool:
    return any(likeness(item["text"], draft["text"]) >= SAME for item in items)


def _units(item: dict[str, Any], draft: dict[str, Any]) -> tuple[str, list[str], list[str]] | None:
    want = set(item.get("units", item["lead"] + item["support"]))
    got = set(draft["lead"] + draft["support"])
    right = want == got or (want <= got and len(got - want) <= 1)
    return None if right or item["grade"] != "A" or not want else (item["text"], sorted(want), sorted(got))


def _deadline(item: dict[str, Any], draft: dict[str, Any]) -> tuple[str, str | None, str | None] | None:
    want, got = item["deadline"], draft["deadline"]
    return None if want == got else (item["text"], want, got)
