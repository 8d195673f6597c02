"""Learn the units that a document names itself: who was present, who spoke, who proposed, who is in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutes.columns import LEAD, SUPPORT
from minutes.labels import Role
from minutes.outline import Node
from minutes.tables import tables
from minutes.units import Directory

_PARTING = re.compile(r"[、,;\s/|及]+")
_BRACKETED = re.compile(r"\(([^()]{2,30})\)\s*[。.]?$")
_LONGEST_HEADING = 8  # 乙、供銷部: a part that is headed by a unit
_SPEAKER = re.compile(r"(?:補充|口頭|工作|業務)?(?:說明|報告|發言|表示|回應|回覆|答覆)$")


def learn_units(root: Node) -> Directory:
    """A directory of the document's units, on top of the well-known ones."""
    directory = Directory()
    for name in _names(root):
        directory.learn(name)
    return directory


def _names(root: Node) -> Iterator[str]:
    for node in root.walk():
        role = node.label.role if node.label else None
        if role in (Role.PRESENT, Role.LEAD, Role.SUPPORT, Role.TRACKER) or (
            node.label and node.label.name in ("提案單位", "報告單位")
        ):
            yield from _PARTING.split(node.text)
        elif role in (Role.SPEAKER, Role.ADDRESSEE) and node.label:
            yield _SPEAKER.sub("", node.label.name)
        elif node.marker and len(node.body) == 1 and len(node.text) <= _LONGEST_HEADING:
            yield node.text
        elif bracket := _BRACKETED.search(node.text[-40:]):
            yield from _PARTING.split(bracket[1])
        for table in tables(node.body):
            for row in table.rows:
                yield from _PARTING.split(f"{row.text(LEAD)} {row.text(SUPPORT)}")
