"""Which unit may be part of which: 產業局督導商業處 proposes 產業局 → 商業處. A proposal, never a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from minutes.fold import fold_text
from minutes.model import Draft, Parent

_OVERSEES = r"(?:應|須|務必|儘速|加強|確實|並|再)?(?:督導|督飭|督責|督促|轉飭)"
_PART = re.compile(r"[局處科課室所隊站組]$")  # a contractor or a person is overseen too, but no part of the unit


def parents_in(drafts: Iterable[Draft]) -> tuple[Parent, ...]:
    """The proposals of all drafts; the first for each part."""
    found: dict[str, Parent] = {}
    for draft in drafts:
        for parent in _of(draft):
            found.setdefault(parent.part, parent)
    return tuple(found.values())


def _of(draft: Draft) -> Iterator[Parent]:
    text = fold_text(draft.text)
    for whole in draft.lead:
        said = re.search(re.escape(whole) + _OVERSEES, text)
        for part in draft.supervised if said else ():
            if part != whole and _PART.search(part):
                yield Parent(part, whole, draft.line)
