"""The chair's last word in a discussion that has no 決議 of its own is its conclusion."""

from __future__ import annotations

import re

from minutes.labels import Label, Role
from minutes.lines import is_row
from minutes.outline import Node

_CHAIR = re.compile(r"^(?:會議)?(?:主席|主持人|召集人)(?:\([^)]*\))?(?:裁?指?示)?$")
_BLANKED = re.compile(r"[○〇◯OXx\s]")  # names that were made unreadable: ○局長○○


def let_chair_conclude(root: Node, chair: str | None) -> None:
    """Mark, where others spoke or a table reports and nothing is concluded, the chair's last turn as the conclusion.

    `chair`: who presides, as the head of the minutes says.
    """
    for node in root.walk():
        turns = [child for child in node.children if child.label and child.label.role is Role.SPEAKER]
        concluded = any(child.label and child.label.role is Role.CONCLUSION for child in node.children)
        heard = len(turns) > 1 or any(is_row(paragraph.text) for paragraph in node.body)
        if turns and heard and not concluded and _presides(turns[-1], chair):
            label = turns[-1].label
            assert label is not None
            turns[-1].label = Label(Role.CONCLUSION, label.name, label.length)


def _presides(turn: Node, chair: str | None) -> bool:
    name = turn.label.name if turn.label else ""
    return bool(_CHAIR.match(name)) or (chair is not None and _BLANKED.sub("", name) == _BLANKED.sub("", chair))
